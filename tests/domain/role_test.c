#include "check.h"
#include "domain/role.h"

static void
each_role_has_a_code(void)
{
	unsigned int role;

	for (unsigned int i = 0; i < ROLE_COUNT; i++) {
		CHECK(role_code(1u << i) != NULL);
		CHECK(role_read(role_code(1u << i), &role));
		CHECK_INT(role, 1u << i);
	}
	CHECK_TEXT(role_code(ROLE_DDFPT), "ddfpt");
	CHECK_TEXT(role_code(ROLE_PARTNER), "partner");
}

static void
nothing_else_is_a_role(void)
{
	unsigned int role = 77;

	CHECK(!role_read("Teacher", &role));
	CHECK(!role_read("", &role));
	CHECK_INT(role, 77);
	CHECK(role_code(0) == NULL);
	CHECK(role_code(ROLE_STAFF) == NULL);
	CHECK(role_code(1u << ROLE_COUNT) == NULL);
}

static const struct check_test tests[] = {
	{ "design 6: each role has its code", each_role_has_a_code },
	{ "design 6: nothing else is a role", nothing_else_is_a_role },
};

CHECK_MAIN(tests)
