#include "check.h"
#include "domain/position.h"

static void
nine_values(void)
{
	int good = 0;

	for (int level = -1; level <= 5; level++) {
		for (int objective = -1; objective <= 3; objective++) {
			struct position p = { true, (enum level)level,
				(enum objective)objective };

			good += position_ok(&p) == FAULT_NONE;
		}
	}
	CHECK_INT(good, 9);
}

static void
ne_has_no_objective(void)
{
	struct position ne = { true, LEVEL_NE, OBJECTIVE_TERMINAL };
	struct position bare = { true, LEVEL_3, OBJECTIVE_NONE };
	struct position unset = { false, LEVEL_3, OBJECTIVE_TERMINAL };

	CHECK_INT(position_ok(&ne), FAULT_POSITION_SHAPE);
	CHECK_INT(position_ok(&bare), FAULT_POSITION_SHAPE);
	CHECK_INT(position_ok(&unset), FAULT_POSITION_SHAPE);
}

static void
ne_is_a_position(void)
{
	struct position p[4];

	CHECK(position_read("..N-3i..", 4, p));
	CHECK_INT(position_missing(p, 4), 2);
	CHECK(position_read("1tN-3i4t", 4, p));
	CHECK_INT(position_missing(p, 4), 0);
}

static void
profile_is_what_was_assessed(void)
{
	struct position p[POSITION_MAX];
	char text[POSITION_TEXT(POSITION_MAX)];

	CHECK(position_read("1t..N-4i", 4, p));
	CHECK_INT(position_profile(p, 4), 0x9);
	for (size_t i = 0; i < POSITION_MAX; i++)
		memcpy(text + 2 * i, i == 63 ? "2t" : "N-", 2);
	text[2 * POSITION_MAX] = '\0';
	CHECK(position_read(text, POSITION_MAX, p));
	CHECK(position_profile(p, POSITION_MAX) == UINT64_C(1) << 63);
}

static void
text_comes_back(void)
{
	const char *text = "..N-1i2i3i4i1t2t3t4t";
	struct position p[10];
	char again[POSITION_TEXT(10)];

	CHECK(position_read(text, 10, p));
	for (size_t i = 0; i < 10; i++)
		CHECK_INT(position_ok(&p[i]), FAULT_NONE);
	position_write(p, 10, again);
	CHECK_TEXT(again, text);
	position_write(p, 0, again);
	CHECK_TEXT(again, "");
}

static void
other_text_is_refused(void)
{
	static const char *const bad[] = { "", "1", "1t", "1t2t3t", "1t2",
		"0t1t", "5t1t", "1x1t", "N.1t", "NE1t", ".-1t", "1t1T",
		"1t1t " };
	struct position p[2] = { { true, LEVEL_4, OBJECTIVE_TERMINAL } };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(!position_read(bad[i], 2, p));
	CHECK_INT(p[0].level, LEVEL_4);
}

static const struct check_test tests[] = {
	{ "R-01 M-213 a position is one of nine values", nine_values },
	{ "R-01 NE has no objective, a level has one", ne_has_no_objective },
	{ "M-217 NE counts as a position", ne_is_a_position },
	{ "R-04 a profile is the mask of what was assessed",
	    profile_is_what_was_assessed },
	{ "R-16 positions come back from their text", text_comes_back },
	{ "R-16 text that is not positions changes nothing",
	    other_text_is_refused },
};

CHECK_MAIN(tests)
