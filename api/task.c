#include <kore/kore.h>
#include <kore/http.h>
#include <kore/tasks.h>

#include "coroutine.h"
#include "entry.h"
#include "task.h"

/* --- on a thread --- */

struct task {
	struct kore_task kore;
	struct ctx *ctx;
	void (*fn)(void *);
	void *arg;
	bool done;
};

static int
task_main(struct kore_task *kore)
{
	struct task *t = (struct task *)kore;

	t->fn(t->arg);
	return KORE_RESULT_OK;
}

static void
task_done(struct kore_task *kore)
{
	struct task *t = (struct task *)kore;

	if (!kore_task_finished(kore) || t->done)
		return;
	t->done = true;
	entry_wake(t->ctx);
}

void
task_run(struct ctx *c, void (*fn)(void *), void *arg)
{
	struct task *t = arena_take(c->arena, sizeof(*t));

	t->ctx = c;
	t->fn = fn;
	t->arg = arg;
	kore_task_create(&t->kore, task_main);
	kore_task_bind_callback(&t->kore, task_done);
	kore_task_run(&t->kore);
	while (!t->done)
		entry_suspend(c);
	kore_task_destroy(&t->kore);
}

/* --- beside, and in a moment --- */

struct pause {
	struct ctx *ctx;
	bool over;
};

static void
pause_over(void *arg, uint64_t now)
{
	struct pause *p = arg;

	(void)now;
	p->over = true;
	entry_wake(p->ctx);
}

void
task_pause(struct ctx *c, unsigned int milliseconds, const bool *enough)
{
	struct pause p = { .ctx = c };
	struct kore_timer *timer =
	    kore_timer_add(pause_over, milliseconds, &p, KORE_TIMER_ONESHOT);

	while (!p.over && !*enough)
		entry_suspend(c);
	if (!p.over)
		kore_timer_remove(timer);
}

static void
beside_main(void *arg)
{
	struct ctx *c = arg;

	c->after(c);
}

struct ctx *
task_beside(const struct ctx *c, void (*fn)(struct ctx *), void *arg)
{
	struct arena *a = arena_open();
	struct ctx *b = arena_take(a, sizeof(*b));

	b->arena = a;
	b->db = &b->db_words;
	b->route = c->route;
	b->method = c->method;
	b->path = c->path;
	b->headers = c->headers;
	b->address = c->address;
	b->request_id = c->request_id;
	b->language = c->language;
	b->answered = true;
	b->after = fn;
	b->after_arg = arg;
	b->coroutine = coroutine_open(beside_main, b);
	entry_wake(b);
	return b;
}
