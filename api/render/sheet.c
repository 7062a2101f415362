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
	sheet_text(s,
	    pen_cut_once(s->pen, STYLE_SMALL, SHEET_INSIDE, s->running),
	    SHEET_LEFT, 26, COLOUR_SECOND);
	sheet_line(s, SHEET_LEFT, 39, SHEET_RIGHT, 39, 0.6, COLOUR_HAIR);
}

static void
show_page(struct sheet *s)
{
	footer(s);
	if (s->blind)
		return;
	paper_page(s->paper);
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
sheet_tag(struct sheet *s, enum tag tag)
{
	if (!s->blind)
		paper_tag(s->paper, tag);
}

void
sheet_untag(struct sheet *s)
{
	if (!s->blind)
		paper_untag(s->paper);
}

static void
box(struct sheet *s, double x, double y, double w, double h, double radius,
    struct ink ink)
{
	if (s->blind)
		return;
	paper_box(s->paper, x, y, w, h, radius);
	paper_paint(s->paper, &ink);
}

void
sheet_fill(struct sheet *s, double x, double y, double w, double h,
    double radius, unsigned int colour)
{
	box(s, x, y, w, h, radius,
	    (struct ink){ .fill = colour, .stroke = COLOUR_NONE });
}

void
sheet_frame(struct sheet *s, double x, double y, double w, double h,
    double radius, unsigned int colour)
{
	box(s, x, y, w, h, radius,
	    (struct ink){ .fill = COLOUR_NONE,
		.stroke = colour,
		.width = 0.7 });
}

void
sheet_line(struct sheet *s, double x1, double y1, double x2, double y2,
    double width, unsigned int colour)
{
	struct ink ink = { .fill = COLOUR_NONE,
		.stroke = colour,
		.width = width };

	if (s->blind)
		return;
	paper_move(s->paper, x1, y1);
	paper_line(s->paper, x2, y2);
	paper_paint(s->paper, &ink);
}

void
sheet_text(struct sheet *s, struct shaped *layout, double x, double y,
    unsigned int colour)
{
	if (!s->blind)
		pen_draw(s->pen, layout, x, y, colour);
}

void
sheet_centre(struct sheet *s, struct shaped *layout, double x, double y,
    unsigned int colour)
{
	if (!s->blind)
		pen_centre(s->pen, layout, x, y, colour);
}

void
sheet_heading_at(struct sheet *s, const char *words, double x, double y)
{
	struct shaped *layout = pen_shape(s->pen, STYLE_HEAD, 0, words);

	sheet_tag(s, TAG_HEADING);
	sheet_text(s, layout, x, y + 1, COLOUR_BRAND);
	sheet_untag(s);
}

void
sheet_heading(struct sheet *s, const char *words, double follows)
{
	sheet_room(s, SHEET_HEADING + follows);
	sheet_heading_at(s, words, SHEET_LEFT, s->y);
	s->y += SHEET_HEADING;
}

void
sheet_head_cell(struct sheet *s, struct shaped *words, double x, double height,
    bool centred)
{
	double y = s->y + (height - pen_height(words)) / 2;

	sheet_tag(s, TAG_HEAD_COLUMN);
	if (centred)
		sheet_centre(s, words, x, y, COLOUR_PAGE);
	else
		sheet_text(s, words, x, y, COLOUR_PAGE);
	sheet_untag(s);
}

void
sheet_cell(struct sheet *s, const struct level_look *looks,
    const struct position *p, double x, double y, double w, double h)
{
	const struct level_look *look = &looks[p->level];
	bool half = p->objective == OBJECTIVE_INTERMEDIATE;
	double part = half ? w / 2 : w;
	struct shaped *sign;

	if (s->blind || !p->set)
		return;
	sign = pen_shape(s->pen, half && w < 30 ? STYLE_TINY : STYLE_SIGN, 0,
	    look->sign);
	box(s, x, y, part, h, 0,
	    (struct ink){ .fill = look->fill,
		.stroke = COLOUR_BORDER,
		.width = 0.7 });
	pen_centre(s->pen, sign, x + part / 2, y + (h - pen_height(sign)) / 2,
	    look->ink);
	if (half) {
		struct shaped *i = pen_shape(s->pen, STYLE_SMALL, 0, "i");

		box(s, x + part, y, part, h, 0,
		    (struct ink){ .fill = COLOUR_PAGE,
			.stroke = COLOUR_BORDER,
			.width = 0.7 });
		pen_centre(s->pen, i, x + w * 0.75, y + (h - pen_height(i)) / 2,
		    COLOUR_SECOND);
	}
}
