#include "check.h"
#include "domain/role.h"

static void
each_role_has_a_code(void)
{
	static const struct {
		const char *code;
		unsigned int role;
	} roles[] = { { "administrator", ROLE_ADMINISTRATOR },
		{ "ddfpt", ROLE_DDFPT }, { "head", ROLE_HEAD },
		{ "teacher", ROLE_TEACHER }, { "learner", ROLE_LEARNER },
		{ "guardian", ROLE_GUARDIAN }, { "tutor", ROLE_TUTOR },
		{ "master", ROLE_MASTER }, { "partner", ROLE_PARTNER },
		{ "limited", ROLE_LIMITED }, { "script", ROLE_SCRIPT },
		{ "anyone", ROLE_ANYONE } };
	unsigned int role;

	CHECK_INT(sizeof(roles) / sizeof(roles[0]), ROLE_COUNT);
	for (unsigned int i = 0; i < ROLE_COUNT; i++) {
		role = 0;
		CHECK(role_read(roles[i].code, &role));
		CHECK_INT(role, roles[i].role);
		CHECK_TEXT(role_code(role), roles[i].code);
	}
}

static void
nothing_else_is_a_role(void)
{
	unsigned int role = 77;

	CHECK(!role_read("Teacher", &role));
	CHECK(!role_read("", &role));
	CHECK_INT(role, 77);
}

static const struct check_test tests[] = {
	{ "design 6: each role has its code", each_role_has_a_code },
	{ "design 6: nothing else is a role", nothing_else_is_a_role },
};

CHECK_MAIN(tests)
