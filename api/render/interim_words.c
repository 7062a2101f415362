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
	struct shaped *shaped;
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
		w.shaped = pen_lines(s->pen, STYLE_BODY, width - 24, text);
	return w;
}

/* How many lines from one on fit, at least one, and their height. */
static size_t
lines_that_fit(const struct words *w, size_t first, double room, double *height)
{
	double top = pen_line_top(w->shaped, first);
	size_t n = 0;

	for (; first + n < pen_line_count(w->shaped); n++) {
		double bottom = pen_line_bottom(w->shaped, first + n);

		if (bottom - top > room && n > 0)
			break;
		*height = bottom - top;
	}
	return n;
}

/* As many lines as this page has room for, on their ground. */
static size_t
piece(struct sheet *s, const struct words *w, size_t first, double ground)
{
	double height = 0;
	size_t n =
	    lines_that_fit(w, first, SHEET_BOTTOM - s->y - 2 * PAD, &height);

	if (height + 2 * PAD > ground)
		ground = height + 2 * PAD;
	sheet_fill(s, w->x, s->y, w->width, ground, 0, COLOUR_PALE);
	sheet_fill(s, w->x, s->y, BAR, ground, 0, w->colour);
	sheet_tag(s, TAG_PARAGRAPH);
	for (size_t i = first; i < first + n && !s->blind; i++)
		pen_draw_line(s->pen, w->shaped, i, w->x + 14,
		    s->y + PAD - pen_line_top(w->shaped, first), COLOUR_TEXT);
	sheet_untag(s);
	s->y += ground;
	return n;
}

static void
write_words(struct sheet *s, const struct words *w, double ground)
{
	size_t done = piece(s, w, 0, ground);

	while (done < pen_line_count(w->shaped)) {
		sheet_room(s, SHEET_HEIGHT);
		done += piece(s, w, done, 0);
	}
}

/* Side by side on this page, if both are short and there is room. */
static bool
write_halves(struct sheet *s, const struct words *a, const struct words *b)
{
	double height = pen_height(a->shaped), top = s->y;

	if (pen_height(b->shaped) > height)
		height = pen_height(b->shaped);
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
	if (w->shaped == NULL)
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
		if (a.shaped != NULL && b.shaped != NULL &&
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
