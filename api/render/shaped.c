#include <string.h>

#include "paper.h"
#include "plain.h"
#include "quick.h"
#include "shaped.h"

/*
 * A glyph that no font has is drawn by pango as a picture, which is no text
 * any more.  Glyph 0 of the font, its empty box, keeps the character.
 */
static void
keep_unknown(PangoLayout *layout)
{
	PangoLayoutIter *iter;

	if (pango_layout_get_unknown_glyphs_count(layout) == 0)
		return;
	iter = pango_layout_get_iter(layout);
	do {
		PangoLayoutRun *run = pango_layout_iter_get_run(iter);

		for (int i = 0; run != NULL && i < run->glyphs->num_glyphs;
		     i++) {
			PangoGlyphInfo *g = &run->glyphs->glyphs[i];

			if (g->glyph != PANGO_GLYPH_EMPTY &&
			    (g->glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0)
				g->glyph = 0;
		}
	} while (pango_layout_iter_next_run(iter));
	pango_layout_iter_free(iter);
}

static const char *
clean_text(struct arena *arena, const struct shaped *s)
{
	return plain_text(arena, s->text,
	    s->kind == SHAPE_LINES ? PLAIN_LINES : PLAIN_ONE_LINE);
}

static PangoLayout *
lay_out(struct desk *desk, const struct shaped *s, const char *clean)
{
	PangoLayout *layout = desk_layout(desk, s->kind, s->style);

	pango_layout_set_text(layout, clean, -1);
	if (s->wide > 0)
		pango_layout_set_width(layout, (int)(s->wide * PANGO_SCALE));
	keep_unknown(layout);
	return layout;
}

double
shaped_points(int units)
{
	return (double)units / PANGO_SCALE;
}

/* The lists of a text, as long as its layout says. */
static void
make_room(struct shaped *s)
{
	s->line_count = (size_t)pango_layout_get_line_count(s->layout);
	for (GSList *l = pango_layout_get_lines_readonly(s->layout); l != NULL;
	     l = l->next)
		s->piece_count +=
		    g_slist_length(((PangoLayoutLine *)l->data)->runs);
	s->lines = g_new(struct line, s->line_count);
	s->pieces = g_new(struct piece, s->piece_count);
}

/* Make the pieces of a line ready; false if one is not. */
static bool
cut_line(struct desk *desk, struct shaped *s, const struct line *line,
    PangoLayoutLine *from, double x, double y, struct text *ready)
{
	const char *text = pango_layout_get_text(s->layout);
	struct piece *p = s->pieces + line->first;
	bool all = true;

	for (GSList *l = from->runs; l != NULL; l = l->next, p++) {
		PangoGlyphItem *run = l->data;
		struct known k = desk_font(desk, run->item->analysis.font);
		size_t start = ready->length;

		*p = (struct piece){ k.face, k.size, x, y, "", 0, run };
		if (paper_ready(ready, k.face, k.size, run, text)) {
			p->length = ready->length - start;
		} else {
			p->ready = NULL;
			ready->length = start;
			all = false;
		}
		x += shaped_points(pango_glyph_string_get_width(run->glyphs));
	}
	return all;
}

static bool
cut(struct desk *desk, struct shaped *s, struct text *ready)
{
	PangoLayoutIter *iter = pango_layout_get_iter(s->layout);
	size_t pieces = 0;
	PangoRectangle box;
	bool all = true;

	pango_layout_get_extents(s->layout, NULL, &box);
	s->width = shaped_points(box.width);
	s->height = shaped_points(box.height);
	/* Right-to-left text without a width starts left of its origin. */
	s->left = s->wide > 0 ? 0 : shaped_points(box.x);
	for (size_t i = 0; i < s->line_count; i++) {
		PangoLayoutLine *from =
		    pango_layout_iter_get_line_readonly(iter);
		struct line *line = &s->lines[i];

		pango_layout_iter_get_line_extents(iter, NULL, &box);
		*line = (struct line){ shaped_points(box.y),
			shaped_points(box.y + box.height), pieces,
			g_slist_length(from->runs), from->is_paragraph_start };
		pieces += line->count;
		all &= cut_line(desk, s, line, from,
		    shaped_points(box.x) - s->left,
		    shaped_points(pango_layout_iter_get_baseline(iter)), ready);
		pango_layout_iter_next_line(iter);
	}
	pango_layout_iter_free(iter);
	return all;
}

void
shaped_by_pango(struct desk *desk, struct shaped *s, const char *clean,
    struct text *ready)
{
	s->layout = lay_out(desk, s, clean);
	make_room(s);
	if (cut(desk, s, ready))
		g_clear_object(&s->layout);
}

struct shaped *
shaped_make(struct desk *desk, struct arena *arena, const struct shaped *want)
{
	struct shaped *s = g_new(struct shaped, 1);
	const char *clean, *at;
	struct text ready = text_in(arena);

	*s = *want;
	s->text = g_strdup(want->text);
	clean = clean_text(arena, s);
	if (!quick_shape(desk, arena, s, clean, &ready))
		shaped_by_pango(desk, s, clean, &ready);
	s->ready = g_memdup2(ready.bytes, ready.length);
	at = s->ready;
	for (size_t i = 0; i < s->piece_count; i++) {
		if (s->pieces[i].ready == NULL)
			continue;
		s->pieces[i].ready = at;
		at += s->pieces[i].length;
	}
	return s;
}

void
shaped_free(struct shaped *s)
{
	g_clear_object(&s->layout);
	g_free(s->ready);
	g_free(s->pieces);
	g_free(s->lines);
	g_free(s->text);
	g_free(s);
}

PangoLayout *
shaped_layout(struct desk *desk, struct arena *arena, struct shaped *s)
{
	if (s->layout == NULL)
		s->layout = lay_out(desk, s, clean_text(arena, s));
	return s->layout;
}
