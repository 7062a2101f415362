/*
 * Import analysis: from the files given to what importing them would change.
 *
 * Pure but for its arena: run it on a task thread, the files of a large
 * school take a second.  What passes once confirmed does not stop it: it is
 * listed, and stops only the commit.
 */
#ifndef ACQUIS_IMPORT_ANALYSIS_H
#define ACQUIS_IMPORT_ANALYSIS_H

#include "import_state.h"

/* The parts of the form, and the fields they come in. */
enum import_part {
	PART_STAFF,
	PART_LEARNERS,
	PART_GUARDIANS,
	PART_LABELS,
	PART__MAX
};

extern const char *const import_part_names[PART__MAX];

struct import_file {
	const char *bytes; /* NULL: not given */
	size_t length;
	const char *name;
	const char *stamp; /* written by the analysis; NULL: it has none */
};

#define IMPORT_CONFIRM_MAX 3

struct import_analysis {
	/* given */
	struct arena *arena;
	struct import_file files[PART__MAX];
	const struct import_state *state;
	struct plan_request request; /* its confirmations are ours to set */

	/* made */
	struct plan plan;
	enum fault fault;
	enum import_part part; /* to blame for the fault */
	struct siecle_problem problem;
	/* What the commit has to name, as faults; in the order found. */
	enum fault confirm[IMPORT_CONFIRM_MAX];
	size_t confirm_count;
	/* Anomalies of the first, second... file come first, in this number. */
	size_t anomalies[PART__MAX];
};

/* The argument is a struct import_analysis: for task_run(). */
void import_analyse(void *);

/* The file that an anomaly of the plan, by its place, is about. */
enum import_part import_anomaly_part(const struct import_analysis *,
    size_t place);

/* Is it a class that stays, of a training that is known? */
bool import_class_open(const struct plan_structure *);

/* Is the structure at that place the first open class of its training? */
bool import_mef_first(const struct import_analysis *, size_t place);

/* "mass_departure" and its like. */
const char *import_confirm_code(enum fault);

#endif
