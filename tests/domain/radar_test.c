#include <math.h>
#include <stdlib.h>

#include "check.h"
#include "domain/radar.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

/* The example of the rules, section 7: tenths of a degree, of a pixel. */
static void
the_example(void)
{
	static const int tenths[] = { -900, -623, -346, -69 };
	static const struct {
		size_t k;
		int level, x, y;
	} points[] = { { 0, 3, 0, -750 }, { 1, 4, 465, -885 },
		{ 3, 2, 496, -60 } };
	int from, to;

	for (size_t k = 0; k < N(tenths); k++)
		CHECK_INT((radar_angle(k, 13) - 50000) / 100000, tenths[k]);
	for (size_t i = 0; i < N(points); i++) {
		struct radar_point p =
		    radar_point(points[i].k, 13, points[i].level * RADAR_LEVEL);

		CHECK_INT(lround(p.x / 1000.0), points[i].x);
		CHECK_INT(lround(p.y / 1000.0), points[i].y);
	}
	/* "préparation": axes 0 to 2 of 13 */
	radar_sector(0, 3, 13, &from, &to);
	CHECK_INT(from, -103846154);
	CHECK_INT(to, -20769231);
}

static void
geometry_is_exact_to_a_millionth(void)
{
	double pi = acos(-1), worst = 0;

	for (size_t n = 1; n <= 64; n++) {
		for (size_t k = 0; k < n; k++) {
			struct radar_point p = radar_point(k, n, RADAR_RIM);
			double turn = 2 * pi * (double)k / (double)n;

			worst = fmax(worst, fabs(p.x - 1e6 * sin(turn)));
			worst = fmax(worst, fabs(p.y + 1e6 * cos(turn)));
		}
	}
	CHECK(worst < 0.51);
}

static void
opposite_axes_mirror(void)
{
	for (size_t n = 3; n <= 64; n++) {
		for (size_t k = 1; k < n; k++) {
			struct radar_point a = radar_point(k, n, 3000);
			struct radar_point b = radar_point(n - k, n, 3000);

			CHECK_INT(a.x, -b.x);
			CHECK_INT(a.y, b.y);
		}
	}
}

static void
sectors_touch(void)
{
	static const size_t counts[] = { 2, 2, 3, 2, 4 };
	size_t first = 0;
	int from, to, last = -90000000 - 13846154;

	for (size_t i = 0; i < N(counts); i++) {
		radar_sector(first, counts[i], 13, &from, &to);
		CHECK_INT(from, last);
		first += counts[i];
		last = to;
	}
	CHECK_INT(to, 270000000 - 13846154);
}

static void
forms_by_count(void)
{
	CHECK_INT(radar_form(0), RADAR_BARS);
	CHECK_INT(radar_form(2), RADAR_BARS);
	CHECK_INT(radar_form(3), RADAR_NORMAL);
	CHECK_INT(radar_form(24), RADAR_NORMAL);
	CHECK_INT(radar_form(25), RADAR_CODES);
}

/* Runs as text: first+count, "o" when closed. */
static const char *
runs_of(const char *levels)
{
	static char text[256];
	struct radar_run run[32];
	int value[64];
	size_t n = strlen(levels), runs, at = 0;

	for (size_t i = 0; i < n; i++)
		value[i] = (levels[i] - '0') * RADAR_LEVEL;
	runs = radar_runs(value, n, run);
	text[0] = '\0';
	for (size_t i = 0; i < runs; i++)
		at +=
		    (size_t)snprintf(text + at, sizeof(text) - at, "%zu+%zu%s ",
			run[i].first, run[i].count, run[i].closed ? "o" : "");
	return text;
}

static void
gaps_break_the_line(void)
{
	CHECK_TEXT(runs_of("3333"), "0+4o ");
	CHECK_TEXT(runs_of("3401"), "3+3 ");
	CHECK_TEXT(runs_of("0123"), "1+3 ");
	CHECK_TEXT(runs_of("1230"), "0+3 ");
	CHECK_TEXT(runs_of("10203"), "2+1 4+2 ");
	CHECK_TEXT(runs_of("010200"), "1+1 3+1 ");
	CHECK_TEXT(runs_of("101010"), "2+1 4+1 0+1 ");
	CHECK_TEXT(runs_of("0000"), "");
	CHECK_TEXT(runs_of(""), "");
	CHECK_TEXT(runs_of("1"), "0+1o ");
	CHECK_TEXT(runs_of("0"), "");
}

static void
a_group_is_a_mean(void)
{
	static const size_t two[] = { 0, 3 }, three[] = { 0, 3, 4 },
			    gone[] = { 1, 2 }, none[] = { 0 };
	struct position p[5];

	CHECK(position_read("3tN-..4t2i", 5, p));
	CHECK_INT(radar_mean(p, two, 2), 3500);
	CHECK_INT(radar_mean(p, three, 3), 3000);
	CHECK_INT(radar_mean(p, gone, 2), RADAR_GAP);
	CHECK_INT(radar_mean(p, none, 0), RADAR_GAP);
	CHECK(position_read("3t3t....4t", 5, p));
	CHECK_INT(radar_mean(p, (const size_t[]){ 0, 1, 4 }, 3), 3333);
	CHECK_INT(radar_value(&p[4]), RADAR_RIM);
	CHECK_INT(radar_value(&p[2]), RADAR_GAP);
}

static void
a_group_is_terminal_when_all_are(void)
{
	static const size_t all[] = { 0, 1, 2 }, gone[] = { 1 };
	struct position p[3];

	CHECK(position_read("3tN-4t", 3, p));
	CHECK_INT(radar_objective(p, all, 3), OBJECTIVE_TERMINAL);
	CHECK_INT(radar_objective(p, gone, 1), OBJECTIVE_NONE);
	CHECK(position_read("3tN-4i", 3, p));
	CHECK_INT(radar_objective(p, all, 3), OBJECTIVE_INTERMEDIATE);
}

static void
a_domain_has_a_mean_level(void)
{
	static const uint64_t amount[] = { 3000, 1000, 0, 0 };
	static const size_t members[] = { 0, 1, 2 }, light[] = { 2, 3 };
	struct position p[4];
	size_t assessed = 99;

	CHECK(position_read("4t2tN-3t", 4, p));
	CHECK_INT(radar_domain(p, amount, members, 3, &assessed), 35);
	CHECK_INT(assessed, 2);
	CHECK_INT(radar_domain(p, NULL, members, 3, &assessed), 30);
	CHECK_INT(radar_domain(p, amount, light, 2, &assessed), 30);
	CHECK_INT(assessed, 1);
	CHECK_INT(radar_domain(p, amount, light, 1, &assessed), 0);
	CHECK_INT(assessed, 0);
	/* 9 / 4 is 2.25, shown 2.3 */
	CHECK(position_read("2t2t2t3t", 4, p));
	CHECK_INT(radar_domain(p, NULL, (const size_t[]){ 0, 1, 2, 3 }, 4,
		      &assessed),
	    23);
}

static void
check_class(const char *positions, const char *wanted)
{
	struct position p[64];
	size_t n = strlen(positions) / 2;
	char text[64];
	struct radar_class c;

	CHECK(position_read(positions, n, p));
	c = radar_class(p, n);
	snprintf(text, sizeof(text), "%zu: %d %d %d", c.count, (int)c.low,
	    (int)c.median, (int)c.high);
	CHECK_TEXT(text, wanted);
	CHECK_INT(radar_class_seen(&c), c.count >= 5);
}

static void
a_class_has_quartiles(void)
{
	check_class("", "0: 0 0 0");
	check_class("N-..", "0: 0 0 0");
	check_class("3t", "1: 3 3 3");
	check_class("4t1t", "2: 1 1 4");
	check_class("4t1i2tN-3t", "4: 1 2 3");
	check_class("1t2t3t4t4t", "5: 2 3 4");
	check_class("1t1t1t1t2t2t2t4t", "8: 1 1 2");
}

static const struct check_test tests[] = {
	{ "F-03 F-04 the example of section 7", the_example },
	{ "F-03 F-12 points are exact to a millionth of the radius",
	    geometry_is_exact_to_a_millionth },
	{ "F-03 axes left and right mirror each other", opposite_axes_mirror },
	{ "F-02 F-03 sectors touch and go once around", sectors_touch },
	{ "F-08 bars, radar or codes by the number of axes", forms_by_count },
	{ "F-05 what was not assessed breaks the line", gaps_break_the_line },
	{ "F-01 an axis of a group is the mean of its members",
	    a_group_is_a_mean },
	{ "F-06 a group is terminal when all its members are",
	    a_group_is_terminal_when_all_are },
	{ "F-09 a domain has a mean level, one decimal",
	    a_domain_has_a_mean_level },
	{ "F-10 a class has a lower median and quartiles",
	    a_class_has_quartiles },
};

CHECK_MAIN(tests)
