#include "check.h"
#include "domain/mark.h"

static void
each_mark_has_a_character(void)
{
	enum mark m;
	int known = 0;

	for (int i = MARK_EMPTY; i < MARK__MAX; i++) {
		CHECK(mark_read(mark_char((enum mark)i), &m));
		CHECK_INT(m, i);
	}
	for (int c = 0; c < 256; c++)
		known += mark_read((char)c, &m);
	CHECK_INT(known, MARK__MAX);
}

static void
a_line_holds_marks_only(void)
{
	CHECK(mark_line_ok("", 0));
	CHECK(mark_line_ok(".1234NA", 7));
	CHECK(!mark_line_ok("12a", 3));
	CHECK(!mark_line_ok("12\0", 3));
	CHECK(!mark_line_ok("5", 1));
}

static void
answers_are_counted(void)
{
	CHECK_INT(mark_filled("..1.NA4.", 8), 4);
	CHECK_INT(mark_filled("", 0), 0);
}

static void
a_short_line_grows(void)
{
	char line[6] = { '1', '2', '?', '?', '?', '?' };
	size_t n = 2;

	CHECK(mark_set(line, &n, 5, 4, MARK_ABSENT));
	CHECK_INT(n, 5);
	CHECK(memcmp(line, "12..A?", 6) == 0);
	CHECK(mark_set(line, &n, 5, 0, MARK_EMPTY));
	CHECK_INT(n, 5);
	CHECK(memcmp(line, ".2..A?", 6) == 0);
	CHECK(!mark_set(line, &n, 5, 5, MARK_1));
	CHECK(memcmp(line, ".2..A?", 6) == 0);
}

static void
beyond_the_end_is_empty(void)
{
	CHECK_INT(mark_at("1N", 2, 1), MARK_NA);
	CHECK_INT(mark_at("1N", 2, 2), MARK_EMPTY);
}

static const struct check_test tests[] = {
	{ "design 4: each mark has one character", each_mark_has_a_character },
	{ "design 4: a line holds marks and nothing else",
	    a_line_holds_marks_only },
	{ "design 4: not assessable and absent are answers",
	    answers_are_counted },
	{ "design 4: a mark beyond the end lengthens the line",
	    a_short_line_grows },
	{ "design 4: an item added later reads as empty",
	    beyond_the_end_is_empty },
};

CHECK_MAIN(tests)
