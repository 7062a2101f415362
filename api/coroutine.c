#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include "coroutine.h"

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
	ucontext_t inside;
	ucontext_t outside;
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

/*
 * The two switches.  The sanitizer wants to hear of each before it happens
 * and after; without it they are swapcontext and nothing more.
 */
static void
switch_in(struct coroutine *co)
{
#if defined(__SANITIZE_ADDRESS__)
	__sanitizer_start_switch_fiber(&co->fake_outside,
	    co->inside.uc_stack.ss_sp, co->inside.uc_stack.ss_size);
#endif
	swapcontext(&co->outside, &co->inside);
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
	swapcontext(&co->inside, &co->outside);
#if defined(__SANITIZE_ADDRESS__)
	__sanitizer_finish_switch_fiber(co->fake_inside, &co->outer_stack,
	    &co->outer_size);
#endif
}

/* makecontext passes ints: the pointer comes in two halves. */
static void
coroutine_main(unsigned int high, unsigned int low)
{
	struct coroutine *co;

	co = (struct coroutine *)((uintptr_t)high << 32 | low);
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
	getcontext(&co->inside);
	co->inside.uc_stack.ss_sp = co->stack + page;
	co->inside.uc_stack.ss_size = STACK_SIZE;
	co->inside.uc_link = NULL;
	makecontext(&co->inside, (void (*)(void))coroutine_main, 2,
	    (unsigned int)((uintptr_t)co >> 32), (unsigned int)(uintptr_t)co);
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
