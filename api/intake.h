/*
 * Intake: what is read of a request before it is known who sends it.
 *
 * Kore reads the header and a small body (http_body_max), for anybody.  Of a
 * larger one it is not told: the request starts with its header alone, and
 * reads the body once its route takes so much and its sender is signed in.
 * All such bodies of a worker share one bound.
 *
 * A connection has one request under way.  One whose body was refused is
 * answered at once and closed, and what still arrives is thrown away: closed
 * at once, the client's next packet would cost it the answer.
 */
#ifndef ACQUIS_INTAKE_H
#define ACQUIS_INTAKE_H

#include "context.h"

/* What all large bodies of a worker hold together, at most. */
#define INTAKE_HELD_MAX (128 * 1024 * 1024)

/* A connection of ours, from its start: the callback in kore.conf. */
void intake_connect(struct connection *);

/* How many bytes of body wait to be read for this request: c->awaited. */
void intake_begin(struct ctx *);

/*
 * Read them: c->raw_body, c->raw_length.  FAULT_UNAVAILABLE where the worker
 * holds too much already.
 */
enum fault intake_receive(struct ctx *);

/* The body is not needed any more: before the arena is closed. */
void intake_end(struct ctx *);

/* As http_response() of Kore; closes where a body was left unread. */
void intake_respond(struct http_request *, int status, const void *, size_t);

#endif
