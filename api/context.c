#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "context.h"
#include "header.h"

enum fault
fault_say(struct ctx *c, const char *pointer, enum fault fault,
    const char *message)
{
	if (c->errors_count < ERRORS_MAX)
		c->errors[c->errors_count++] =
		    (struct field_error){ pointer, fault, message };
	return fault;
}

enum fault
fault_at(struct ctx *c, const char *pointer, enum fault fault)
{
	return fault_say(c, pointer, fault, NULL);
}

enum fault
fault_detail(struct ctx *c, enum fault fault, const char *detail)
{
	c->detail = detail;
	return fault;
}

const char *
say(const struct ctx *c, const char *french, const char *english)
{
	return c->language == LANGUAGE_EN ? english : french;
}

bool
id_read(const char *s, int64_t *id)
{
	int64_t n = 0;

	if (s == NULL || *s < '1' || *s > '9' || strlen(s) > 18)
		return false;
	for (; *s != '\0'; s++) {
		if (*s < '0' || *s > '9')
			return false;
		n = n * 10 + (*s - '0');
	}
	*id = n;
	return true;
}

bool
word_listed(const char *words, const char *word)
{
	size_t n = strlen(word), length;

	while (words != NULL && *words != '\0') {
		length = strcspn(words, " ");
		if (length == n && memcmp(words, word, n) == 0)
			return true;
		words += length + strspn(words + length, " ");
	}
	return false;
}

enum fault
path_id(struct ctx *c, size_t n, int64_t *id)
{
	return id_read(c->id[n], id) ? FAULT_NONE : FAULT_ABSENT;
}

const char *
query_text(const struct ctx *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->query_count; i++)
		if (strcmp(c->query[i].name, name) == 0)
			return c->query[i].value;
	return NULL;
}

size_t
query_all(const struct ctx *c, const char *name, const char **values,
    size_t room)
{
	size_t i, n = 0;

	for (i = 0; i < c->query_count && n < room; i++)
		if (strcmp(c->query[i].name, name) == 0)
			values[n++] = c->query[i].value;
	return n;
}

enum fault
query_int(struct ctx *c, const char *name, int64_t low, int64_t high,
    int64_t missing, int64_t *value)
{
	const char *s = query_text(c, name);
	long long n;
	char *end;

	*value = missing;
	if (s == NULL)
		return FAULT_NONE;
	n = strtoll(s, &end, 10);
	if (*s < '0' || *s > '9' || *end != '\0' || strlen(s) > 18 || n < low ||
	    n > high)
		return fault_at(c, arena_print(c->arena, "?%s", name),
		    FAULT_PARAMETER);
	*value = n;
	return FAULT_NONE;
}

enum fault
match_revision(struct ctx *c, int64_t *revision)
{
	const char *s = c->headers.if_match;
	char *end;

	if (s == NULL)
		return FAULT_NO_REVISION;
	if (s[0] != '"' || s[1] < '0' || s[1] > '9' || strlen(s) > 40)
		return FAULT_STALE;
	errno = 0;
	*revision = strtoll(s + 1, &end, 10);
	if (errno != 0)
		return FAULT_STALE;
	/* What reply_exact() adds. */
	if (*end == '-')
		end += 1 + strspn(end + 1, "0123456789abcdef");
	return strcmp(end, "\"") == 0 ? FAULT_NONE : FAULT_STALE;
}

/*
 * An Origin was compared with Host already (gate.c), and says by which scheme
 * a person came; a machine may send none.
 */
const char *
site_address(struct ctx *c)
{
	const struct request_headers *h = &c->headers;
	bool secure = h->forwarded_proto != NULL &&
		      strcmp(h->forwarded_proto, "https") == 0;

	if (h->origin != NULL)
		return h->origin;
	return arena_print(c->arena, "%s://%s", secure ? "https" : "http",
	    h->host);
}

void
reply_header(struct ctx *c, const char *name, const char *value)
{
	struct reply *r = &c->reply;

	if (r->headers_count == REPLY_HEADERS_MAX)
		abort();
	r->headers[r->headers_count].name = name;
	r->headers[r->headers_count++].value = value;
}

void
reply_revision(struct ctx *c, int64_t revision)
{
	c->reply.etag = arena_print(c->arena, "\"%lld\"", (long long)revision);
	c->reply.revised = true;
}

struct text *
reply_json(struct ctx *c, int status)
{
	c->reply.status = status;
	c->reply.type = "application/json; charset=utf-8";
	c->reply.body = text_in(c->arena);
	return &c->reply.body;
}

struct text *
reply_created(struct ctx *c, const char *location)
{
	reply_header(c, "location", location);
	return reply_json(c, 201);
}

void
reply_empty(struct ctx *c, int status)
{
	c->reply.status = status;
	c->reply.type = NULL;
	c->reply.body = text_in(c->arena);
}

struct text *
reply_file(struct ctx *c, const char *type, const char *name)
{
	c->reply.status = 200;
	c->reply.type = type;
	c->reply.body = text_in(c->arena);
	if (name != NULL)
		reply_header(c, "content-disposition",
		    header_attachment(c->arena, name));
	return &c->reply.body;
}

enum fault
reply_hashed(struct ctx *c)
{
	unsigned char hash[16];
	char hex[2 * sizeof(hash) + 1];

	crypto_generichash(hash, sizeof(hash),
	    (const unsigned char *)c->reply.body.bytes, c->reply.body.length,
	    NULL, 0);
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	c->reply.etag = arena_print(c->arena, "\"%s\"", hex);
	return FAULT_NONE;
}
