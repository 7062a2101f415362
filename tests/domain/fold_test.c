#include "check.h"
#include "domain/fold.h"

static const char *
folded(const char *name)
{
	static char out[256];

	fold_name(name, strlen(name), out);
	return out;
}

static void
spellings_of_one_name(void)
{
	static const char *const same[][2] = {
		{ "D’ALEMBERT", "d'Alembert" },
		{ "Jean-François", "JEAN FRANCOIS" },
		{ "  Martin--Dupont ", "MARTIN DUPONT" },
		{ "LŒUVRE", "loeuvre" },
		{ "STRAßER", "Strasser" },
		{ "ÇELİK", "celik" },
		{ "NGUYỄN Thị", "nguyen thi" },
		{ "ØSTERGÅRD", "ostergard" },
		{ "ŁUKASIEWICZ", "Lukasiewicz" },
		{ "E\u0301tienne", "Étienne" },
		{ "Thi\u0323\u0300", "thi" },
		{ "Le\u00a0Goff", "le goff" },
		{ "Ǆ", "dz" },
		{ "R2-D2", "r2 d2" },
	};

	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		char one[256];

		fold_name(same[i][0], strlen(same[i][0]), one);
		CHECK_TEXT(one, folded(same[i][1]));
	}
	CHECK_TEXT(folded("O’Neil-LEFÈVRE"), "o neil lefevre");
}

static void
names_that_differ_stay_apart(void)
{
	CHECK(strcmp(folded("DE LA FONTAINE"), "delafontaine") != 0);
	CHECK_TEXT(folded("李 明"), "李 明");
	CHECK_TEXT(folded("Ωμέγα"), "Ωμέγα");
	CHECK_TEXT(folded(" -'- "), "");
	CHECK_TEXT(folded("½×÷"), "½×÷");
}

static void
folding_never_grows(void)
{
	for (uint32_t c = 0x80; c < 0x2000; c++) {
		char out[2];
		size_t bytes = c < 0x800 ? 2 : 3;
		size_t n = fold_letters(c, out);

		CHECK(n <= bytes);
		for (size_t i = 0; i < n; i++)
			CHECK(out[i] >= 'a' && out[i] <= 'z');
	}
}

static const struct check_test tests[] = {
	{ "siecle 10: accents, case, apostrophes, hyphens are folded",
	    spellings_of_one_name },
	{ "siecle 10: names that differ otherwise stay apart",
	    names_that_differ_stay_apart },
	{ "siecle 11: a letter folds to letters a to z, never to more bytes",
	    folding_never_grows },
};

CHECK_MAIN(tests)
