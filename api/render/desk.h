/*
 * Desk: what a thread keeps warm for its pens: fonts, and texts that were
 * shaped.
 *
 * Kept are the words of frameworks, forms and schools; those about a person
 * would fill it with what is never asked for again, and leave with the
 * document.
 */
#ifndef ACQUIS_RENDER_DESK_H
#define ACQUIS_RENDER_DESK_H

#include <stdbool.h>
#include <stddef.h>

#include <pango/pangocairo.h>

#include "../../domain/fault.h"
#include "face.h"
#include "pen.h"

/* Wrapped; with its line ends; one line, cut where it is too long. */
enum shape_kind { SHAPE_WRAPPED, SHAPE_LINES, SHAPE_CUT, SHAPE__MAX };

#define DESK_SLOTS 1024   /* a power of two */
#define DESK_FONTS_MAX 32 /* each style may take a letter from each face */

/* Which face and size a font of pango is. */
struct known {
	PangoFont *font;
	enum face face;
	double size;
};

/* How lines of a style lie below each other, as pango counts. */
struct lead {
	int top, height, base; /* of the first */
	int step;              /* from one to the next; 0: not known yet */
};

struct desk {
	PangoFontMap *map;
	PangoContext *context;
	PangoFontDescription *fonts[STYLE__MAX];
	PangoAttrList *plain;
	struct shaped *slots[DESK_SLOTS];
	size_t kept; /* those that stay */
	size_t pens; /* open ones: their texts must stay */
	struct known known[DESK_FONTS_MAX];
	size_t known_count;
	struct lead leads[SHAPE__MAX][STYLE__MAX];
};

/* As render_open(). */
enum fault desk_open(void);

/* The desk of this thread, which ends with it. */
struct desk *desk_here(void);

enum face desk_face(enum style);
double desk_size(enum style);
struct lead desk_lead(struct desk *, enum shape_kind, enum style);

/* An empty layout, to be filled with a text of a kind. */
PangoLayout *desk_layout(struct desk *, enum shape_kind, enum style);

struct known desk_font(struct desk *, PangoFont *);

/* Forget what belongs to one document, or everything. */
void desk_forget(struct desk *, bool all);

#endif
