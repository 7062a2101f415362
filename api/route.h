/*
 * Routes: the whole API on one screen, in routes.c.
 *
 * A path is literal segments and {…} ones; a segment may end with a suffix,
 * as in {id}.pdf.  Base paths are written in full.
 */
#ifndef ACQUIS_ROUTE_H
#define ACQUIS_ROUTE_H

#include <stddef.h>

#include "context.h"

enum route_flag {
	ROUTE_MATCH = 1,    /* If-Match is required: somebody edits this */
	ROUTE_FILES = 2,    /* multipart/form-data instead of JSON */
	ROUTE_BODILESS = 4, /* POST or PUT without a body */
	ROUTE_PARTNER = 8,  /* a partner's key instead of a session */
	ROUTE_READS = 16,   /* each batch stands alone: no transaction */
	ROUTE_SECRET = 32,  /* the answer holds a secret: never kept */
};

struct route {
	enum method method;
	const char *path;
	unsigned int roles; /* ROLE_ANYONE: no session needed */
	enum fault (*handle)(struct ctx *);
	unsigned int flags;
	const char *query; /* names of arguments, spaces between */
	const char *scope; /* of a partner's key, or NULL: any */
	size_t limit;      /* of the body, bytes; 0: the default */
};

#define ROLE_ANYONE 0u
/* Of a session that must change its password and can do nothing else. */
#define ROLE_LIMITED (1u << 9)
/* Whoever is signed in. */
#define ROLE_SIGNED_IN                                                         \
	(ROLE_STAFF | ROLE_LEARNER | ROLE_GUARDIAN | ROLE_TUTOR | ROLE_MASTER)
#define BODY_DEFAULT (256 * 1024)

extern const struct route routes[];
extern const size_t routes_count;

/* What is under no path of ours: the front end. */
extern const struct route route_assets;

/*
 * The route of c->method and c->path, and c->id.  FAULT_ABSENT where no path
 * is like it, FAULT_METHOD where only the method is not there.
 */
enum fault route_find(struct ctx *);

/* Methods the path of c knows, for Allow: "GET, HEAD, POST, OPTIONS". */
const char *route_methods(struct ctx *);

#endif
