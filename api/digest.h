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

/*
 * Make a tag that is a revision exact: "17" becomes "17-0123456789abcdef".  A
 * revision says what was changed, not what it is shown with: names, counts,
 * what the reader may see.  If-Match takes both; see match_revision().
 */
void reply_exact(struct ctx *);

#endif
