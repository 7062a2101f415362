#include <stdio.h>

#include "../api/worker.h"
#include "caller.h"
#include "host.h"
#include "tool.h"

static struct arena *arena;

static void *
json_take(size_t n)
{
	return arena_take(arena, n);
}

static void
json_give(void *p)
{
	(void)p;
}

void
caller_open(struct arena *a)
{
	static cJSON_Hooks hooks = { json_take, json_give };

	arena = a;
	cJSON_InitHooks(&hooks);
}

struct ctx *
caller_context(void)
{
	struct ctx *c = arena_take(arena, sizeof(*c));

	c->arena = arena;
	c->db = &c->db_words;
	c->request_id = "demo";
	c->address = "127.0.0.1";
	c->path = "/";
	return c;
}

static void
enter(struct ctx *c, const struct caller *who, enum db_mode mode)
{
	db_start(c->db, arena, worker_lanes(), host_wait(), mode);
	c->enter = (struct params){ .n = 3,
		.param = { p_bytes_of(who->token, CALLER_TOKEN),
		    p_int_in(arena, who->roles), p_text_of(c->request_id) } };
	db_enter(c->db, Q_ENTER, &c->enter);
}

enum fault
caller_try(const struct caller *who, const struct call *call,
    struct reply *reply)
{
	struct ctx *c = caller_context();
	enum fault fault;

	c->method = call->method;
	c->headers.if_match = call->if_match;
	if (call->id != 0)
		c->id[0] = arena_print(arena, "%lld", (long long)call->id);
	if (call->body != NULL)
		c->body = cJSON_Parse(call->body);
	enter(c, who, call->method == METHOD_GET ? DB_READ : DB_WRITE);
	fault = call->handle(c);
	if (fault == FAULT_NONE)
		fault = db_commit(c->db);
	if (fault != FAULT_NONE && c->db->message != NULL)
		fprintf(stderr, "acquis: %s\n", c->db->message);
	/* Texts of an answer may belong to the rows. */
	*reply = c->reply;
	reply->etag = arena_text(arena, reply->etag);
	if (fault != FAULT_NONE && c->errors_count > 0)
		fprintf(stderr, "acquis: at %s\n", c->errors[0].pointer);
	db_release(c->db);
	return fault;
}

const cJSON *
caller_do(const struct caller *who, const struct call *call, const char **etag)
{
	struct reply reply;
	enum fault fault = caller_try(who, call, &reply);

	if (fault != FAULT_NONE)
		tool_end("the demonstration school was refused: fault %d of"
			 " domain/fault.h",
		    (int)fault);
	if (etag != NULL)
		*etag = reply.etag;
	return reply.body.length == 0
		   ? NULL
		   : cJSON_ParseWithLength(reply.body.bytes, reply.body.length);
}
