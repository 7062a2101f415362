/*
 * Quick shaping against pango: the same lines, places and bytes, on random
 * texts of what people write and of what only looks like it.
 */
#include <stdlib.h>
#include <string.h>

#include "../../api/render/quick.h"
#include "../domain/check.h"

#define CASES 4000

static const char *const words[] = { "Travail", "suivi,", "l'élève", "à", "C1",
	"12/01/2026", "«", "mesures", "»", "sécurité.", "(AVATAR)", "?", "!",
	";", ":", "éco-responsable", "anti-", "client/usager", "50", "%", "3,5",
	"Œuvre", "cœur", "T.V.A.", "VAVTo", "–", "—", "·", "…", "d’atelier",
	"--", "++", "20/20", "n°", "50€", "“x”", "WAW", "Yo.", "\"", "'",
	"DUPONT-AV", "[1]", "{a}", "a_b", "x=y", "<b>", "#", "&", "@", "*", "~",
	"|", "\\", "^", "`", "$5", "-5", "http://a.b/c?d=e&f", "§2", "½", "µm",
	"fi", "ffl", "e\xcc\x81", "שלום", "✓", "x\xc2\xadx" };

static const char *const gaps[] = { " ", " ", " ", " ", " ", " ", " ", " ", " ",
	"\n", "  ", "", "\xc2\xa0", "-" };

static unsigned int seed = 1;

static size_t
chance(size_t n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % n;
}

static const char *
some_text(struct arena *arena, enum shape_kind kind)
{
	struct text t = text_in(arena);

	for (size_t n = chance(40); n > 0; n--) {
		const char *gap = gaps[chance(sizeof(gaps) / sizeof(gaps[0]))];

		text_put(&t, words[chance(sizeof(words) / sizeof(words[0]) -
					  (n % 8 == 0 ? 0 : 6))]);
		text_put(&t, *gap == '\n' && kind != SHAPE_LINES ? " " : gap);
	}
	return text_string(&t);
}

/* Letters of ASCII and Latin-1, in any order. */
static const char *
some_letters(struct arena *arena)
{
	struct text t = text_in(arena);

	for (size_t n = chance(14); n > 0; n--) {
		unsigned int c =
		    (unsigned int)(chance(2) == 0 ? ' ' + chance(95)
						  : 0xa0 + chance(96));

		if (c >= 0x80)
			text_char(&t, (char)(0xc0 | c >> 6));
		text_char(&t, (char)(c < 0x80 ? c : 0x80 | (c & 0x3f)));
	}
	return text_string(&t);
}

static bool
same_pieces(const struct shaped *a, const struct shaped *b)
{
	if (a->piece_count != b->piece_count)
		return false;
	for (size_t i = 0; i < a->piece_count; i++) {
		const struct piece *p = &a->pieces[i], *q = &b->pieces[i];

		if (p->face != q->face || p->size != q->size || p->x != q->x ||
		    p->y != q->y || p->length != q->length)
			return false;
	}
	return true;
}

static bool
same_lines(const struct shaped *a, const struct shaped *b)
{
	if (a->line_count != b->line_count || a->width != b->width ||
	    a->height != b->height)
		return false;
	for (size_t i = 0; i < a->line_count; i++) {
		const struct line *p = &a->lines[i], *q = &b->lines[i];

		if (p->top != q->top || p->bottom != q->bottom ||
		    p->first != q->first || p->count != q->count ||
		    p->paragraph != q->paragraph)
			return false;
	}
	return true;
}

/* The members that shaping fills in. */
static void
give_back(struct shaped *s)
{
	g_clear_object(&s->layout);
	g_free(s->lines);
	g_free(s->pieces);
}

/* Whether it was for the quick one, which then did as pango does. */
static bool
compare(struct arena *arena, struct shaped s, const char *text)
{
	struct shaped by_pango = s;
	struct text ready = text_in(arena), wanted = text_in(arena);
	bool same;

	if (!quick_shape(desk_here(), arena, &s, text, &ready)) {
		CHECK(s.lines == NULL && ready.length == 0);
		return false;
	}
	shaped_by_pango(desk_here(), &by_pango, text, &wanted);
	same = same_lines(&s, &by_pango) && same_pieces(&s, &by_pango) &&
	       ready.length == wanted.length &&
	       (ready.length == 0 ||
		   memcmp(ready.bytes, wanted.bytes, ready.length) == 0);
	if (!same)
		printf("  kind %d, style %d, width %g: [%s]\n", (int)s.kind,
		    (int)s.style, s.wide, text);
	CHECK(same);
	give_back(&s);
	give_back(&by_pango);
	return true;
}

static void
the_quick_way_is_that_of_pango(void)
{
	size_t quick = 0;

	for (size_t i = 0; i < CASES; i++) {
		struct arena *arena = arena_open();
		struct shaped s = { .kind = (enum shape_kind)chance(SHAPE__MAX),
			.style = (enum style)chance(STYLE__MAX),
			.wide = chance(4) == 0 ? 0 : 30 + (double)chance(480) };

		quick += compare(arena, s,
		    chance(3) == 0 ? some_letters(arena)
				   : some_text(arena, s.kind));
		arena_close(arena);
	}
	CHECK(quick > CASES / 4);
	CHECK(quick < CASES);
}

static void
names_and_comments_go_the_quick_way(void)
{
	static const char *const texts[] = { "", "Zoë D'ARTAGNAN-LŒUVRE",
		"17/01/2010", "Mme Claire MOREL", "13,50 / 20",
		"Travail suivi, gestes sûrs : contrôles à mener seul.\n"
		"Objectif de la période — mener seule une mise en service…" };
	struct arena *arena = arena_open();

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		CHECK(compare(arena,
		    (struct shaped){ .kind = SHAPE_LINES,
			.style = STYLE_BODY,
			.wide = 225 },
		    texts[i]));
	arena_close(arena);
}

static void
other_scripts_are_left_to_pango(void)
{
	static const char *const texts[] = { "שלום", "e\xcc\x81t\xcc\x82",
		"Łódź", "👩",
		"a\xe2\x80\x8d"
		"b",
		"x\xc2\xady", "deux  blancs" };
	struct arena *arena = arena_open();

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		CHECK(!compare(arena, (struct shaped){ .style = STYLE_BODY },
		    texts[i]));
	arena_close(arena);
}

static const struct check_test tests[] = {
	{ "F-12 texts shaped quickly are as pango shapes them",
	    the_quick_way_is_that_of_pango },
	{ "names and comments are shaped quickly",
	    names_and_comments_go_the_quick_way },
	{ "X5 what is not plainly French is left to pango",
	    other_scripts_are_left_to_pango },
};

int
main(void)
{
	if (render_open() != FAULT_NONE)
		return 1;
	return check_all(tests, sizeof(tests) / sizeof(tests[0]));
}
