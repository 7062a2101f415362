#include <string.h>

#include <hb-subset.h>

#include "deflate.h"
#include "face.h"

#define RUN_MAX 100 /* lines of one block of a ToUnicode table */

/* First and last character of what the core part is for. */
static const struct {
	uint32_t first;
	uint32_t last;
} core_ranges[] = {
	{ 0x20, 0x7e },     /* ASCII */
	{ 0xa0, 0x17f },    /* French, and names from all over Europe */
	{ 0x2010, 0x2026 }, /* dashes, quotes, points */
	{ 0x202f, 0x202f }, /* narrow blank */
	{ 0x20ac, 0x20ac }, /* euro */
	{ 0x1d49, 0x1d49 }, /* raised e, as in 1re */
	{ 0x2212, 0x2212 }, /* minus */
	{ 0x2264, 0x2265 }, /* less or equal, greater or equal */
	{ 0x2610, 0x2612 }, /* boxes to tick */
	{ 0x2713, 0x2713 }, /* tick */
};

static struct font {
	const char *file;
	const char *name;
	const char *box;
	hb_face_t *face;
	hb_font_t *font;  /* in thousandths */
	hb_font_t *units; /* in units of its own */
	uint32_t *chars;  /* of glyphs in the core */
	uint32_t blank;
	struct face_part core;
} fonts[FACE__MAX] = {
	[FACE_REGULAR] = { FACE_FOLDER "DejaVuSans.ttf", "DejaVuSans",
	    "-1021 -463 1793 1232" },
	[FACE_BOLD] = { FACE_FOLDER "DejaVuSans-Bold.ttf", "DejaVuSans-Bold",
	    "-1069 -415 1975 1175" },
};

const char *
face_file(enum face f)
{
	return fonts[f].file;
}

const char *
face_name(enum face f)
{
	return fonts[f].name;
}

const char *
face_box(enum face f)
{
	return fonts[f].box;
}

size_t
face_glyphs(enum face f)
{
	return hb_face_get_glyph_count(fonts[f].face);
}

int
face_width(enum face f, uint32_t glyph)
{
	return hb_font_get_glyph_h_advance(fonts[f].font, glyph);
}

uint32_t
face_blank(enum face f)
{
	return fonts[f].blank;
}

uint32_t
face_glyph(enum face f, uint32_t c)
{
	hb_codepoint_t glyph = 0;

	hb_font_get_nominal_glyph(fonts[f].font, c, &glyph);
	return glyph;
}

int
face_units(enum face f, uint32_t glyph)
{
	return hb_font_get_glyph_h_advance(fonts[f].units, glyph);
}

/* As the pen has it: two letters are two glyphs. */
static const hb_feature_t no_ligatures[] = {
	{ HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START,
	    HB_FEATURE_GLOBAL_END },
	{ HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START,
	    HB_FEATURE_GLOBAL_END },
};

static bool
still(const hb_glyph_position_t *at)
{
	return at->x_offset == 0 && at->y_offset == 0 && at->y_advance == 0;
}

bool
face_pair(enum face f, uint32_t before, uint32_t c, int *units)
{
	const uint32_t both[] = { before, c };
	uint32_t first = face_glyph(f, before), second = face_glyph(f, c);
	hb_buffer_t *buffer = hb_buffer_create();
	const hb_glyph_position_t *at;
	const hb_glyph_info_t *is;
	unsigned int n;
	bool ok;

	hb_buffer_add_utf32(buffer, both, 2, 0, 2);
	hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
	hb_buffer_set_script(buffer, HB_SCRIPT_LATIN);
	hb_buffer_set_language(buffer, hb_language_from_string("fr", -1));
	hb_shape(fonts[f].units, buffer, no_ligatures, 2);
	is = hb_buffer_get_glyph_infos(buffer, &n);
	at = hb_buffer_get_glyph_positions(buffer, NULL);
	ok = n == 2 && is[0].codepoint == first && is[1].codepoint == second &&
	     still(&at[0]) && still(&at[1]) &&
	     at[1].x_advance == face_units(f, second);
	if (ok)
		*units = at[0].x_advance - face_units(f, first);
	hb_buffer_destroy(buffer);
	return ok;
}

const struct face_part *
face_core(enum face f)
{
	return &fonts[f].core;
}

uint32_t
face_core_char(enum face f, uint32_t glyph)
{
	return glyph < face_glyphs(f) ? fonts[f].chars[glyph] : 0;
}

/* The font with these glyphs alone, under their numbers. */
static bool
cut_file(enum face f, const uint32_t *chars, struct face_part *part)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	hb_set_t *glyphs, *tables;
	hb_face_t *cut;
	hb_blob_t *blob;

	if (input == NULL)
		return false;
	glyphs = hb_subset_input_glyph_set(input);
	for (size_t i = 0; i < face_glyphs(f); i++)
		if (chars[i] != 0)
			hb_set_add(glyphs, (hb_codepoint_t)i);
	/* A PDF chooses glyphs itself: no layout, no names, no characters. */
	tables = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
	hb_set_add(tables, HB_TAG('G', 'S', 'U', 'B'));
	hb_set_add(tables, HB_TAG('G', 'P', 'O', 'S'));
	hb_set_add(tables, HB_TAG('G', 'D', 'E', 'F'));
	hb_set_add(tables, HB_TAG('k', 'e', 'r', 'n'));
	hb_set_add(tables, HB_TAG('n', 'a', 'm', 'e'));
	hb_set_add(tables, HB_TAG('O', 'S', '/', '2'));
	hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_RETAIN_GIDS |
					     HB_SUBSET_FLAGS_NO_HINTING |
					     HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
	cut = hb_subset_or_fail(fonts[f].face, input);
	hb_subset_input_destroy(input);
	if (cut == NULL)
		return false;
	blob = hb_face_reference_blob(cut);
	part->file_size = hb_blob_get_length(blob);
	deflate_add(&part->file, DEFLATE_BEST, hb_blob_get_data(blob, NULL),
	    part->file_size);
	hb_blob_destroy(blob);
	hb_face_destroy(cut);
	return true;
}

static void
list_widths(enum face f, const uint32_t *chars, struct text *out)
{
	text_char(out, '[');
	for (size_t i = 0; i < face_glyphs(f); i++) {
		if (chars[i] == 0)
			continue;
		if (i == 0 || chars[i - 1] == 0)
			text_print(out, "%zu[", i);
		text_print(out, "%d", face_width(f, (uint32_t)i));
		text_char(out,
		    i + 1 < face_glyphs(f) && chars[i + 1] != 0 ? ' ' : ']');
	}
	text_char(out, ']');
}

static void
list_chars(enum face f, const uint32_t *chars, struct text *out)
{
	struct text run = text_in(out->arena);
	size_t n = 0;

	for (size_t i = 0; i < face_glyphs(f); i++) {
		uint32_t c = chars[i];

		if (c != 0 && c != UINT32_MAX) {
			if (c > 0xffff)
				text_print(&run, "<%04zX><%04X%04X>\n", i,
				    0xd7c0 + (c >> 10), 0xdc00 + (c & 0x3ff));
			else
				text_print(&run, "<%04zX><%04X>\n", i, c);
			n++;
		}
		if (n == 0 || (n < RUN_MAX && i + 1 < face_glyphs(f)))
			continue;
		text_print(out, "%zu beginbfchar\n", n);
		text_add(out, run.bytes, run.length);
		text_put(out, "endbfchar\n");
		run.length = 0;
		n = 0;
	}
}

bool
face_cut(struct arena *arena, enum face f, const uint32_t *chars,
    struct face_part *part)
{
	struct text table = text_in(arena);

	*part = (struct face_part){ .file = text_in(arena),
		.widths = text_in(arena),
		.chars = text_in(arena) };
	list_widths(f, chars, &part->widths);
	text_put(&table,
	    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
	    "/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> "
	    "def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
	    "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
	list_chars(f, chars, &table);
	text_put(&table, "endcmap\nCMapName currentdict /CMap defineresource "
			 "pop\nend\nend\n");
	deflate_add(&part->chars, DEFLATE_BEST, table.bytes, table.length);
	return cut_file(f, chars, part);
}

/* Glyph 0, the empty box, stands for what no font has. */
static void
choose_core(struct font *font, struct arena *arena, size_t n)
{
	hb_codepoint_t glyph;

	font->chars = arena_array(arena, n, sizeof(*font->chars));
	font->chars[0] = UINT32_MAX;
	for (size_t i = 0; i < sizeof(core_ranges) / sizeof(core_ranges[0]);
	     i++)
		for (uint32_t c = core_ranges[i].first;
		     c <= core_ranges[i].last; c++)
			if (hb_font_get_nominal_glyph(font->font, c, &glyph) &&
			    font->chars[glyph] == 0)
				font->chars[glyph] = c;
}

enum fault
face_open(void)
{
	/* As long as the process: never closed. */
	struct arena *arena = arena_open();

	for (int f = 0; f < FACE__MAX; f++) {
		struct font *font = &fonts[f];
		hb_blob_t *blob = hb_blob_create_from_file_or_fail(font->file);

		if (blob == NULL)
			return FAULT_INTERNAL;
		font->face = hb_face_create(blob, 0);
		font->font = hb_font_create(font->face);
		hb_font_set_scale(font->font, 1000, 1000);
		hb_font_make_immutable(font->font);
		if (hb_face_get_upem(font->face) != FACE_UNITS)
			return FAULT_INTERNAL;
		font->units = hb_font_create(font->face);
		hb_font_make_immutable(font->units);
		hb_blob_destroy(blob);
		if (!hb_font_get_nominal_glyph(font->font, ' ', &font->blank))
			return FAULT_INTERNAL;
		choose_core(font, arena, face_glyphs((enum face)f));
		if (!face_cut(arena, (enum face)f, font->chars, &font->core))
			return FAULT_INTERNAL;
	}
	return FAULT_NONE;
}
