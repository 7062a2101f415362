#include "check.h"
#include "domain/date.h"

static void
known_days(void)
{
	static const struct {
		const char *iso, *french;
		int32_t day;
	} cases[] = {
		{ "1970-01-01", "01/01/1970", 0 },
		{ "1969-12-31", "31/12/1969", -1 },
		{ "2000-02-29", "29/02/2000", 11016 },
		{ "2008-02-29", "29/02/2008", 13938 },
		{ "2025-10-02", "02/10/2025", 20363 },
		{ "0001-01-01", "01/01/0001", DATE_FIRST },
		{ "9999-12-31", "31/12/9999", DATE_LAST },
	};
	char text[DATE_ROOM];
	int32_t day;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		day = 77;
		CHECK(date_read_iso(cases[i].iso, &day));
		CHECK_INT(day, cases[i].day);
		day = 77;
		CHECK(date_read_french(cases[i].french, &day));
		CHECK_INT(day, cases[i].day);
		date_write_iso(day, text);
		CHECK_TEXT(text, cases[i].iso);
	}
}

static void
every_day_follows_the_last(void)
{
	struct date before = date_of(DATE_FIRST);

	for (int32_t day = DATE_FIRST; day <= DATE_LAST; day++) {
		struct date d = date_of(day);
		bool next = d.day == before.day + 1 || d.day == 1;

		if (!date_ok(&d) || date_day(&d) != day ||
		    (day > DATE_FIRST && !next)) {
			CHECK_INT(date_day(&d), day);
			CHECK(next);
			return;
		}
		before = d;
	}
}

static void
other_dates_are_refused(void)
{
	static const char *const iso[] = { "", "2025-02-29", "1900-02-29",
		"2025-13-01", "2025-00-10", "2025-04-31", "2025-4-1",
		"2025-04-01 ", "20250401", "0000-01-01", "2025-04-00",
		"+025-04-01", "2025/04/01", "2025-04-01T00:00:00Z" };
	static const char *const french[] = { "31/02/2010", "1/1/10", "/1/2010",
		"05-04-2010", "05/04/2010 ", "2010-04-05", "005/04/2010", "" };
	int32_t day = 77;

	for (size_t i = 0; i < sizeof(iso) / sizeof(iso[0]); i++)
		CHECK(!date_read_iso(iso[i], &day));
	for (size_t i = 0; i < sizeof(french) / sizeof(french[0]); i++)
		CHECK(!date_read_french(french[i], &day));
	CHECK_INT(day, 77);
	CHECK(date_read_french("5/4/2010", &day));
	CHECK_INT(day, 14704);
}

static const struct check_test tests[] = {
	{ "siecle 3: known days, both ways of writing", known_days },
	{ "siecle 3: ten thousand years, day after day",
	    every_day_follows_the_last },
	{ "siecle 3 m23: what is no date is refused", other_dates_are_refused },
};

CHECK_MAIN(tests)
