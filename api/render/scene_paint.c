#include <math.h>

#include "scene.h"

/* Where a picture lies on the page. */
struct place {
	struct pen *pen;
	struct paper *paper;
	double x;
	double y;
	double scale;
};

static void
paint_outline(cairo_t *cr, const struct shape *s)
{
	cairo_new_path(cr);
	if (s->form == SHAPE_CIRCLE)
		cairo_arc(cr, s->x, s->y, s->r, 0, 2 * M_PI);
	for (size_t i = 0; i < s->points; i++)
		cairo_line_to(cr, s->xy[2 * i], s->xy[2 * i + 1]);
	if (s->closed)
		cairo_close_path(cr);
}

static void
paint_fill(cairo_t *cr, const struct shape *s)
{
	if (s->opacity > 0)
		cairo_set_source_rgba(cr, (s->fill >> 16 & 0xff) / 255.0,
		    (s->fill >> 8 & 0xff) / 255.0, (s->fill & 0xff) / 255.0,
		    s->opacity);
	else
		pen_colour(cr, s->fill);
	cairo_fill_preserve(cr);
}

static void
paint_shape(cairo_t *cr, const struct shape *s)
{
	paint_outline(cr, s);
	if (s->fill != COLOUR_NONE)
		paint_fill(cr, s);
	if (s->stroke != COLOUR_NONE) {
		pen_colour(cr, s->stroke);
		cairo_set_line_width(cr, s->width);
		cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
		cairo_set_dash(cr, &s->dash, s->dash > 0, 0);
		cairo_stroke(cr);
		cairo_set_dash(cr, NULL, 0, 0);
	}
	cairo_new_path(cr);
}

static void
paint_text(const struct place *at, const struct shape *s)
{
	struct shaped *layout = pen_shape(at->pen, s->style, 0, s->text);
	double x = at->x + s->x * at->scale;

	if (s->anchor == ANCHOR_MIDDLE)
		x -= pen_width(layout) / 2;
	else if (s->anchor == ANCHOR_END)
		x -= pen_width(layout);
	pen_draw(at->pen, layout, x,
	    at->y + s->y * at->scale - pen_height(layout) / 2, s->fill);
}

void
scene_paint(const struct scene *scene, struct pen *pen, cairo_t *cr)
{
	struct place at = { pen, NULL, 0, 0, 1 };

	for (size_t i = 0; i < scene->count; i++) {
		const struct shape *s = &scene->shapes[i];

		if (s->form == SHAPE_TEXT)
			paint_text(&at, s);
		else
			paint_shape(cr, s);
	}
}

static void
print_shape(const struct place *at, const struct shape *s)
{
	struct ink ink = { s->fill, s->stroke, (int)lround(s->opacity * 100),
		s->width * at->scale, s->dash * at->scale };

	if (s->form == SHAPE_CIRCLE)
		paper_circle(at->paper, at->x + s->x * at->scale,
		    at->y + s->y * at->scale, s->r * at->scale);
	for (size_t i = 0; i < s->points; i++)
		(i == 0 ? paper_move : paper_line)(at->paper,
		    at->x + s->xy[2 * i] * at->scale,
		    at->y + s->xy[2 * i + 1] * at->scale);
	if (s->closed && s->points > 0)
		paper_shut(at->paper);
	paper_paint(at->paper, &ink);
}

void
scene_print(const struct scene *scene, struct pen *pen, struct paper *paper,
    double x, double y, double scale)
{
	struct place at = { pen, paper, x, y, scale };

	for (size_t i = 0; i < scene->count; i++) {
		const struct shape *s = &scene->shapes[i];

		if (s->form == SHAPE_TEXT)
			paint_text(&at, s);
		else
			print_shape(&at, s);
	}
}
