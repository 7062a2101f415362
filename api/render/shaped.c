#include <string.h>

#include "paper.h"
#include "plain.h"
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

static PangoLayout *
lay_out(struct desk *desk, struct arena *arena, const struct shaped *want)
{
	PangoLayout *layout = pango_layout_new(desk->context);
	const char *clean = plain_text(arena, want->text,
	    want->kind == SHAPE_LINES ? PLAIN_LINES : PLAIN_ONE_LINE);

	pango_layout_set_font_description(layout, desk->fonts[want->style]);
	pango_layout_set_attributes(layout, desk->plain);
	pango_layout_set_text(layout, clean, -1);
	if (want->wide > 0)
		pango_layout_set_width(layout, (int)(want->wide * PANGO_SCALE));
	/* A Hebrew name stays where the form has it; a paragraph turns. */
	pango_layout_set_auto_dir(layout, want->kind == SHAPE_LINES);
	if (want->kind == SHAPE_CUT) {
		pango_layout_set_height(layout, -1);
		pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	} else {
		pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
		pango_layout_set_line_spacing(layout, 1.12f);
	}
	keep_unknown(layout);
	return layout;
}

static double
points(int units)
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
		x += points(pango_glyph_string_get_width(run->glyphs));
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
	s->width = points(box.width);
	s->height = points(box.height);
	/* Right-to-left text without a width starts left of its origin. */
	s->left = s->wide > 0 ? 0 : points(box.x);
	for (size_t i = 0; i < s->line_count; i++) {
		PangoLayoutLine *from =
		    pango_layout_iter_get_line_readonly(iter);
		struct line *line = &s->lines[i];

		pango_layout_iter_get_line_extents(iter, NULL, &box);
		*line = (struct line){ points(box.y),
			points(box.y + box.height), pieces,
			g_slist_length(from->runs), from->is_paragraph_start };
		pieces += line->count;
		all &= cut_line(desk, s, line, from, points(box.x) - s->left,
		    points(pango_layout_iter_get_baseline(iter)), ready);
		pango_layout_iter_next_line(iter);
	}
	pango_layout_iter_free(iter);
	return all;
}

struct shaped *
shaped_make(struct desk *desk, struct arena *arena, const struct shaped *want)
{
	struct shaped *s = g_new(struct shaped, 1);
	struct text ready = text_in(arena);
	const char *at;

	*s = *want;
	s->text = g_strdup(want->text);
	s->layout = lay_out(desk, arena, s);
	make_room(s);
	if (cut(desk, s, &ready))
		g_clear_object(&s->layout);
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
		s->layout = lay_out(desk, arena, s);
	return s->layout;
}
