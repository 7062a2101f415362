/*
 * Activation: codes that open accounts, issued, printed and used.
 *
 * A code is a secret between this answer and the person: it is shown where it
 * was made, as JSON, and who was shown it may have slips printed from it; the
 * base keeps a digest.
 */
#ifndef ACQUIS_API_ACTIVATION_H
#define ACQUIS_API_ACTIVATION_H

#include "context.h"

/* POST /activation-codes: for people named, or the learners of a class. */
enum fault activation_issue(struct ctx *);

/* POST /activation-codes/slips.pdf: codes just issued, eight a page. */
enum fault activation_slips_pdf(struct ctx *);

/* POST /session/activation: a password for a code, and signed in. */
enum fault activation_use(struct ctx *);

#endif
