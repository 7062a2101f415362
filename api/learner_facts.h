/*
 * Learner facts: the {id} of a path that begins with /learners/{id}, and the
 * framework that is meant: the argument `framework`, else that of the class.
 */
#ifndef ACQUIS_LEARNER_FACTS_H
#define ACQUIS_LEARNER_FACTS_H

#include "context.h"
#include "framework.h"

struct learner_facts {
	int64_t id;
	const char *ref; /* JSON, as answers name a learner */
	const struct framework *framework;
	bool teaches; /* may the caller write the results? */
};

/* FAULT_ABSENT unless the caller may read the learner's results. */
enum fault learner_facts(struct ctx *, struct learner_facts *);

/*
 * The same for whoever may read what is being prepared: those who teach the
 * learner, and who reads the drafts of all the school; FAULT_ABSENT for others.
 */
enum fault learner_prepared(struct ctx *, struct learner_facts *);

/* The same for whoever teaches the learner, and FAULT_ABSENT for others. */
enum fault learner_taught(struct ctx *, struct learner_facts *);

#endif
