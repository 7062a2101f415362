/*
 * Context: one request, from its first byte to its last.
 *
 * A handler is given one and nothing else.  Everything it points to belongs
 * to the arena, the copy of the request included, so it stays good when the
 * client has gone: a request under way is carried to its end, and only its
 * answer is thrown away.
 */
#ifndef ACQUIS_CONTEXT_H
#define ACQUIS_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>

#include "../db/arena.h"
#include "../db/db.h"
#include "../db/text.h"
#include "../domain/fault.h"
#include "../domain/role.h"

#define PATH_IDS_MAX 3
#define QUERY_MAX 20
#define ERRORS_MAX 50
#define REPLY_HEADERS_MAX 12

enum method {
	METHOD_GET,
	METHOD_POST,
	METHOD_PUT,
	METHOD_PATCH,
	METHOD_DELETE,
	METHOD_OPTIONS,
	METHOD__MAX
};

enum language { LANGUAGE_FR, LANGUAGE_EN };

/* Header lines that mean something to us; NULL: not sent. */
struct request_headers {
	const char *host;
	const char *origin;
	const char *fetch_site;
	const char *cookie;
	const char *authorization;
	const char *csrf;
	const char *content_type;
	const char *accept;
	const char *accept_language;
	const char *if_match;
	const char *if_none_match;
	const char *idempotency_key;
	const char *request_id;
	const char *user_agent;
	const char *forwarded_for;
	const char *forwarded_proto;
	const char *transfer_encoding;
	unsigned int lines;   /* as many as Kore gave us */
	unsigned int hosts;   /* Host lines after the first */
	unsigned int lengths; /* Content-Length lines */
};

struct query_argument {
	const char *name;
	const char *value; /* decoded */
};

/* Where in the body something is wrong, RFC 6901. */
struct field_error {
	const char *pointer;
	enum fault fault;
	const char *message; /* NULL: the words of the fault */
};

struct reply {
	int status;
	const char *type;
	struct text body;
	struct {
		const char *name;
		const char *value;
	} headers[REPLY_HEADERS_MAX];
	size_t headers_count;
	const char *etag; /* quoted, or NULL */
	bool revised;     /* etag is a revision */
	bool replayed;    /* from the idempotency table */
	bool no_store;    /* not even a browser keeps it */
	bool cacheable;   /* the handler says how long itself */
};

struct route;
struct coroutine;
struct http_request;

struct ctx {
	struct arena *arena;
	struct db *db;
	struct db db_words; /* what db points to */
	const struct route *route;

	/* asked */
	enum method method;
	const char *path; /* without the query */
	const char *query_string;
	struct request_headers headers;
	struct query_argument query[QUERY_MAX];
	size_t query_count;
	const char *id[PATH_IDS_MAX]; /* the {…} of the path, decoded */
	const char *raw_body;
	size_t raw_length;
	size_t awaited;      /* of a large body, not read yet */
	cJSON *body;         /* the JSON object, or NULL */
	const char *address; /* of the client, nginx's word for it if any */
	const char *request_id;
	enum language language;

	/* answered */
	struct reply reply;
	struct field_error errors[ERRORS_MAX];
	size_t errors_count;
	const char *detail; /* better words than the fault's own, or NULL */
	const char *more;   /* further members of a problem, JSON, or NULL */

	/*
	 * What goes on once the answer is sent, in transactions of its own
	 * (entry_act); NULL: nothing.  Not after a refusal.
	 */
	void (*after)(struct ctx *);
	void *after_arg; /* belongs to the arena */

	/* the machinery's own */
	struct coroutine *coroutine;
	struct http_request *request; /* NULL once the client has gone */
	struct params enter, whence;
	struct rows taken_out; /* may the export be sent? (trace.c) */
	long long started;     /* microseconds */
	size_t held;           /* of what intake.h bounds */
	bool running;          /* the coroutine, at this moment */
	bool answered;         /* the rest is for nobody to wait for */
	bool orphan_due;       /* a timer will run what the client left */
};

/* --- errors --- */

/* Remember where it is wrong, and return the fault. */
enum fault fault_at(struct ctx *, const char *pointer, enum fault);

/* The same with words of its own; both belong to the arena or are constant. */
enum fault fault_say(struct ctx *, const char *pointer, enum fault,
    const char *message);

/* Words for the whole answer, French (default) or English. */
enum fault fault_detail(struct ctx *, enum fault, const char *detail);

/* French or English, as the client prefers. */
const char *say(const struct ctx *, const char *french, const char *english);

/* --- what was asked --- */

/*
 * The n-th {…} of the path as an identifier.  What is not a positive number
 * is no identifier of ours, hence of nothing: FAULT_ABSENT.
 */
enum fault path_id(struct ctx *, size_t n, int64_t *id);

/* The same for an identifier given as text anywhere else. */
bool id_read(const char *, int64_t *id);

/* Is it one of the words of a list, "id title"?  NULL lists none. */
bool word_listed(const char *words, const char *word);

/* The first value of a query argument, or NULL. */
const char *query_text(const struct ctx *, const char *name);

/* All values of a repeatable one; returns how many. */
size_t query_all(const struct ctx *, const char *name, const char **values,
    size_t room);

/* A number in [low, high], or `missing` where it is not given. */
enum fault query_int(struct ctx *, const char *name, int64_t low, int64_t high,
    int64_t missing, int64_t *value);

/*
 * The revision the client read, from If-Match ("12").
 * FAULT_NO_REVISION without one; an ETag that is not of ours is stale.
 */
enum fault match_revision(struct ctx *, int64_t *revision);

/* Where the client found us: https://acquis.example, without a path. */
const char *site_address(struct ctx *);

/* --- what is answered --- */

void reply_header(struct ctx *, const char *name, const char *value);

/* ETag from a revision number. */
void reply_revision(struct ctx *, int64_t revision);

/* Start a JSON body with a status; write it with json.h. */
struct text *reply_json(struct ctx *, int status);

/* 201 with Location. */
struct text *reply_created(struct ctx *, const char *location);

void reply_empty(struct ctx *, int status);

/*
 * A file.  `name` is what a browser saves it as, any UTF-8; NULL shows it in
 * the page.
 */
struct text *reply_file(struct ctx *, const char *type, const char *name);

/* ETag from the bytes of the answer: same bytes, same tag. */
enum fault reply_hashed(struct ctx *);

#endif
