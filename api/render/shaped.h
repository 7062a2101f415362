/*
 * Shaped: a text that pango has laid out, as lines made of pieces.
 *
 * A piece has one font.  Nearly all are ready to be written on any paper
 * (paper_ready()); what pango knew is kept only for the others, and for
 * pictures, which ask for it.
 *
 * Places are points from the top left corner of the text.
 */
#ifndef ACQUIS_RENDER_SHAPED_H
#define ACQUIS_RENDER_SHAPED_H

#include "desk.h"

struct piece {
	enum face face;
	double size;
	double x, y;         /* left end of its base line */
	const char *ready;   /* NULL: by paper_run() */
	size_t length;       /* of that */
	PangoGlyphItem *run; /* of the layout, while there is one */
};

struct line {
	double top, bottom;
	size_t first, count; /* pieces */
	bool paragraph;      /* begins one */
};

struct shaped {
	struct shaped *next;
	char *text;
	enum shape_kind kind;
	enum style style;
	double wide; /* to be wrapped at; 0: never */
	bool once;   /* leaves with the document */
	double left; /* where it starts, as pango sees it */
	double width, height;
	struct line *lines;
	size_t line_count;
	struct piece *pieces;
	size_t piece_count;
	char *ready;         /* of all pieces */
	PangoLayout *layout; /* NULL: no longer needed */
};

/* Shape what the first members ask for; the arena is for what passes. */
struct shaped *shaped_make(struct desk *, struct arena *,
    const struct shaped *want);
void shaped_free(struct shaped *);

/*
 * The lines and pieces of a clean text, and what of them is ready, by pango,
 * which can do all.
 */
void shaped_by_pango(struct desk *, struct shaped *, const char *clean,
    struct text *ready);

/* From what pango counts in. */
double shaped_points(int);

/* For a picture. */
PangoLayout *shaped_layout(struct desk *, struct arena *, struct shaped *);

#endif
