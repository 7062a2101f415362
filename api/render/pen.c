#include <pthread.h>
#include <stdint.h>
#include <string.h>

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

#include "pen.h"
#include "plain.h"

#define SLOTS 1024    /* a power of two */
#define KNOWN_MAX 32  /* each style may take a letter from each face */
#define KEPT_MAX 1500 /* shaped texts a thread keeps between documents */

static const struct {
	double size;
	bool bold;
} styles[STYLE__MAX] = {
	[STYLE_TITLE] = { 19, true },
	[STYLE_HEAD] = { 11, true },
	[STYLE_STRONG] = { 9, true },
	[STYLE_BODY] = { 9, false },
	[STYLE_SIGN] = { 8.5, true },
	[STYLE_LABEL] = { 7.5, true },
	[STYLE_SMALL] = { 7.5, false },
	[STYLE_TINY] = { 6.5, false },
	[STYLE_TICK] = { 5.5, true },
};

enum shape_kind { SHAPE_WRAPPED, SHAPE_LINES, SHAPE_CUT };

struct shaped {
	struct shaped *next;
	char *text;
	enum shape_kind kind;
	enum style style;
	double width;
	bool once; /* leaves with the document */
	PangoLayout *layout;
};

/* Which face and size a font of pango is. */
struct known {
	PangoFont *font;
	enum face face;
	double size;
};

/*
 * What a thread keeps warm: fonts, and the texts of frameworks.  Those of a
 * person would fill it with what is never asked for again.
 */
struct desk {
	PangoFontMap *map;
	PangoContext *context;
	PangoFontDescription *fonts[STYLE__MAX];
	PangoAttrList *plain;
	struct shaped *slots[SLOTS];
	size_t kept;
	size_t pens; /* open ones: their layouts must stay */
	struct known known[KNOWN_MAX];
	size_t known_count;
};

struct pen {
	struct arena *arena;
	struct desk *desk;
	cairo_t *cr;
	struct paper *paper;
};

/* Set by render_open(), before there are threads, and only read after. */
static FcConfig *fonts;
static pthread_key_t desk_key;

/* Forget what belongs to one document, or everything. */
static void
forget(struct desk *desk, bool all)
{
	struct shaped **at, *s;

	for (size_t i = 0; i < SLOTS; i++) {
		for (at = &desk->slots[i]; (s = *at) != NULL;) {
			if (!all && !s->once) {
				at = &s->next;
				continue;
			}
			*at = s->next;
			g_object_unref(s->layout);
			g_free(s->text);
			g_free(s);
			desk->kept--;
		}
	}
}

static void
desk_close(void *arg)
{
	struct desk *desk = arg;

	forget(desk, true);
	pango_attr_list_unref(desk->plain);
	for (size_t i = 0; i < desk->known_count; i++)
		g_object_unref(desk->known[i].font);
	for (size_t i = 0; i < STYLE__MAX; i++)
		pango_font_description_free(desk->fonts[i]);
	g_object_unref(desk->context);
	g_object_unref(desk->map);
	g_free(desk);
}

enum fault
render_open(void)
{
	FcConfig *config = FcConfigCreate();

	if (!FcConfigAppFontAddFile(config,
		(const FcChar8 *)face_file(FACE_REGULAR)) ||
	    !FcConfigAppFontAddFile(config,
		(const FcChar8 *)face_file(FACE_BOLD))) {
		FcConfigDestroy(config);
		return FAULT_INTERNAL;
	}
	/* As the current one too, so that pango finds nothing to start. */
	if (!FcConfigSetCurrent(config) ||
	    pthread_key_create(&desk_key, desk_close) != 0)
		return FAULT_INTERNAL;
	fonts = config;
	return face_open();
}

/*
 * Hinting fits text to a screen's pixels; on paper, and for the same bytes
 * on every surface, it must be off.
 */
static void
desk_options(PangoContext *context)
{
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(context, options);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_context_set_language(context, pango_language_from_string("fr"));
	cairo_font_options_destroy(options);
}

static struct desk *
desk_here(void)
{
	struct desk *desk = pthread_getspecific(desk_key);

	if (desk != NULL)
		return desk;
	desk = g_new0(struct desk, 1);
	desk->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(desk->map), fonts);
	pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(desk->map),
	    72);
	desk->context = pango_font_map_create_context(desk->map);
	desk_options(desk->context);
	/* No hyphen where a long word is cut; two letters are two glyphs. */
	desk->plain = pango_attr_list_new();
	pango_attr_list_insert(desk->plain,
	    pango_attr_insert_hyphens_new(FALSE));
	pango_attr_list_insert(desk->plain,
	    pango_attr_font_features_new("liga=0, clig=0"));
	for (size_t i = 0; i < STYLE__MAX; i++) {
		PangoFontDescription *font = pango_font_description_new();

		pango_font_description_set_family(font, "DejaVu Sans");
		pango_font_description_set_weight(font,
		    styles[i].bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
		pango_font_description_set_absolute_size(font,
		    styles[i].size * PANGO_SCALE);
		desk->fonts[i] = font;
	}
	pthread_setspecific(desk_key, desk);
	return desk;
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
		forget(pen->desk, pen->desk->kept > KEPT_MAX);
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
shape(struct pen *pen, const struct shaped *want)
{
	PangoLayout *layout = pango_layout_new(pen->desk->context);
	const char *clean = plain_text(pen->arena, want->text,
	    want->kind == SHAPE_LINES ? PLAIN_LINES : PLAIN_ONE_LINE);

	pango_layout_set_font_description(layout,
	    pen->desk->fonts[want->style]);
	pango_layout_set_attributes(layout, pen->desk->plain);
	pango_layout_set_text(layout, clean, -1);
	if (want->width > 0)
		pango_layout_set_width(layout,
		    (int)(want->width * PANGO_SCALE));
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

/* FNV-1a, of the text and of how it is shaped. */
static size_t
slot_of(const struct shaped *want)
{
	uint32_t h =
	    2166136261u ^ (uint32_t)want->style << 8 ^ (uint32_t)want->width;

	for (const char *s = want->text; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return (h ^ h >> 16) & (SLOTS - 1);
}

static PangoLayout *
find(struct pen *pen, const struct shaped *want)
{
	struct shaped **head = &pen->desk->slots[slot_of(want)];
	struct shaped *s;

	for (s = *head; s != NULL; s = s->next)
		if (s->kind == want->kind && s->style == want->style &&
		    s->width == want->width && strcmp(s->text, want->text) == 0)
			return s->layout;
	s = g_new(struct shaped, 1);
	*s = *want;
	s->text = g_strdup(want->text);
	s->layout = shape(pen, want);
	s->next = *head;
	*head = s;
	pen->desk->kept++;
	return s->layout;
}

PangoLayout *
pen_shape(struct pen *pen, enum style style, double width, const char *text)
{
	return find(pen,
	    &(struct shaped){ .text = (char *)(text == NULL ? "" : text),
		.kind = SHAPE_WRAPPED,
		.style = style,
		.width = width });
}

PangoLayout *
pen_once(struct pen *pen, enum style style, double width, const char *text)
{
	return find(pen,
	    &(struct shaped){ .text = (char *)(text == NULL ? "" : text),
		.kind = SHAPE_WRAPPED,
		.style = style,
		.width = width,
		.once = true });
}

PangoLayout *
pen_lines(struct pen *pen, enum style style, double width, const char *text)
{
	return find(pen,
	    &(struct shaped){ .text = (char *)(text == NULL ? "" : text),
		.kind = SHAPE_LINES,
		.style = style,
		.width = width,
		.once = true });
}

PangoLayout *
pen_cut(struct pen *pen, enum style style, double width, const char *text)
{
	return find(pen,
	    &(struct shaped){ .text = (char *)(text == NULL ? "" : text),
		.kind = SHAPE_CUT,
		.style = style,
		.width = width,
		.once = true });
}

double
pen_width(PangoLayout *layout)
{
	PangoRectangle box;

	pango_layout_get_extents(layout, NULL, &box);
	return (double)box.width / PANGO_SCALE;
}

double
pen_height(PangoLayout *layout)
{
	PangoRectangle box;

	pango_layout_get_extents(layout, NULL, &box);
	return (double)box.height / PANGO_SCALE;
}

static struct known
look_at(PangoFont *font)
{
	PangoFontDescription *d = pango_font_describe_with_absolute_size(font);
	struct known k = { font,
		pango_font_description_get_weight(d) > PANGO_WEIGHT_MEDIUM
		    ? FACE_BOLD
		    : FACE_REGULAR,
		(double)pango_font_description_get_size(d) / PANGO_SCALE };

	pango_font_description_free(d);
	return k;
}

static struct known
font_of(struct desk *desk, PangoFont *font)
{
	struct known k;

	for (size_t i = 0; i < desk->known_count; i++)
		if (desk->known[i].font == font)
			return desk->known[i];
	k = look_at(font);
	if (desk->known_count < KNOWN_MAX) {
		g_object_ref(font);
		desk->known[desk->known_count++] = k;
	}
	return k;
}

void
pen_line(struct pen *pen, PangoLayoutLine *line, double x, double y,
    unsigned int colour)
{
	const char *text = pango_layout_get_text(line->layout);

	if (line->is_paragraph_start)
		paper_gap(pen->paper);
	for (GSList *l = line->runs; l != NULL; l = l->next) {
		const PangoGlyphItem *run = l->data;
		struct known k = font_of(pen->desk, run->item->analysis.font);

		paper_run(pen->paper, k.face, k.size, x, y, colour, run, text);
		x += (double)pango_glyph_string_get_width(run->glyphs) /
		     PANGO_SCALE;
	}
}

static void
print_layout(struct pen *pen, PangoLayout *layout, double x, double y,
    unsigned int colour)
{
	PangoLayoutIter *iter = pango_layout_get_iter(layout);
	PangoRectangle box;

	do {
		pango_layout_iter_get_line_extents(iter, NULL, &box);
		pen_line(pen, pango_layout_iter_get_line_readonly(iter),
		    x + (double)box.x / PANGO_SCALE,
		    y + (double)pango_layout_iter_get_baseline(iter) /
			    PANGO_SCALE,
		    colour);
	} while (pango_layout_iter_next_line(iter));
	pango_layout_iter_free(iter);
}

void
pen_draw(struct pen *pen, PangoLayout *layout, double x, double y,
    unsigned int colour)
{
	PangoRectangle box;

	pango_layout_get_extents(layout, NULL, &box);
	/* Right-to-left text without a width starts left of its origin. */
	if (pango_layout_get_width(layout) < 0)
		x -= (double)box.x / PANGO_SCALE;
	if (pen->paper != NULL) {
		print_layout(pen, layout, x, y, colour);
		return;
	}
	pen_colour(pen->cr, colour);
	cairo_move_to(pen->cr, x, y);
	pango_cairo_show_layout(pen->cr, layout);
}

void
pen_centre(struct pen *pen, PangoLayout *layout, double x, double y,
    unsigned int colour)
{
	pen_draw(pen, layout, x - pen_width(layout) / 2, y, colour);
}

void
pen_right(struct pen *pen, PangoLayout *layout, double x, double y,
    unsigned int colour)
{
	pen_draw(pen, layout, x - pen_width(layout), y, colour);
}

void
pen_colour(cairo_t *cr, unsigned int colour)
{
	cairo_set_source_rgb(cr, (colour >> 16 & 0xff) / 255.0,
	    (colour >> 8 & 0xff) / 255.0, (colour & 0xff) / 255.0);
}
