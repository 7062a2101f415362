/*
 * Staff file: sts_emp_<UAI>_<year>.xml, made by STSWEB, root STS_EDT.
 *
 * The school's staff, its subjects and trainings, its classes and groups, and
 * who teaches what to whom.  A member of the staff is known by (type, id):
 * (epp, 1) and (local, 1) are two persons.
 */
#ifndef ACQUIS_SIECLE_STAFF_FILE_H
#define ACQUIS_SIECLE_STAFF_FILE_H

#include "export_file.h"

struct staff_record {
	int line;
	bool refused;
	const char *key;  /* "epp:990101" */
	const char *type; /* "epp" or "local" */
	const char *id;
	/*
	 * The role of the account: "teacher" or "head"; NULL when the function
	 * gives none.  A CPE is a teacher of no class, so sees nobody until
	 * the administrator says otherwise.
	 */
	const char *role;
	const char *title; /* "M." or "Mme" */
	const char *sex;   /* "M" or "F" */
	const char *last_name;
	const char *usual_name; /* only when it is another one */
	const char *first_name;
	const char *birth_date;
	const char *grade;
	const char *function;    /* ENS, EDU, DIR… */
	const char *disciplines; /* "ELECTROTECHNIQUE, VENTE": information */
};

/* Head teacher (professeur principal) of a class between two days. */
struct head_record {
	int line;
	const char *staff; /* key */
	const char *class_code;
	const char *from, *to;
};

struct subject_record {
	const char *code;
	const char *short_label;
	const char *label;
};

struct mef_record {
	const char *code; /* 11 digits */
	const char *label;
};

struct structure_record {
	int line;
	bool refused;
	const char *code;
	const char *label;   /* the code when the file has none */
	struct list mefs;    /* of texts; a class's trainings */
	struct list classes; /* of texts; the classes a group is taken from */
};

/* One teacher of one subject of one class or group. */
struct service_record {
	int line;
	bool refused;
	bool group;
	const char *code; /* of the class or group */
	const char *subject;
	const char *modality; /* CODE_MOD_COURS */
	const char *staff;    /* key */
};

struct staff_file {
	struct export_header header;
	struct list staff;     /* of struct staff_record */
	struct list heads;     /* of struct head_record */
	struct list subjects;  /* of struct subject_record */
	struct list mefs;      /* of struct mef_record */
	struct list classes;   /* of struct structure_record */
	struct list groups;    /* of struct structure_record */
	struct list services;  /* of struct service_record */
	struct list anomalies; /* of struct anomaly */
};

/* Refuses as export_read(); more than 20,000 persons is FAULT_XML_LIMIT. */
enum fault staff_file_read(struct arena *, const struct siecle_input *,
    struct staff_file *, struct siecle_problem *);

#endif
