#include <errno.h>
#include <sys/socket.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "digest.h"
#include "header.h"
#include "intake.h"
#include "send.h"

/*
 * As net_write() of Kore, but for the length it asks for: 8 KB at a time, each
 * of which may wake the reader, and a dashboard is 40 KB.
 */
static int
write_all(struct connection *conn, size_t length, size_t *written)
{
	struct netbuf *b = conn->snb;
	int more = TAILQ_NEXT(b, list) == NULL ? 0 : MSG_MORE;
	ssize_t n;

	(void)length;
	*written = 0;
	n = send(conn->fd, b->buf + b->s_off, b->b_len - b->s_off, more);
	if (n >= 0)
		*written = (size_t)n;
	else if (errno == EAGAIN)
		conn->evt.flags &= ~KORE_EVENT_WRITE;
	else if (errno != EINTR)
		return KORE_RESULT_ERROR;
	return KORE_RESULT_OK;
}

void
send_reply(struct ctx *c)
{
	struct http_request *req = c->request;
	struct reply *r = &c->reply;
	size_t i;

	if (c->method == METHOD_GET && r->status == 200 && r->revised)
		reply_exact(c);
	if (c->method == METHOD_GET && r->status == 200 && r->etag != NULL &&
	    header_tag_listed(c->headers.if_none_match, r->etag)) {
		r->status = 304;
		r->body.length = 0;
		r->type = NULL;
	}
	if (r->type != NULL)
		http_response_header(req, "content-type", r->type);
	if (r->etag != NULL)
		http_response_header(req, "etag", r->etag);
	if (r->replayed)
		http_response_header(req, "idempotent-replayed", "true");
	for (i = 0; i < r->headers_count; i++)
		http_response_header(req, r->headers[i].name,
		    r->headers[i].value);
	if (!r->cacheable) {
		http_response_header(req, "cache-control",
		    r->no_store ? "no-store" : "private, no-cache");
		/* On a shared machine the next person is somebody else. */
		http_response_header(req, "vary",
		    "Cookie, Authorization, Accept-Language");
	}
	http_response_header(req, "x-request-id", c->request_id);
	http_response_header(req, "x-content-type-options", "nosniff");
	if (req->owner->write == net_write)
		req->owner->write = write_all;
	intake_respond(req, r->status,
	    r->body.length == 0 ? NULL : r->body.bytes, r->body.length);
}
