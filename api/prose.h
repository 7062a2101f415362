/*
 * Prose: what a person wrote at length: findings, advice, a reason.
 *
 * Kept in NFC with line feeds only, so that its length is the same for the
 * browser, the server and the partner (G-13).
 */
#ifndef ACQUIS_PROSE_H
#define ACQUIS_PROSE_H

#include "body.h"

/* Findings and advice: of any length a person writes; some ten pages. */
#define PROSE_MAX 20000

/*
 * A required member, at most `longest` characters.  FAULT_VALUE at its
 * pointer when it is missing, too long, or holds a control character other
 * than a line end or a tab.
 */
enum fault body_prose(struct ctx *, const cJSON *, const char *at,
    const char *name, size_t longest, const char **);

#endif
