/*
 * Learner file: ElevesSansAdresses.xml (or ElevesAvecAdresses.xml), made by
 * SIECLE, root BEE_ELEVES.
 *
 * Learners, and codes of the class and groups each is in.  Leavers stay in the
 * file, often still attached to a class, so being in it is not being here.
 */
#ifndef ACQUIS_SIECLE_LEARNER_FILE_H
#define ACQUIS_SIECLE_LEARNER_FILE_H

#include "export_file.h"

struct learner_record {
	int line;
	bool refused;
	const char *siecle_id; /* ELEVE_ID: a key of the academy's base */
	const char *ine;       /* ID_NATIONAL: follows the person */
	const char *ine_bea;   /* the former one */
	const char *elenoet;   /* number within the school */
	const char *last_name;
	const char *usual_name; /* only when it is another one */
	const char *first_name; /* may hold several words */
	const char *birth_date;
	const char *sex;    /* "M" or "F"; unknown is unknown */
	const char *mef;    /* 11 digits */
	const char *status; /* "ST" school, "AP" apprentice, others as given */
	const char *track;  /* "school" or "apprentice" */
	const char *entered_on;
	const char *left_on; /* may lie in the future */
	const char *email;
	struct list divisions; /* of texts: class codes, one in sound files */
	struct list groups;    /* of texts: group codes, each once */
};

struct learner_file {
	struct export_header header;
	struct list learners;  /* of struct learner_record */
	struct list anomalies; /* of struct anomaly */
	size_t classed;        /* learners attached to some class */
};

/*
 * Refuses as export_read(), with FAULT_NO_STRUCTURES when no learner has a
 * class, and with FAULT_XML_LIMIT above 20,000 learners.
 */
enum fault learner_file_read(struct arena *, const struct siecle_input *,
    struct learner_file *, struct siecle_problem *);

/* Has a class, and has not left on that day (ISO). */
bool learner_active(const struct learner_record *, const char *day);

#endif
