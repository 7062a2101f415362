/*
 * Plan: what importing files would change in a school.
 *
 * Made from the files as read and from the school as it is, given as plain
 * lists.  Nothing is written here.  The plan holds the rows a single
 * transaction will insert or update, and all that the report shows: who is
 * created, changed, leaving, returning, left out, refused, with line numbers.
 *
 * Rules.  A staff member is matched by (type, id); a learner by ELEVE_ID, then
 * INE, then the former INE; a guardian by PERSONNE_ID.  Names alone only ever
 * make a proposal (PLAN_PROBABLE) that waits for an answer, and nobody is
 * created nor put out meanwhile.  Nobody is deleted: who is gone is inactive,
 * who returns finds account and history.  Logins never change.  What is known
 * is not erased by what is absent (INE, birth date…).  Persons created by hand
 * are left alone.
 */
#ifndef ACQUIS_SIECLE_PLAN_H
#define ACQUIS_SIECLE_PLAN_H

#include <stdint.h>

#include "guardian_file.h"
#include "labels_file.h"
#include "learner_file.h"
#include "staff_file.h"
#include "suggest.h"

/* The school as it is. */

struct known {
	int64_t id;
	bool imported; /* came from SIECLE; false: created by hand */
	bool active;
	const char *login; /* NULL: no account */
};

struct known_staff {
	struct known known;
	struct staff_record now;
};

struct known_learner {
	struct known known;
	struct learner_record now; /* divisions: the present class, if any */
};

struct known_guardian {
	struct known known;
	struct adult_record now;
};

struct known_structure {
	int64_t id;
	bool group;
	bool active;
	const char *code;
	const char *label;
	const char *mef; /* classes only */
};

struct known_service {
	int64_t staff_id;
	bool group;
	const char *code;
	const char *subject; /* NULL: head teacher only */
	bool head;
};

struct known_link {
	int64_t guardian_id;
	int64_t learner_id;
	const char *level;
	const char *parent_code;
	bool legal;
	int rank;
};

struct school_state {
	const char *uai;
	int year;
	bool staff_imported; /* a staff import was applied some day */
	/* Of the last import applied of each kind; NULL when none. */
	const char *stamps[SIECLE__MAX];
	struct list staff;      /* of struct known_staff */
	struct list learners;   /* of struct known_learner */
	struct list guardians;  /* of struct known_guardian */
	struct list structures; /* of struct known_structure */
	struct list services;   /* of struct known_service */
	struct list links;      /* of struct known_link */
	struct list logins;     /* of texts: every login taken */
};

/* What is imported, and what the person has said. */

struct plan_files {
	const struct staff_file *staff; /* each may be NULL */
	const struct learner_file *learners;
	const struct guardian_file *guardians;
	const struct labels_file *nomenclature;
	const struct labels_file *structures;
};

struct plan_request {
	const char *today; /* ISO */
	bool departure_confirmed;
	bool older_confirmed;
	/* Answers to PLAN_PROBABLE, of texts: a staff key or an ELEVE_ID. */
	struct list same;  /* it is that person */
	struct list other; /* it is somebody else */
};

/* The plan. */

enum plan_fate {
	PLAN_SAME,
	PLAN_CREATED,
	PLAN_CHANGED,
	PLAN_RETURNING, /* was inactive; may be changed too */
	PLAN_LEAVING,
	PLAN_PROBABLE, /* looks like a known person: to be answered */
	PLAN_CONFLICT, /* its identifiers designate two persons */
	PLAN_REFUSED,  /* see the anomalies */
	PLAN_LEFT_OUT, /* in the file, not to be imported: see why */
	PLAN__MAX
};

struct plan_change {
	const char *field;
	const char *from, *to;
};

struct plan_person {
	enum plan_fate fate;
	int line;            /* in its file, 0 when it is not there */
	int64_t id;          /* 0 for who is created */
	const char *login;   /* of who is created: the one to be given */
	const char *why;     /* "left", "no_division", "function" */
	struct list changes; /* of struct plan_change */
};

/*
 * The rows hold the columns as they will be, kept values included.  Compared
 * are the columns the base keeps, so that the same files twice change nothing;
 * a row may hold more than that (a title, an address).
 */

struct plan_staff {
	struct plan_person person;
	struct staff_record row;
};

struct plan_learner {
	struct plan_person person;
	struct learner_record row; /* its groups are the groups to be in */
	const char *class_code;
};

struct plan_guardian {
	struct plan_person person;
	struct adult_record row;
};

struct plan_structure {
	enum plan_fate fate; /* SAME, CREATED, CHANGED, RETURNING, LEAVING */
	int line;
	int64_t id;
	bool group;
	const char *code;
	const char *label;
	const char *mef;
	const char *mef_label;
	struct list classes;          /* of texts: where a group comes from */
	struct suggestion suggestion; /* classes only */
};

/* Who teaches what: index in plan.staff; subject NULL for a head teacher. */
struct plan_service {
	enum plan_fate fate; /* SAME, CREATED, LEAVING */
	size_t staff;
	bool head;
	bool group;
	const char *code;
	const char *subject;
	const char *modality;
	const char *from, *to; /* of a head teacher */
};

struct plan_enrolment {
	enum plan_fate fate; /* SAME, CREATED, LEAVING */
	size_t learner;      /* index in plan.learners */
	bool group;
	const char *code;
};

struct plan_link {
	enum plan_fate fate; /* SAME, CREATED, CHANGED, LEAVING */
	int line;
	size_t guardian; /* index in plan.guardians */
	size_t learner;  /* index in plan.learners */
	const char *level;
	const char *parent_code;
	bool legal;
	int rank;
};

struct plan {
	struct list staff;      /* of struct plan_staff */
	struct list learners;   /* of struct plan_learner */
	struct list guardians;  /* of struct plan_guardian */
	struct list structures; /* of struct plan_structure */
	struct list services;   /* of struct plan_service */
	struct list enrolments; /* of struct plan_enrolment */
	struct list links;      /* of struct plan_link */
	struct list subjects;   /* of struct subject_record, best labels */
	struct list mefs;       /* of struct mef_record, best labels */
	struct list anomalies;  /* of struct anomaly, the files' included */
	size_t staff_fates[PLAN__MAX];
	size_t learner_fates[PLAN__MAX];
	size_t guardian_fates[PLAN__MAX];
	const char *stamps[SIECLE__MAX]; /* to keep once applied */
};

/* An empty state; its lists take their items from the arena. */
struct school_state school_state_in(struct arena *, const char *uai, int year);

/* A request without any confirmation. */
struct plan_request plan_request_on(struct arena *, const char *today);

/*
 * Make the plan.  The result borrows texts from the files and the state.
 * Refuses, writing *problem, with FAULT_OTHER_SCHOOL, FAULT_OTHER_YEAR,
 * FAULT_STAFF_FIRST, FAULT_OLDER_EXPORT, FAULT_MASS_DEPARTURE.
 */
enum fault plan_make(struct arena *, const struct plan_files *,
    const struct school_state *, const struct plan_request *, struct plan *,
    struct siecle_problem *);

#endif
