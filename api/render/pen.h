/*
 * Pen: writing text on paper or a cairo picture, with pango and one known font.
 *
 * The fonts are two files, DejaVu Sans and its bold, and nothing else that
 * the machine may have: the same document has the same bytes everywhere
 * (F-12).  A character that DejaVu lacks shows as an empty box and is still
 * there for whoever copies or searches the text.
 *
 * Each thread keeps its own fonts warm from its first text to its end, and
 * the words of frameworks, forms and schools, which are shaped once for a
 * whole class and for those that follow.  What is about a person leaves with
 * the document.
 * A pen lives for one document and belongs to one thread.
 *
 * Lengths are points of the page (1/72 inch).
 */
#ifndef ACQUIS_RENDER_PEN_H
#define ACQUIS_RENDER_PEN_H

#include <cairo.h>
#include <pango/pangocairo.h>

#include "../../db/arena.h"
#include "../../domain/fault.h"
#include "paper.h"

enum style {
	STYLE_TITLE,  /* 19 bold */
	STYLE_HEAD,   /* 11 bold */
	STYLE_STRONG, /* 9 bold */
	STYLE_BODY,   /* 9 */
	STYLE_SIGN,   /* 8.5 bold */
	STYLE_LABEL,  /* 7.5 bold */
	STYLE_SMALL,  /* 7.5 */
	STYLE_TINY,   /* 6.5 */
	STYLE_TICK,   /* 5.5 bold */
	STYLE__MAX
};

struct pen;
struct shaped;

/*
 * Start fontconfig with our two files.  Once, in the parent, before workers,
 * threads and sandbox: it is the only part that looks for files.  Refuses
 * with FAULT_INTERNAL when the fonts (Debian fonts-dejavu-core) are missing.
 */
enum fault render_open(void);

/*
 * A pen for one document; the arena must outlive it.  pen_close() accepts
 * NULL, and must be called on the thread of pen_open().
 */
struct pen *pen_open(struct arena *);
void pen_close(struct pen *);

/* Where the pen writes: one of both, borrowed until the next call. */
void pen_paper(struct pen *, struct paper *);
void pen_picture(struct pen *, cairo_t *);

/*
 * A text cleaned and shaped, wrapped at a width (0: never); good until
 * pen_close().  pen_shape() is for what other documents say as well, and is
 * kept for them; pen_once() for what is about a person.  pen_lines() is as
 * pen_once() and keeps the line ends of the text, the others have none.
 */
struct shaped *pen_shape(struct pen *, enum style, double width, const char *);
struct shaped *pen_once(struct pen *, enum style, double width, const char *);
struct shaped *pen_lines(struct pen *, enum style, double width, const char *);

/* At most one line of a width, ended by … where it is cut. */
struct shaped *pen_cut(struct pen *, enum style, double width, const char *);
struct shaped *pen_cut_once(struct pen *, enum style, double width,
    const char *);

double pen_width(const struct shaped *);
double pen_height(const struct shaped *);

/* Write with the top left corner, or the top centre or right, at x, y. */
void pen_draw(struct pen *, struct shaped *, double x, double y,
    unsigned int colour);
void pen_centre(struct pen *, struct shaped *, double x, double y,
    unsigned int colour);
void pen_right(struct pen *, struct shaped *, double x, double y,
    unsigned int colour);

/*
 * The lines of a text, each with its top and bottom below that of the text;
 * one of them on paper, with the text's top left corner at x, y.
 */
size_t pen_line_count(const struct shaped *);
double pen_line_top(const struct shaped *, size_t);
double pen_line_bottom(const struct shaped *, size_t);
void pen_draw_line(struct pen *, const struct shaped *, size_t, double x,
    double y, unsigned int colour);

/* Set the colour of what is painted next: 0xrrggbb. */
void pen_colour(cairo_t *, unsigned int colour);

#endif
