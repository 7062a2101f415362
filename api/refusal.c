#include <stdlib.h>
#include <string.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "../domain/utf8.h"
#include "metric.h"
#include "problem.h"
#include "refusal.h"
#include "request.h"

bool
refusal_hold(struct connection *conn)
{
	/* One that waits behind another answer stays as it is. */
	if (!TAILQ_EMPTY(&conn->send_queue) ||
	    !(conn->evt.flags & KORE_EVENT_WRITE))
		return false;
	conn->evt.flags &= ~KORE_EVENT_WRITE;
	return true;
}

static enum fault
fault_of(int status)
{
	switch (status) {
	case 405:
		return FAULT_METHOD;
	case 411:
		return FAULT_LENGTH;
	case 413:
		return FAULT_LARGE;
	case 414:
		return FAULT_URI_LONG;
	case 500:
		return FAULT_INTERNAL;
	case 503:
		return FAULT_UNAVAILABLE;
	case 505:
		return FAULT_VERSION;
	default:
		return FAULT_SHAPE;
	}
}

static const char *
copied(struct arena *a, struct words w)
{
	return w.at == NULL ? NULL : arena_copy(a, w.at, w.n);
}

/* Enough of a context to say no in. */
static struct ctx *
ctx_of(const struct asked *asked)
{
	struct arena *a = arena_open();
	struct ctx *c = arena_take(a, sizeof(*c));
	const char *path = copied(a, asked->path);

	c->arena = a;
	c->path = path != NULL && path[0] == '/' && utf8_ok(path, asked->path.n)
		      ? path
		      : "/";
	c->request_id = request_id(a, copied(a, asked->id));
	c->language = request_language(copied(a, asked->language));
	return c;
}

static void
write_head(struct text *t, const struct ctx *c)
{
	const struct reply *r = &c->reply;

	text_print(t,
	    "HTTP/1.1 %d %s\r\n"
	    "server: acquis\r\n"
	    "connection: close\r\n",
	    r->status, http_status_text(r->status));
	for (size_t i = 0; i < r->headers_count; i++)
		text_print(t, "%s: %s\r\n", r->headers[i].name,
		    r->headers[i].value);
	text_print(t,
	    "content-type: %s\r\n"
	    "cache-control: private, no-cache\r\n"
	    "x-request-id: %s\r\n"
	    "x-content-type-options: nosniff\r\n"
	    "content-length: %zu\r\n\r\n",
	    r->type, c->request_id, r->body.length);
}

void
refusal_send(struct connection *conn, enum fault fault,
    const struct asked *asked)
{
	struct ctx *c = ctx_of(asked);
	struct text t = text_in(c->arena);

	problem_reply(c, fault);
	write_head(&t, c);
	if (asked->method.n != 4 || memcmp(asked->method.at, "HEAD", 4) != 0)
		text_add(&t, c->reply.body.bytes, c->reply.body.length);
	conn->flags |= CONN_CLOSE_EMPTY;
	net_send_queue(conn, t.bytes, t.length);
	metric_answered(c->reply.status, 0);
	arena_close(c->arena);
}

/* The status of an answer, "HTTP/1.1 411 Length Required". */
static int
status_of(const struct netbuf *nb)
{
	return (
	    int)strtol((const char *)nb->buf + strlen("HTTP/1.1 "), NULL, 10);
}

bool
refusal_release(struct connection *conn, bool held, const struct asked *asked)
{
	struct netbuf *nb = TAILQ_FIRST(&conn->send_queue);

	if (!held)
		return false;
	conn->evt.flags |= KORE_EVENT_WRITE;
	if (nb == NULL)
		return false;
	nb->b_len = 0;
	refusal_send(conn, fault_of(status_of(nb)), asked);
	return true;
}
