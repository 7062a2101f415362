#include <string.h>

#include "interim_parts.h"
#include "plain.h"

#define BAR 3.5 /* coloured, left of a text */
#define PAD 4.5 /* above and below */
#define GAP 14.0
#define HALF ((SHEET_INSIDE - GAP) / 2)
#define HALF_MOST 190.0 /* height up to which two texts stand side by side */

#define HALF_BYTES 2000 /* and length */

/* A text being written, in a column of the page. */
struct words {
	const char *heading;
	PangoLayout *layout;
	unsigned int colour;
	double x;
	double width;
};

static struct words
words_in(struct sheet *s, const char *heading, const char *text,
    unsigned int colour, double x, double width)
{
	struct words w = { heading, NULL, colour, x, width };

	if (*plain_text(s->arena, text, PLAIN_LINES) != '\0')
		w.layout = pen_lines(s->pen, STYLE_BODY, width - 24, text);
	return w;
}

/* Lines of a text from the iterator that fit, and their height. */
static int
lines_that_fit(PangoLayoutIter *iter, double room, double *height)
{
	PangoRectangle box;
	int n = 0, top = 0, bottom;

	do {
		pango_layout_iter_get_line_extents(iter, NULL, &box);
		if (n == 0)
			top = box.y;
		bottom = box.y + box.height;
		if ((double)(bottom - top) / PANGO_SCALE > room && n > 0)
			break;
		*height = (double)(bottom - top) / PANGO_SCALE;
		n++;
	} while (pango_layout_iter_next_line(iter));
	return n;
}

static void
draw_lines(struct sheet *s, PangoLayoutIter *iter, int n, double x, double y)
{
	PangoRectangle box;
	int top = 0;

	for (int i = 0; i < n; i++) {
		double base = pango_layout_iter_get_baseline(iter);

		pango_layout_iter_get_line_extents(iter, NULL, &box);
		if (i == 0)
			top = box.y;
		if (!s->blind)
			pen_line(s->pen,
			    pango_layout_iter_get_line_readonly(iter),
			    x + (double)box.x / PANGO_SCALE,
			    y + (base - top) / PANGO_SCALE, COLOUR_TEXT);
		pango_layout_iter_next_line(iter);
	}
}

/* As many lines as this page has room for, on their ground. */
static int
piece(struct sheet *s, const struct words *w, PangoLayoutIter *from,
    PangoLayoutIter *ahead, double ground)
{
	double height = 0;
	int n = lines_that_fit(ahead, SHEET_BOTTOM - s->y - 2 * PAD, &height);

	if (height + 2 * PAD > ground)
		ground = height + 2 * PAD;
	sheet_fill(s, w->x, s->y, w->width, ground, 0, COLOUR_PALE);
	sheet_fill(s, w->x, s->y, BAR, ground, 0, w->colour);
	sheet_tag(s, TAG_PARAGRAPH);
	draw_lines(s, from, n, w->x + 14, s->y + PAD);
	sheet_untag(s);
	s->y += ground;
	return n;
}

static void
write_words(struct sheet *s, const struct words *w, double ground)
{
	PangoLayoutIter *from = pango_layout_get_iter(w->layout);
	PangoLayoutIter *ahead = pango_layout_get_iter(w->layout);
	int lines = pango_layout_get_line_count(w->layout);
	int done = piece(s, w, from, ahead, ground);

	while (done < lines) {
		sheet_room(s, SHEET_HEIGHT);
		done += piece(s, w, from, ahead, 0);
	}
	pango_layout_iter_free(from);
	pango_layout_iter_free(ahead);
}

/* Side by side on this page, if both are short and there is room. */
static bool
write_halves(struct sheet *s, const struct words *a, const struct words *b)
{
	double height = pen_height(a->layout), top = s->y;

	if (pen_height(b->layout) > height)
		height = pen_height(b->layout);
	height += 2 * PAD;
	if (height > HALF_MOST || top + SHEET_HEADING + height > SHEET_BOTTOM)
		return false;
	sheet_heading_at(s, a->heading, a->x, top);
	s->y = top + SHEET_HEADING;
	write_words(s, a, height);
	sheet_heading_at(s, b->heading, b->x, top);
	s->y = top + SHEET_HEADING;
	write_words(s, b, height);
	s->y += 5;
	return true;
}

static void
write_whole(struct sheet *s, const struct words *w)
{
	if (w->layout == NULL)
		return;
	sheet_heading(s, w->heading, 40);
	write_words(s, w, 0);
	s->y += 5;
}

/* Worth a try in half a page: a long one is not shaped for nothing. */
static bool
short_text(const char *text)
{
	return text != NULL && strnlen(text, HALF_BYTES + 1) <= HALF_BYTES;
}

void
part_words(struct sheet *s, const struct interim_view *now)
{
	static const unsigned int green = 0x0a5c2b;
	struct words a, b;

	if (short_text(now->findings) && short_text(now->advice)) {
		a = words_in(s, "Constats", now->findings, COLOUR_LAST,
		    SHEET_LEFT, HALF);
		b = words_in(s, "Conseils", now->advice, green,
		    SHEET_RIGHT - HALF, HALF);
		if (a.layout != NULL && b.layout != NULL &&
		    write_halves(s, &a, &b))
			return;
	}
	a = words_in(s, "Constats", now->findings, COLOUR_LAST, SHEET_LEFT,
	    SHEET_INSIDE);
	b = words_in(s, "Conseils", now->advice, green, SHEET_LEFT,
	    SHEET_INSIDE);
	write_whole(s, &a);
	write_whole(s, &b);
}
