/*
 * Problems: what a fault looks like from outside (RFC 9457).
 *
 * The one table that knows both the faults of the trade and HTTP.  A code
 * never changes; titles and details are for people, in their language.
 */
#ifndef ACQUIS_PROBLEM_H
#define ACQUIS_PROBLEM_H

#include "context.h"
#include "json.h"

struct problem {
	int status;
	const char *code;
	const char *title[2];  /* by enum language */
	const char *advice[2]; /* what to do next */
};

const struct problem *problem_of(enum fault);

/* The members of one, in an object that is open. */
void problem_write(struct ctx *, struct json *, enum fault);

/* Make the answer of c a problem, whatever it was before. */
void problem_reply(struct ctx *, enum fault);

#endif
