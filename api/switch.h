/*
 * Switch: the place where a stack stopped, and going from one to another.
 *
 * On x86-64 it is a few instructions; elsewhere it is swapcontext, which asks
 * the kernel for the signal mask each time: twice a switch, eight times a
 * request.  Signals are not for coroutines, so nothing else differs.
 */
#ifndef ACQUIS_SWITCH_H
#define ACQUIS_SWITCH_H

#include <stddef.h>

#if defined(__x86_64__)
struct place {
	void *stack; /* what must be kept lies on top of it */
};
#else
#include <ucontext.h>
struct place {
	ucontext_t context;
};
#endif

/*
 * A place that begins fn(arg) on that stack when it is switched to.  fn must
 * not return.
 */
void switch_make(struct place *, void *stack, size_t size, void (*fn)(void *),
    void *arg);

/* Stop here and go on there; returns when somebody switches back. */
void switch_to(struct place *here, struct place *there);

#endif
