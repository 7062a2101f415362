#include <string.h>

#include <qrencode.h>

#include "pen.h"
#include "plain.h"
#include "sheet.h"
#include "slips.h"

#define COLUMNS 2
#define ROWS 4
#define WIDTH (SHEET_WIDTH / COLUMNS)
#define HEIGHT (SHEET_HEIGHT / ROWS)

/* What no printer reaches, and what scissors may miss. */
#define MARGIN 22.0
#define TOP 16.0
#define INSIDE (WIDTH - 2 * MARGIN)

#define QR_SIDE 86.0
#define QR_QUIET 4 /* modules of white around it, as its standard wants */
#define GAP 10.0
#define WORDS (INSIDE - QR_SIDE - GAP)
#define HEAD_HEIGHT 19.0
#define NAME_HEIGHT 29.0
#define CODE_TOP 130.0
#define CODE_HEIGHT 32.0

/* A slip being drawn: its document, and its top left corner. */
struct place {
	struct arena *arena;
	struct pen *pen;
	struct paper *paper;
	double x, y;
};

/* --- what scissors follow --- */

static void
cut(struct paper *p, double x1, double y1, double x2, double y2)
{
	struct ink ink = { .fill = COLOUR_NONE,
		.stroke = COLOUR_BORDER,
		.width = 0.5,
		.dash = 3 };

	paper_move(p, x1, y1);
	paper_line(p, x2, y2);
	paper_paint(p, &ink);
}

static void
cuts(struct paper *p)
{
	for (int i = 1; i < COLUMNS; i++)
		cut(p, i * WIDTH, 0, i * WIDTH, SHEET_HEIGHT);
	for (int i = 1; i < ROWS; i++)
		cut(p, 0, i * HEIGHT, SHEET_WIDTH, i * HEIGHT);
}

/* --- the picture --- */

/* Black modules as boxes, each run of a row as one. */
static void
paint_modules(const struct place *at, const QRcode *qr, double x, double y)
{
	static const struct ink black = { .fill = COLOUR_TEXT,
		.stroke = COLOUR_NONE };
	double side = QR_SIDE / (qr->width + 2 * QR_QUIET);
	int start;

	x += QR_QUIET * side;
	y += QR_QUIET * side;
	for (int row = 0; row < qr->width; row++) {
		const unsigned char *line = qr->data + row * qr->width;

		for (int i = 0; i < qr->width; i++) {
			if ((line[i] & 1) == 0)
				continue;
			start = i;
			while (i < qr->width && (line[i] & 1) != 0)
				i++;
			paper_box(at->paper, x + start * side, y + row * side,
			    (i - start) * side, side, 0);
		}
	}
	paper_paint(at->paper, &black);
}

static enum fault
picture(const struct place *at, const struct slip_view *v, double x, double y)
{
	QRcode *qr = QRcode_encodeString8bit(v->url, 0, QR_ECLEVEL_M);

	if (qr == NULL)
		return FAULT_VALUE;
	paper_tag(at->paper, TAG_FIGURE);
	paper_alt(at->paper, "QR code : ouvre la page d'activation");
	paint_modules(at, qr, x, y);
	paper_untag(at->paper);
	QRcode_free(qr);
	return FAULT_NONE;
}

/* --- the words --- */

static double
words(const struct place *at, enum tag tag, struct shaped *layout, double x,
    double y, unsigned int colour)
{
	paper_tag(at->paper, tag);
	pen_draw(at->pen, layout, x, y, colour);
	paper_untag(at->paper);
	return y + pen_height(layout);
}

/* A small label and its value in one paragraph, the value below. */
static double
fact(const struct place *at, const char *label, enum style style,
    const char *value, double y)
{
	struct shaped *name = pen_shape(at->pen, STYLE_TINY, 0, label);
	struct shaped *text = pen_cut_once(at->pen, style, WORDS, value);

	paper_tag(at->paper, TAG_PARAGRAPH);
	pen_draw(at->pen, name, at->x + MARGIN, y, COLOUR_SECOND);
	paper_gap(at->paper);
	pen_draw(at->pen, text, at->x + MARGIN, y + 8, COLOUR_TEXT);
	paper_untag(at->paper);
	return y + 8 + pen_height(text);
}

/* On one line, or two smaller ones, or as much of it as one takes. */
static struct shaped *
school_name(const struct place *at, const char *name, double room)
{
	struct shaped *whole = pen_once(at->pen, STYLE_LABEL, 0, name);

	if (pen_width(whole) <= room)
		return whole;
	whole = pen_once(at->pen, STYLE_TINY, room, name);
	if (pen_height(whole) <= HEAD_HEIGHT)
		return whole;
	return pen_cut(at->pen, STYLE_TINY, room, name);
}

/* The school, on a band that says at once what all the slips are. */
static double
head(const struct place *at, const struct slips_document *d)
{
	static const struct ink brand = { .fill = COLOUR_BRAND,
		.stroke = COLOUR_NONE };
	struct shaped *product = pen_shape(at->pen, STYLE_STRONG, 0, "Acquis");
	struct shaped *school =
	    school_name(at, d->school_name, INSIDE - pen_width(product) - 24);
	double x = at->x + MARGIN, y = at->y + TOP;

	paper_box(at->paper, x, y, INSIDE, HEAD_HEIGHT, 4);
	paper_paint(at->paper, &brand);
	paper_tag(at->paper, TAG_PARAGRAPH);
	pen_draw(at->pen, school, x + 8,
	    y + (HEAD_HEIGHT - pen_height(school)) / 2, COLOUR_PAGE);
	paper_gap(at->paper);
	pen_right(at->pen, product, x + INSIDE - 8,
	    y + (HEAD_HEIGHT - pen_height(product)) / 2, COLOUR_PAGE);
	paper_untag(at->paper);
	return y + HEAD_HEIGHT;
}

/* As large as it fits: on one line, on as many as there is room for, cut. */
static struct shaped *
name_of(const struct place *at, const struct slip_view *v)
{
	static const enum style styles[] = { STYLE_HEAD, STYLE_STRONG,
		STYLE_LABEL };
	const char *name = arena_print(at->arena, "%s %s",
	    plain_text(at->arena, v->first_name, PLAIN_ONE_LINE),
	    plain_text(at->arena, v->last_name, PLAIN_ONE_LINE));
	struct shaped *layout;

	for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++) {
		layout = pen_once(at->pen, styles[i], WORDS, name);
		if (pen_height(layout) <= NAME_HEIGHT &&
		    pen_width(layout) <= WORDS)
			return layout;
	}
	return pen_cut_once(at->pen, STYLE_STRONG, WORDS, name);
}

/* The code, over the whole width: it is what is typed. */
static void
code(const struct place *at, const struct slip_view *v, double y)
{
	static const struct ink pale = { .fill = COLOUR_BAND,
		.stroke = COLOUR_NONE };
	struct shaped *signs = pen_once(at->pen, STYLE_TITLE, 0, v->code);
	struct shaped *label =
	    pen_shape(at->pen, STYLE_TINY, 44, "Code d'activation");
	double x = at->x + MARGIN;

	paper_box(at->paper, x, y, INSIDE, CODE_HEIGHT, 4);
	paper_paint(at->paper, &pale);
	paper_tag(at->paper, TAG_PARAGRAPH);
	pen_draw(at->pen, label, x + 8,
	    y + (CODE_HEIGHT - pen_height(label)) / 2, COLOUR_SECOND);
	paper_gap(at->paper);
	pen_right(at->pen, signs, x + INSIDE - 8,
	    y + (CODE_HEIGHT - pen_height(signs)) / 2, COLOUR_TEXT);
	paper_untag(at->paper);
}

static void
foot(const struct place *at, const struct slips_document *d,
    const struct slip_view *v, double y)
{
	double x = at->x + MARGIN;

	y = words(at, TAG_PARAGRAPH,
	    pen_shape(at->pen, STYLE_SMALL, 0,
		"Photographiez le QR code, ou ouvrez cette adresse :"),
	    x, y, COLOUR_TEXT);
	y = words(at, TAG_PARAGRAPH,
	    pen_cut(at->pen, STYLE_LABEL, INSIDE, d->site), x, y + 1,
	    COLOUR_BRAND);
	words(at, TAG_PARAGRAPH,
	    pen_cut(at->pen, STYLE_TINY, INSIDE,
		arena_print(at->arena,
		    "Code personnel, à usage unique, valable jusqu'au %s.",
		    plain_date(at->arena, v->expires_at))),
	    x, y + 2, COLOUR_SECOND);
}

static enum fault
draw_slip(const struct place *at, const struct slips_document *d,
    const struct slip_view *v)
{
	double top, y;

	paper_tag(at->paper, TAG_SECTION);
	top = head(at, d) + 7;
	y = words(at, TAG_HEADING, name_of(at, v), at->x + MARGIN, top,
	    COLOUR_BRAND);
	y = fact(at, "Classe", STYLE_STRONG,
	    v->class_code == NULL ? "—" : v->class_code, y + 5);
	fact(at, "Identifiant", STYLE_HEAD, v->login, y + 5);
	TRY(picture(at, v, at->x + WIDTH - MARGIN - QR_SIDE, top - 3));
	code(at, v, at->y + CODE_TOP);
	foot(at, d, v, at->y + CODE_TOP + CODE_HEIGHT + 4);
	paper_untag(at->paper);
	return FAULT_NONE;
}

static enum fault
draw_all(struct place *at, const struct slips_document *d)
{
	for (size_t i = 0; i < d->count; i++) {
		size_t on_page = i % (COLUMNS * ROWS);

		if (on_page == 0) {
			if (i > 0)
				paper_page(at->paper);
			cuts(at->paper);
		}
		at->x = (double)(on_page % COLUMNS) * WIDTH;
		at->y = (double)(on_page / COLUMNS) * HEIGHT;
		TRY(draw_slip(at, d, &d->slips[i]));
	}
	paper_page(at->paper);
	return FAULT_NONE;
}

enum fault
render_slips_pdf(struct arena *arena, const struct slips_document *d,
    struct text *out)
{
	struct paper_facts facts = { .title = "Codes d'activation",
		.author = plain_text(arena, d->school_name, PLAIN_ONE_LINE),
		.language = "fr-FR" };
	struct place at = { .arena = arena };
	enum fault fault;

	at.paper = paper_open(arena, SHEET_WIDTH, SHEET_HEIGHT);
	at.pen = pen_open(arena);
	pen_paper(at.pen, at.paper);
	paper_tag(at.paper, TAG_DOCUMENT);
	fault = draw_all(&at, d);
	pen_close(at.pen);
	if (fault != FAULT_NONE)
		return fault;
	paper_untag(at.paper);
	return paper_close(at.paper, &facts, out);
}
