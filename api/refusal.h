/*
 * Refusal: what Kore refuses by itself, as a problem like all others.
 *
 * A header that it cannot read it answers with a status and no body, at once.
 * That answer is held back and completed.
 */
#ifndef ACQUIS_REFUSAL_H
#define ACQUIS_REFUSAL_H

#include "context.h"

struct connection;

/* Of a header, where it stands; nothing: NULL and 0. */
struct words {
	const char *at;
	size_t n;
};

/* What a problem repeats of the request, or is told by. */
struct asked {
	struct words method, path, language, id;
};

/* Say no; the connection closes after it. */
void refusal_send(struct connection *, enum fault, const struct asked *);

/*
 * Before Kore looks at a header, and after.  refusal_release() is true when
 * Kore has refused it: what it said is now a problem, and waits to be sent.
 */
bool refusal_hold(struct connection *);
bool refusal_release(struct connection *, bool held, const struct asked *);

#endif
