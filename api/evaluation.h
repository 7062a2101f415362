/*
 * Evaluations: what was assessed, when, of whom (M-102 to M-126).
 *
 * An evaluation is a grid of items, a list of learners and, for each of them,
 * a line of marks with a comment.  Its revision counts every change of it or
 * of its marks and is its ETag.  Once a confirmed interim assessment took it
 * into account it does not change (M-109).  It is ordered by the day of the
 * assessment, which the teacher gives; the last modification is told beside
 * it (M-111, decision G-19).
 */
#ifndef ACQUIS_EVALUATION_H
#define ACQUIS_EVALUATION_H

#include "context.h"
#include "json.h"

enum fault evaluation_list(struct ctx *);
enum fault evaluation_create(struct ctx *);
enum fault evaluation_get(struct ctx *);
enum fault evaluation_change(struct ctx *);
enum fault evaluation_delete(struct ctx *);

/* PATCH of cells and comments, in marks.c. */
enum fault marks_change(struct ctx *);

/* The shape EvaluationSummary. */
void evaluation_write_summary(struct json *, const struct rows *, size_t row);

/* What PATCH says besides: marks put out of sight, marks found again. */
struct evaluation_moved {
	size_t hidden;
	size_t found;
};

/*
 * Read the evaluation back and answer with it; `moved` is NULL but after a
 * change.  FAULT_ABSENT when the caller may not see it.
 */
enum fault evaluation_reply(struct ctx *, int64_t id, int status,
    const struct evaluation_moved *);

#endif
