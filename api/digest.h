/*
 * Digest: an ETag of what an answer says.
 *
 * For answers that have no single revision: a dashboard, a print.  Same
 * bytes, same tag; it is no proof against anybody.
 */
#ifndef ACQUIS_DIGEST_H
#define ACQUIS_DIGEST_H

#include "context.h"

/* Tag the body as it stands. */
void reply_digest(struct ctx *);

#endif
