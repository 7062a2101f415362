/*
 * Lock: what keeps an evaluation as it is (M-109).
 *
 * A confirmed interim assessment holds the evaluations it took into account.
 * Whoever meets the lock is told which assessment it is, since when, whose
 * word it was, and who can unlock it.
 */
#ifndef ACQUIS_LOCK_H
#define ACQUIS_LOCK_H

#include "context.h"
#include "json.h"

/*
 * The shape Lock of the row of Q_EVALUATION_LOCK, or null without one.
 */
void lock_write(struct json *, const char *name, const struct rows *);

/* Roles that can unlock what holds it, as the member `unlockers`. */
void lock_unlockers(struct json *);

/* FAULT_LOCKED, and the lock in the answer. */
enum fault lock_fault(struct ctx *, const struct rows *);

#endif
