#include "interim_parts.h"
#include "plain.h"

#define DATES_MAX 6
#define CODE_WIDTH 42.0
#define DATE_WIDTH 47.0
#define CELL_WIDTH 37.0
#define CELL_HEIGHT 14.0
#define CHIP_WIDTH 31.0
#define CHIP_HEIGHT 26.0

/* The columns of the table: the last dates there are. */
struct columns {
	const struct interim_document *doc;
	size_t first; /* interim of the first column */
	size_t count;
	double x; /* of the first column */
};

static struct columns
columns_of(const struct interim_document *doc)
{
	struct columns c = { .doc = doc };

	c.count =
	    doc->interim_count < DATES_MAX ? doc->interim_count : DATES_MAX;
	c.first = doc->interim_count - c.count;
	c.x = SHEET_RIGHT - DATE_WIDTH * (double)c.count;
	return c;
}

static void
header_cell(struct sheet *s, PangoLayout *words, double x, bool centred)
{
	double y = s->y + (18 - pen_height(words)) / 2;

	sheet_tag(s, "TH");
	if (centred)
		sheet_centre(s, words, x, y, COLOUR_PAGE);
	else
		sheet_text(s, words, x, y, COLOUR_PAGE);
	sheet_untag(s, "TH");
}

static void
table_head(struct sheet *s, void *arg)
{
	const struct columns *c = arg;

	sheet_fill(s, SHEET_LEFT, s->y, SHEET_INSIDE, 18, 0, COLOUR_BRAND);
	sheet_fill(s, c->x + DATE_WIDTH * (double)(c->count - 1), s->y,
	    DATE_WIDTH, 18, 0, COLOUR_LAST);
	sheet_tag(s, "TR");
	header_cell(s, pen_shape(s->pen, STYLE_LABEL, 0, "Code"),
	    SHEET_LEFT + 6, false);
	header_cell(s, pen_shape(s->pen, STYLE_LABEL, 0, "Compétence"),
	    SHEET_LEFT + CODE_WIDTH, false);
	for (size_t i = 0; i < c->count; i++)
		header_cell(s,
		    pen_shape(s->pen, STYLE_TINY, 0,
			plain_date(s->arena,
			    c->doc->interims[c->first + i].date)),
		    c->x + DATE_WIDTH * ((double)i + 0.5), true);
	sheet_untag(s, "TR");
	s->y += 18;
}

static void
competency_row(struct sheet *s, const struct columns *c, size_t which)
{
	const struct framework_view *f = c->doc->framework;
	const struct competency_view *k = &f->competencies[which];
	PangoLayout *title = pen_shape(s->pen, STYLE_BODY,
	    c->x - SHEET_LEFT - CODE_WIDTH - 8, k->title);
	PangoLayout *code =
	    pen_shape(s->pen, STYLE_LABEL, CODE_WIDTH - 8, k->code);
	double h = pen_height(title) + 7, middle;

	if (h < pen_height(code) + 7)
		h = pen_height(code) + 7;
	if (h < CELL_HEIGHT + 5)
		h = CELL_HEIGHT + 5;
	sheet_room(s, h);
	if (which % 2 == 1)
		sheet_fill(s, SHEET_LEFT, s->y, SHEET_INSIDE, h, 0,
		    COLOUR_PALE);
	middle = s->y + h / 2;
	sheet_tag(s, "TR");
	sheet_tag(s, "TH");
	sheet_text(s, code, SHEET_LEFT + 6, middle - pen_height(code) / 2,
	    COLOUR_BRAND);
	sheet_untag(s, "TH");
	sheet_tag(s, "TD");
	sheet_text(s, title, SHEET_LEFT + CODE_WIDTH,
	    middle - pen_height(title) / 2, COLOUR_TEXT);
	sheet_untag(s, "TD");
	for (size_t i = 0; i < c->count; i++) {
		sheet_tag(s, "TD");
		sheet_cell(s, f->looks,
		    &c->doc->interims[c->first + i].positions[which],
		    c->x + DATE_WIDTH * (double)i +
			(DATE_WIDTH - CELL_WIDTH) / 2,
		    middle - CELL_HEIGHT / 2, CELL_WIDTH, CELL_HEIGHT);
		sheet_untag(s, "TD");
	}
	sheet_untag(s, "TR");
	s->y += h;
}

void
part_competencies(struct sheet *s, const struct interim_document *doc)
{
	struct columns c = columns_of(doc);

	sheet_heading(s, "Positionnement par compétence", 60);
	sheet_tag(s, "Table");
	table_head(s, &c);
	s->again = table_head;
	s->again_arg = &c;
	for (size_t i = 0; i < doc->framework->competency_count; i++)
		competency_row(s, &c, i);
	s->again = NULL;
	sheet_untag(s, "Table");
	sheet_line(s, SHEET_LEFT, s->y, SHEET_RIGHT, s->y, 0.6, COLOUR_HAIR);
	s->y += 7;
	if (c.first > 0) {
		const char *note = arena_print(s->arena,
		    "Les %d dernières dates sur %zu sont affichées.", DATES_MAX,
		    doc->interim_count);

		sheet_room(s, 12);
		sheet_tag(s, "P");
		sheet_text(s, pen_shape(s->pen, STYLE_TINY, 0, note),
		    SHEET_LEFT, s->y, COLOUR_SECOND);
		sheet_untag(s, "P");
		s->y += 12;
	}
}

/* One sign and its meaning; goes to the next line where it does not fit. */
static void
legend_item(struct sheet *s, const struct level_look *looks,
    const struct position *p, const char *words, double *x)
{
	PangoLayout *text =
	    pen_cut(s->pen, STYLE_SMALL, SHEET_INSIDE - 30, words);
	double w = 27 + pen_width(text) + 14;

	if (*x > SHEET_LEFT && *x + w - 14 > SHEET_RIGHT) {
		*x = SHEET_LEFT;
		s->y += 16;
	}
	sheet_tag(s, "P");
	sheet_cell(s, looks, p, *x, s->y, 23, 11.5);
	sheet_text(s, text, *x + 27, s->y + (11.5 - pen_height(text)) / 2,
	    COLOUR_TEXT);
	sheet_untag(s, "P");
	*x += w;
}

void
part_legend(struct sheet *s, const struct framework_view *f)
{
	struct position p = { true, LEVEL_NE, OBJECTIVE_NONE };
	struct level_look none[LEVEL_LOOKS];
	double x = SHEET_LEFT;

	sheet_room(s, 70);
	for (int level = LEVEL_4; level >= LEVEL_1; level--) {
		p = (struct position){ true, (enum level)level,
			OBJECTIVE_TERMINAL };
		legend_item(s, f->looks, &p, f->looks[level].title, &x);
	}
	p = (struct position){ true, LEVEL_NE, OBJECTIVE_NONE };
	legend_item(s, f->looks, &p, f->looks[LEVEL_NE].title, &x);
	for (size_t i = 0; i < LEVEL_LOOKS; i++)
		none[i] = (struct level_look){ "", "", 0xb9c4cf, 0x111111 };
	p = (struct position){ true, LEVEL_4, OBJECTIVE_TERMINAL };
	legend_item(s, none, &p, "cellule entière : objectifs terminaux", &x);
	p.objective = OBJECTIVE_INTERMEDIATE;
	legend_item(s, none, &p, "demi-cellule : objectifs intermédiaires", &x);
	s->y += 24;
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
    const struct unit_view *u, double x, size_t across)
{
	const struct framework_view *f = doc->framework;
	const struct position *positions =
	    doc->interims[doc->interim_count - 1].positions;

	for (size_t i = 0; i < u->member_count; i++) {
		double cx = x + CHIP_WIDTH * (double)(i % across);
		double cy = s->y + 4 + CHIP_HEIGHT * (double)(i / across);

		sheet_centre(s,
		    pen_shape(s->pen, STYLE_TICK, 0,
			f->competencies[u->members[i]].code),
		    cx + CHIP_WIDTH / 2 - 1, cy, COLOUR_SECOND);
		sheet_cell(s, f->looks, &positions[u->members[i]], cx + 2,
		    cy + 8, CHIP_WIDTH - 6, 12);
	}
}

/* One row; blind, it only moves down: that is how the table is measured. */
static void
unit_row(struct sheet *s, const struct interim_document *doc,
    const struct unit_view *u)
{
	double x = SHEET_LEFT + 236;
	size_t across = (size_t)((SHEET_RIGHT - x) / CHIP_WIDTH);
	size_t rows = (u->member_count + across - 1) / across;
	const struct interim_view *now = &doc->interims[doc->interim_count - 1];
	PangoLayout *code =
	    pen_shape(s->pen, STYLE_LABEL, CODE_WIDTH - 8, u->code);
	PangoLayout *title = pen_shape(s->pen, STYLE_BODY, 186, u->title);
	PangoLayout *count = pen_shape(s->pen, STYLE_TINY, 0,
	    arena_print(s->arena, "%zu sur %zu évaluées",
		assessed_of(u, now->positions), u->member_count));
	double h = pen_height(title) + pen_height(count) + 9;

	if (h < CHIP_HEIGHT * (double)rows + 5)
		h = CHIP_HEIGHT * (double)rows + 5;
	sheet_room(s, h);
	sheet_tag(s, "TR");
	sheet_tag(s, "TH");
	sheet_text(s, code, SHEET_LEFT + 6, s->y + 5, COLOUR_BRAND);
	sheet_untag(s, "TH");
	sheet_tag(s, "TD");
	sheet_text(s, title, SHEET_LEFT + CODE_WIDTH, s->y + 4, COLOUR_TEXT);
	sheet_text(s, count, SHEET_LEFT + CODE_WIDTH,
	    s->y + 5 + pen_height(title), COLOUR_SECOND);
	sheet_untag(s, "TD");
	sheet_tag(s, "TD");
	draw_chips(s, doc, u, x, across);
	sheet_untag(s, "TD");
	sheet_untag(s, "TR");
	s->y += h;
	sheet_line(s, SHEET_LEFT, s->y, SHEET_RIGHT, s->y, 0.4, COLOUR_HAIR);
}

static void
units_head(struct sheet *s, void *arg)
{
	const struct interim_document *doc = arg;

	sheet_fill(s, SHEET_LEFT, s->y, SHEET_INSIDE, 18, 0, COLOUR_BRAND);
	sheet_tag(s, "TR");
	header_cell(s, pen_shape(s->pen, STYLE_LABEL, 0, "Unité"),
	    SHEET_LEFT + 6, false);
	header_cell(s, pen_shape(s->pen, STYLE_LABEL, 0, "Intitulé"),
	    SHEET_LEFT + CODE_WIDTH, false);
	header_cell(s,
	    pen_shape(s->pen, STYLE_LABEL, 0,
		arena_print(s->arena, "Positions au %s",
		    plain_date(s->arena,
			doc->interims[doc->interim_count - 1].date))),
	    SHEET_LEFT + 238, false);
	sheet_untag(s, "TR");
	s->y += 18;
}

void
part_units(struct sheet *s, const struct interim_document *doc)
{
	const struct framework_view *f = doc->framework;
	struct sheet measure = *s;

	if (f->unit_count == 0)
		return;
	measure.blind = true;
	measure.y = 0;
	for (size_t i = 0; i < f->unit_count && measure.page == s->page; i++)
		unit_row(&measure, doc, &f->units[i]);
	/* A short table stays whole. */
	sheet_heading(s, "Synthèse par unité professionnelle",
	    measure.page == s->page && measure.y < SHEET_HEIGHT / 2
		? measure.y + 18
		: 60);
	sheet_tag(s, "Table");
	units_head(s, (void *)doc);
	s->again = units_head;
	s->again_arg = (void *)doc;
	for (size_t i = 0; i < f->unit_count; i++)
		unit_row(s, doc, &f->units[i]);
	s->again = NULL;
	sheet_untag(s, "Table");
	s->y += 12;
}
