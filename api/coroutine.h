/*
 * Coroutine: a handler that can wait without holding the worker.
 *
 * A coroutine has a stack of its own, taken from a pool, with a guard page
 * below it.  coroutine_run() goes into it and comes back when it suspends or
 * ends.  Only the worker's main thread runs coroutines.
 *
 * The model is lwan; the stacks are glibc's ucontext.  Under the address
 * sanitizer the switches are announced to it, so that a debug build sees
 * stack errors in handlers as anywhere else.
 */
#ifndef ACQUIS_COROUTINE_H
#define ACQUIS_COROUTINE_H

#include <stdbool.h>
#include <stddef.h>

struct coroutine;

/* Ready to run fn(arg); it starts with the first coroutine_run(). */
struct coroutine *coroutine_open(void (*fn)(void *), void *arg);

/* Go on with it.  True once fn has returned; then close it. */
bool coroutine_run(struct coroutine *);

/* From inside: give way to whoever called coroutine_run(). */
void coroutine_suspend(struct coroutine *);

/* Give the stack back to the pool.  Only when it has ended. */
void coroutine_close(struct coroutine *);

/* Coroutines under way, for /metrics and for the end of a worker. */
size_t coroutine_count(void);

#endif
