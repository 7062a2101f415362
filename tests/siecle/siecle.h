/*
 * What the tests of imports share: samples from tests/data/samples, and a
 * school as it would be once a plan is applied.
 */
#ifndef ACQUIS_TEST_SIECLE_H
#define ACQUIS_TEST_SIECLE_H

#include "../../api/siecle/plan.h"

/* The bytes of a sample, "01-initial/Structures.xml"; a missing one is fatal.
 * The folder is $ACQUIS_SAMPLES or tests/data/samples. */
struct siecle_input sample(struct arena *, const char *name);

/* The school of the samples, empty. */
struct school_state empty_school(struct arena *);

/* The school after a plan: what the transaction will have to do. */
struct school_state school_after(struct arena *, const struct school_state *,
    const struct plan *);

/*
 * Read up to three samples (NULL: not given), each a file or an archive that
 * holds it, and plan them.
 */
enum fault plan_samples(struct arena *, const char *staff, const char *learners,
    const char *guardians, const struct school_state *,
    const struct plan_request *, struct plan *, struct siecle_problem *);

/* How many anomalies have a code. */
size_t anomalies_of(const struct list *, const char *code);

#endif
