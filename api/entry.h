/*
 * Entry: from Kore to a handler and back.
 *
 * Kore gives every request to api_entry().  It makes a context, finds the
 * route, reads the body, queues `enter`, runs the handler in a coroutine,
 * commits or rolls back, sends the answer and frees the arena.  No handler
 * needs a special case here: what a route needs is said in its flags.
 */
#ifndef ACQUIS_ENTRY_H
#define ACQUIS_ENTRY_H

#include "context.h"

/* Once in each worker, before the first request. */
void entry_open(void);

/* Wait in the coroutine of `waiter`, a ctx, until somebody wakes it. */
void entry_suspend(void *waiter);

/* Whoever waits in `waiter` (a ctx) may go on: for lanes and tasks. */
void entry_wake(void *waiter);

/* Run fn(arg) on a task thread; the handler goes on when it is done. */
void task_run(struct ctx *, void (*fn)(void *), void *arg);

#endif
