/*
 * Interim assessments over HTTP: reading them (M-229 to M-234), confirming,
 * unlocking, confirming again (M-223 to M-228, G-10).
 *
 * Which act follows which is the domain's (domain/interim.h); who may look is
 * the base's (interim_read of migrations/0010).  Acts take their locks in one
 * order (reliability 3): draft or interim assessments, evaluations by id,
 * sheets, the row of the school last.
 */
#ifndef ACQUIS_API_INTERIM_H
#define ACQUIS_API_INTERIM_H

#include "../domain/interim.h"
#include "context.h"
#include "framework.h"

/* The {id} of the path, as interim_get.sql finds it. */
struct interim_facts {
	int64_t id;
	struct rows rows; /* one */
	const struct framework *framework;
};

/* From the column "unlocked" of a row: confirmed, or unlocked for a time. */
enum interim_state interim_state_of(const struct rows *, size_t row);

/* FAULT_ABSENT where the caller may not look. */
enum fault interim_facts(struct ctx *, struct interim_facts *);

/* Read it again, after an act, and answer with it. */
enum fault interim_reply(struct ctx *, int64_t id, int status);

enum fault interim_get(struct ctx *);
enum fault interim_list(struct ctx *);
enum fault interim_revisions(struct ctx *);
enum fault interim_revision_get(struct ctx *);

enum fault interim_create(struct ctx *);
enum fault interim_change(struct ctx *);
enum fault interim_unlock(struct ctx *);
enum fault interim_confirm(struct ctx *);

#endif
