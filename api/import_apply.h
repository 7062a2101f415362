/*
 * Import apply: a plan as the statements that carry it out.
 *
 * Whoever has the base, the server or the tool, runs them all in one
 * transaction and in this order.  Each writes a whole kind of rows at once;
 * how many there are does not depend on how many people there are.  Refused,
 * left out, undecided and conflicting records write nothing; who leaves is
 * inactive, never deleted.
 */
#ifndef ACQUIS_IMPORT_APPLY_H
#define ACQUIS_IMPORT_APPLY_H

#include "import_analysis.h"

/* Fewer than a batch of db.h holds, with what goes out beside them. */
#define IMPORT_STEPS_MAX 14

struct import_step {
	enum query query;
	struct params params; /* belong to the arena */
};

/* What the administrator says a training is. */
struct import_mef {
	const char *mef;
	const char *framework;
	const char *level;
};

/* How many people are created: so many numbers are wanted. */
size_t import_created(const struct plan *);

/*
 * The statements.  `numbers` are those of the people to be created; they are
 * also written into the plan.  `said` are of struct import_mef.
 */
size_t import_steps(struct import_analysis *, const int64_t *numbers,
    const struct list *said, struct import_step steps[IMPORT_STEPS_MAX]);

/* Is it the training of a class of the plan that stays open? */
bool import_mef_met(const struct plan *, const char *mef);

#endif
