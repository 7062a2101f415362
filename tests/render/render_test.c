/*
 * Documents: what can be told without opening them in another program.  The
 * rest is in files_test.mjs.
 */
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "../../api/render/grades.h"
#include "../../api/render/interim.h"
#include "../../api/render/palette.h"
#include "../../api/render/plain.h"
#include "../../api/render/radar.h"
#include "../domain/check.h"
#include "sample.h"

static struct arena *arena;

static bool
same(const struct text *a, const struct text *b)
{
	return a->length > 0 && a->length == b->length &&
	       memcmp(a->bytes, b->bytes, a->length) == 0;
}

static bool
holds(struct text *t, const char *words)
{
	return strstr(text_string(t), words) != NULL;
}

static const struct grades_document *
grades(struct arena *a)
{
	static const int bp[MELEC] = { 2500, 2500, 2500, 2500 };
	struct grades_document *d = arena_take(a, sizeof(*d));
	struct grade_row *r = arena_array(a, 2, sizeof(*r));
	struct position *p = arena_array(a, MELEC, sizeof(*p));
	static const int levels[] = { 4, 3, 3, 2 };

	for (int i = 0; i < MELEC; i++) {
		p[i].set = true;
		if (i >= 4)
			continue;
		p[i].level = (enum level)levels[i];
		p[i].objective = OBJECTIVE_TERMINAL;
	}
	r[0] = (struct grade_row){ "990000001AB", "D'ARTAGNAN-LŒUVRE", "",
		"Zoë", "2010-01-17", "2MELEC", "BCP-MELEC", "T1", "2025-12-05",
		1350, "", p, bp };
	r[1] = (struct grade_row){ "", "=CMD|' /C calc'!A0", "+33;BELL",
		"Thị \"Hồng\"", NULL, "2MELEC", "BCP-MELEC", "T1", NULL,
		GRADE_NONE, "N.Not", NULL, NULL };
	*d = (struct grades_document){ "2MELEC", sample_melec(),
		grade_default(), r, 2, "2025-12-05" };
	return d;
}

/* Everything that is rendered, of one learner. */
struct all {
	struct arena *arena;
	struct text pdf, svg, png, xlsx;
};

static void *
render_all(void *arg)
{
	struct all *all = arg;
	struct interim_document d;

	all->arena = arena_open();
	d = sample_document(all->arena, sample_melec(), 3, 4);
	CHECK_INT(render_interims_pdf(all->arena, &d, 1, &all->pdf), 0);
	CHECK_INT(render_radar_svg(all->arena, d.radar, &all->svg), 0);
	CHECK_INT(render_radar_png(all->arena, d.radar, 800, &all->png), 0);
	CHECK_INT(render_grades_xlsx(all->arena, grades(all->arena),
		      &all->xlsx),
	    0);
	return NULL;
}

static void
same_bytes_each_time_and_in_each_thread(void)
{
	struct all all[4] = { 0 };
	pthread_t threads[2];

	render_all(&all[0]);
	render_all(&all[1]);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, render_all, &all[2 + i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	for (int i = 1; i < 4; i++) {
		CHECK(same(&all[0].pdf, &all[i].pdf));
		CHECK(same(&all[0].svg, &all[i].svg));
		CHECK(same(&all[0].png, &all[i].png));
		CHECK(same(&all[0].xlsx, &all[i].xlsx));
	}
	for (int i = 0; i < 4; i++)
		arena_close(all[i].arena);
}

static void
another_learner_gives_other_bytes(void)
{
	struct interim_document a =
	    sample_document(arena, sample_melec(), 1, 2);
	struct interim_document b =
	    sample_document(arena, sample_melec(), 2, 2);
	struct text one, two;

	CHECK_INT(render_interims_pdf(arena, &a, 1, &one), 0);
	CHECK_INT(render_interims_pdf(arena, &b, 1, &two), 0);
	CHECK(!same(&one, &two));
}

/* A radar of n axes at the levels given, 0 for NE. */
static struct radar_view
radar_of(const int *now, const int *then, size_t n)
{
	static const char *const codes[] = { "C1", "C2", "C3", "C4", "C5", "C6",
		"C7", "C8", "C9", "C10", "C11", "C12", "C13" };
	struct radar_axis *axes = arena_array(arena, n, sizeof(*axes));
	struct position *p = arena_array(arena, 2 * n, sizeof(*p));
	struct radar_view v = { .axes = axes,
		.axis_count = n,
		.last = { "2026-02-13", p },
		.before = { "2025-12-05", p + n },
		.looks = sample_melec()->looks };

	for (size_t i = 0; i < 2 * n; i++) {
		int level = i < n ? now[i] : then[i - n];

		axes[i % n].code = codes[i % n % 13];
		p[i].set = true;
		p[i].level = (enum level)level;
		p[i].objective =
		    level == 0 ? OBJECTIVE_NONE : OBJECTIVE_TERMINAL;
	}
	return v;
}

/* The lines of a series, in the order drawn. */
static const struct shape *
line_of(const struct scene *s, unsigned int colour, int which)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->shapes[i].form == SHAPE_PATH &&
		    s->shapes[i].stroke == colour &&
		    s->shapes[i].fill == COLOUR_NONE && which-- == 0)
			return &s->shapes[i];
	return NULL;
}

/* The example of rules.md 7, with a radius of 152 instead of 100. */
static void
vertices_lie_where_the_rules_put_them(void)
{
	static const int now[13] = { 3, 4, 0, 2 };
	static const int then[13] = { 0 };
	static const double wanted[] = { 0, -75, 46.5, -88.5 };
	struct radar_view v = radar_of(now, then, 13);
	const struct scene *s = radar_scene(arena, &v, RADAR_ALONE);
	const struct shape *alone = line_of(s, COLOUR_LAST, 0);
	bool found = false;

	/* The run after the gap at C3 starts with C4, alone. */
	CHECK(alone != NULL && alone->points == 1 && !alone->closed);
	CHECK(fabs((alone->xy[0] - 320) / 1.52 - 49.6) < 0.1);
	CHECK(fabs((alone->xy[1] - 214) / 1.52 - -6.0) < 0.1);
	for (int which = 0; !found && which < 13; which++) {
		const struct shape *run = line_of(s, COLOUR_LAST, which);

		if (run == NULL || run->points != 2)
			continue;
		found = true;
		for (int i = 0; i < 4; i++)
			CHECK(fabs((run->xy[i] - (i % 2 ? 214 : 320)) / 1.52 -
				   wanted[i]) < 0.1);
	}
	CHECK(found);
}

/* The wedge of a sector: the centre, then its arc. */
static const struct shape *
wedge_of(const struct scene *s, int which)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->shapes[i].form == SHAPE_PATH &&
		    s->shapes[i].points > 2 && s->shapes[i].xy[0] == 320 &&
		    s->shapes[i].xy[1] == 214 && which-- == 0)
			return &s->shapes[i];
	return NULL;
}

static void
sectors_touch_and_go_once_around(void)
{
	static const struct radar_sector sectors[] = { { "a", 2 }, { "b", 2 },
		{ "c", 3 }, { "d", 2 }, { "e", 4 } };
	static const int levels[13] = { 0 };
	const double half = acos(-1) / 13;
	struct radar_view v = radar_of(levels, levels, 13);
	double x = 320 - 152 * sin(half), y = 214 - 152 * cos(half);
	const struct scene *s;

	v.sectors = sectors;
	v.sector_count = 5;
	s = radar_scene(arena, &v, RADAR_ALONE);
	for (int i = 0; i < 5; i++) {
		const struct shape *w = wedge_of(s, i);

		CHECK(w != NULL);
		CHECK(fabs(w->xy[2] - x) < 1e-6 && fabs(w->xy[3] - y) < 1e-6);
		x = w->xy[2 * w->points - 2];
		y = w->xy[2 * w->points - 1];
	}
	CHECK(fabs(wedge_of(s, 0)->xy[2] - x) < 1e-6);
	CHECK(fabs(wedge_of(s, 0)->xy[3] - y) < 1e-6);
}

static void
no_vertex_for_ne(void)
{
	static const int none[5] = { 0 };
	struct radar_view v = radar_of(none, none, 5);
	const struct scene *s = radar_scene(arena, &v, RADAR_ALONE);
	int words = 0;

	for (size_t i = 0; i < s->count; i++) {
		const struct shape *shape = &s->shapes[i];

		CHECK(shape->form != SHAPE_PATH || shape->points > 0 ||
		      shape->fill == COLOUR_LAST ||
		      shape->stroke != COLOUR_NONE);
		words +=
		    shape->form == SHAPE_TEXT && strcmp(shape->text, "NE") == 0;
	}
	for (int which = 0; line_of(s, COLOUR_LAST, which) != NULL; which++)
		/* The legend's own line has two points, the rest none. */
		CHECK(line_of(s, COLOUR_LAST, which)->points == 0 ||
		      line_of(s, COLOUR_LAST, which)->xy[1] > 400);
	CHECK_INT(words, 10);
}

static void
a_whole_polygon_is_closed(void)
{
	static const int now[5] = { 1, 2, 3, 4, 1 };
	struct radar_view v = radar_of(now, now, 5);
	const struct scene *s = radar_scene(arena, &v, RADAR_ALONE);

	CHECK(line_of(s, COLOUR_LAST, 0)->closed);
	CHECK_INT(line_of(s, COLOUR_LAST, 0)->points, 5);
	CHECK(line_of(s, COLOUR_BEFORE, 0)->dash > 0);
	CHECK(line_of(s, COLOUR_LAST, 0)->dash == 0);
}

static void
two_axes_make_bars(void)
{
	static const int now[2] = { 3, 0 };
	struct radar_view v = radar_of(now, now, 2);
	const struct scene *s = radar_scene(arena, &v, RADAR_ALONE);
	struct text svg;

	for (size_t i = 0; i < s->count; i++)
		CHECK(s->shapes[i].form != SHAPE_CIRCLE || s->shapes[i].r < 10);
	CHECK_INT(render_radar_svg(arena, &v, &svg), 0);
	CHECK(holds(&svg, "NE"));
}

static void
the_twin_tells_gains_losses_and_news(void)
{
	static const int now[5] = { 3, 1, 2, 4, 0 };
	static const int then[5] = { 2, 2, 2, 0, 3 };
	struct radar_view v = radar_of(now, then, 5);
	struct text svg;

	CHECK_TEXT(radar_twin(arena, &v),
	    "Bilan du 13 février 2026 : 4 compétences évaluées sur 5. Depuis "
	    "le bilan du 5 décembre 2025 : en progrès C1 ; en recul C2 ; "
	    "inchangées C3 ; nouvellement évaluées C4.");
	CHECK_INT(render_radar_svg(arena, &v, &svg), 0);
	CHECK(holds(&svg, radar_twin(arena, &v)));
}

static void
markup_in_a_title_stays_text(void)
{
	static const int now[3] = { 1, 2, 3 };
	struct radar_view v = radar_of(now, now, 3);
	struct radar_axis axes[3] = { { "<script>", "\"&'\x01" }, { "a", "" },
		{ "b", NULL } };
	struct text svg;

	v.axes = axes;
	CHECK_INT(render_radar_svg(arena, &v, &svg), 0);
	CHECK(!holds(&svg, "<script>"));
	CHECK(holds(&svg, "&lt;script&gt;"));
	CHECK(holds(&svg, "&quot;&amp;'<"));
}

static void
french_csv_opens_in_a_french_spreadsheet(void)
{
	struct csv_form form = { .dialect = CSV_FRENCH };
	struct text out;
	bool lossy;

	CHECK_INT(render_grades_csv(arena, grades(arena), form, &out, &lossy),
	    0);
	CHECK_TEXT(text_string(&out),
	    "\xef\xbb\xbfINE;Nom;Nom d'usage;Prénom;Né(e) le;Division;Diplôme;"
	    "Période;Date du bilan;Note /20;Mention\r\n"
	    "990000001AB;D'ARTAGNAN-LŒUVRE;;Zoë;17/01/2010;2MELEC;BCP-MELEC;"
	    "T1;05/12/2025;13,50;\r\n"
	    ";'=CMD|' /C calc'!A0;\"'+33;BELL\";\"Thị \"\"Hồng\"\"\";;2MELEC;"
	    "BCP-MELEC;T1;;;N.Not\r\n");
	CHECK(!lossy);
}

static void
plain_csv_is_for_programs(void)
{
	struct csv_form form = { 0 };
	struct text out;
	bool lossy;

	CHECK_INT(render_grades_csv(arena, grades(arena), form, &out, &lossy),
	    0);
	CHECK(strncmp(text_string(&out), "INE,Nom,", 8) == 0);
	CHECK(holds(&out, "Zoë,2010-01-17,2MELEC,BCP-MELEC,T1,2025-12-05,"
			  "13.50,\r\n"));
}

static void
windows_1252_says_what_it_lost(void)
{
	struct csv_form form = { .dialect = CSV_FRENCH, .windows_1252 = true };
	struct text out = text_in(arena);
	struct csv csv = csv_begin(&out, form);

	csv_text(&csv, "LŒUVRE Zoë €");
	CHECK_TEXT(text_string(&out), "L\x8cUVRE Zo\xeb \x80");
	CHECK(!csv.lossy);
	csv_text(&csv, "NGUYỄN Thị 漢");
	CHECK_TEXT(text_string(&out), "L\x8cUVRE Zo\xeb \x80;NGUYEN Thi ?");
	CHECK(csv.lossy);
}

static void
no_text_becomes_a_formula(void)
{
	static const char *const starts[] = { "=1+1", "+33", "-2+3", "@SUM(A1)",
		"\t=1", "\r=1", "\n=1", "  =1", "\x01=1", "\xef\xbb\xbf=1",
		"＝1", "\xc2\xa0=1" };

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		struct text out = text_in(arena);
		struct csv csv = csv_begin(&out, (struct csv_form){ 0 });
		const char *made;

		csv_text(&csv, starts[i]);
		made = text_string(&out);
		CHECK(made[0] == '\'' || (made[0] == '"' && made[1] == '\''));
	}
}

static void
details_have_weights_levels_and_both_notes(void)
{
	struct csv_form form = { .dialect = CSV_FRENCH };
	struct text out;
	bool lossy;

	CHECK_INT(render_grade_details_csv(arena, grades(arena), form, &out,
		      &lossy),
	    0);
	CHECK(holds(&out, "05/12/2025;4;T;25,00;3;T;25,00;3;T;25,00;2;T;25,00;"
			  "NE;;;"));
	CHECK(holds(&out, ";13,33;13,50\r\n"));
	CHECK_INT(render_weights_csv(arena, grades(arena), form, &out, &lossy),
	    0);
	CHECK(holds(&out, "Zoë;C4;2;T;25,00\r\n"));
	CHECK(holds(&out, "Zoë;C5;NE;;\r\n"));
}

static void
text_that_nothing_can_take_is_cleaned(void)
{
	CHECK_TEXT(plain_text(arena,
		       "a\x01"
		       "b\r\nc\td\xff",
		       PLAIN_LINES),
	    "ab\nc d\xef\xbf\xbd");
	CHECK_TEXT(plain_text(arena, "a\nb", PLAIN_ONE_LINE), "a b");
	CHECK_TEXT(plain_text(arena,
		       "\xe2\x80\xae"
		       "abc",
		       PLAIN_LINES),
	    "abc");
	CHECK_TEXT(plain_text(arena, "\xed\xa0\x80", PLAIN_LINES),
	    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	CHECK_TEXT(plain_text(arena, "\xf0\x9f\x91\x8d\xe2", PLAIN_LINES),
	    "\xf0\x9f\x91\x8d\xef\xbf\xbd");
	CHECK_TEXT(plain_text(arena, NULL, PLAIN_LINES), "");
}

static void
dates_read_as_in_french(void)
{
	CHECK_TEXT(plain_long_date(arena, "2026-09-01"), "1er septembre 2026");
	CHECK_TEXT(plain_long_date(arena, "2026-12-31T10:00:00Z"),
	    "31 décembre 2026");
	CHECK_TEXT(plain_date(arena, "2026-12-31"), "31/12/2026");
	CHECK_TEXT(plain_date(arena, "demain"), "demain");
	CHECK_TEXT(plain_date(arena, "2026-13-31"), "2026-13-31");
	CHECK_TEXT(plain_comma(arena, "13.50"), "13,50");
}

static double
channel(unsigned int value)
{
	double c = value / 255.0;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double
luminance(unsigned int rgb)
{
	return 0.2126 * channel(rgb >> 16 & 0xff) +
	       0.7152 * channel(rgb >> 8 & 0xff) + 0.0722 * channel(rgb & 0xff);
}

static void
signs_are_readable_on_their_colour(void)
{
	static const char *const names[] = { "red", "orange", "light_green",
		"dark_green", "blue", "unheard of" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct level_look look = { 0 };
		double a, b;

		palette_look(&look, names[i]);
		a = luminance(look.fill);
		b = luminance(look.ink);
		CHECK((fmax(a, b) + 0.05) / (fmin(a, b) + 0.05) >= 4.5);
	}
}

static const struct check_test tests[] = {
	{ "F-12 the same document has the same bytes, in any thread",
	    same_bytes_each_time_and_in_each_thread },
	{ "F-12 another learner has other bytes",
	    another_learner_gives_other_bytes },
	{ "F-03 F-04 vertices lie where the rules put them",
	    vertices_lie_where_the_rules_put_them },
	{ "F-02 F-03 sectors touch and go once around",
	    sectors_touch_and_go_once_around },
	{ "F-05 NE is a gap with a word, never a vertex", no_vertex_for_ne },
	{ "F-07 a polygon without NE is closed, the previous one dashed",
	    a_whole_polygon_is_closed },
	{ "F-08 fewer than three axes make bars", two_axes_make_bars },
	{ "F-11 the sentence tells gains, losses and news",
	    the_twin_tells_gains_losses_and_news },
	{ "X8 markup in a title stays text in the SVG",
	    markup_in_a_title_stays_text },
	{ "M-250 the French CSV has BOM, semicolons and commas",
	    french_csv_opens_in_a_french_spreadsheet },
	{ "M-250 the plain CSV has commas, points and ISO dates",
	    plain_csv_is_for_programs },
	{ "M-250 windows-1252 says what it lost",
	    windows_1252_says_what_it_lost },
	{ "X4 no text becomes a formula in CSV", no_text_becomes_a_formula },
	{ "R-20 details have weights, levels and both notes",
	    details_have_weights_levels_and_both_notes },
	{ "X5 text that no format can take is cleaned",
	    text_that_nothing_can_take_is_cleaned },
	{ "dates read as in French", dates_read_as_in_french },
	{ "M-234 signs are readable on their colour",
	    signs_are_readable_on_their_colour },
};

int
main(void)
{
	int failed;

	if (render_open() != FAULT_NONE)
		return 1;
	arena = arena_open();
	failed = check_all(tests, sizeof(tests) / sizeof(tests[0]));
	arena_close(arena);
	return failed;
}
