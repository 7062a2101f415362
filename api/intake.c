#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "entry.h"
#include "intake.h"
#include "refusal.h"

#define CHUNK 65536 /* read at a time of a large body */
#define LINGER_CHUNK 4096

/* What is thrown away of a refused body before the connection is cut. */
#define LINGER_BYTES (64 * 1024 * 1024)
#define LINGER_MS 10000
#define LINGER_IDLE_MS 2000

/* Of one connection; Kore frees it with it. */
struct intake {
	bool busy;        /* a request is under way */
	size_t announced; /* of the body that Kore was not told of */
	size_t early_length;
	const uint8_t *early; /* came with the header, belongs to the request */
	size_t unread;        /* may still arrive and is no next request */
	uint64_t linger_end;
};

/* Of this worker, bytes. */
static size_t held;

/* --- the header --- */

/* What the lines of a header say about what follows it. */
struct framing {
	unsigned int lengths; /* Content-Length lines */
	size_t length;        /* the first of them */
	bool coded;           /* Transfer-Encoding */
	struct asked asked;
};

static bool
is_named(const uint8_t *line, size_t n, const char *name)
{
	size_t m = strlen(name);

	return n > m && line[m] == ':' &&
	       strncasecmp((const char *)line, name, m) == 0;
}

/* The number after the colon; what is none is left for Kore to refuse. */
static bool
read_length(const uint8_t *line, size_t n, size_t *out)
{
	size_t i = strlen("content-length:"), length = 0;

	while (i < n && isspace(line[i]))
		i++;
	if (i == n)
		return false;
	for (; i < n; i++) {
		if (!isdigit(line[i]))
			return false;
		if (__builtin_mul_overflow(length, 10, &length) ||
		    __builtin_add_overflow(length, line[i] - '0', &length))
			length = SIZE_MAX / 16;
	}
	*out = length;
	return true;
}

/* As long, and nothing: what comes is not for Kore to read. */
static void
hide_length(uint8_t *line, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (isdigit(line[i]))
			line[i] = '0';
}

/* Lines end where Kore ends them, at either byte. */
static size_t
line_length(const uint8_t *at, const uint8_t *end)
{
	const uint8_t *p = at;

	while (p < end && *p != '\r' && *p != '\n')
		p++;
	return (size_t)(p - at);
}

/* Up to one of these bytes, which is left out. */
static struct words
word(const char *at, const char *end, const char *stops)
{
	const char *p = at;

	while (p < end && strchr(stops, *p) == NULL)
		p++;
	return (struct words){ at, (size_t)(p - at) };
}

static void
read_first(const uint8_t *line, size_t n, struct asked *asked)
{
	const char *at = (const char *)line, *end = at + n;

	asked->method = word(at, end, " ");
	at += asked->method.n;
	if (at < end)
		asked->path = word(at + 1, end, " ?");
}

static struct words
value(const uint8_t *line, size_t n)
{
	const char *at = (const char *)line, *end = at + n;

	at = memchr(at, ':', n);
	for (at++; at < end && (*at == ' ' || *at == '\t'); at++)
		continue;
	return (struct words){ at, (size_t)(end - at) };
}

static struct framing
read_framing(const uint8_t *head, const uint8_t *end)
{
	struct framing f = { 0 };
	size_t n, length;

	read_first(head, line_length(head, end), &f.asked);
	for (const uint8_t *at = head; at < end; at += n + 1) {
		n = line_length(at, end);
		if (is_named(at, n, "transfer-encoding"))
			f.coded = true;
		if (is_named(at, n, "accept-language"))
			f.asked.language = value(at, n);
		if (is_named(at, n, "x-request-id"))
			f.asked.id = value(at, n);
		if (!is_named(at, n, "content-length"))
			continue;
		if (read_length(at, n, &length) && f.lengths == 0)
			f.length = length;
		f.lengths++;
	}
	return f;
}

static void
hide_lengths(uint8_t *head, const uint8_t *end)
{
	size_t n;

	for (uint8_t *at = head; at < end; at += n + 1) {
		n = line_length(at, end);
		if (is_named(at, n, "content-length"))
			hide_length(at, n);
	}
}

/* The end of the header as Kore finds it, or NULL: not all is there. */
static uint8_t *
head_end(const struct netbuf *nb)
{
	uint8_t *end = kore_mem_find(nb->buf, nb->s_off, "\r\n\r\n", 4);

	if (end != NULL)
		return end + 4;
	end = kore_mem_find(nb->buf, nb->s_off, "\n\n", 2);
	return end == NULL ? NULL : end + 2;
}

static bool
kore_reads(const struct http_request *req)
{
	return req->method == HTTP_METHOD_POST ||
	       req->method == HTTP_METHOD_PUT ||
	       req->method == HTTP_METHOD_PATCH;
}

/* What was answered is still in the list for a moment. */
static struct http_request *
newest(struct connection *conn)
{
	struct http_request *req, *last = NULL;

	TAILQ_FOREACH(req, &conn->http_requests, olist)
		last = req;
	return last;
}

/* Nothing is read before there is a buffer again. */
static void
stop_reading(struct netbuf *nb)
{
	kore_free(nb->buf);
	nb->buf = NULL;
	nb->m_len = 0;
	nb->extra = NULL;
}

/* --- what is refused --- */

static int
unwanted_arrived(struct netbuf *nb)
{
	struct intake *in = nb->owner->hdlr_extra;

	if (nb->s_off >= in->unread || kore_time_ms() > in->linger_end)
		return KORE_RESULT_ERROR;
	in->unread -= nb->s_off;
	nb->s_off = 0;
	return KORE_RESULT_OK;
}

/* Once what is to be said has been: the rest of the body goes nowhere. */
static void
linger(struct connection *conn)
{
	struct intake *in = conn->hdlr_extra;

	conn->flags &= ~CONN_CLOSE_EMPTY;
	if (!net_send_flush(conn)) {
		kore_connection_disconnect(conn);
		return;
	}
	/* Who listens knows by it that all is said. */
	if (TAILQ_EMPTY(&conn->send_queue))
		shutdown(conn->fd, SHUT_WR);
	if (in->unread > LINGER_BYTES)
		in->unread = LINGER_BYTES;
	in->linger_end = kore_time_ms() + LINGER_MS;
	conn->http_timeout = 0;
	conn->idle_timer.length = LINGER_IDLE_MS;
	net_recv_reset(conn, LINGER_CHUNK, unwanted_arrived);
}

/* By Kore, in its reading of the header: whose caller reads on. */
static void
refused(struct connection *conn)
{
	struct intake *in = conn->hdlr_extra;

	if (in->unread > 0) {
		linger(conn);
		return;
	}
	stop_reading(conn->rnb);
	if (!net_send_flush(conn))
		kore_connection_disconnect(conn);
}

/* Of a body, what did not come with the header. */
static size_t
later(const struct intake *in, size_t length)
{
	return length > in->early_length ? length - in->early_length : 0;
}

/* A header that has filled the buffer; of Kore it has no answer. */
static int
endless(struct netbuf *nb)
{
	struct connection *conn = nb->owner;
	struct intake *in = conn->hdlr_extra;
	const uint8_t *end = nb->buf + nb->s_off;
	struct framing f = read_framing(nb->buf, end);
	bool first = line_length(nb->buf, end) == nb->s_off;

	in->unread = SIZE_MAX;
	refusal_send(conn, first ? FAULT_URI_LONG : FAULT_HEADERS, &f.asked);
	linger(conn);
	return KORE_RESULT_OK;
}

/* --- from the header to a request --- */

/*
 * Before Kore's own http_header_recv().  Two lengths, or a length and a
 * coding, have no end that everybody agrees on: the gate refuses them.
 */
static int
header_arrived(struct netbuf *nb)
{
	struct connection *conn = nb->owner;
	struct intake *in = conn->hdlr_extra;
	struct http_request *req;
	const uint8_t *end;
	struct framing f;
	bool unclear, hidden, silent;
	int result;

	if (nb->buf == NULL)
		return KORE_RESULT_OK;
	end = head_end(nb);
	if (end == NULL)
		return nb->s_off == nb->b_len ? endless(nb) : KORE_RESULT_OK;
	f = read_framing(nb->buf, end);
	unclear = f.lengths > 1 || f.coded;
	hidden = unclear || f.length > http_body_max;
	if (hidden)
		hide_lengths(nb->buf, end);
	in->early = end;
	in->early_length = (size_t)(nb->buf + nb->s_off - end);
	silent = refusal_hold(conn);
	result = http_header_recv(nb);
	if (refusal_release(conn, silent, &f.asked)) {
		in->unread = unclear ? SIZE_MAX : later(in, f.length);
		refused(conn);
		return KORE_RESULT_OK;
	}
	req = newest(conn);
	if (req == NULL || conn->flags & CONN_CLOSE_EMPTY)
		return result;
	in->busy = true;
	in->announced = hidden && !unclear && kore_reads(req) ? f.length : 0;
	in->unread = unclear ? SIZE_MAX : 0;
	if (!unclear && (hidden || !kore_reads(req)))
		in->unread = later(in, f.length);
	/* Kore forgets to, where no body is to come. */
	if (req->flags & HTTP_REQUEST_COMPLETE)
		conn->http_timeout = 0;
	return result;
}

/*
 * As net_read() of Kore, which has no place of its own to look at a header.
 * It sets its reader anew after each answer, and after a body it would read
 * a second request beside the first: that one waits.
 */
static int
read_some(struct connection *conn, size_t *n)
{
	struct intake *in = conn->hdlr_extra;

	if (conn->rnb->cb != http_header_recv)
		return net_read(conn, n);
	if (in->busy) {
		stop_reading(conn->rnb);
		conn->rnb->cb = header_arrived;
		*n = 0;
		return KORE_RESULT_OK;
	}
	conn->rnb->cb = header_arrived;
	return net_read(conn, n);
}

void
intake_connect(struct connection *conn)
{
	conn->proto = CONN_PROTO_HTTP;
	conn->hdlr_extra = kore_calloc(1, sizeof(struct intake));
	conn->read = read_some;
	conn->idle_timer.length = http_keepalive_time * 1000u;
	net_recv_queue(conn, http_header_max, NETBUF_CALL_CB_ALWAYS,
	    header_arrived);
}

/* --- a large body --- */

void
intake_begin(struct ctx *c)
{
	const struct intake *in = c->request->owner->hdlr_extra;

	c->awaited = in->announced;
}

static int
body_arrived(struct netbuf *nb)
{
	struct ctx *c = nb->extra;
	size_t left;

	memcpy((char *)c->raw_body + c->raw_length, nb->buf, nb->s_off);
	c->raw_length += nb->s_off;
	left = c->awaited - c->raw_length;
	nb->s_off = 0;
	nb->b_len = left < nb->m_len ? left : nb->m_len;
	if (left == 0) {
		nb->owner->http_timeout = 0;
		stop_reading(nb);
		entry_wake(c);
	}
	return KORE_RESULT_OK;
}

static void
start_reading(struct connection *conn, size_t n, int (*fn)(struct netbuf *),
    void *arg)
{
	net_recv_reset(conn, n, fn);
	conn->rnb->extra = arg;
	if (!net_recv_flush(conn))
		kore_connection_disconnect(conn);
}

enum fault
intake_receive(struct ctx *c)
{
	struct connection *conn;
	struct intake *in;
	size_t left;
	char *body;

	if (c->awaited > INTAKE_HELD_MAX - held)
		return FAULT_UNAVAILABLE;
	/* The client left while its session was looked up. */
	if (c->request == NULL)
		return FAULT_PARAMETER;
	conn = c->request->owner;
	in = conn->hdlr_extra;
	if (in->early_length > c->awaited)
		return FAULT_PARAMETER;
	held += c->awaited;
	c->held = c->awaited;
	body = arena_room(c->arena, c->awaited + 1);
	body[c->awaited] = '\0';
	memcpy(body, in->early, in->early_length);
	c->raw_body = body;
	c->raw_length = in->early_length;
	in->unread = 0;
	/* In the time Kore gives any body, from now on. */
	conn->http_start = kore_time_ms();
	conn->http_timeout = http_body_timeout * 1000u;
	left = c->awaited - c->raw_length;
	if (left > 0)
		start_reading(conn, left < CHUNK ? left : CHUNK, body_arrived,
		    c);
	while (c->raw_length < c->awaited && c->request != NULL)
		entry_suspend(c);
	return c->raw_length == c->awaited ? FAULT_NONE : FAULT_PARAMETER;
}

void
intake_end(struct ctx *c)
{
	held -= c->held;
	c->held = 0;
}

/* --- the answer --- */

void
intake_respond(struct http_request *req, int status, const void *bytes,
    size_t length)
{
	struct connection *conn = req->owner;
	struct intake *in = conn->hdlr_extra;
	bool unread = in->unread > 0;

	in->busy = false;
	if (unread)
		conn->flags |= CONN_CLOSE_EMPTY;
	/* The next request may begin inside. */
	http_response(req, status, bytes, length);
	if (!unread)
		return;
	linger(conn);
	if (!net_recv_flush(conn))
		kore_connection_disconnect(conn);
}
