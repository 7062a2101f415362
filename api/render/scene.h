/*
 * Scene: a picture as a list of simple shapes, before it is SVG or cairo.
 *
 * The radar is worked out once into a scene; the SVG writer and the cairo
 * painter (PNG, PDF) only copy shapes out, so the three always agree.
 * Units are those of the scene, y grows downwards, colours are 0xrrggbb or
 * COLOUR_NONE.
 */
#ifndef ACQUIS_RENDER_SCENE_H
#define ACQUIS_RENDER_SCENE_H

#include <stdbool.h>
#include <stddef.h>

#include "../../db/text.h"
#include "palette.h"
#include "pen.h"

enum shape_form { SHAPE_PATH, SHAPE_CIRCLE, SHAPE_TEXT };
enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct shape {
	enum shape_form form;
	unsigned int fill;
	unsigned int stroke;
	double opacity; /* of the fill; 0 means 1 */
	double width;   /* of the stroke */
	double dash;    /* 0: solid */

	double *xy; /* path: x and y, one after the other */
	size_t points;
	bool closed;

	double x, y, r; /* circle: centre; text: anchor and middle height */
	enum style style;
	enum anchor anchor;
	const char *text;
	const char *hint; /* the long text of a short one, or NULL */
};

struct scene {
	struct arena *arena;
	double width;
	double height;
	const char *title; /* what the picture is */
	const char *twin;  /* what it says, in one sentence (F-11) */
	struct shape *shapes;
	size_t count;
	size_t room;
};

struct scene *scene_open(struct arena *, double width, double height);

/*
 * A new shape of the scene to fill in, without fill and stroke; good until
 * the next one.  A path has room for that many points.
 */
struct shape *scene_path(struct scene *, size_t points);
struct shape *scene_circle(struct scene *, double x, double y, double r);
struct shape *scene_text(struct scene *, double x, double y, enum style,
    enum anchor, const char *);

/* The next point of a path. */
void scene_point(struct shape *, double x, double y);

void scene_svg(const struct scene *, struct text *out);

/* Paint it in its own units, from the origin of the picture. */
void scene_paint(const struct scene *, struct pen *, cairo_t *);

/*
 * Print it with the top left corner at x, y of the page, in a scale.  Texts
 * keep their size: small pictures stay readable.
 */
void scene_print(const struct scene *, struct pen *, struct paper *, double x,
    double y, double scale);

#endif
