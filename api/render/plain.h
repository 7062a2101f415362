/*
 * Plain text: what every output can take.
 *
 * Names and comments come from people, imports and other schools.  XML, PDF
 * and spreadsheets each refuse some characters, and pango lays out a whole
 * page backwards for one stray direction override.  Text passes here once on
 * its way out, and never loses a character that a reader could see.
 */
#ifndef ACQUIS_RENDER_PLAIN_H
#define ACQUIS_RENDER_PLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../../db/arena.h"

enum plain_lines {
	PLAIN_ONE_LINE, /* every run of line ends and tabs is one blank */
	PLAIN_LINES     /* line ends are LF */
};

/*
 * A copy without control characters, direction overrides and noncharacters;
 * bytes that are not UTF-8 become U+FFFD.  NULL gives "".
 */
char *plain_text(struct arena *, const char *, enum plain_lines);

/*
 * Read one code point of a string and move past it: 0 at the end, 0xFFFD for
 * a byte that is not UTF-8 (one byte is passed).
 */
uint32_t plain_next(const char **);

/* "2026-11-02…" as "02/11/2026", as "2 novembre 2026"; else unchanged. */
char *plain_date(struct arena *, const char *);
char *plain_long_date(struct arena *, const char *);

/* Whether it starts as 2026-11-02 does, with a month and day that exist. */
bool plain_date_ok(const char *);

/* The first ten characters of an instant: "2026-11-02". */
char *plain_day(struct arena *, const char *);

/* "13.50" as "13,50". */
char *plain_comma(struct arena *, const char *);

#endif
