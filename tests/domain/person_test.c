#include "check.h"
#include "domain/person.h"
#include "domain/role.h"

#define ADM ROLE_ADMINISTRATOR
#define DDF ROLE_DDFPT
#define HD ROLE_HEAD
#define TE ROLE_TEACHER
#define LE ROLE_LEARNER
#define GU ROLE_GUARDIAN
#define TU ROLE_TUTOR
#define AM ROLE_MASTER

static void
given(void)
{
	static const struct {
		unsigned int caller, before, after;
		enum fault fault;
	} cases[] = {
		{ ADM, 0, ADM, FAULT_NONE },
		{ ADM, 0, LE, FAULT_NONE },
		{ ADM, TE, TE | DDF | GU, FAULT_NONE },
		{ ADM, TE | HD, HD, FAULT_NONE },
		{ ADM, 0, 0, FAULT_VALUE },
		{ ADM, TE, 0, FAULT_VALUE },
		{ ADM, 0, ROLE_PARTNER, FAULT_VALUE },
		{ ADM, 0, LE | TE, FAULT_VALUE },
		{ ADM, LE, TE, FAULT_VALUE },
		{ ADM, TE, LE, FAULT_VALUE },
		{ DDF, 0, TE, FAULT_NONE },
		{ DDF, 0, TE | TU | AM, FAULT_NONE },
		{ DDF, 0, LE, FAULT_NONE },
		{ DDF, TE, TE | TU, FAULT_NONE },
		{ DDF, 0, ADM, FAULT_ROLE },
		{ DDF, 0, DDF, FAULT_ROLE },
		{ DDF, 0, HD, FAULT_ROLE },
		{ DDF, 0, GU, FAULT_ROLE },
		{ DDF, TE, TE | ADM, FAULT_ROLE },
		{ DDF, TE | ADM, TE, FAULT_ROLE },
		{ DDF | ADM, TE, TE | ADM, FAULT_NONE },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		CHECK_INT(person_roles_next(cases[i].caller, false,
			      cases[i].before, cases[i].after),
		    cases[i].fault);
}

static void
own(void)
{
	CHECK_INT(person_roles_next(ADM, true, ADM, ADM | TE),
	    FAULT_OWN_RIGHTS);
	CHECK_INT(person_roles_next(ADM | TE, true, ADM | TE, TE),
	    FAULT_OWN_RIGHTS);
	CHECK_INT(person_roles_next(DDF, true, DDF, DDF | ADM),
	    FAULT_OWN_RIGHTS);
	CHECK_INT(person_roles_next(ADM, true, ADM, ADM), FAULT_NONE);
}

static const struct check_test tests[] = {
	{ "M-045 A3 who gives which roles, and which go together", given },
	{ "A3 nobody changes the own roles", own },
};

CHECK_MAIN(tests)
