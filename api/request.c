#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include <kore/kore.h>
#include <kore/http.h>

#include <sodium.h>

#include "header.h"
#include "request.h"

/* Of a request id that we make. */
#define REQUEST_BYTES 8

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

const char *
request_id(struct arena *a, const char *given)
{
	size_t room = REQUEST_BYTES * 2 + 1;

	if (request_id_ok(given))
		return given;
	return sodium_bin2hex(arena_take(a, room), room, request_bytes(),
	    REQUEST_BYTES);
}

enum language
request_language(const char *accept)
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

struct ctx *
request_copy(struct http_request *req)
{
	struct arena *a = arena_open();
	struct ctx *c = arena_take(a, sizeof(*c));
	struct http_header *h;

	c->arena = a;
	c->request = req;
	c->method = method_of(req);
	c->path = arena_text(a, req->path);
	c->query_string = arena_text(a, req->query_string);
	c->headers.host = arena_text(a, req->host);
	c->headers.user_agent = arena_text(a, req->agent);
	c->headers.lines = 1;
	TAILQ_FOREACH(h, &req->req_headers, list)
		copy_header(c, h);
	if (req->http_body != NULL) {
		c->raw_length = req->http_body_length;
		c->raw_body = arena_copy(a, (const char *)req->http_body->data,
		    c->raw_length);
	}
	c->request_id = request_id(a, c->headers.request_id);
	c->language = request_language(c->headers.accept_language);
	c->address = address_of(c, req);
	return c;
}
