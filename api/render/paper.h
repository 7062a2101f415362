/*
 * Paper: a tagged PDF, written page by page.
 *
 * What a school prints is words, boxes and lines, so this writes just these,
 * many times faster than a general library: every glyph is a number of one
 * of two fonts that are ready (face.h), and nothing is drawn twice.
 *
 * Lengths are points, y grows downwards from the top of the page, colours
 * are 0xrrggbb or COLOUR_NONE.  Same calls, same bytes (F-12).
 *
 * What is drawn inside a tag that holds words is read aloud at its place;
 * the rest is decoration.  Such a tag is closed on the page it was opened on.
 * Text can be searched and copied as it was written, characters that no font
 * has included.
 */
#ifndef ACQUIS_RENDER_PAPER_H
#define ACQUIS_RENDER_PAPER_H

#include <pango/pango.h>

#include "../../db/text.h"
#include "face.h"
#include "palette.h"

enum tag {
	TAG_DOCUMENT,
	TAG_SECTION,
	TAG_TABLE,
	TAG_ROW,
	TAG_TITLE, /* these hold words: */
	TAG_HEADING,
	TAG_PARAGRAPH,
	TAG_HEAD_COLUMN, /* the head of a column, of a row */
	TAG_HEAD_ROW,
	TAG_CELL,
	TAG_FIGURE,
	TAG__MAX
};

/* What a file says of itself; NULL is left out. */
struct paper_facts {
	const char *title;
	const char *author;
	const char *subject;
	const char *language; /* fr-FR */
	const char *date;     /* starts as 2026-11-22 */
};

/* How a path is painted. */
struct ink {
	unsigned int fill;
	unsigned int stroke;
	int opacity; /* of the fill, percent; 0 means 100 */
	double width;
	double dash; /* 0: solid */
};

struct paper;

/* The arena must outlive the paper; pages have one size. */
struct paper *paper_open(struct arena *, double width, double height);

/* End a page; the next drawing starts another. */
void paper_page(struct paper *);

/* Write the file.  FAULT_INTERNAL when a font could not be cut. */
enum fault paper_close(struct paper *, const struct paper_facts *,
    struct text *out);

/* Open a tag inside the open one, and close the last opened. */
void paper_tag(struct paper *, enum tag);
void paper_untag(struct paper *);

/* What a voice reads for the open tag instead of what is drawn (F-11). */
void paper_alt(struct paper *, const char *);

/* An entry of the outline, leading to the page that is drawn next. */
void paper_bookmark(struct paper *, const char *title);

/* A path, and its painting, which ends it. */
void paper_move(struct paper *, double x, double y);
void paper_line(struct paper *, double x, double y);
void paper_shut(struct paper *);
void paper_box(struct paper *, double x, double y, double w, double h,
    double radius);
void paper_circle(struct paper *, double x, double y, double r);
void paper_paint(struct paper *, const struct ink *);

/*
 * A blank for a voice and for who copies, between what was written last in
 * this tag and what follows: it takes no place.
 */
void paper_gap(struct paper *);

/* One run of a text that pango shaped, with its base line at x, y. */
void paper_run(struct paper *, enum face, double size, double x, double y,
    unsigned int colour, const PangoGlyphItem *, const char *text);

/*
 * The same in two steps, for what is written more than once: the run made
 * ready, for any paper, and written.  False where only paper_run() can do it.
 */
bool paper_ready(struct text *, enum face, double size, const PangoGlyphItem *,
    const char *text);

/* A run made ready glyph by glyph, each so far from the start of the run. */
struct paper_ready {
	struct text *out;
	enum face face;
	double size;
	long at; /* thousandths of the size: where a reader is */
};

void paper_ready_begin(struct paper_ready *);
void paper_ready_glyph(struct paper_ready *, uint32_t glyph, int x);
void paper_ready_end(struct paper_ready *);

void paper_again(struct paper *, enum face, double size, double x, double y,
    unsigned int colour, const char *ready, size_t length);

#endif
