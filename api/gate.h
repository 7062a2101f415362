/*
 * Gate: what stands between a request and its handler.
 *
 * Each check refuses with one fault and changes nothing.
 */
#ifndef ACQUIS_GATE_H
#define ACQUIS_GATE_H

#include "context.h"

/* Shape of the request: header lines, Host, lengths. */
enum fault gate_shape(struct ctx *);

/* ?a=b&c=d into c->query; unknown names and bad values are refused. */
enum fault gate_query(struct ctx *);

/* Accept against what the route answers with: known from its path. */
enum fault gate_accept(const struct ctx *);

/* The body the route wants, from what is announced: its size, its type. */
enum fault gate_size(const struct ctx *);

/* The same body, once it is there: c->body. */
enum fault gate_body(struct ctx *);

/*
 * Who is asking: queues `enter` (or the partner's) ahead of the handler's
 * first statement.  Proof of origin is checked for unsafe methods.
 */
enum fault gate_enter(struct ctx *);

/* If-Match where the route wants it. */
enum fault gate_match(const struct ctx *);

/*
 * The same request once more?  *replayed when the stored answer is now that
 * of c.  Part of the handler's transaction.
 */
enum fault gate_repeat(struct ctx *, bool *replayed);

/* Keep the answer for the next time; goes out with the COMMIT. */
void gate_remember(struct ctx *);

#endif
