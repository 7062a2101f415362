/*
 * Learners, and the journal of what was changed about them.
 */
#ifndef ACQUIS_LEARNER_H
#define ACQUIS_LEARNER_H

#include "context.h"
#include "json.h"

enum fault learner_get(struct ctx *);
enum fault journal_list(struct ctx *);

/* The shape Learner of a row with its columns. */
void learner_write(struct json *, const struct rows *, size_t row);

/*
 * Members of the shape LearnerRef, without the brackets.  Columns id,
 * first_name, last_name, track, class_id, class_code.
 */
void learner_members(struct json *, const struct rows *, size_t row);

/* The shape Person from columns <prefix>_id, _first_name, _last_name. */
void person_write(struct json *, const char *name, const struct rows *,
    size_t row, const char *prefix);

#endif
