#include "check.h"
#include "domain/term.h"

static const struct term year[] = {
	{ TERM_T, 1, 100, 189, false },
	{ TERM_T, 2, 190, 270, false },
	{ TERM_T, 3, 280, 360, false },
};

static void
a_day_is_in_one_term(void)
{
	CHECK(term_at(year, 3, 99) == NULL);
	CHECK(term_at(year, 3, 100) == &year[0]);
	CHECK(term_at(year, 3, 189) == &year[0]);
	CHECK(term_at(year, 3, 190) == &year[1]);
	CHECK(term_at(year, 3, 275) == NULL);
	CHECK(term_at(year, 3, 360) == &year[2]);
	CHECK(term_at(year, 3, 361) == NULL);
	CHECK(term_at(NULL, 0, 100) == NULL);
}

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
identifiers_come_back(void)
{
	static const char *const bad[] = { "", "2025-T4", "2025-S3", "2025-T0",
		"2025-T11", "2025-t1", "25-T1", "2025T1", "2025-" };
	char text[TERM_ROOM];
	enum term_kind kind = TERM_T;
	int school_year = 0, index = 0;

	term_write(2025, TERM_S, 2, text);
	CHECK_TEXT(text, "2025-S2");
	CHECK(term_read(text, &school_year, &kind, &index));
	CHECK_INT(school_year, 2025);
	CHECK_INT(term_kind_char(kind), 'S');
	CHECK_INT(index, 2);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(!term_read(bad[i], &school_year, &kind, &index));
	CHECK_INT(school_year, 2025);
}

static const struct check_test tests[] = {
	{ "partner 5.12: a day is in one term, or in none",
	    a_day_is_in_one_term },
	{ "M-254 partner 4: a term is upcoming, open, closed",
	    a_term_opens_and_closes },
	{ "partner 4: terms of a year are complete and apart",
	    terms_make_a_year },
	{ "partner 4: 2025-T1 is written and read", identifiers_come_back },
};

CHECK_MAIN(tests)
