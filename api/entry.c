#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "coroutine.h"
#include "entry.h"
#include "gate.h"
#include "header.h"
#include "intake.h"
#include "metric.h"
#include "problem.h"
#include "request.h"
#include "route.h"
#include "send.h"
#include "throttle.h"
#include "trace.h"
#include "worker.h"

/* A transaction that lost to another is run again so many times. */
#define TRIES_MAX 4

/* A request that has taken so much is a class printed or a school imported. */
#define BIG (1024 * 1024)
#define TRIM_AFTER_MS 1000

int api_entry(struct http_request *);

/* The arena that cJSON allocates from: that of the coroutine running. */
static struct arena *current_arena;

static bool trim_waits;

static void *
json_take(size_t n)
{
	return arena_take(current_arena, n);
}

static void
json_give(void *p)
{
	(void)p;
}

void
entry_open(void)
{
	static cJSON_Hooks hooks = { json_take, json_give };

	cJSON_InitHooks(&hooks);
}

static long long
microseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static struct ctx *
ctx_open(struct http_request *req)
{
	struct ctx *c = request_copy(req);

	c->started = microseconds();
	c->db = &c->db_words;
	intake_begin(c);
	return c;
}

/* --- waiting and waking --- */

/* Give way until woken. */
void
entry_suspend(void *waiter)
{
	struct ctx *c = waiter;

	coroutine_suspend(c->coroutine);
	current_arena = c->arena;
}

static bool
ctx_run(struct ctx *c)
{
	bool ended;

	current_arena = c->arena;
	c->running = true;
	ended = coroutine_run(c->coroutine);
	c->running = false;
	if (ended)
		coroutine_close(c->coroutine);
	return ended;
}

/*
 * The C library gives back the end of each heap.  What a big request leaves
 * free lies between small blocks that stay, ours and of other requests: they
 * are looked for a moment later, once for all that ended meanwhile.
 */
static void
trim(void *arg, uint64_t now)
{
	(void)arg;
	(void)now;
	trim_waits = false;
	malloc_trim(0);
}

static void
ctx_close(struct ctx *c)
{
	bool big = arena_used(c->arena) >= BIG;

	intake_end(c);
	arena_close(c->arena);
	if (!big || trim_waits)
		return;
	trim_waits = true;
	kore_timer_add(trim, TRIM_AFTER_MS, NULL, KORE_TIMER_ONESHOT);
}

/* Nobody listens any more; what was begun is ended all the same. */
static void
run_orphan(void *arg, uint64_t now)
{
	struct ctx *c = arg;

	(void)now;
	c->orphan_due = false;
	if (ctx_run(c))
		ctx_close(c);
}

static void
orphan_soon(struct ctx *c)
{
	if (c->orphan_due)
		return;
	c->orphan_due = true;
	kore_timer_add(run_orphan, 1, c, KORE_TIMER_ONESHOT);
}

void
entry_wake(void *waiter)
{
	struct ctx *c = waiter;

	/* It looks at what it waits for before it gives way. */
	if (c->running)
		return;
	if (c->request != NULL)
		http_request_wakeup(c->request);
	else
		orphan_soon(c);
}

/*
 * The client has gone.  Kore has woken the request to free it, so a wake of
 * ours may have been lost: the coroutine is run once more.  Whoever waits
 * looks again at what it waits for, so once too often does no harm.
 */
static void
entry_left(struct http_request *req)
{
	struct ctx *c = req->hdlr_extra;

	if (c == NULL)
		return;
	c->request = NULL;
	req->hdlr_extra = NULL;
	orphan_soon(c);
}

/* --- one request --- */

static enum db_mode
mode_of(const struct route *r)
{
	if (r->method == METHOD_GET || r->flags & ROUTE_READS)
		return DB_READ;
	return route_public(r) ? DB_OPEN : DB_WRITE;
}

/* What a request writes is traced with where it comes from. */
static void
say_whence(struct ctx *c)
{
	if (c->method == METHOD_GET)
		return;
	c->whence = (struct params){ .n = 2,
		.param = { p_text_of(c->address), p_text_of(c->request_id) } };
	db_whence(c->db, Q_WHENCE, &c->whence);
}

/* The handler, or the answer it gave when it was asked the same before. */
static enum fault
handle_once(struct ctx *c)
{
	bool replayed;

	TRY(gate_repeat(c, &replayed));
	if (replayed)
		return FAULT_NONE;
	trace_queue(c);
	TRY(c->route->handle(c));
	gate_remember(c);
	return FAULT_NONE;
}

static enum fault
attempt(struct ctx *c, enum fault (*act)(struct ctx *))
{
	db_start(c->db, c->arena, worker_lanes(),
	    (struct db_wait){ entry_suspend, c }, mode_of(c->route));
	TRY(gate_enter(c));
	say_whence(c);
	TRY(act(c));
	/* A handler that asked nothing of the base is entered all the same. */
	if (c->db->enter.query != Q__MAX && c->db->person_id == 0)
		db_queue(c->db, NULL, Q_PING, PARAMS_NONE);
	TRY(db_commit(c->db));
	return trace_keep(c);
}

enum fault
entry_act(struct ctx *c, enum fault (*act)(struct ctx *))
{
	enum fault fault = FAULT_NONE;
	int try;

	for (try = 0; try < TRIES_MAX; try++) {
		c->errors_count = 0;
		c->detail = c->more = NULL;
		c->reply = (struct reply){ .status = 0 };
		c->after = NULL;
		fault = attempt(c, act);
		if (fault == FAULT_NONE || !c->db->again)
			break;
		db_release(c->db);
	}
	/* Who only reads is in nobody's way: the base is too busy, no more. */
	if (fault == FAULT_BUSY && c->method == METHOD_GET)
		fault = FAULT_UNAVAILABLE;
	/* Ours to mend, or somebody trying: either way an operator reads it. */
	if (c->db->message != NULL &&
	    (fault == FAULT_INTERNAL || c->db->denied))
		kore_log(LOG_ERR, "%s %s: %s", c->request_id, c->path,
		    c->db->message);
	if (fault == FAULT_EXPORTS) {
		metric_export_refused();
		kore_log(LOG_ALERT,
		    "%s %s: person %lld of school %lld exports too much",
		    c->request_id, c->path, (long long)c->db->person_id,
		    (long long)c->db->school_id);
	}
	db_release(c->db);
	return fault;
}

/* What a partner's key turned out to be. */
static void
count_key(const struct ctx *c, enum fault fault)
{
	if (fault == FAULT_SESSION)
		throttle_wrong(c->address);
	else if (c->db->person_id != 0)
		throttle_good(c->headers.authorization);
}

static enum fault
handle(struct ctx *c)
{
	enum fault fault = entry_act(c, handle_once);

	if (c->route->flags & ROUTE_PARTNER)
		count_key(c, fault);
	return fault;
}

/* Who sends a large body is looked up before it is read. */
static enum fault
admit(struct ctx *c)
{
	enum fault fault;

	if (route_public(c->route))
		return FAULT_LARGE;
	db_start(c->db, c->arena, worker_lanes(),
	    (struct db_wait){ entry_suspend, c }, DB_READ);
	fault = gate_enter(c);
	if (fault == FAULT_NONE) {
		db_queue(c->db, NULL, Q_PING, PARAMS_NONE);
		fault = db_commit(c->db);
	}
	if (c->route->flags & ROUTE_PARTNER)
		count_key(c, fault);
	db_release(c->db);
	return fault;
}

static enum fault
receive(struct ctx *c)
{
	if (c->awaited == 0)
		return FAULT_NONE;
	TRY(admit(c));
	return intake_receive(c);
}

static enum fault
answer(struct ctx *c)
{
	TRY(gate_shape(c));
	if (c->method == METHOD_OPTIONS) {
		reply_empty(c, 204);
		reply_header(c, "allow", route_methods(c));
		return FAULT_NONE;
	}
	TRY(route_find(c));
	TRY(gate_accept(c));
	TRY(gate_query(c));
	TRY(gate_size(c));
	TRY(receive(c));
	TRY(gate_body(c));
	TRY(gate_match(c));
	return handle(c);
}

static void
ctx_main(void *arg)
{
	struct ctx *c = arg;
	enum fault fault;

	fault = answer(c);
	if (fault != FAULT_NONE)
		problem_reply(c, fault);
	metric_answered(c->reply.status, microseconds() - c->started);
	if (fault != FAULT_NONE || c->after == NULL)
		return;
	c->answered = true;
	if (c->request != NULL)
		entry_suspend(c);
	c->after(c);
}

/* --- from Kore --- */

int
api_entry(struct http_request *req)
{
	struct ctx *c = req->hdlr_extra;
	bool ended;

	if (c == NULL) {
		c = ctx_open(req);
		c->coroutine = coroutine_open(ctx_main, c);
		req->hdlr_extra = c;
		req->flags |= HTTP_REQUEST_RETAIN_EXTRA;
		req->onfree = entry_left;
	}
	ended = ctx_run(c);
	if (!ended && !c->answered) {
		http_request_sleep(req);
		return KORE_RESULT_RETRY;
	}
	req->hdlr_extra = NULL;
	send_reply(c);
	c->request = NULL;
	if (ended)
		ctx_close(c);
	else
		orphan_soon(c);
	return KORE_RESULT_OK;
}
