#include "check.h"
#include "domain/mark.h"

static void
each_mark_has_a_character(void)
{
	static const char characters[] = ".1234NA";
	enum mark m;
	int known = 0;

	for (int i = MARK_EMPTY; i < MARK__MAX; i++) {
		CHECK(mark_read(characters[i], &m));
		CHECK_INT(m, i);
	}
	for (int c = 0; c < 256; c++)
		known += mark_read((char)c, &m);
	CHECK_INT(known, MARK__MAX);
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
	{ "design 4: a mark beyond the end lengthens the line",
	    a_short_line_grows },
	{ "design 4: an item added later reads as empty",
	    beyond_the_end_is_empty },
};

CHECK_MAIN(tests)
