#include <math.h>

#include "plain.h"
#include "sheet.h"

#define TOP 46.0 /* of a page after the first */
#define FOOT (SHEET_HEIGHT - 33.0)

static void
footer(struct sheet *s)
{
	const char *number =
	    arena_print(s->arena, "page %d/%d", s->page, s->pages);

	sheet_line(s, SHEET_LEFT, FOOT - 5, SHEET_RIGHT, FOOT - 5, 0.6,
	    COLOUR_HAIR);
	if (s->blind)
		return;
	pen_draw(s->pen, pen_cut(s->pen, STYLE_TINY, 230, s->left), SHEET_LEFT,
	    FOOT, COLOUR_SECOND);
	pen_centre(s->pen, pen_shape(s->pen, STYLE_TINY, 0, s->middle),
	    SHEET_WIDTH / 2 + 45, FOOT, COLOUR_SECOND);
	pen_right(s->pen, pen_shape(s->pen, STYLE_TINY, 0, number), SHEET_RIGHT,
	    FOOT, COLOUR_SECOND);
}

static void
running_head(struct sheet *s)
{
	sheet_text(s, pen_cut(s->pen, STYLE_SMALL, SHEET_INSIDE, s->running),
	    SHEET_LEFT, 26, COLOUR_SECOND);
	sheet_line(s, SHEET_LEFT, 39, SHEET_RIGHT, 39, 0.6, COLOUR_HAIR);
}

static void
show_page(struct sheet *s)
{
	footer(s);
	if (s->blind)
		return;
	cairo_show_page(s->cr);
	/* An error empties this page and all that follow, in silence. */
	if (cairo_status(s->cr) != CAIRO_STATUS_SUCCESS ||
	    cairo_surface_status(s->surface) != CAIRO_STATUS_SUCCESS)
		s->broken = true;
}

void
sheet_begin(struct sheet *s, bool blind)
{
	s->blind = blind;
	s->page = 1;
	s->y = 19;
}

void
sheet_end(struct sheet *s)
{
	show_page(s);
	if (s->blind)
		s->pages = s->page;
}

void
sheet_room(struct sheet *s, double height)
{
	if (s->y + height <= SHEET_BOTTOM)
		return;
	show_page(s);
	s->page++;
	s->y = TOP;
	running_head(s);
	if (s->again != NULL)
		s->again(s, s->again_arg);
}

void
sheet_tag(struct sheet *s, const char *name)
{
	if (!s->blind)
		cairo_tag_begin(s->cr, name, NULL);
}

void
sheet_untag(struct sheet *s, const char *name)
{
	if (!s->blind)
		cairo_tag_end(s->cr, name);
}

static void
outline(cairo_t *cr, double x, double y, double w, double h, double r)
{
	cairo_new_path(cr);
	if (r <= 0) {
		cairo_rectangle(cr, x, y, w, h);
		return;
	}
	cairo_arc(cr, x + w - r, y + r, r, -M_PI / 2, 0);
	cairo_arc(cr, x + w - r, y + h - r, r, 0, M_PI / 2);
	cairo_arc(cr, x + r, y + h - r, r, M_PI / 2, M_PI);
	cairo_arc(cr, x + r, y + r, r, M_PI, M_PI * 1.5);
	cairo_close_path(cr);
}

void
sheet_fill(struct sheet *s, double x, double y, double w, double h,
    double radius, unsigned int colour)
{
	if (s->blind)
		return;
	outline(s->cr, x, y, w, h, radius);
	pen_colour(s->cr, colour);
	cairo_fill(s->cr);
}

void
sheet_frame(struct sheet *s, double x, double y, double w, double h,
    double radius, unsigned int colour)
{
	if (s->blind)
		return;
	outline(s->cr, x, y, w, h, radius);
	pen_colour(s->cr, colour);
	cairo_set_line_width(s->cr, 0.7);
	cairo_stroke(s->cr);
}

void
sheet_line(struct sheet *s, double x1, double y1, double x2, double y2,
    double width, unsigned int colour)
{
	if (s->blind)
		return;
	pen_colour(s->cr, colour);
	cairo_set_line_width(s->cr, width);
	cairo_move_to(s->cr, x1, y1);
	cairo_line_to(s->cr, x2, y2);
	cairo_stroke(s->cr);
}

void
sheet_text(struct sheet *s, PangoLayout *layout, double x, double y,
    unsigned int colour)
{
	if (!s->blind)
		pen_draw(s->pen, layout, x, y, colour);
}

void
sheet_centre(struct sheet *s, PangoLayout *layout, double x, double y,
    unsigned int colour)
{
	if (!s->blind)
		pen_centre(s->pen, layout, x, y, colour);
}

void
sheet_heading_at(struct sheet *s, const char *words, double x, double y)
{
	PangoLayout *layout = pen_shape(s->pen, STYLE_HEAD, 0, words);

	sheet_tag(s, "H2");
	sheet_text(s, layout, x, y + 1, COLOUR_BRAND);
	sheet_untag(s, "H2");
}

void
sheet_heading(struct sheet *s, const char *words, double follows)
{
	sheet_room(s, SHEET_HEADING + follows);
	sheet_heading_at(s, words, SHEET_LEFT, s->y);
	s->y += SHEET_HEADING;
}

void
sheet_head_cell(struct sheet *s, PangoLayout *words, double x, double height,
    bool centred)
{
	double y = s->y + (height - pen_height(words)) / 2;

	sheet_tag(s, "TH");
	if (centred)
		sheet_centre(s, words, x, y, COLOUR_PAGE);
	else
		sheet_text(s, words, x, y, COLOUR_PAGE);
	sheet_untag(s, "TH");
}

/*
 * Square corners, one path for fill and border: a class prints thousands of
 * cells, and every number in the page costs.
 */
static void
cell_box(cairo_t *cr, double x, double y, double w, double h, unsigned int fill)
{
	cairo_rectangle(cr, x, y, w, h);
	pen_colour(cr, fill);
	cairo_fill_preserve(cr);
	pen_colour(cr, COLOUR_BORDER);
	cairo_set_line_width(cr, 0.7);
	cairo_stroke(cr);
}

void
sheet_cell(struct sheet *s, const struct level_look *looks,
    const struct position *p, double x, double y, double w, double h)
{
	const struct level_look *look = &looks[p->level];
	bool half = p->objective == OBJECTIVE_INTERMEDIATE;
	double part = half ? w / 2 : w;
	PangoLayout *sign;

	if (s->blind || !p->set)
		return;
	sign = pen_shape(s->pen, half && w < 30 ? STYLE_TINY : STYLE_SIGN, 0,
	    look->sign);
	cell_box(s->cr, x, y, part, h, look->fill);
	pen_centre(s->pen, sign, x + part / 2, y + (h - pen_height(sign)) / 2,
	    look->ink);
	if (half) {
		PangoLayout *i = pen_shape(s->pen, STYLE_SMALL, 0, "i");

		cell_box(s->cr, x + part, y, part, h, COLOUR_PAGE);
		pen_centre(s->pen, i, x + w * 0.75, y + (h - pen_height(i)) / 2,
		    COLOUR_SECOND);
	}
}
