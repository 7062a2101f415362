#include <math.h>

#include "paper_inside.h"
#include "plain.h"

/* Below that, nobody sees a gap: 0.03 points of a body text. */
#define GAP_LEAST 4 /* thousandths of the size */

void
paper_end_text(struct paper *p)
{
	if (p->writing)
		text_put(&p->content, "ET\n");
	p->writing = false;
}

/* Ready for words of this colour. */
static void
open_text(struct paper *p, unsigned int colour)
{
	paper_draw(p);
	paper_fill(p, colour);
	paper_opacity(p, 100);
	if (p->writing)
		return;
	text_put(&p->content, "BT\n");
	p->writing = true;
	p->line_x = p->line_y = 0;
}

/* Begin a line there, in a font: the core part of a face, or the rest. */
static void
begin_line(struct paper *p, enum face f, int rest, double size, double x,
    double y)
{
	struct text *out = &p->content;
	int font = 2 * (int)f + rest;
	long to_x = paper_hundredths(x);
	long to_y = paper_hundredths(p->height - y);

	if (p->fonts[f][rest].object == 0)
		p->fonts[f][rest].object = paper_number(p);
	if (font != p->font || size != p->size) {
		text_put(out, "/F");
		text_int(out, font);
		text_char(out, ' ');
		paper_put(out, size);
		text_put(out, "Tf\n");
		p->font = font;
		p->size = size;
	}
	paper_put_hundredths(out, to_x - p->line_x);
	paper_put_hundredths(out, to_y - p->line_y);
	text_add(out, "Td", 2);
	p->line_x = to_x;
	p->line_y = to_y;
}

/* Half of the number of a glyph, within the brackets of a string. */
static char *
put_half(char *at, uint32_t byte)
{
	if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
		*at++ = '\\';
	*at++ = byte == '\r' ? 'r' : (char)byte;
	return at;
}

static void
put_code(struct text *out, uint32_t glyph)
{
	char *from = text_room(out, 4);
	char *at = put_half(put_half(from, glyph >> 8 & 0xff), glyph & 0xff);

	out->length += (size_t)(at - from);
}

/* A step back, between two strings. */
static void
put_gap(struct text *out, long gap)
{
	text_char(out, ')');
	text_int(out, gap);
	text_char(out, '(');
}

/* --- runs that are written again and again --- */

/* The one character of a text; 0 when there are more. */
static uint32_t
only_char(const char *text, int length)
{
	const char *s = text, *end = text + length;
	uint32_t c;

	if (length <= 0)
		return 0;
	c = plain_next(&s);
	return s == end ? c : 0;
}

/* Where the text of the cluster at glyph i ends: at the next, either way. */
static int
cluster_end(const PangoGlyphItem *run, int i, int n)
{
	const int *starts = run->glyphs->log_clusters;

	if (run->item->analysis.level % 2 == 0)
		return i + n < run->glyphs->num_glyphs ? starts[i + n]
						       : run->item->length;
	return i > 0 ? starts[i - 1] : run->item->length;
}

/* The glyph i of a run if it stands for one character of the core; else 0. */
static uint32_t
core_glyph(enum face f, const PangoGlyphItem *run, int i, const char *text)
{
	const PangoGlyphString *s = run->glyphs;
	uint32_t glyph = s->glyphs[i].glyph;
	int start = s->log_clusters[i];
	uint32_t c;

	if (s->glyphs[i].geometry.y_offset != 0 ||
	    (i + 1 < s->num_glyphs && s->log_clusters[i + 1] == start))
		return 0;
	/* Pango empties the blank where it breaks a line. */
	if (glyph == PANGO_GLYPH_EMPTY)
		return face_blank(f);
	c = only_char(text + run->item->offset + start,
	    cluster_end(run, i, 1) - start);
	return c != 0 && face_core_char(f, glyph) == c ? glyph : 0;
}

void
paper_ready_begin(struct paper_ready *r)
{
	text_char(r->out, '(');
	r->at = 0;
}

void
paper_ready_glyph(struct paper_ready *r, uint32_t glyph, int x)
{
	long gap = r->at - lround(x * 1000 / (r->size * PANGO_SCALE));

	if (gap >= GAP_LEAST || gap <= -GAP_LEAST) {
		put_gap(r->out, gap);
		r->at -= gap;
	}
	put_code(r->out, glyph);
	r->at += face_width(r->face, glyph);
}

void
paper_ready_end(struct paper_ready *r)
{
	text_char(r->out, ')');
}

bool
paper_ready(struct text *out, enum face f, double size,
    const PangoGlyphItem *run, const char *text)
{
	const PangoGlyphString *s = run->glyphs;
	struct paper_ready r = { out, f, size, 0 };
	int x = 0;

	paper_ready_begin(&r);
	for (int i = 0; i < s->num_glyphs; i++) {
		uint32_t glyph = core_glyph(f, run, i, text);
		const PangoGlyphGeometry *g = &s->glyphs[i].geometry;

		if (glyph == 0)
			return false;
		paper_ready_glyph(&r, glyph, x + g->x_offset);
		x += g->width;
	}
	paper_ready_end(&r);
	return true;
}

void
paper_again(struct paper *p, enum face f, double size, double x, double y,
    unsigned int colour, const char *ready, size_t length)
{
	struct text *out = &p->content;

	open_text(p, colour);
	begin_line(p, f, 0, size, x, y);
	text_char(out, '[');
	if (p->gap) {
		text_char(out, '(');
		put_code(out, face_blank(f));
		text_char(out, ')');
		text_int(out, face_width(f, face_blank(f)));
	}
	text_add(out, ready, length);
	text_add(out, "]TJ\n", 4);
	p->wrote = true;
	p->gap = false;
}

/* --- runs that need care --- */

static void
end_piece(struct paper *p)
{
	if (p->inside)
		text_put(&p->content, ")]TJ\n");
	p->inside = false;
}

/* Is it the same to a reader who copies: this glyph stands for this char? */
static bool
stands_for(struct paper *p, enum face f, uint32_t glyph, uint32_t c)
{
	uint32_t *chars;

	if (face_core_char(f, glyph) != 0)
		return face_core_char(f, glyph) == c;
	chars = p->fonts[f][1].chars;
	if (chars == NULL) {
		chars = arena_array(p->arena, face_glyphs(f), sizeof(*chars));
		p->fonts[f][1].chars = chars;
	}
	if (chars[glyph] == 0)
		chars[glyph] = c;
	return chars[glyph] == c;
}

static void
put_glyph(struct paper *p, enum face f, uint32_t glyph, double size, double x,
    double y)
{
	bool rest = face_core_char(f, glyph) == 0;
	int font = 2 * (int)f + rest;
	long gap;

	if (!p->inside || font != p->font || size != p->size || y != p->y) {
		end_piece(p);
		begin_line(p, f, rest, size, x, y);
		text_add(&p->content, "[(", 2);
		p->inside = true;
		p->x = x;
		p->y = y;
	}
	gap = lround((p->x - x) * 1000 / size);
	if (gap >= GAP_LEAST || gap <= -GAP_LEAST) {
		put_gap(&p->content, gap);
		p->x = x;
	}
	put_code(&p->content, glyph);
	p->x += face_width(f, glyph) * size / 1000;
}

/*
 * One cluster of a run, n glyphs for one or more characters.  What a reader
 * would copy wrongly is given to him in words.
 */
static void
put_cluster(struct paper *p, enum face f, double size, double x, double y,
    const PangoGlyphItem *run, int i, int n, const char *text)
{
	const PangoGlyphInfo *g = &run->glyphs->glyphs[i];
	int start = run->glyphs->log_clusters[i];
	int length = cluster_end(run, i, n) - start;
	uint32_t c;
	bool odd;

	text += run->item->offset + start;
	c = only_char(text, length);
	odd = n > 1 || c == 0 || !stands_for(p, f, g->glyph, c);
	if (odd) {
		end_piece(p);
		text_put(&p->content, "/Span<</ActualText");
		paper_words(&p->content,
		    arena_copy(p->arena, text, (size_t)length));
		text_put(&p->content, ">>BDC\n");
	}
	for (int k = 0; k < n; k++) {
		if (odd)
			stands_for(p, f, g[k].glyph, UINT32_MAX);
		put_glyph(p, f, g[k].glyph, size,
		    x + (double)g[k].geometry.x_offset / PANGO_SCALE,
		    y + (double)g[k].geometry.y_offset / PANGO_SCALE);
		x += (double)g[k].geometry.width / PANGO_SCALE;
	}
	if (odd) {
		end_piece(p);
		text_put(&p->content, "EMC\n");
	}
}

/* The blank is of the regular face, which every document has. */
static void
put_blank(struct paper *p, double size, double x, double y)
{
	put_glyph(p, FACE_REGULAR, face_blank(FACE_REGULAR), size, x, y);
}

void
paper_gap(struct paper *p)
{
	p->gap = p->wrote;
}

void
paper_run(struct paper *p, enum face f, double size, double x, double y,
    unsigned int colour, const PangoGlyphItem *run, const char *text)
{
	const PangoGlyphString *s = run->glyphs;

	open_text(p, colour);
	if (p->gap)
		put_blank(p, size, x, y);
	p->wrote = true;
	p->gap = false;
	for (int i = 0, n; i < s->num_glyphs; i += n) {
		double width = 0;
		bool empty = false;

		for (n = 0; i + n < s->num_glyphs &&
			    s->log_clusters[i + n] == s->log_clusters[i];
		     n++) {
			width += s->glyphs[i + n].geometry.width;
			empty |= s->glyphs[i + n].glyph == PANGO_GLYPH_EMPTY;
		}
		if (empty)
			put_blank(p, size, x, y);
		else
			put_cluster(p, f, size, x, y, run, i, n, text);
		x += width / PANGO_SCALE;
	}
	end_piece(p);
}
