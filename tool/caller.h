/*
 * Caller: the server's handlers, called by the tool without HTTP.
 *
 * A call is what a browser's request would be: a session, an `enter`, one
 * transaction, the handler's own statements and its own refusals.  So what
 * the tool makes is what people could have made, and keeps every invariant.
 */
#ifndef ACQUIS_TOOL_CALLER_H
#define ACQUIS_TOOL_CALLER_H

#include "../api/context.h"

#define CALLER_TOKEN 32

/* Somebody signed in: the tool has put the session there. */
struct caller {
	unsigned char token[CALLER_TOKEN]; /* SHA-256, as the base has it */
	int64_t person;
	unsigned int roles;
};

struct call {
	enum fault (*handle)(struct ctx *);
	enum method method;
	int64_t id;           /* the {id} of the path; 0: none */
	const char *body;     /* JSON, or NULL */
	const char *if_match; /* an ETag, or NULL */
};

/* After host_open(); memory of the calls is that of the arena. */
void caller_open(struct arena *);

/*
 * Make a call.  *reply has status, ETag and body, in the arena; c->detail and
 * the rest is gone.
 */
enum fault caller_try(const struct caller *, const struct call *,
    struct reply *);

/* The same; a refusal ends the program.  Returns the reply's JSON. */
const cJSON *caller_do(const struct caller *, const struct call *,
    const char **etag);

/* A context of no request, for what only wants an arena and a task. */
struct ctx *caller_context(void);

#endif
