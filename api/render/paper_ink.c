#include <math.h>
#include <string.h>

#include "paper_inside.h"
#include "plain.h"

#define CIRCLE 0.5522847498 /* where the handles of a quarter of one are */

/* Not by printf, which would heed the locale, and is slow. */
void
paper_put(struct text *out, double value)
{
	long n = lround(value * 100);

	if (n < 0) {
		text_char(out, '-');
		n = -n;
	}
	text_int(out, n / 100);
	if (n % 100 != 0) {
		char tail[3] = { '.', (char)('0' + n % 100 / 10),
			(char)('0' + n % 10) };

		text_add(out, tail, n % 10 == 0 ? 2 : 3);
	}
	text_char(out, ' ');
}

static void
point(struct paper *p, double x, double y)
{
	paper_put(&p->path, x);
	paper_put(&p->path, p->height - y);
}

void
paper_move(struct paper *p, double x, double y)
{
	point(p, x, y);
	text_put(&p->path, "m\n");
}

void
paper_line(struct paper *p, double x, double y)
{
	point(p, x, y);
	text_put(&p->path, "l\n");
}

void
paper_shut(struct paper *p)
{
	text_put(&p->path, "h\n");
}

/* A quarter of a circle from the point before: by way of a corner, to x, y. */
static void
quarter(struct paper *p, double fx, double fy, double cx, double cy, double x,
    double y)
{
	point(p, fx + (cx - fx) * CIRCLE, fy + (cy - fy) * CIRCLE);
	point(p, x + (cx - x) * CIRCLE, y + (cy - y) * CIRCLE);
	point(p, x, y);
	text_put(&p->path, "c\n");
}

void
paper_box(struct paper *p, double x, double y, double w, double h, double r)
{
	double right = x + w, low = y + h;

	if (r <= 0) {
		point(p, x, low);
		paper_put(&p->path, w);
		paper_put(&p->path, h);
		text_put(&p->path, "re\n");
		return;
	}
	paper_move(p, x + r, y);
	paper_line(p, right - r, y);
	quarter(p, right - r, y, right, y, right, y + r);
	paper_line(p, right, low - r);
	quarter(p, right, low - r, right, low, right - r, low);
	paper_line(p, x + r, low);
	quarter(p, x + r, low, x, low, x, low - r);
	paper_line(p, x, y + r);
	quarter(p, x, y + r, x, y, x + r, y);
	paper_shut(p);
}

void
paper_circle(struct paper *p, double x, double y, double r)
{
	paper_move(p, x, y - r);
	quarter(p, x, y - r, x + r, y - r, x + r, y);
	quarter(p, x + r, y, x + r, y + r, x, y + r);
	quarter(p, x, y + r, x - r, y + r, x - r, y);
	quarter(p, x - r, y, x - r, y - r, x, y - r);
	paper_shut(p);
}

/* 0 to 255 as 0 to 1: three decimals tell them all apart. */
static void
put_part(struct text *out, unsigned int value)
{
	unsigned int n = (value * 1000 + 127) / 255;
	char part[5] = { '.', (char)('0' + n / 100), (char)('0' + n / 10 % 10),
		(char)('0' + n % 10), ' ' };

	if (n == 0 || n == 1000)
		text_put(out, n == 0 ? "0 " : "1 ");
	else
		text_add(out, part, sizeof(part));
}

/* Colours are set once for all that follows in them. */
static void
set_colour(struct paper *p, unsigned int *last, unsigned int colour,
    const char *operator)
{
	if (colour == *last)
		return;
	for (int shift = 16; shift >= 0; shift -= 8)
		put_part(&p->content, colour >> shift & 0xff);
	text_put(&p->content, operator);
	*last = colour;
}

static void
set_opacity(struct paper *p, int percent)
{
	if (percent == p->opacity)
		return;
	p->opacities[percent] = true;
	text_print(&p->content, "/O%d gs\n", percent);
	p->opacity = percent;
}

static void
set_pen(struct paper *p, const struct ink *ink)
{
	set_colour(p, &p->stroke, ink->stroke, "RG\n");
	if (ink->width != p->line_width) {
		paper_put(&p->content, ink->width);
		text_put(&p->content, "w\n");
		p->line_width = ink->width;
	}
	if (ink->dash == p->dash)
		return;
	text_char(&p->content, '[');
	if (ink->dash > 0)
		paper_put(&p->content, ink->dash);
	text_put(&p->content, "]0 d\n");
	p->dash = ink->dash;
}

void
paper_paint(struct paper *p, const struct ink *ink)
{
	bool fill = ink->fill != COLOUR_NONE;
	bool stroke = ink->stroke != COLOUR_NONE;

	paper_begin(p);
	if (p->path.length == 0 || (!fill && !stroke))
		goto done;
	if (fill)
		set_colour(p, &p->fill, ink->fill, "rg\n");
	if (fill)
		set_opacity(p, ink->opacity == 0 ? 100 : ink->opacity);
	if (stroke)
		set_pen(p, ink);
	text_add(&p->content, p->path.bytes, p->path.length);
	text_put(&p->content, !stroke ? "f\n" : fill ? "B\n" : "S\n");
done:
	p->path.length = 0;
}

/* --- words --- */

static void
end_piece(struct paper *p)
{
	if (p->inside)
		text_put(&p->content, ">]TJ\n");
	p->inside = false;
}

static void
start_piece(struct paper *p, int font, double size, double x, double y)
{
	struct text *out = &p->content;

	end_piece(p);
	if (font != p->font || size != p->size) {
		text_print(out, "/F%d ", font);
		paper_put(out, size);
		text_put(out, "Tf\n");
		p->font = font;
		p->size = size;
	}
	text_put(out, "1 0 0 1 ");
	paper_put(out, x);
	paper_put(out, p->height - y);
	text_put(out, "Tm[<");
	p->inside = true;
	p->x = x;
	p->y = y;
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

	if (p->fonts[f][rest].object == 0)
		p->fonts[f][rest].object = paper_number(p);
	if (!p->inside || font != p->font || size != p->size || y != p->y)
		start_piece(p, font, size, x, y);
	gap = lround((p->x - x) * 1000 / size);
	/* Below that, nobody sees it: 0.03 points of a body text. */
	if (gap > 3 || gap < -3) {
		text_char(&p->content, '>');
		text_int(&p->content, gap);
		text_char(&p->content, '<');
		p->x = x;
	}
	paper_hex(&p->content, glyph);
	p->x += face_width(f, glyph) * size / 1000;
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
	put_glyph(p, FACE_REGULAR, face_blank(), size, x, y);
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

	paper_begin(p);
	set_colour(p, &p->fill, colour, "rg\n");
	set_opacity(p, 100);
	text_put(&p->content, "BT\n");
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
		/* Pango empties the blank where it breaks a line. */
		if (empty)
			put_blank(p, size, x, y);
		else
			put_cluster(p, f, size, x, y, run, i, n, text);
		x += width / PANGO_SCALE;
	}
	end_piece(p);
	text_put(&p->content, "ET\n");
}
