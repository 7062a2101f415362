#include "check.h"
#include "domain/uai.h"

static void
the_letter_controls(void)
{
	CHECK_INT(uai_letter("0999001"), 'W');
	CHECK_INT(uai_letter("0999002"), 'X');
	CHECK_INT(uai_letter("0000000"), 'A');
	CHECK_INT(uai_letter("0000022"), 'Z');
	CHECK(uai_ok("0999001W"));
	CHECK(uai_ok("0999002X"));
}

static void
others_are_refused(void)
{
	static const char *const bad[] = { "", "0999001", "0999001X",
		"0999001w", "0999001WW", "099900W", "A999001W", " 999001W",
		"9990010", "0999001W " };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(!uai_ok(bad[i]));
	CHECK_INT(uai_letter("09990"), 0);
}

static const struct check_test tests[] = {
	{ "siecle 3: the letter of a UAI controls its number",
	    the_letter_controls },
	{ "siecle 3: a UAI is seven digits and that letter",
	    others_are_refused },
};

CHECK_MAIN(tests)
