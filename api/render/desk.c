#include <pthread.h>

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

#include "desk.h"
#include "quick.h"
#include "shaped.h"

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

/* Set by desk_open(), before there are threads, and only read after. */
static FcConfig *fonts;
static pthread_key_t desk_key;

static void
desk_close(void *arg)
{
	struct desk *desk = arg;

	desk_forget(desk, true);
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
desk_open(void)
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
	if (face_open() != FAULT_NONE)
		return FAULT_INTERNAL;
	quick_open();
	return FAULT_NONE;
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

struct desk *
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

struct known
desk_font(struct desk *desk, PangoFont *font)
{
	struct known k;

	for (size_t i = 0; i < desk->known_count; i++)
		if (desk->known[i].font == font)
			return desk->known[i];
	k = look_at(font);
	if (desk->known_count < DESK_FONTS_MAX) {
		g_object_ref(font);
		desk->known[desk->known_count++] = k;
	}
	return k;
}

enum face
desk_face(enum style style)
{
	return styles[style].bold ? FACE_BOLD : FACE_REGULAR;
}

double
desk_size(enum style style)
{
	return styles[style].size;
}

PangoLayout *
desk_layout(struct desk *desk, enum shape_kind kind, enum style style)
{
	PangoLayout *layout = pango_layout_new(desk->context);

	pango_layout_set_font_description(layout, desk->fonts[style]);
	pango_layout_set_attributes(layout, desk->plain);
	/* A Hebrew name stays where the form has it; a paragraph turns. */
	pango_layout_set_auto_dir(layout, kind == SHAPE_LINES);
	if (kind == SHAPE_CUT) {
		pango_layout_set_height(layout, -1);
		pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	} else {
		pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
		pango_layout_set_line_spacing(layout, 1.12f);
	}
	return layout;
}

/* Two lines tell it. */
static struct lead
find_lead(struct desk *desk, enum shape_kind kind, enum style style)
{
	PangoLayout *layout = desk_layout(desk, kind, style);
	PangoLayoutIter *iter;
	PangoRectangle box;
	struct lead lead;

	pango_layout_set_text(layout, "a\nb", -1);
	iter = pango_layout_get_iter(layout);
	pango_layout_iter_get_line_extents(iter, NULL, &box);
	lead.top = box.y;
	lead.height = box.height;
	lead.base = pango_layout_iter_get_baseline(iter);
	pango_layout_iter_next_line(iter);
	lead.step = pango_layout_iter_get_baseline(iter) - lead.base;
	pango_layout_iter_free(iter);
	g_object_unref(layout);
	return lead;
}

struct lead
desk_lead(struct desk *desk, enum shape_kind kind, enum style style)
{
	struct lead *lead = &desk->leads[kind][style];

	if (lead->step == 0)
		*lead = find_lead(desk, kind, style);
	return *lead;
}

void
desk_forget(struct desk *desk, bool all)
{
	struct shaped **at, *s;

	for (size_t i = 0; i < DESK_SLOTS; i++) {
		for (at = &desk->slots[i]; (s = *at) != NULL;) {
			if (!all && !s->once) {
				at = &s->next;
				continue;
			}
			*at = s->next;
			if (!s->once)
				desk->kept--;
			shaped_free(s);
		}
	}
}
