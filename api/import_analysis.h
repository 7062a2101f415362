/*
 * Import analysis: from the files given to what importing them would change.
 *
 * Pure but for its arena: run it on a task thread, the files of a large
 * school take a second.  What passes once confirmed does not stop it: it is
 * listed, and stops only the commit.
 */
#ifndef ACQUIS_IMPORT_ANALYSIS_H
#define ACQUIS_IMPORT_ANALYSIS_H

#include <stdatomic.h>

#include "import_state.h"
#include "siecle/upload.h"

/* What a kind of file is called, in a field of the form and in a report. */
extern const char *const import_kind_names[SIECLE__MAX];

#define IMPORT_UPLOADS_MAX 8

/* One file of the form: an export, or an archive of some. */
struct import_upload {
	const char *bytes;
	size_t length;
	const char *name;      /* as it was called where it comes from */
	const char *field;     /* "/learners", "/files/0": to blame */
	unsigned int kinds;    /* what its field is for: 1u << kind; 0: any */
	enum siecle_kind kind; /* written: one that no other one holds */
};

/* One export, as the analysis found it. */
struct import_file {
	const struct import_upload *upload; /* NULL: there is none */
	struct siecle_input input;
	const char *name;  /* "both.zip/ElevesSansAdresses.xml" */
	const char *stamp; /* NULL: it has none */
};

/* How far an import is: written on one thread, told by another. */
struct import_progress {
	_Atomic(const char *) step; /* "reading", "planning", "writing" */
	atomic_int percent;         /* of the whole */
	atomic_bool stop;           /* nobody wants it any more */
};

/* Where the whole is when reading, then planning, is done. */
#define IMPORT_READ_PERCENT 50
#define IMPORT_PLANNED_PERCENT 70

void import_progress(struct import_progress *, const char *step, int percent);

#define IMPORT_CONFIRM_MAX 3

struct import_analysis {
	/* given */
	struct arena *arena;
	struct import_upload uploads[IMPORT_UPLOADS_MAX];
	size_t upload_count;
	const struct import_state *state;
	struct plan_request request; /* its confirmations are ours to set */
	struct import_progress *progress; /* belongs to the caller */

	/* made */
	struct import_file files[SIECLE__MAX];
	struct plan plan;
	enum fault fault;  /* FAULT_CONFLICT when it was stopped */
	const char *field; /* to blame for the fault */
	struct siecle_problem problem;
	/* What the commit has to name, as faults; in the order found. */
	enum fault confirm[IMPORT_CONFIRM_MAX];
	size_t confirm_count;
	/* Anomalies of the first, second... kind come first, in this number. */
	size_t anomalies[SIECLE__MAX];
};

/* The argument is a struct import_analysis: for task_run(). */
void import_analyse(void *);

/* The kind of file that an anomaly of the plan, by its place, is about. */
enum siecle_kind import_anomaly_kind(const struct import_analysis *,
    size_t place);

/* Is it a class that stays, of a training that is known? */
bool import_class_open(const struct plan_structure *);

/* Is the structure at that place the first open class of its training? */
bool import_mef_first(const struct import_analysis *, size_t place);

/* "mass_departure" and its like. */
const char *import_confirm_code(enum fault);

#endif
