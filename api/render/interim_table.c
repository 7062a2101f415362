#include "interim_parts.h"
#include "plain.h"

#define DATES_MAX 6
#define HEAD_HEIGHT 16.0
#define CODE_WIDTH 34.0
#define DATE_WIDTH 43.0
#define CELL_WIDTH 37.0
#define CELL_HEIGHT 12.0

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
table_head(struct sheet *s, void *arg)
{
	const struct columns *c = arg;

	sheet_fill(s, SHEET_LEFT, s->y, SHEET_INSIDE, HEAD_HEIGHT, 0,
	    COLOUR_BRAND);
	sheet_fill(s, c->x + DATE_WIDTH * (double)(c->count - 1), s->y,
	    DATE_WIDTH, HEAD_HEIGHT, 0, COLOUR_LAST);
	sheet_tag(s, TAG_ROW);
	sheet_head_cell(s, pen_shape(s->pen, STYLE_LABEL, 0, "Code"),
	    SHEET_LEFT + 6, HEAD_HEIGHT, false);
	sheet_head_cell(s, pen_shape(s->pen, STYLE_LABEL, 0, "Compétence"),
	    SHEET_LEFT + CODE_WIDTH, HEAD_HEIGHT, false);
	for (size_t i = 0; i < c->count; i++)
		sheet_head_cell(s,
		    pen_shape(s->pen, STYLE_TINY, 0,
			plain_date(s->arena,
			    c->doc->interims[c->first + i].date)),
		    c->x + DATE_WIDTH * ((double)i + 0.5), HEAD_HEIGHT, true);
	sheet_untag(s);
	s->y += HEAD_HEIGHT;
}

static void
competency_row(struct sheet *s, const struct columns *c, size_t which)
{
	const struct framework_view *f = c->doc->framework;
	const struct competency_view *k = &f->competencies[which];
	struct shaped *title = pen_shape(s->pen, STYLE_BODY,
	    c->x - SHEET_LEFT - CODE_WIDTH - 4, k->title);
	struct shaped *code =
	    pen_shape(s->pen, STYLE_LABEL, CODE_WIDTH - 7, k->code);
	double h = pen_height(title) + 2.5, middle;

	if (h < pen_height(code) + 7)
		h = pen_height(code) + 2.5;
	if (h < CELL_HEIGHT + 2)
		h = CELL_HEIGHT + 2;
	sheet_room(s, h);
	if (which % 2 == 1)
		sheet_fill(s, SHEET_LEFT, s->y, SHEET_INSIDE, h, 0,
		    COLOUR_PALE);
	middle = s->y + h / 2;
	sheet_tag(s, TAG_ROW);
	sheet_tag(s, TAG_HEAD_ROW);
	sheet_text(s, code, SHEET_LEFT + 6, middle - pen_height(code) / 2,
	    COLOUR_BRAND);
	sheet_untag(s);
	sheet_tag(s, TAG_CELL);
	sheet_text(s, title, SHEET_LEFT + CODE_WIDTH,
	    middle - pen_height(title) / 2, COLOUR_TEXT);
	sheet_untag(s);
	for (size_t i = 0; i < c->count; i++) {
		sheet_tag(s, TAG_CELL);
		sheet_cell(s, f->looks,
		    &c->doc->interims[c->first + i].positions[which],
		    c->x + DATE_WIDTH * (double)i +
			(DATE_WIDTH - CELL_WIDTH) / 2,
		    middle - CELL_HEIGHT / 2, CELL_WIDTH, CELL_HEIGHT);
		sheet_untag(s);
	}
	sheet_untag(s);
	s->y += h;
}

void
part_competencies(struct sheet *s, const struct interim_document *doc)
{
	struct columns c = columns_of(doc);

	sheet_heading(s, "Positionnement par compétence", 60);
	sheet_tag(s, TAG_TABLE);
	table_head(s, &c);
	s->again = table_head;
	s->again_arg = &c;
	for (size_t i = 0; i < doc->framework->competency_count; i++)
		competency_row(s, &c, i);
	s->again = NULL;
	sheet_untag(s);
	sheet_line(s, SHEET_LEFT, s->y, SHEET_RIGHT, s->y, 0.6, COLOUR_HAIR);
	s->y += 4;
	if (c.first > 0) {
		const char *note = arena_print(s->arena,
		    "Les %d dernières dates sur %zu sont affichées.", DATES_MAX,
		    doc->interim_count);

		sheet_room(s, 12);
		sheet_tag(s, TAG_PARAGRAPH);
		sheet_text(s, pen_shape(s->pen, STYLE_TINY, 0, note),
		    SHEET_LEFT, s->y, COLOUR_SECOND);
		sheet_untag(s);
		s->y += 12;
	}
}

/* One sign and its meaning; goes to the next line where it does not fit. */
static void
legend_item(struct sheet *s, const struct level_look *looks,
    const struct position *p, const char *words, double *x)
{
	struct shaped *text =
	    pen_cut(s->pen, STYLE_TINY, SHEET_INSIDE - 24, words);
	double w = 20 + pen_width(text) + 7;

	if (*x > SHEET_LEFT && *x + w - 7 > SHEET_RIGHT) {
		*x = SHEET_LEFT;
		s->y += 12;
	}
	sheet_tag(s, TAG_PARAGRAPH);
	sheet_cell(s, looks, p, *x, s->y, 17, 9);
	sheet_text(s, text, *x + 20, s->y + (9 - pen_height(text)) / 2,
	    COLOUR_TEXT);
	sheet_untag(s);
	*x += w;
}

void
part_legend(struct sheet *s, const struct framework_view *f)
{
	struct position p = { true, LEVEL_NE, OBJECTIVE_NONE };
	struct level_look none[LEVEL_LOOKS];
	double x = SHEET_LEFT;

	sheet_room(s, 26);
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
	s->y += 13;
}
