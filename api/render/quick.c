#include <stdatomic.h>
#include <string.h>

#include <hb.h>

#include "paper.h"
#include "plain.h"
#include "quick.h"

#define LETTERS 256
#define LINE_END 0    /* no letter: a paragraph ends */
#define STRANGE 1     /* no letter: for pango */
#define KERN_NONE 0   /* not asked for yet */
#define KERN_ODD 1    /* these two are not for us */
#define KERN_0 0x4000 /* neither closer (less) nor further (more) */

/* Beyond Latin-1; their places are those of its controls. */
static const uint32_t others[] = { 0x152, 0x153, 0x178, 0x2013, 0x2014, 0x2018,
	0x2019, 0x201c, 0x201d, 0x2022, 0x2026, 0x20ac };

/* Of each letter; glyph 0: not for us. */
static struct measure {
	uint32_t glyph;
	int width; /* units of the font */
} measures[FACE__MAX][LETTERS];

/* Found when asked for; who asks finds the same, so any order will do. */
static _Atomic uint16_t kerns[FACE__MAX][LETTERS][LETTERS];

/* A text as letters, and how it is to be laid out. */
struct job {
	struct desk *desk;
	struct shaped *shaped;
	struct arena *arena;
	enum face face;
	double size;
	const char *text;
	unsigned char *letters;
	size_t count;
	int *widths; /* of letters, as pango counts */
	int *kerns;  /* the room before each, unless it begins a line */
	int wide;    /* of a line; 0: it never ends */
	const PangoLogAttr *breaks; /* NULL: not needed yet */
	uint32_t *starts;           /* of lines, and where one more would be */
	size_t lines;
};

static unsigned char
letter_of(uint32_t c)
{
	if (c == '\n')
		return LINE_END;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (others[i] == c)
			return (unsigned char)(0x80 + i);
	return c >= ' ' && c < LETTERS && (c < 0x80 || c >= 0xa0)
		   ? (unsigned char)c
		   : STRANGE;
}

void
quick_open(void)
{
	for (int f = 0; f < FACE__MAX; f++)
		for (uint32_t c = ' '; c < 0x2100; c++) {
			struct measure *m = &measures[f][letter_of(c)];
			uint32_t glyph = face_glyph((enum face)f, c);

			/* A soft hyphen is seen only where a line ends. */
			if (letter_of(c) == STRANGE || c == 0xad ||
			    face_core_char((enum face)f, glyph) != c)
				continue;
			m->glyph = glyph;
			m->width = face_units((enum face)f, glyph);
		}
}

/* False when one is not for us. */
static bool
read_letters(struct job *j)
{
	const char *s = j->text;
	uint32_t c;

	j->letters = arena_room(j->arena, strlen(s) + 1);
	while ((c = plain_next(&s)) != 0) {
		unsigned char letter = letter_of(c);

		if (letter == STRANGE ||
		    (letter != LINE_END &&
			measures[j->face][letter].glyph == 0))
			return false;
		/* Lines that end in several blanks are pango's own matter. */
		if (letter == ' ' && j->count > 0 &&
		    j->letters[j->count - 1] == ' ')
			return false;
		j->letters[j->count++] = letter;
	}
	return true;
}

static uint32_t
char_of(unsigned char letter)
{
	return letter >= 0x80 && letter < 0xa0 ? others[letter - 0x80] : letter;
}

static uint16_t
kern_of(enum face f, unsigned char before, unsigned char letter)
{
	_Atomic uint16_t *at = &kerns[f][before][letter];
	uint16_t kern = atomic_load_explicit(at, memory_order_relaxed);
	int units;

	if (kern != KERN_NONE)
		return kern;
	kern = KERN_ODD;
	if (face_pair(f, char_of(before), char_of(letter), &units))
		kern = (uint16_t)(KERN_0 + units);
	atomic_store_explicit(at, kern, memory_order_relaxed);
	return kern;
}

/* As harfbuzz does it, rounding each measure. */
static int
scaled(int units, double size)
{
	int64_t scale = (int64_t)(size * PANGO_SCALE);

	return (int)((units * ((scale << 16) / FACE_UNITS) + 32768) >> 16);
}

/* False when two are not for us. */
static bool
measure_letters(struct job *j)
{
	j->widths = arena_array(j->arena, j->count + 1, sizeof(*j->widths));
	j->kerns = arena_array(j->arena, j->count + 1, sizeof(*j->kerns));
	for (size_t i = 0; i < j->count; i++) {
		unsigned char letter = j->letters[i];
		uint16_t kern;

		if (letter == LINE_END)
			continue;
		j->widths[i] = scaled(measures[j->face][letter].width, j->size);
		if (i == 0 || j->letters[i - 1] == LINE_END)
			continue;
		kern = kern_of(j->face, j->letters[i - 1], letter);
		if (kern == KERN_ODD)
			return false;
		j->kerns[i] = scaled(kern - KERN_0, j->size);
	}
	return true;
}

/* How far letters reach; a blank they end with only if the line goes on. */
static int
reach(const struct job *j, size_t from, size_t to, bool broken)
{
	int width = 0;

	if (broken && to > from && j->letters[to - 1] == ' ')
		to--;
	for (size_t i = from; i < to; i++)
		width += j->widths[i] + (i > from ? j->kerns[i] : 0);
	return width;
}

/* Where to break before each letter, by the rules of Unicode. */
static PangoLogAttr *
breaks_of(const struct job *j)
{
	PangoLogAttr *at = arena_array(j->arena, j->count + 1, sizeof(*at));

	pango_get_log_attrs(j->text, -1, -1,
	    pango_context_get_language(j->desk->context), at,
	    (int)j->count + 1);
	return at;
}

/* Where the line ends that begins there; there itself if no word fits. */
static size_t
line_end(const struct job *j, size_t from, size_t end)
{
	size_t last = from;
	int width = 0;

	for (size_t i = from; i < end; i++) {
		int blank = j->letters[i] == ' ' ? j->widths[i] : 0;

		width += j->widths[i] + (i > from ? j->kerns[i] : 0);
		if (i + 1 < end && !j->breaks[i + 1].is_line_break)
			continue;
		if (width - blank > j->wide)
			break;
		last = i + 1;
	}
	return last;
}

static size_t
paragraph_end(const struct job *j, size_t from)
{
	while (from < j->count && j->letters[from] != LINE_END)
		from++;
	return from;
}

/* False when a word is wider than a line. */
static bool
break_paragraph(struct job *j, size_t from, size_t end)
{
	if (j->breaks == NULL)
		j->breaks = breaks_of(j);
	for (size_t next; (next = line_end(j, from, end)) < end; from = next) {
		if (next == from)
			return false;
		j->starts[j->lines++] = (uint32_t)next;
	}
	return true;
}

static bool
break_lines(struct job *j)
{
	size_t from = 0, end;

	j->starts = arena_room(j->arena, (j->count + 2) * sizeof(*j->starts));
	do {
		end = paragraph_end(j, from);
		j->starts[j->lines++] = (uint32_t)from;
		if (j->wide > 0 && reach(j, from, end, true) > j->wide &&
		    !break_paragraph(j, from, end))
			return false;
		from = end + 1;
	} while (end < j->count);
	j->starts[j->lines] = (uint32_t)from;
	return true;
}

static void
ready_line(const struct job *j, size_t from, size_t to, struct text *out)
{
	struct paper_ready r = { out, j->face, j->size, 0 };
	int x = 0;

	paper_ready_begin(&r);
	for (size_t i = from; i < to; i++) {
		x += i > from ? j->kerns[i] : 0;
		paper_ready_glyph(&r, measures[j->face][j->letters[i]].glyph,
		    x);
		x += j->widths[i];
	}
	paper_ready_end(&r);
}

/* Lines as pango sets them, each with one piece unless it is empty. */
static void
set_lines(const struct job *j, struct text *out)
{
	struct shaped *s = j->shaped;
	struct lead lead = desk_lead(j->desk, s->kind, s->style);
	int wide = 0;

	s->lines = g_new(struct line, j->lines);
	s->pieces = g_new(struct piece, j->lines);
	for (size_t i = 0; i < j->lines; i++) {
		size_t from = j->starts[i], to = j->starts[i + 1];
		bool last = to > j->count || j->letters[to - 1] == LINE_END;
		int top = lead.top + (int)i * lead.step, width;
		size_t start = out->length;

		to -= last;
		s->lines[i] = (struct line){ shaped_points(top),
			shaped_points(top + lead.height), s->piece_count,
			to > from, i == 0 || j->letters[from - 1] == LINE_END };
		width = reach(j, from, to, !last);
		wide = width > wide ? width : wide;
		if (from == to)
			continue;
		ready_line(j, from, to, out);
		s->pieces[s->piece_count++] = (struct piece){ j->face, j->size,
			0, shaped_points(lead.base + (int)i * lead.step), "",
			out->length - start, NULL };
	}
	s->line_count = j->lines;
	s->width = shaped_points(wide);
	s->height = s->lines[j->lines - 1].bottom;
}

bool
quick_shape(struct desk *desk, struct arena *arena, struct shaped *s,
    const char *clean, struct text *ready)
{
	struct job j = { .desk = desk,
		.shaped = s,
		.arena = arena,
		.face = desk_face(s->style),
		.size = desk_size(s->style),
		.text = clean,
		.wide = (int)(s->wide * PANGO_SCALE) };

	if (!read_letters(&j) || !measure_letters(&j) || !break_lines(&j))
		return false;
	if (s->kind == SHAPE_CUT && j.wide > 0 &&
	    reach(&j, 0, j.count, false) > j.wide)
		return false;
	set_lines(&j, ready);
	return true;
}
