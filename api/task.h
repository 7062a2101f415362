/*
 * Task: work of a request that is not done in its own coroutine.
 *
 * What takes the processor runs on a thread of Kore's; what has to go on
 * meanwhile, in another coroutine of the same worker.
 */
#ifndef ACQUIS_TASK_H
#define ACQUIS_TASK_H

#include "context.h"

/* Run fn(arg) on a task thread; the handler goes on when it is done. */
void task_run(struct ctx *, void (*fn)(void *), void *arg);

/*
 * Run fn in a coroutine beside that of c, as the same person and with an
 * arena of its own; its after_arg is arg.  It borrows what was asked from c,
 * which has to wait for it before it ends.
 */
struct ctx *task_beside(const struct ctx *c, void (*fn)(struct ctx *),
    void *arg);

/*
 * Wait so long, or until *enough: whoever sets it wakes the waiter
 * (entry_wake).
 */
void task_pause(struct ctx *, unsigned int milliseconds, const bool *enough);

#endif
