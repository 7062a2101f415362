#include "check.h"
#include "domain/activation.h"

static const char *
written(uint64_t chance)
{
	static char out[ACTIVATION_ROOM];

	activation_write(chance, out);
	return out;
}

static const char *
understood(const char *typed)
{
	static char out[ACTIVATION_ROOM];

	return activation_read(typed, out) ? out : "none";
}

static void
three_groups(void)
{
	CHECK_TEXT(written(0), "0000-0000-0000");
	CHECK_TEXT(written(UINT64_MAX), "ZZZZ-ZZZZ-ZZZZ");
	CHECK_TEXT(written(1), "1000-0000-0000");
	CHECK_TEXT(written((uint64_t)31 << 55), "0000-0000-000Z");
	/* what is beyond the 60 bits counts for nothing */
	CHECK_TEXT(written((uint64_t)1 << 60), "0000-0000-0000");
}

static void
every_sign(void)
{
	char out[ACTIVATION_ROOM];

	for (uint64_t i = 0; i < 32; i++) {
		activation_write(i, out);
		CHECK_TEXT(understood(out), out);
		CHECK(strpbrk(out, "ILOU") == NULL);
	}
}

static void
as_typed(void)
{
	CHECK_TEXT(understood("7k3q-m9fd-2xtb"), "7K3Q-M9FD-2XTB");
	CHECK_TEXT(understood("7K3QM9FD2XTB"), "7K3Q-M9FD-2XTB");
	CHECK_TEXT(understood(" 7K3Q M9FD  2XTB "), "7K3Q-M9FD-2XTB");
	CHECK_TEXT(understood("oOiI-lL00-1111"), "0011-1100-1111");
}

static void
no_code(void)
{
	char out[ACTIVATION_ROOM] = "x";

	CHECK_TEXT(understood(""), "none");
	CHECK_TEXT(understood("---"), "none");
	CHECK_TEXT(understood("7K3Q-M9FD-2XT"), "none");
	CHECK_TEXT(understood("7K3Q-M9FD-2XTBZ"), "none");
	CHECK_TEXT(understood("7K3Q-M9FD-2XTU"), "none");
	CHECK_TEXT(understood("7K3Q-M9FD-2XT\xc3\xa9"), "none");
	CHECK_TEXT(understood("2009-03-14"), "none");
	CHECK(!activation_read("7K3Q_M9FD_2XTB", out));
	CHECK_TEXT(out, "");
}

static const struct check_test tests[] = {
	{ "M-040 an activation code is twelve signs in three groups",
	    three_groups },
	{ "M-040 no sign of a code is taken for another", every_sign },
	{ "M-040 a code is understood however it is typed", as_typed },
	{ "M-040 what is no code is none, a birth date neither", no_code },
};

CHECK_MAIN(tests)
