#include <stdint.h>
#include <string.h>

#include "desk.h"
#include "pen.h"
#include "shaped.h"

#define KEPT_MAX 1500 /* shaped texts a thread keeps between documents */

struct pen {
	struct arena *arena;
	struct desk *desk;
	cairo_t *cr;
	struct paper *paper;
};

enum fault
render_open(void)
{
	return desk_open();
}

struct pen *
pen_open(struct arena *arena)
{
	struct pen *pen = arena_take(arena, sizeof(*pen));

	pen->arena = arena;
	pen->desk = desk_here();
	pen->desk->pens++;
	return pen;
}

void
pen_close(struct pen *pen)
{
	if (pen == NULL)
		return;
	pen->desk->pens--;
	if (pen->desk->pens == 0)
		desk_forget(pen->desk, pen->desk->kept > KEPT_MAX);
}

void
pen_paper(struct pen *pen, struct paper *paper)
{
	pen->paper = paper;
	pen->cr = NULL;
}

void
pen_picture(struct pen *pen, cairo_t *cr)
{
	pen->cr = cr;
	pen->paper = NULL;
}

/* FNV-1a, of the text and of how it is shaped. */
static size_t
slot_of(const struct shaped *want)
{
	uint32_t h =
	    2166136261u ^ (uint32_t)want->style << 8 ^ (uint32_t)want->wide;

	for (const char *s = want->text; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return (h ^ h >> 16) & (DESK_SLOTS - 1);
}

static struct shaped *
find(struct pen *pen, const struct shaped *want)
{
	struct shaped **head = &pen->desk->slots[slot_of(want)];
	struct shaped *s;

	for (s = *head; s != NULL; s = s->next)
		if (s->kind == want->kind && s->style == want->style &&
		    s->wide == want->wide && strcmp(s->text, want->text) == 0)
			return s;
	s = shaped_make(pen->desk, pen->arena, want);
	s->next = *head;
	*head = s;
	if (!s->once)
		pen->desk->kept++;
	return s;
}

static struct shaped *
ask(struct pen *pen, enum shape_kind kind, bool once, enum style style,
    double wide, const char *text)
{
	return find(pen,
	    &(struct shaped){ .text = (char *)(text == NULL ? "" : text),
		.kind = kind,
		.style = style,
		.wide = wide,
		.once = once });
}

struct shaped *
pen_shape(struct pen *pen, enum style style, double width, const char *text)
{
	return ask(pen, SHAPE_WRAPPED, false, style, width, text);
}

struct shaped *
pen_once(struct pen *pen, enum style style, double width, const char *text)
{
	return ask(pen, SHAPE_WRAPPED, true, style, width, text);
}

struct shaped *
pen_lines(struct pen *pen, enum style style, double width, const char *text)
{
	return ask(pen, SHAPE_LINES, true, style, width, text);
}

struct shaped *
pen_cut(struct pen *pen, enum style style, double width, const char *text)
{
	return ask(pen, SHAPE_CUT, false, style, width, text);
}

struct shaped *
pen_cut_once(struct pen *pen, enum style style, double width, const char *text)
{
	return ask(pen, SHAPE_CUT, true, style, width, text);
}

double
pen_width(const struct shaped *s)
{
	return s->width;
}

double
pen_height(const struct shaped *s)
{
	return s->height;
}

size_t
pen_line_count(const struct shaped *s)
{
	return s->line_count;
}

double
pen_line_top(const struct shaped *s, size_t i)
{
	return s->lines[i].top;
}

double
pen_line_bottom(const struct shaped *s, size_t i)
{
	return s->lines[i].bottom;
}

void
pen_draw_line(struct pen *pen, const struct shaped *s, size_t i, double x,
    double y, unsigned int colour)
{
	const struct line *line = &s->lines[i];

	if (line->paragraph)
		paper_gap(pen->paper);
	for (size_t k = line->first; k < line->first + line->count; k++) {
		const struct piece *p = &s->pieces[k];

		if (p->ready != NULL)
			paper_again(pen->paper, p->face, p->size, x + p->x,
			    y + p->y, colour, p->ready, p->length);
		else
			paper_run(pen->paper, p->face, p->size, x + p->x,
			    y + p->y, colour, p->run,
			    pango_layout_get_text(s->layout));
	}
}

void
pen_draw(struct pen *pen, struct shaped *s, double x, double y,
    unsigned int colour)
{
	if (pen->paper != NULL) {
		for (size_t i = 0; i < s->line_count; i++)
			pen_draw_line(pen, s, i, x, y, colour);
		return;
	}
	pen_colour(pen->cr, colour);
	cairo_move_to(pen->cr, x - s->left, y);
	pango_cairo_show_layout(pen->cr,
	    shaped_layout(pen->desk, pen->arena, s));
}

void
pen_centre(struct pen *pen, struct shaped *s, double x, double y,
    unsigned int colour)
{
	pen_draw(pen, s, x - pen_width(s) / 2, y, colour);
}

void
pen_right(struct pen *pen, struct shaped *s, double x, double y,
    unsigned int colour)
{
	pen_draw(pen, s, x - pen_width(s), y, colour);
}

void
pen_colour(cairo_t *cr, unsigned int colour)
{
	cairo_set_source_rgb(cr, (colour >> 16 & 0xff) / 255.0,
	    (colour >> 8 & 0xff) / 255.0, (colour & 0xff) / 255.0);
}
