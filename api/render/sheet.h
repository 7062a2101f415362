/*
 * Sheet: pages of one document, filled from top to bottom.
 *
 * A block asks for room before it draws; when there is none the sheet ends
 * the page (footer) and starts the next (running head).  Each document is
 * laid out twice, the first time blind, because its footer says how many
 * pages there are.
 *
 * Structure tags make the PDF readable aloud: one that is drawn inside, such
 * as a paragraph, must be closed before the next sheet_room().
 */
#ifndef ACQUIS_RENDER_SHEET_H
#define ACQUIS_RENDER_SHEET_H

#include <stdbool.h>

#include "document.h"
#include "palette.h"
#include "paper.h"
#include "pen.h"

/* A4 and its margins, in points. */
#define SHEET_WIDTH 595.28
#define SHEET_HEIGHT 841.89
#define SHEET_LEFT 42.0
#define SHEET_RIGHT (SHEET_WIDTH - 42.0)
#define SHEET_INSIDE (SHEET_RIGHT - SHEET_LEFT)
#define SHEET_BOTTOM (SHEET_HEIGHT - 45.0)

struct sheet {
	struct arena *arena;
	struct pen *pen;
	struct paper *paper;
	bool blind;          /* counting pages: nothing is drawn */
	double y;            /* where the next block starts */
	int page;            /* of this document, from 1 */
	int pages;           /* known once the blind run is over */
	const char *running; /* head of the pages after the first */
	const char *left;    /* footer */
	const char *middle;
	/* Drawn again after a page break inside a table; NULL outside. */
	void (*again)(struct sheet *, void *);
	void *again_arg;
};

/* Start the first page of a document; end its last one. */
void sheet_begin(struct sheet *, bool blind);
void sheet_end(struct sheet *);

/* Go to the next page unless that height is left on this one. */
void sheet_room(struct sheet *, double height);

/* Tags, and drawing that a blind run skips. */
void sheet_tag(struct sheet *, enum tag);
void sheet_untag(struct sheet *);
void sheet_fill(struct sheet *, double x, double y, double w, double h,
    double radius, unsigned int colour);
void sheet_frame(struct sheet *, double x, double y, double w, double h,
    double radius, unsigned int colour);
void sheet_line(struct sheet *, double x1, double y1, double x2, double y2,
    double width, unsigned int colour);
void sheet_text(struct sheet *, struct shaped *, double x, double y,
    unsigned int colour);
void sheet_centre(struct sheet *, struct shaped *, double x, double y,
    unsigned int colour);

/*
 * A heading of a section, kept with that much of what follows; and the same
 * on this page, wherever it is wanted.
 */
void sheet_heading(struct sheet *, const char *, double follows);
void sheet_heading_at(struct sheet *, const char *, double x, double y);
#define SHEET_HEADING 17.0 /* height of one */

/* White words in the head of a table, so high; x is left or centre. */
void sheet_head_cell(struct sheet *, struct shaped *, double x, double height,
    bool centred);

/* A position as a cell: whole, or half for an intermediate objective. */
void sheet_cell(struct sheet *, const struct level_look *,
    const struct position *, double x, double y, double w, double h);

#endif
