#include "check.h"
#include "domain/term.h"

static const struct term year[] = {
	{ TERM_T, 1, 100, 189, false },
	{ TERM_T, 2, 190, 270, false },
	{ TERM_T, 3, 280, 360, false },
};

static void
a_term_opens_and_closes(void)
{
	struct term by_hand = { TERM_T, 1, 100, 189, true };

	CHECK_INT(term_pull_state(&year[0], 99), TERM_UPCOMING);
	CHECK_INT(term_pull_state(&year[0], 100), TERM_OPEN);
	CHECK_INT(term_pull_state(&year[0], 189), TERM_OPEN);
	CHECK_INT(term_pull_state(&year[0], 190), TERM_CLOSED);
	CHECK_INT(term_pull_state(&by_hand, 150), TERM_CLOSED);
	CHECK_TEXT(term_state_code(TERM_UPCOMING), "upcoming");
	CHECK_TEXT(term_state_code(TERM_OPEN), "open");
	CHECK_TEXT(term_state_code(TERM_CLOSED), "closed");
}

static void
terms_make_a_year(void)
{
	struct term t[3];
	struct term s[] = { { TERM_S, 1, 1, 5, false },
		{ TERM_S, 2, 6, 9, false } };

	CHECK(term_all_ok(year, 3));
	CHECK(term_all_ok(s, 2));
	CHECK(!term_all_ok(year, 2));
	CHECK(!term_all_ok(year, 0));
	memcpy(t, year, sizeof(t));
	t[1].starts = 189;
	CHECK(!term_all_ok(t, 3));
	memcpy(t, year, sizeof(t));
	t[2].index = 2;
	CHECK(!term_all_ok(t, 3));
	memcpy(t, year, sizeof(t));
	t[2].kind = TERM_S;
	CHECK(!term_all_ok(t, 3));
	memcpy(t, year, sizeof(t));
	t[2].ends = 279;
	CHECK(!term_all_ok(t, 3));
}

static void
identifiers_are_read(void)
{
	static const char *const bad[] = { "", "2025-T4", "2025-S3", "2025-T0",
		"2025-T11", "2025-t1", "25-T1", "2025T1", "2025-" };
	enum term_kind kind = TERM_T;
	int school_year = 0, index = 0;

	CHECK(term_read("2025-S2", &school_year, &kind, &index));
	CHECK_INT(school_year, 2025);
	CHECK_INT(kind, TERM_S);
	CHECK_INT(index, 2);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(!term_read(bad[i], &school_year, &kind, &index));
	CHECK_INT(school_year, 2025);
}

static void
school_years_are_read(void)
{
	static const char *const bad[] = { "", "2025", "2025-2027", "2025-2025",
		"2025-20260", "2025/2026", "2025-202a", "25-26" };
	int year = 77;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(!term_year_read(bad[i], &year));
	CHECK_INT(year, 77);
	CHECK(term_year_read("2025-2026", &year));
	CHECK_INT(year, 2025);
}

static const struct check_test tests[] = {
	{ "M-254 partner 4: a term is upcoming, open, closed",
	    a_term_opens_and_closes },
	{ "partner 4: terms of a year are complete and apart",
	    terms_make_a_year },
	{ "partner 4: 2025-S2 is read, nothing like it", identifiers_are_read },
	{ "design 5: 2025-2026 is read, nothing like it",
	    school_years_are_read },
};

CHECK_MAIN(tests)
