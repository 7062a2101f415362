#include <string.h>

#include <sodium.h>

#include "gate.h"
#include "header.h"
#include "json_gate.h"
#include "route.h"
#include "session.h"
#include "throttle.h"

/*
 * Kore keeps 24 lines of a request, its first one included, and drops the
 * rest in silence: at that number something may be missing, an If-Match or a
 * token, so nothing is done.
 */
#define LINES_MAX 23

static bool
safe(const struct ctx *c)
{
	return c->method == METHOD_GET || c->method == METHOD_OPTIONS;
}

enum fault
gate_shape(struct ctx *c)
{
	const struct request_headers *h = &c->headers;

	if (h->lines >= LINES_MAX)
		return FAULT_HEADERS;
	if (h->hosts > 0 || h->lengths > 1 || h->transfer_encoding != NULL)
		return FAULT_PARAMETER;
	return FAULT_NONE;
}

static enum fault
query_add(struct ctx *c, const char *s, size_t n)
{
	const char *equals = memchr(s, '=', n);
	size_t name = equals == NULL ? n : (size_t)(equals - s);
	struct query_argument *q;
	char *plus, *value;

	if (c->query_count == QUERY_MAX)
		return FAULT_PARAMETER;
	q = &c->query[c->query_count];
	q->name = header_decoded(c->arena, s, name);
	value = equals == NULL ? arena_copy(c->arena, "", 0)
			       : arena_copy(c->arena, equals + 1, n - name - 1);
	while ((plus = strchr(value, '+')) != NULL)
		*plus = ' ';
	q->value = header_decoded(c->arena, value, strlen(value));
	if (q->name == NULL || q->value == NULL)
		return FAULT_PARAMETER;
	if (!word_listed(c->route->query, q->name))
		return fault_at(c, arena_print(c->arena, "?%s", q->name),
		    FAULT_PARAMETER);
	c->query_count++;
	return FAULT_NONE;
}

enum fault
gate_query(struct ctx *c)
{
	const char *s = c->query_string;
	size_t n;

	while (s != NULL && *s != '\0') {
		n = strcspn(s, "&");
		if (n > 0)
			TRY(query_add(c, s, n));
		s += n;
		if (*s == '&')
			s++;
	}
	return FAULT_NONE;
}

/* A representation other than JSON has its suffix in the path. */
static const char *
type_answered(const struct route *r)
{
	static const char *const types[][2] = {
		{ ".pdf", "application/pdf" },
		{ ".svg", "image/svg+xml" },
		{ ".png", "image/png" },
		{ ".csv", "text/csv" },
		{ ".xlsx", "application/vnd.openxmlformats-officedocument"
			   ".spreadsheetml.sheet" },
		{ ".yaml", "application/yaml" },
		{ "/docs", "text/html" },
		{ "/metrics", "text/plain" },
	};
	size_t n = strlen(r->path), m, i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		m = strlen(types[i][0]);
		if (n >= m && strcmp(r->path + n - m, types[i][0]) == 0)
			return types[i][1];
	}
	return "application/json";
}

enum fault
gate_accept(const struct ctx *c)
{
	/* Pages are for browsers, which say what they please. */
	if (c->route == &route_assets ||
	    header_accepts(c->headers.accept, type_answered(c->route)))
		return FAULT_NONE;
	return FAULT_ACCEPT;
}

/* Files come as a form; nothing at all where that is allowed. */
static bool
is_json_due(const struct ctx *c)
{
	if (safe(c) || c->method == METHOD_DELETE ||
	    c->route->flags & ROUTE_FILES)
		return false;
	return c->raw_length > 0 || c->awaited > 0 ||
	       !(c->route->flags & ROUTE_BODILESS);
}

enum fault
gate_size(const struct ctx *c)
{
	size_t limit = c->route->limit == 0 ? BODY_DEFAULT : c->route->limit;
	const char *type = c->headers.content_type;

	if (c->raw_length > limit || c->awaited > limit)
		return FAULT_LARGE;
	if (c->route->flags & ROUTE_FILES)
		return header_is_type(type, "multipart/form-data")
			   ? FAULT_NONE
			   : FAULT_MEDIA;
	if (!is_json_due(c) || header_is_type(type, "application/json") ||
	    (c->method == METHOD_PATCH &&
		header_is_type(type, "application/merge-patch+json")))
		return FAULT_NONE;
	return FAULT_MEDIA;
}

enum fault
gate_body(struct ctx *c)
{
	if (!is_json_due(c))
		return FAULT_NONE;
	TRY(json_gate(c->raw_body, c->raw_length));
	c->body = cJSON_ParseWithLength(c->raw_body, c->raw_length);
	return cJSON_IsObject(c->body) ? FAULT_NONE : FAULT_JSON;
}

enum fault
gate_match(const struct ctx *c)
{
	if (c->route->flags & ROUTE_MATCH && c->headers.if_match == NULL)
		return FAULT_NO_REVISION;
	return FAULT_NONE;
}

/*
 * Unsafe methods must come from our own page: an Origin that is ours, or the
 * browser's own word that it is.  Neither is as bad as a foreign one.
 */
static bool
own_origin(const struct ctx *c)
{
	const struct request_headers *h = &c->headers;
	const char *authority;

	if (h->origin != NULL) {
		authority = strstr(h->origin, "://");
		return authority != NULL && h->host != NULL &&
		       (strncmp(h->origin, "http://", 7) == 0 ||
			   strncmp(h->origin, "https://", 8) == 0) &&
		       strcmp(authority + 3, h->host) == 0;
	}
	return h->fetch_site != NULL &&
	       strcmp(h->fetch_site, "same-origin") == 0;
}

/* Compared in constant time: a token is not to be guessed by its start. */
static bool
csrf_ok(struct ctx *c, const char *token)
{
	const char *mine = session_csrf(c, token), *given = c->headers.csrf;

	return given != NULL && strlen(given) == strlen(mine) &&
	       sodium_memcmp(given, mine, strlen(mine)) == 0;
}

static struct param
p_hash(struct ctx *c, const char *s)
{
	unsigned char *hash;

	if (s == NULL)
		return p_null();
	hash = arena_take(c->arena, crypto_hash_sha256_BYTES);
	crypto_hash_sha256(hash, (const unsigned char *)s, strlen(s));
	return p_bytes_of(hash, crypto_hash_sha256_BYTES);
}

static enum fault
enter_partner(struct ctx *c)
{
	const char *key = c->headers.authorization;

	if (throttle_blocked(c->address, key))
		return FAULT_RATE;
	/* ck_<8 hex>_<43 base64url> */
	if (key == NULL || strncmp(key, "Bearer ck_", 10) != 0 ||
	    strlen(key) != 62 || key[18] != '_')
		return FAULT_SESSION;
	c->enter = (struct params){ .n = 5,
		.param = { p_text_of(arena_copy(c->arena, key + 10, 8)),
		    p_hash(c, key + 19), p_text_of(c->route->scope),
		    p_text_of(c->address), p_text_of(c->request_id) } };
	db_enter(c->db, Q_ENTER_PARTNER, &c->enter);
	return FAULT_NONE;
}

enum fault
gate_enter(struct ctx *c)
{
	bool proof = !safe(c);
	const char *token;

	if (c->route->flags & ROUTE_PARTNER)
		return enter_partner(c);
	if (proof && !own_origin(c))
		return FAULT_CSRF;
	if (route_public(c->route))
		return FAULT_NONE;
	token = session_token(c);
	if (token == NULL)
		return FAULT_SESSION;
	if (proof && !csrf_ok(c, token))
		return FAULT_CSRF;
	c->enter = (struct params){ .n = 3,
		.param = { p_hash(c, token),
		    p_int_in(c->arena, route_roles(c->route)),
		    p_text_of(c->request_id) } };
	db_enter(c->db, Q_ENTER, &c->enter);
	return FAULT_NONE;
}

static void
request_hash(struct ctx *c, unsigned char *hash)
{
	crypto_hash_sha256_state s;
	unsigned char method = (unsigned char)c->method;

	crypto_hash_sha256_init(&s);
	crypto_hash_sha256_update(&s, &method, 1);
	crypto_hash_sha256_update(&s, (const unsigned char *)c->path,
	    strlen(c->path) + 1);
	if (c->query_string != NULL)
		crypto_hash_sha256_update(&s,
		    (const unsigned char *)c->query_string,
		    strlen(c->query_string) + 1);
	crypto_hash_sha256_update(&s, (const unsigned char *)c->raw_body,
	    c->raw_length);
	crypto_hash_sha256_final(&s, hash);
}

static bool
key_ok(const char *key)
{
	size_t n = strlen(key), i;

	for (i = 0; i < n; i++)
		if (key[i] <= ' ' || key[i] > '~')
			return false;
	return n >= 8 && n <= 64;
}

/* Answers are remembered for session requests that create or act. */
static bool
repeatable(const struct ctx *c)
{
	return c->headers.idempotency_key != NULL && c->method == METHOD_POST &&
	       !route_public(c->route) &&
	       !(c->route->flags & (ROUTE_PARTNER | ROUTE_SECRET));
}

/* name: value, a line each */
static void
replay_header(struct ctx *c, const char *line)
{
	size_t n = strcspn(line, ":");
	const char *value = line + n + 2;

	if (strncmp(line, "etag", n) == 0)
		c->reply.etag = value;
	else
		reply_header(c, arena_copy(c->arena, line, n), value);
}

static enum fault
replay(struct ctx *c, const struct rows *r, const unsigned char *hash)
{
	char hex[2 * crypto_hash_sha256_BYTES + 1];
	const char *line = row_text(r, 0, "headers");
	size_t n;

	sodium_bin2hex(hex, sizeof(hex), hash, crypto_hash_sha256_BYTES);
	if (strcmp(row_text(r, 0, "request"), hex) != 0)
		return FAULT_KEY_BODY;
	reply_json(c, (int)row_int(r, 0, "status"));
	text_put(&c->reply.body, row_text(r, 0, "body"));
	c->reply.replayed = true;
	for (; *line != '\0'; line += n + 1) {
		n = strcspn(line, "\n");
		replay_header(c, arena_copy(c->arena, line, n));
	}
	return FAULT_NONE;
}

enum fault
gate_repeat(struct ctx *c, bool *replayed)
{
	struct db *db = c->db;
	unsigned char *hash;
	struct rows r;

	*replayed = false;
	if (!repeatable(c))
		return FAULT_NONE;
	if (!key_ok(c->headers.idempotency_key))
		return FAULT_PARAMETER;
	hash = arena_take(c->arena, crypto_hash_sha256_BYTES);
	request_hash(c, hash);
	/* Waits, at most lock_timeout, for one that runs at the moment. */
	TRY(db_run(db, &r, Q_IDEMPOTENCY_BEGIN,
	    PARAMS(p_text(c->headers.idempotency_key),
		p_bytes(hash, crypto_hash_sha256_BYTES))));
	if (r.count == 1 && row_bool(&r, 0, "fresh"))
		return FAULT_NONE;
	TRY(db_run(db, &r, Q_IDEMPOTENCY_GET,
	    PARAMS(p_text(c->headers.idempotency_key))));
	if (r.count == 0 || row_null(&r, 0, "status"))
		return FAULT_KEY_BUSY;
	*replayed = true;
	return replay(c, &r, hash);
}

void
gate_remember(struct ctx *c)
{
	struct text h = text_in(c->arena);
	struct db *db = c->db;
	size_t i;

	if (!repeatable(c) || c->reply.replayed)
		return;
	if (c->reply.etag != NULL)
		text_print(&h, "etag: %s\n", c->reply.etag);
	for (i = 0; i < c->reply.headers_count; i++)
		text_print(&h, "%s: %s\n", c->reply.headers[i].name,
		    c->reply.headers[i].value);
	db_queue(db, NULL, Q_IDEMPOTENCY_END,
	    PARAMS(p_text(c->headers.idempotency_key), p_int(c->reply.status),
		p_text(text_string(&h)), p_text(text_string(&c->reply.body))));
}
