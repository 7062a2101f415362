/*
 * Prose: what a person wrote: at length, as findings, advice, a reason; or on
 * one line, as a title.
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

/*
 * A required member of one line, without the white space around it: from 1 to
 * `longest` characters.  FAULT_VALUE at its pointer when it is missing, blank
 * or too long, or holds a control character, a line end or a mark that turns
 * the direction of writing, which would show another text than the one kept.
 */
enum fault body_line(struct ctx *, const cJSON *, const char *at,
    const char *name, size_t longest, const char **);

#endif
