#include "interim_parts.h"
#include "plain.h"

#define HEAD_HEIGHT 16.0
#define CODE_WIDTH 34.0
#define CHIP_WIDTH 29.0
#define CHIP_HEIGHT 22.0
#define BESIDE 160.0 /* width of the table when the radar is beside it */
#define HEADING "Synthèse par unité"

/* The table of units, in a column of the page. */
struct units {
	const struct interim_document *doc;
	double width;
	bool stacked; /* chips under the title, not beside it */
};

static const struct interim_view *
newest(const struct interim_document *doc)
{
	return &doc->interims[doc->interim_count - 1];
}

static size_t
assessed_of(const struct unit_view *u, const struct position *positions)
{
	size_t n = 0;

	for (size_t i = 0; i < u->member_count; i++)
		n += position_assessed(&positions[u->members[i]]);
	return n;
}

static void
draw_chips(struct sheet *s, const struct interim_document *doc,
    const struct unit_view *u, double x, double y, size_t across)
{
	const struct framework_view *f = doc->framework;
	const struct position *positions = newest(doc)->positions;

	for (size_t i = 0; i < u->member_count; i++) {
		double cx = x + CHIP_WIDTH * (double)(i % across);
		double cy = y + CHIP_HEIGHT * (double)(i / across);

		sheet_centre(s,
		    pen_shape(s->pen, STYLE_TICK, 0,
			f->competencies[u->members[i]].code),
		    cx + (CHIP_WIDTH - 4) / 2, cy, COLOUR_SECOND);
		sheet_cell(s, f->looks, &positions[u->members[i]], cx, cy + 7,
		    CHIP_WIDTH - 4, 11);
	}
}

/* One row; blind, it only moves down: that is how the table is measured. */
static void
unit_row(struct sheet *s, const struct units *t, const struct unit_view *u)
{
	double x = SHEET_LEFT + (t->stacked ? 6 : 236);
	double words = t->stacked ? t->width - CODE_WIDTH : 200 - CODE_WIDTH;
	size_t across = (size_t)((SHEET_LEFT + t->width - x) / CHIP_WIDTH);
	double chips =
	    CHIP_HEIGHT * (double)((u->member_count + across - 1) / across);
	struct shaped *code =
	    pen_shape(s->pen, STYLE_LABEL, CODE_WIDTH - 7, u->code);
	struct shaped *title = pen_shape(s->pen, STYLE_BODY, words, u->title);
	struct shaped *count = pen_shape(s->pen, STYLE_TINY, 0,
	    arena_print(s->arena, "%zu sur %zu évaluées",
		assessed_of(u, newest(t->doc)->positions), u->member_count));
	double text = pen_height(title) + pen_height(count) + 6;
	double h = t->stacked         ? text + chips
		   : text > chips + 4 ? text
				      : chips + 4;

	sheet_room(s, h);
	sheet_tag(s, TAG_ROW);
	sheet_tag(s, TAG_HEAD_ROW);
	sheet_text(s, code, SHEET_LEFT + 6, s->y + 4, COLOUR_BRAND);
	sheet_untag(s);
	sheet_tag(s, TAG_CELL);
	sheet_text(s, title, SHEET_LEFT + CODE_WIDTH, s->y + 3, COLOUR_TEXT);
	sheet_text(s, count, SHEET_LEFT + CODE_WIDTH,
	    s->y + 3 + pen_height(title), COLOUR_SECOND);
	sheet_untag(s);
	sheet_tag(s, TAG_CELL);
	draw_chips(s, t->doc, u, x, s->y + (t->stacked ? text : 4), across);
	sheet_untag(s);
	sheet_untag(s);
	s->y += h;
	sheet_line(s, SHEET_LEFT, s->y, SHEET_LEFT + t->width, s->y, 0.5,
	    COLOUR_HAIR);
}

static void
units_head(struct sheet *s, void *arg)
{
	const struct units *t = arg;
	const char *date = plain_date(s->arena, newest(t->doc)->date);

	sheet_fill(s, SHEET_LEFT, s->y, t->width, HEAD_HEIGHT, 0, COLOUR_BRAND);
	sheet_tag(s, TAG_ROW);
	sheet_head_cell(s, pen_shape(s->pen, STYLE_LABEL, 0, "Unité"),
	    SHEET_LEFT + 6, HEAD_HEIGHT, false);
	if (!t->stacked)
		sheet_head_cell(s,
		    pen_shape(s->pen, STYLE_LABEL, 0, "Intitulé"),
		    SHEET_LEFT + CODE_WIDTH, HEAD_HEIGHT, false);
	sheet_head_cell(s,
	    pen_shape(s->pen, STYLE_LABEL, 0,
		arena_print(s->arena, "Positions au %s", date)),
	    SHEET_LEFT + (t->stacked ? 44 : 236), HEAD_HEIGHT, false);
	sheet_untag(s);
	s->y += HEAD_HEIGHT;
}

/* Height of the table, or of a page where it takes more. */
static double
measure(const struct sheet *s, const struct units *t)
{
	const struct framework_view *f = t->doc->framework;
	struct sheet m = *s;

	m.blind = true;
	m.y = 0;
	for (size_t i = 0; i < f->unit_count && m.page == s->page; i++)
		unit_row(&m, t, &f->units[i]);
	return m.page == s->page ? m.y + HEAD_HEIGHT : SHEET_HEIGHT;
}

static void
draw_table(struct sheet *s, struct units *t)
{
	const struct framework_view *f = t->doc->framework;

	sheet_tag(s, TAG_TABLE);
	units_head(s, t);
	s->again = units_head;
	s->again_arg = t;
	for (size_t i = 0; i < f->unit_count; i++)
		unit_row(s, t, &f->units[i]);
	s->again = NULL;
	sheet_untag(s);
}

static void
units(struct sheet *s, const struct interim_document *doc)
{
	struct units t = { doc, SHEET_INSIDE, false };
	double height;

	if (doc->framework->unit_count == 0)
		return;
	/* A short table stays whole. */
	height = measure(s, &t);
	sheet_heading(s, HEADING, height < SHEET_HEIGHT / 2 ? height : 60);
	draw_table(s, &t);
	s->y += 9;
}

/* Units left, radar right, when both fit on what is left of this page. */
static bool
beside(struct sheet *s, const struct interim_document *doc,
    struct pictures *radar)
{
	struct units t = { doc, BESIDE, true };
	double top = s->y, scale, left;
	const struct scene *scene;

	if (radar == NULL || doc->framework->unit_count == 0 ||
	    doc->radar->axis_count > RADAR_BESIDE_AXES)
		return false;
	scene = part_picture(s, radar, RADAR_BESIDE);
	scale = part_radar_fit(s, scene);
	if (scale == 0 || top + SHEET_HEADING + measure(s, &t) > SHEET_BOTTOM)
		return false;
	sheet_heading(s, HEADING, 0);
	draw_table(s, &t);
	left = s->y;
	s->y = top;
	part_radar_at(s, scene, SHEET_RIGHT - scene->width, scale);
	if (s->y < left)
		s->y = left;
	return true;
}

void
part_synthesis(struct sheet *s, const struct interim_document *doc,
    struct pictures *radar)
{
	if (beside(s, doc, radar))
		return;
	units(s, doc);
	part_radar(s, radar);
}
