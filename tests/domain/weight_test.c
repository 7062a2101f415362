#include "check.h"
#include "domain/weight.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static uint64_t seed = 0x9e3779b97f4a7c15;

static uint64_t
dice(uint64_t sides)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % sides;
}

static void
percents_are_read(void)
{
	static const struct {
		const char *text;
		int bp;
	} good[] = { { "0", 0 }, { "12,5", 1250 }, { "12.50", 1250 },
		{ "0.01", 1 }, { "100", 10000 }, { "100.00", 10000 },
		{ "7", 700 }, { "33,33", 3333 } };
	static const char *const bad[] = { "", " ", "12.", ",5", "-1", "+1",
		"100.01", "101", "12.345", "1.234", "1e2", "12 ", " 12",
		"1,2,3", "NaN", "99999999999999999999", "0x10", "0000",
		"12,5 %" };
	char text[DECIMAL_ROOM];
	int bp = -7;

	for (size_t i = 0; i < N(bad); i++)
		CHECK_INT(weight_parse(bad[i], &bp), FAULT_WEIGHT_RANGE);
	CHECK_INT(bp, -7);
	for (size_t i = 0; i < N(good); i++) {
		CHECK_INT(weight_parse(good[i].text, &bp), FAULT_NONE);
		CHECK_INT(bp, good[i].bp);
	}
	for (int i = 0; i <= WEIGHT_WHOLE; i++) {
		decimal_write(i, text);
		CHECK_INT(weight_parse(text, &bp), FAULT_NONE);
		CHECK_INT(bp, i);
	}
	decimal_write(1250, text);
	CHECK_TEXT(text, "12.50");
	decimal_write(-205, text);
	CHECK_TEXT(text, "-2.05");
}

static void
remainder_is_what_is_left(void)
{
	int bp[] = { 2500, 2500, 2500 };
	int over[] = { 6000, 5000 };

	CHECK_INT(weight_remainder(bp, 3), 2500);
	CHECK_INT(weight_remainder(bp, 0), 10000);
	CHECK_INT(weight_remainder(over, 2), -1000);
}

static void
weights_are_refused_in_order(void)
{
	struct position p[3];
	int range[] = { 10001, 5, 0 };
	int below[] = { 100, 0, -1 };
	int on_ne[] = { 9000, 9000, 1 };
	int over[] = { 9000, 0, 1001 };
	int good[] = { 9000, 0, 1000 };

	CHECK(position_read("1tN-3i", 3, p));
	CHECK_INT(weight_ok(range, p, 3), FAULT_WEIGHT_RANGE);
	CHECK_INT(weight_ok(below, p, 3), FAULT_WEIGHT_RANGE);
	CHECK_INT(weight_ok(on_ne, p, 3), FAULT_WEIGHT_NE);
	CHECK_INT(weight_ok(over, p, 3), FAULT_WEIGHT_OVER);
	CHECK_INT(weight_ok(good, p, 3), FAULT_NONE);
	CHECK(position_read("1t..3i", 3, p));
	CHECK_INT(weight_ok(on_ne, p, 3), FAULT_WEIGHT_NE);
}

/* how many of n equal amounts get the larger share */
static void
check_equal(size_t n, int larger, size_t how_many)
{
	uint64_t a[POSITION_MAX];
	int bp[POSITION_MAX];

	for (size_t i = 0; i < n; i++)
		a[i] = 7;
	weight_apportion(a, n, bp);
	for (size_t i = 0; i < n; i++)
		CHECK_INT(bp[i], i < how_many ? larger : larger - 1);
}

static void
equal_amounts(void)
{
	check_equal(3, 3334, 1);
	check_equal(6, 1667, 4);
	check_equal(7, 1429, 4);
	check_equal(13, 770, 3);
	check_equal(4, 2500, 4);
}

static void
section_two_example(void)
{
	uint64_t a[] = { 6, 12, 11, 25 };
	int wanted[] = { 1111, 2222, 2037, 4630 };
	int bp[4];

	weight_apportion(a, 4, bp);
	for (size_t i = 0; i < 4; i++)
		CHECK_INT(bp[i], wanted[i]);
}

static size_t
random_amounts(uint64_t *a)
{
	size_t n = 1 + dice(POSITION_MAX);
	uint64_t top = UINT64_C(1) << (1 + dice(40));

	for (size_t i = 0; i < n; i++)
		a[i] = dice(4) ? dice(top) : 0;
	a[dice(n)] = 1 + dice(top);
	return n;
}

static void
the_whole_is_shared(void)
{
	uint64_t a[POSITION_MAX], again[POSITION_MAX];
	int bp[POSITION_MAX], twice[POSITION_MAX];

	for (int round = 0; round < 20000; round++) {
		size_t n = random_amounts(a);

		weight_apportion(a, n, bp);
		CHECK_INT(weight_remainder(bp, n), 0);
		for (size_t i = 0; i < n; i++) {
			CHECK(bp[i] >= 0 && (a[i] > 0 || bp[i] == 0));
			again[i] = (uint64_t)bp[i];
		}
		weight_apportion(again, n, twice);
		CHECK(memcmp(bp, twice, n * sizeof(int)) == 0);
	}
}

/* A larger amount has a larger or equal floor; only equal floors can cross. */
static void
importance_is_kept(void)
{
	uint64_t a[POSITION_MAX];
	int bp[POSITION_MAX];

	for (int round = 0; round < 5000; round++) {
		size_t n = random_amounts(a);

		weight_apportion(a, n, bp);
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++)
				CHECK(a[i] < a[j] || bp[i] >= bp[j] ||
				      (a[i] == a[j] && i > j &&
					  bp[i] == bp[j] - 1));
	}
}

/* Distinct amounts leave nothing to the order of the framework. */
static void
order_does_not_matter(void)
{
	uint64_t a[POSITION_MAX], b[POSITION_MAX];
	int bp[POSITION_MAX], mixed[POSITION_MAX];
	size_t at[POSITION_MAX];

	for (int round = 0; round < 5000; round++) {
		size_t n = 1 + dice(POSITION_MAX);

		for (size_t i = 0; i < n; i++) {
			a[i] = dice(1000) * POSITION_MAX + i + 1;
			at[i] = i;
		}
		for (size_t i = n; i > 1; i--) {
			size_t j = dice(i), swap = at[i - 1];

			at[i - 1] = at[j];
			at[j] = swap;
		}
		for (size_t i = 0; i < n; i++)
			b[i] = a[at[i]];
		weight_apportion(a, n, bp);
		weight_apportion(b, n, mixed);
		for (size_t i = 0; i < n; i++)
			CHECK_INT(mixed[i], bp[at[i]]);
	}
}

static void
nothing_is_shared_over_nothing(void)
{
	uint64_t a[] = { 0, 0 };
	int bp[] = { 5, 5 };

	weight_apportion(a, 2, bp);
	CHECK_INT(bp[0] + bp[1], 0);
}

/* The figures of the rules, section 3, and of the framework's README. */
static const struct weight_unit illustration[] = { { 0, 300, 3000 },
	{ 2, 300, 3000 }, { 9, 300, 2000 }, { 10, 300, 2000 }, { 1, 600, 1000 },
	{ 3, 600, 2500 }, { 4, 600, 1500 }, { 5, 600, 1500 }, { 6, 600, 1500 },
	{ 11, 600, 1000 }, { 12, 600, 1000 }, { 7, 300, 5500 },
	{ 8, 300, 4500 } };
static const struct weight_unit melec[] = { { 0, 300, 3000 }, { 2, 300, 2000 },
	{ 9, 300, 3000 }, { 10, 300, 2000 }, { 1, 700, 1800 }, { 3, 700, 3000 },
	{ 4, 700, 1000 }, { 5, 700, 1000 }, { 6, 700, 1000 }, { 11, 700, 1200 },
	{ 12, 700, 1000 }, { 7, 200, 7000 }, { 8, 200, 3000 } };

static void
check_model(const struct weight_unit *u, size_t units, const int *wanted)
{
	uint64_t a[13];
	int bp[13];

	CHECK_INT(weight_model(u, units, 13, a), FAULT_NONE);
	weight_apportion(a, 13, bp);
	for (size_t i = 0; i < 13; i++)
		CHECK_INT(bp[i], wanted[i]);
}

static void
model_check_values(void)
{
	static const int one[] = { 750, 500, 750, 1250, 750, 750, 750, 1375,
		1125, 500, 500, 500, 500 };
	static const int two[] = { 750, 1050, 500, 1750, 584, 583, 583, 1167,
		500, 750, 500, 700, 583 };

	check_model(illustration, N(illustration), one);
	check_model(melec, N(melec), two);
}

static void
a_competency_adds_up_over_units(void)
{
	static const struct weight_unit u[] = { { 0, 100, 5000 },
		{ 1, 100, 5000 }, { 1, 300, 10000 } };
	uint64_t a[2];

	CHECK_INT(weight_model(u, 3, 2, a), FAULT_NONE);
	CHECK_INT(a[0], 500000);
	CHECK_INT(a[1], 3500000);
}

static void
no_model_without_its_figures(void)
{
	static const struct weight_unit unknown[] = { { 0, 100, 10000 },
		{ 1, -1, 10000 } };
	static const struct weight_unit unweighted[] = { { 0, 100, -1 } };
	static const struct weight_unit nothing[] = { { 0, 0, 10000 } };
	uint64_t a[2] = { 42, 42 };

	CHECK_INT(weight_model(unknown, 2, 2, a), FAULT_MODEL);
	CHECK_INT(weight_model(unweighted, 1, 2, a), FAULT_MODEL);
	CHECK_INT(weight_model(nothing, 1, 2, a), FAULT_MODEL);
	CHECK_INT(weight_model(NULL, 0, 2, a), FAULT_MODEL);
	CHECK_INT(a[0], 42);
}

static void
model_is_shared_over_what_was_assessed(void)
{
	uint64_t a[13], zero[4] = { 0, 0, 0, 9 };
	struct position p[13];
	int bp[13];

	CHECK_INT(weight_model(melec, N(melec), 13, a), FAULT_NONE);
	CHECK(position_read("2tN-N-4iN-N-N-N-N-N-N-N-N-", 13, p));
	CHECK_INT(weight_redistribute(a, p, 13, bp), FAULT_NONE);
	CHECK_INT(bp[0], 3000);
	CHECK_INT(bp[3], 7000);
	CHECK_INT(weight_remainder(bp, 13), 0);
	CHECK(position_read("1t2t..N-", 4, p));
	CHECK_INT(weight_redistribute(zero, p, 4, bp), FAULT_NONE);
	CHECK_INT(bp[0], 5000);
	CHECK_INT(bp[1], 5000);
	CHECK_INT(bp[2] + bp[3], 0);
	CHECK(position_read("N-N-N-N-", 4, p));
	CHECK_INT(weight_redistribute(zero, p, 4, bp), FAULT_NOT_GRADABLE);
}

static void
coverage_is_the_model_assessed(void)
{
	int model[] = { 4000, 3500, 2500 };
	struct position p[3];

	CHECK(position_read("1tN-3i", 3, p));
	CHECK_INT(weight_coverage(model, p, 3), 6500);
	CHECK(position_read("N-N-..", 3, p));
	CHECK_INT(weight_coverage(model, p, 3), 0);
}

static void
same_profile_only(void)
{
	struct position from[5], to[5];
	int full[] = { 2500, 2500, 0, 5000, 0 };
	int part[] = { 2500, 2500, 0, 4999, 0 };
	uint64_t missing, excess;

	CHECK(position_read("1t2iN-4tN-", 5, from));
	CHECK(position_read("4i1tN-1iN-", 5, to));
	CHECK_INT(weight_copy_ok(full, from, to, 5), FAULT_NONE);
	CHECK_INT(weight_copy_ok(part, from, to, 5), FAULT_WEIGHT_SUM);
	CHECK(position_read("4iN-N-1i3t", 5, to));
	CHECK_INT(weight_copy_ok(full, from, to, 5), FAULT_PROFILE);
	weight_profiles(from, to, 5, &missing, &excess);
	CHECK_INT(missing, 1 << 4);
	CHECK_INT(excess, 1 << 1);
}

static const struct check_test tests[] = {
	{ "R-05 M-241 a percent has two decimals at most", percents_are_read },
	{ "R-06 M-242 the remainder is what is left of 100 %",
	    remainder_is_what_is_left },
	{ "R-05 R-06 weights are refused: range, NE, over",
	    weights_are_refused_in_order },
	{ "R-12 equal amounts: the first ones get the points left",
	    equal_amounts },
	{ "R-12 the example of section 2", section_two_example },
	{ "R-12 the sum is exact, twice changes nothing", the_whole_is_shared },
	{ "R-12 M-246 the order of importance is kept", importance_is_kept },
	{ "R-12 the order of input does not matter", order_does_not_matter },
	{ "R-12 no amounts, no weights", nothing_is_shared_over_nothing },
	{ "R-11 M-245 the model of units, both check values",
	    model_check_values },
	{ "R-11 a competency of several units adds up",
	    a_competency_adds_up_over_units },
	{ "R-11 no model when a figure is not known",
	    no_model_without_its_figures },
	{ "R-13 M-246 the model is shared over what was assessed",
	    model_is_shared_over_what_was_assessed },
	{ "R-18 coverage is the part of the model assessed",
	    coverage_is_the_model_assessed },
	{ "R-14 M-244 weights are copied between equal profiles only",
	    same_profile_only },
};

CHECK_MAIN(tests)
