/*
 * Routes: the whole API on one screen, in routes.c.
 *
 * A path is literal segments and {…} ones; a segment may end with a suffix,
 * as in {id}.pdf.  Base paths are written in full.
 *
 * A route is a right to a resource (domain/access.h), and that says who may
 * call it.  What is of no account is RESOURCE_PUBLIC.
 */
#ifndef ACQUIS_ROUTE_H
#define ACQUIS_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "../domain/access.h"
#include "../domain/role.h"
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
	enum resource resource;
	enum right right;
	enum fault (*handle)(struct ctx *);
	unsigned int flags;
	const char *query; /* names of arguments, spaces between */
	const char *scope; /* of a partner's key, or NULL: any */
	size_t limit;      /* of the body, bytes; 0: the default */
};

#define BODY_DEFAULT (256 * 1024)

extern const struct route routes[];
extern const size_t routes_count;

/* What is under no path of ours: the front end. */
extern const struct route route_assets;

/* Read the table of rights: once, before the first request. */
void routes_open(void);

/*
 * Who may call a route: bits of role.h.  Partners only where the key of one is
 * asked for, and nowhere else; ROLE_LIMITED for what is of one's session.
 */
unsigned int route_roles(const struct route *);

/* "GET" */
const char *route_method(const struct route *);

/* Does it need no session? */
bool route_public(const struct route *);

/*
 * The route of c->method and c->path, and c->id.  FAULT_ABSENT where no path
 * is like it, FAULT_METHOD where only the method is not there.
 */
enum fault route_find(struct ctx *);

/* Methods the path of c knows, for Allow: "GET, HEAD, POST, OPTIONS". */
const char *route_methods(struct ctx *);

#endif
