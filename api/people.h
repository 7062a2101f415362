/*
 * People of the school: who they are, their roles and accounts, for who runs
 * the school.
 *
 * A person of a file is changed as one made by hand is, but comes and goes
 * with the files alone.
 */
#ifndef ACQUIS_PEOPLE_H
#define ACQUIS_PEOPLE_H

#include "context.h"
#include "json.h"

/* GET /people, GET /people/{id} */
enum fault people_list(struct ctx *);
enum fault person_get(struct ctx *);

/* POST /people, PATCH /people/{id} */
enum fault person_create(struct ctx *);
enum fault person_change(struct ctx *);

/* POST /people/{id}/hide and /reactivate; both may be repeated. */
enum fault person_hide(struct ctx *);
enum fault person_reactivate(struct ctx *);

/* PUT and DELETE /people/{id}/guardians/{guardian_id}, the id of a learner */
enum fault guardian_put(struct ctx *);
enum fault guardian_delete(struct ctx *);

/* Load a person (people_get.sql); FAULT_ABSENT. */
enum fault person_load(struct ctx *, int64_t id, struct rows *);

/* Answer with a person, read anew. */
enum fault person_reply(struct ctx *, int64_t id, int status);

/* The roles of a loaded person as bits. */
unsigned int person_roles(const struct rows *);

/* A line of the journal: states are JSON or NULL. */
void person_note(struct ctx *, const char *act, int64_t id, const char *before,
    const char *after);

#endif
