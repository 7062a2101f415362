/*
 * Entry: from Kore to a handler and back.
 *
 * Kore gives every request to api_entry().  It makes a context, finds the
 * route, reads the body, queues `enter`, runs the handler in a coroutine,
 * commits or rolls back, sends the answer and frees the arena.  No handler
 * needs a special case here: what a route needs is said in its flags.  A
 * handler whose work is long answers at once and leaves the rest to c->after.
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

/*
 * A transaction of its own as whoever asked, from `enter` to COMMIT, run again
 * when it lost to another: for what goes on after the answer.
 */
enum fault entry_act(struct ctx *, enum fault (*act)(struct ctx *));

#endif
