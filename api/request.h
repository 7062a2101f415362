/*
 * Request: what Kore has read of one, copied.
 *
 * The client may go before we have done, and Kore then frees its own.
 */
#ifndef ACQUIS_REQUEST_H
#define ACQUIS_REQUEST_H

#include "context.h"

/* In an arena of its own: c->arena. */
struct ctx *request_copy(struct http_request *);

/* As the client calls it, if that is a name we take; else one of ours. */
const char *request_id(struct arena *, const char *given);

/* French unless English is asked for first. */
enum language request_language(const char *accept);

#endif
