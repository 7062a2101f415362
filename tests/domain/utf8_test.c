#include "check.h"
#include "domain/utf8.h"

static void
code_points_come_back(void)
{
	char s[4];
	int wrong = 0;

	for (uint32_t c = 1; c <= 0x10ffff; c++) {
		size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
		uint32_t back = 0;
		size_t got;

		s[0] =
		    (char)(n == 1 ? c
				  : (0xf00u >> n & 0xffu) | c >> (6 * (n - 1)));
		for (size_t i = 1; i < n; i++)
			s[i] = (char)(0x80 | (c >> (6 * (n - 1 - i)) & 0x3f));
		got = utf8_next(s, n, &back);
		if (c >= 0xd800 && c < 0xe000)
			wrong += got != 0;
		else
			wrong += got != n || back != c ||
				 utf8_next(s, n - 1, &back) != 0;
	}
	CHECK_INT(wrong, 0);
}

static void
other_bytes_are_refused(void)
{
	static const char *const bad[] = { "\x80", "\xc3", "\xc0\xaf",
		"\xc1\xbf", "\xe0\x80\xaf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf",
		"\xed\xa0\x80", "\xed\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80",
		"\xff", "\xe2\x82", "\xe2\x28\xa1", "a\xe9" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(!utf8_ok(bad[i], strlen(bad[i])));
	CHECK(!utf8_ok("a\0b", 3));
	CHECK(utf8_ok("", 0));
	CHECK(utf8_ok("L\xc5\x92UVRE \xe2\x82\xac \xf0\x9f\x94\xa7", 16));
}

static void
limits_count_code_points(void)
{
	const char *s = "L\xc5\x92U \xf0\x9f\x94\xa7!";

	CHECK_INT(utf8_count(s, strlen(s)), 6);
}

static void
blank_is_blank(void)
{
	CHECK(utf8_blank("", 0));
	CHECK(utf8_blank(" \t\r\n\xc2\xa0\xe3\x80\x80", 9));
	CHECK(!utf8_blank(" .", 2));
	CHECK(!utf8_blank("\xc2", 1));
}

static const struct check_test tests[] = {
	{ "H4 every code point is read, surrogates are not",
	    code_points_come_back },
	{ "H4 overlong, cut, stray, too high and NUL are refused",
	    other_bytes_are_refused },
	{ "G-13 limits are counted in code points", limits_count_code_points },
	{ "siecle 2: white space of every kind is no value", blank_is_blank },
};

CHECK_MAIN(tests)
