#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>

#include <kore/kore.h>
#include <kore/http.h>

#include <sodium.h>

#include "coroutine.h"
#include "entry.h"
#include "gate.h"
#include "header.h"
#include "intake.h"
#include "metric.h"
#include "problem.h"
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

/* Of a request id that we make. */
#define REQUEST_BYTES 8

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

/* --- the request, copied --- */

/* clang-format off */
static const struct {
	const char *name;
	size_t at;
} kept_headers[] = {
#define KEPT(name, member) { name, offsetof(struct request_headers, member) }
	KEPT("origin", origin),
	KEPT("sec-fetch-site", fetch_site),
	KEPT("cookie", cookie),
	KEPT("authorization", authorization),
	KEPT("x-csrf-token", csrf),
	KEPT("content-type", content_type),
	KEPT("accept", accept),
	KEPT("accept-language", accept_language),
	KEPT("if-match", if_match),
	KEPT("if-none-match", if_none_match),
	KEPT("idempotency-key", idempotency_key),
	KEPT("x-request-id", request_id),
	KEPT("x-forwarded-for", forwarded_for),
	KEPT("x-forwarded-proto", forwarded_proto),
	KEPT("transfer-encoding", transfer_encoding),
#undef KEPT
};
/* clang-format on */

static void
copy_header(struct ctx *c, const struct http_header *h)
{
	const char **to;
	size_t i;

	c->headers.lines++;
	if (strcasecmp(h->header, "host") == 0)
		c->headers.hosts++;
	if (strcasecmp(h->header, "content-length") == 0)
		c->headers.lengths++;
	for (i = 0; i < sizeof(kept_headers) / sizeof(kept_headers[0]); i++) {
		if (strcasecmp(h->header, kept_headers[i].name) != 0)
			continue;
		to = (const char **)((char *)&c->headers + kept_headers[i].at);
		*to = arena_text(c->arena, h->value);
		return;
	}
}

static enum method
method_of(const struct http_request *req)
{
	switch (req->method) {
	case HTTP_METHOD_POST:
		return METHOD_POST;
	case HTTP_METHOD_PUT:
		return METHOD_PUT;
	case HTTP_METHOD_PATCH:
		return METHOD_PATCH;
	case HTTP_METHOD_DELETE:
		return METHOD_DELETE;
	case HTTP_METHOD_OPTIONS:
		return METHOD_OPTIONS;
	default:
		return METHOD_GET;
	}
}

static bool
request_id_ok(const char *s)
{
	size_t n = s == NULL ? 0 : strlen(s);

	return n >= 8 && n <= 64 &&
	       strspn(s, "0123456789abcdefghijklmnopqrstuvwxyz"
			 "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_") == n;
}

/* Chance for many requests at a time: each asking is a system call. */
static const unsigned char *
request_bytes(void)
{
	static unsigned char bytes[64][REQUEST_BYTES];
	static size_t left;

	if (left == 0) {
		randombytes_buf(bytes, sizeof(bytes));
		left = sizeof(bytes) / sizeof(bytes[0]);
	}
	return bytes[--left];
}

static const char *
request_id(struct ctx *c)
{
	size_t room = REQUEST_BYTES * 2 + 1;

	if (request_id_ok(c->headers.request_id))
		return c->headers.request_id;
	return sodium_bin2hex(arena_take(c->arena, room), room, request_bytes(),
	    REQUEST_BYTES);
}

/* French unless English is asked for first. */
static enum language
language_of(const char *accept)
{
	const char *en, *fr;

	if (accept == NULL || (en = strstr(accept, "en")) == NULL)
		return LANGUAGE_FR;
	fr = strstr(accept, "fr");
	return fr != NULL && fr < en ? LANGUAGE_FR : LANGUAGE_EN;
}

static bool
is_loopback(const struct connection *peer)
{
	if (peer->family == AF_INET)
		return ntohl(peer->addr.ipv4.sin_addr.s_addr) >> 24 == 127;
	return peer->family == AF_INET6 &&
	       IN6_IS_ADDR_LOOPBACK(&peer->addr.ipv6.sin6_addr);
}

/*
 * The address nginx saw, if the request came through it; else Kore's.  nginx
 * stands on this machine: anyone else who names an address has made it up.
 */
static const char *
address_of(struct ctx *c, struct http_request *req)
{
	const struct connection *peer = req->owner;
	char out[INET6_ADDRSTRLEN] = "";
	const char *told = NULL;

	if (is_loopback(peer))
		told = header_forwarded(c->arena, c->headers.forwarded_for);
	if (told != NULL)
		return told;
	if (peer->family == AF_INET)
		inet_ntop(AF_INET, &peer->addr.ipv4.sin_addr, out, sizeof(out));
	else if (peer->family == AF_INET6)
		inet_ntop(AF_INET6, &peer->addr.ipv6.sin6_addr, out,
		    sizeof(out));
	return out[0] == '\0' ? "127.0.0.1" : arena_text(c->arena, out);
}

static struct ctx *
ctx_open(struct http_request *req)
{
	struct arena *a = arena_open();
	struct ctx *c = arena_take(a, sizeof(*c));
	struct http_header *h;

	c->arena = a;
	c->request = req;
	c->started = microseconds();
	c->method = method_of(req);
	c->path = arena_text(a, req->path);
	c->query_string = arena_text(a, req->query_string);
	c->headers.host = arena_text(a, req->host);
	c->headers.lines = 1;
	TAILQ_FOREACH(h, &req->req_headers, list)
		copy_header(c, h);
	if (req->http_body != NULL) {
		c->raw_length = req->http_body_length;
		c->raw_body = arena_copy(a, (const char *)req->http_body->data,
		    c->raw_length);
	}
	intake_begin(c);
	c->request_id = request_id(c);
	c->language = language_of(c->headers.accept_language);
	c->address = address_of(c, req);
	c->db = &c->db_words;
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
	trace_keep(c);
	return FAULT_NONE;
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
	/* Ours to mend, or somebody trying: either way an operator reads it. */
	if (c->db->message != NULL &&
	    (fault == FAULT_INTERNAL || c->db->denied))
		kore_log(LOG_ERR, "%s %s: %s", c->request_id, c->path,
		    c->db->message);
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
