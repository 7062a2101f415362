#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "coroutine.h"
#include "switch.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
/* Sanitized code needs more stack for the same work. */
#define STACK_SIZE (512 * 1024)
#else
#define STACK_SIZE (64 * 1024)
#endif

/* Stacks kept for later; more than these go back to the system. */
#define POOL_MAX 256

struct coroutine {
	struct place inside;
	struct place outside;
	unsigned char *stack; /* the guard page first */
	void (*fn)(void *);
	void *arg;
	bool ended;
	struct coroutine *next; /* in the pool */
#if defined(__SANITIZE_ADDRESS__)
	void *fake_inside;
	void *fake_outside;
	const void *outer_stack;
	size_t outer_size;
#endif
};

static struct coroutine *pool;
static size_t pool_count;
static size_t running;

static void *
coroutine_stack(const struct coroutine *co)
{
	return co->stack + sysconf(_SC_PAGESIZE);
}

/*
 * The two switches.  The sanitizer wants to hear of each before it happens
 * and after; without it they are switch_to() and nothing more.
 */
static void
switch_in(struct coroutine *co)
{
#if defined(__SANITIZE_ADDRESS__)
	__sanitizer_start_switch_fiber(&co->fake_outside, coroutine_stack(co),
	    STACK_SIZE);
#endif
	switch_to(&co->outside, &co->inside);
#if defined(__SANITIZE_ADDRESS__)
	__sanitizer_finish_switch_fiber(co->fake_outside, NULL, NULL);
#endif
}

static void
switch_out(struct coroutine *co)
{
#if defined(__SANITIZE_ADDRESS__)
	__sanitizer_start_switch_fiber(&co->fake_inside, co->outer_stack,
	    co->outer_size);
#endif
	switch_to(&co->inside, &co->outside);
#if defined(__SANITIZE_ADDRESS__)
	__sanitizer_finish_switch_fiber(co->fake_inside, &co->outer_stack,
	    &co->outer_size);
#endif
}

static void
coroutine_main(void *arg)
{
	struct coroutine *co = arg;

#if defined(__SANITIZE_ADDRESS__)
	__sanitizer_finish_switch_fiber(NULL, &co->outer_stack,
	    &co->outer_size);
#endif
	for (;;) {
		co->fn(co->arg);
		co->ended = true;
		switch_out(co);
	}
}

static struct coroutine *
coroutine_new(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	struct coroutine *co;

	co = calloc(1, sizeof(*co));
	if (co == NULL)
		abort();
	co->stack = mmap(NULL, STACK_SIZE + page, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
	if (co->stack == MAP_FAILED || mprotect(co->stack, page, PROT_NONE))
		abort();
	switch_make(&co->inside, coroutine_stack(co), STACK_SIZE,
	    coroutine_main, co);
	return co;
}

struct coroutine *
coroutine_open(void (*fn)(void *), void *arg)
{
	struct coroutine *co = pool;

	if (co != NULL) {
		pool = co->next;
		pool_count--;
	} else {
		co = coroutine_new();
	}
	co->fn = fn;
	co->arg = arg;
	co->ended = false;
	running++;
	return co;
}

bool
coroutine_run(struct coroutine *co)
{
	switch_in(co);
	return co->ended;
}

void
coroutine_suspend(struct coroutine *co)
{
	switch_out(co);
}

void
coroutine_close(struct coroutine *co)
{
	running--;
	if (pool_count < POOL_MAX) {
		co->next = pool;
		pool = co;
		pool_count++;
		return;
	}
	munmap(co->stack, STACK_SIZE + (size_t)sysconf(_SC_PAGESIZE));
	free(co);
}

size_t
coroutine_count(void)
{
	return running;
}
