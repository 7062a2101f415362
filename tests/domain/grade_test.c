#include "check.h"
#include "domain/grade.h"
#include "domain/weight.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static struct grade_rules
rules(int intermediate_bp, enum grade_policy policy)
{
	struct grade_rules r = grade_default();

	r.intermediate_bp = intermediate_bp;
	r.policy = policy;
	return r;
}

/* The worked examples of the rules, section 3. */
static const struct {
	const char *id;
	size_t n;
	int bp[4];
	const char *positions;
	int factor;
	int64_t over, under;
	int raw, s5, p5, s1, p1;
} examples[] = {
	/* clang-format off */
	{ "V1", 4, { 2500, 2500, 2500, 2500 }, "4t3t3t2t", 10000, 40, 3,
	    1333, 1350, 1350, 1340, 1330 },
	{ "V2", 4, { 2500, 2500, 2500, 2500 }, "3t3t3t3t", 10000, 40, 3,
	    1333, 1350, 1350, 1340, 1330 },
	{ "V3", 1, { 10000 }, "1t", 10000, 0, 1, 0, 0, 0, 0, 0 },
	{ "V4", 1, { 10000 }, "4t", 10000, 20, 1, 2000, 2000, 2000, 2000, 2000 },
	{ "V5", 1, { 10000 }, "2t", 10000, 20, 3, 667, 700, 650, 670, 670 },
	{ "V6", 3, { 3334, 3333, 3333 }, "4t3t2t", 10000, 6667, 500,
	    1333, 1350, 1350, 1340, 1330 },
	{ "V9", 3, { 2000, 3000, 5000 }, "4t3t2t", 10000, 34, 3,
	    1133, 1150, 1150, 1140, 1130 },
	{ "V13", 2, { 0, 10000 }, "4t1t", 10000, 0, 1, 0, 0, 0, 0, 0 },
	{ "V14", 4, { 1111, 2222, 2037, 4630 }, "2t1t1t4t", 10000, 15001, 1500,
	    1000, 1000, 1000, 1000, 1000 },
	{ "V15", 3, { 4000, 3500, 2500 }, "4i3i2t", 10000, 43, 3,
	    1433, 1450, 1450, 1440, 1430 },
	{ "V16", 3, { 4000, 3500, 2500 }, "4i3i2t", 5000, 8, 1,
	    800, 800, 800, 800, 800 },
	/* clang-format on */
};

static int
value_with(size_t at, enum grade_policy policy)
{
	struct grade_rules r = rules(examples[at].factor, policy);
	struct position p[4];
	struct grade g;

	CHECK(position_read(examples[at].positions, examples[at].n, p));
	CHECK_INT(grade_propose(examples[at].bp, p, examples[at].n, &r, &g),
	    FAULT_NONE);
	CHECK_INT(g.state, GRADE_PROPOSED);
	CHECK_INT(g.remainder_bp, 0);
	CHECK_INT(g.raw, examples[at].raw);
	return g.value;
}

static void
worked_examples(void)
{
	for (size_t i = 0; i < N(examples); i++) {
		int before = check_failures;

		CHECK_INT(value_with(i, GRADE_S5), examples[i].s5);
		CHECK_INT(value_with(i, GRADE_P5), examples[i].p5);
		CHECK_INT(value_with(i, GRADE_S1), examples[i].s1);
		CHECK_INT(value_with(i, GRADE_P1), examples[i].p1);
		if (check_failures > before)
			printf("  in %s\n", examples[i].id);
	}
}

static void
raw_is_a_fraction(void)
{
	for (size_t i = 0; i < N(examples); i++) {
		struct grade_rules r = rules(examples[i].factor, GRADE_S5);
		struct position p[4];
		struct grade g;

		CHECK(position_read(examples[i].positions, examples[i].n, p));
		CHECK_INT(grade_propose(examples[i].bp, p, examples[i].n, &r,
			      &g),
		    FAULT_NONE);
		CHECK_INT(20 * g.reached * examples[i].under,
		    g.whole * examples[i].over);
	}
}

static void
no_grade_while_some_is_left(void)
{
	struct grade_rules r = grade_default();
	struct position p[3];
	struct grade g;
	int v18[] = { 2500, 2500, 2500 };
	int almost[] = { 9999, 0, 0 };

	CHECK(position_read("4t4t4t", 3, p));
	CHECK_INT(grade_propose(v18, p, 3, &r, &g), FAULT_NONE);
	CHECK_INT(g.state, GRADE_INCOMPLETE);
	CHECK_INT(g.remainder_bp, 2500);
	CHECK_INT(g.raw, GRADE_NONE);
	CHECK_INT(g.value, GRADE_NONE);
	CHECK_INT(grade_propose(almost, p, 3, &r, &g), FAULT_NONE);
	CHECK_INT(g.state, GRADE_INCOMPLETE);
	CHECK_INT(g.value, GRADE_NONE);
}

static void
no_grade_when_nothing_was_assessed(void)
{
	struct grade_rules r = grade_default();
	struct position p[2];
	struct grade g;
	int none[] = { 0, 0 };
	int some[] = { 10000, 0 };

	CHECK(position_read("N-N-", 2, p));
	CHECK_INT(grade_propose(none, p, 2, &r, &g), FAULT_NONE);
	CHECK_INT(g.state, GRADE_NOT_GRADABLE);
	CHECK_INT(g.value, GRADE_NONE);
	CHECK_INT(grade_propose(some, p, 2, &r, &g), FAULT_WEIGHT_NE);
}

static void
weights_on_ne_are_refused(void)
{
	struct grade_rules r = grade_default();
	struct position p[4];
	struct grade g = { .value = 42 };
	int v20[] = { 2500, 2500, 2500, 2500 };
	int over[] = { 10000, 1, 0, 0 };

	CHECK(position_read("4t3tN-2t", 4, p));
	CHECK_INT(grade_propose(v20, p, 4, &r, &g), FAULT_WEIGHT_NE);
	CHECK_INT(grade_propose(over, p, 4, &r, &g), FAULT_WEIGHT_OVER);
	CHECK_INT(g.value, 42);
}

static void
preview_of_the_tables(void)
{
	static const struct {
		const char *id, *positions;
		int value;
	} lines[] = { { "regular", "3t", 1350 }, { "regular", "2t", 700 },
		{ "dnb", "3t", 1600 }, { "dnb", "2t", 1000 },
		{ "quarters", "1t", 500 }, { "quarters", "3t", 1500 } };
	int whole = 10000;

	for (size_t i = 0; i < N(lines); i++) {
		struct grade_rules r = grade_default();
		struct position p;
		struct grade g;

		CHECK(grade_scale(lines[i].id) != NULL);
		r.scale = *grade_scale(lines[i].id);
		CHECK(position_read(lines[i].positions, 1, &p));
		CHECK_INT(grade_propose(&whole, &p, 1, &r, &g), FAULT_NONE);
		CHECK_INT(g.value, lines[i].value);
	}
	CHECK(grade_scale("thirds") == NULL);
}

static void
tables_and_rules_have_bounds(void)
{
	static const struct scale bad[] = { { "", { -1, 1, 2, 3 } },
		{ "", { 0, 0, 2, 3 } }, { "", { 0, 2, 1, 3 } },
		{ "", { 0, 1, 3, 3 } }, { "", { 0, 1, 2, 1001 } } };
	struct grade_rules r = grade_default();

	for (size_t i = 0; i < N(bad); i++) {
		r.scale = bad[i];
		CHECK_INT(grade_rules_ok(&r), FAULT_VALUE);
	}
	for (size_t i = 0; i < GRADE_SCALES; i++) {
		r.scale = grade_scales[i];
		CHECK_INT(grade_rules_ok(&r), FAULT_NONE);
	}
	r = grade_default();
	CHECK_INT(grade_rules_ok(&r), FAULT_NONE);
	r.intermediate_bp = 10001;
	CHECK_INT(grade_rules_ok(&r), FAULT_VALUE);
	r = grade_default();
	r.policy = GRADE_POLICY__MAX;
	CHECK_INT(grade_rules_ok(&r), FAULT_VALUE);
}

static void
certification_rounds_the_exact_fraction(void)
{
	struct grade_rules r = rules(10000, GRADE_CCF);
	struct position p[2];
	struct grade g;
	int bp[] = { 6252, 3748 };

	/* 20 x 6252 / 10000 is 12.504: hundredths say 12.50, the text 13 */
	CHECK(position_read("4t1t", 2, p));
	CHECK_INT(grade_propose(bp, p, 2, &r, &g), FAULT_NONE);
	CHECK_INT(g.raw, 1250);
	CHECK_INT(g.value, 1300);
	r.policy = GRADE_S5;
	CHECK_INT(grade_propose(bp, p, 2, &r, &g), FAULT_NONE);
	CHECK_INT(g.value, 1250);
}

static void
upward_rounding_starts_from_hundredths(void)
{
	static const struct {
		int bp, raw, value;
	} cases[] = { { 6750, 1350, 1350 }, { 6752, 1350, 1350 },
		{ 6753, 1351, 1400 }, { 6755, 1351, 1400 } };
	struct grade_rules r = grade_default();
	struct position p[2];
	struct grade g;

	CHECK(position_read("4t1t", 2, p));
	for (size_t i = 0; i < N(cases); i++) {
		int bp[] = { cases[i].bp, 10000 - cases[i].bp };

		CHECK_INT(grade_propose(bp, p, 2, &r, &g), FAULT_NONE);
		CHECK_INT(g.raw, cases[i].raw);
		CHECK_INT(g.value, cases[i].value);
	}
}

static void
policies_have_names(void)
{
	enum grade_policy back = GRADE_CCF;

	for (int i = 0; i < GRADE_POLICY__MAX; i++) {
		CHECK(grade_policy_read(grade_policy_id((enum grade_policy)i),
		    &back));
		CHECK_INT(back, i);
	}
	CHECK_TEXT(grade_policy_id(grade_default().policy), "half_point_up");
	CHECK(!grade_policy_read("up", &back));
}

static void
terms_explain_the_grade(void)
{
	struct grade_rules r = grade_default();
	struct grade_term t[4];
	struct position p[4];
	int bp[] = { 1212, 4545, 0, 4243 };
	int shares = 0;

	CHECK(position_read("3t4iN-2t", 4, p));
	grade_explain(bp, p, 4, &r, t);
	CHECK_INT(t[0].points_milli, 1616);
	CHECK_INT(t[1].points_milli, 9090);
	CHECK_INT(t[2].points_milli, 0);
	CHECK_INT(t[3].points_milli, 2829);
	for (size_t i = 0; i < 4; i++)
		shares += t[i].share_tenths;
	CHECK_INT(shares, 1000);
	CHECK_INT(t[0].share_tenths, 119);
	CHECK(position_read("1t1tN-1t", 4, p));
	grade_explain(bp, p, 4, &r, t);
	for (size_t i = 0; i < 4; i++)
		CHECK_INT(t[i].share_tenths, 0);
}

static void
grades_are_written_with_two_decimals(void)
{
	static const struct {
		int value;
		const char *text;
	} cases[] = { { 1350, "13.50" }, { 0, "0.00" }, { 5, "0.05" },
		{ 50, "0.50" }, { 2000, "20.00" }, { 667, "6.67" } };
	char text[DECIMAL_ROOM];
	int value = 0;

	for (size_t i = 0; i < N(cases); i++) {
		decimal_write(cases[i].value, text);
		CHECK_TEXT(text, cases[i].text);
		CHECK(decimal_read(text, GRADE_FULL, &value));
		CHECK_INT(value, cases[i].value);
	}
	CHECK(!decimal_read("20.01", GRADE_FULL, &value));
	CHECK(!decimal_read("13.505", GRADE_FULL, &value));
}

static const struct check_test tests[] = {
	{ "R-08 R-09 R-10 worked examples V1 to V16", worked_examples },
	{ "R-08 the raw note is an exact fraction", raw_is_a_fraction },
	{ "R-07 M-243 V18 no grade while some of 100 % is left",
	    no_grade_while_some_is_left },
	{ "R-07 V19 nothing assessed is not gradable",
	    no_grade_when_nothing_was_assessed },
	{ "R-05 V20 a weight on NE is refused", weights_on_ne_are_refused },
	{ "R-02 the three tables give the previews of section 6",
	    preview_of_the_tables },
	{ "R-02 R-03 tables, factor and policy have bounds",
	    tables_and_rules_have_bounds },
	{ "R-10 a certification grid turns 12.504 into 13",
	    certification_rounds_the_exact_fraction },
	{ "R-09 R-10 upward rounding starts from the nearest hundredth",
	    upward_rounding_starts_from_hundredths },
	{ "R-10 every policy has a name", policies_have_names },
	{ "rules 5: terms explain the grade, shares make 100 %",
	    terms_explain_the_grade },
	{ "design 5: a grade has two decimals",
	    grades_are_written_with_two_decimals },
};

CHECK_MAIN(tests)
