#include "check.h"
#include "domain/access.h"
#include "domain/role.h"

#define STAFF ROLE_STAFF
#define FAMILY (ROLE_LEARNER | ROLE_GUARDIAN)

static void
every_cell_can_be_read(void)
{
	CHECK(access_ok());
	for (enum resource i = 0; i < RESOURCE__MAX; i++)
		CHECK(access_resource(i) != NULL);
	for (enum right i = 0; i < RIGHT__MAX; i++)
		CHECK(access_right(i) != NULL);
	CHECK_TEXT(access_scope(SCOPE_NATION), "nation");
	CHECK_TEXT(access_scope(SCOPE_TRAINEE), "trainee");
}

/* Rows somebody would notice being wrong, in words of their own. */
static void
who_has_a_right(void)
{
	static const struct {
		enum resource resource;
		enum right right;
		unsigned int roles;
	} known[] = {
		{ RESOURCE_SETTINGS, RIGHT_READ, STAFF },
		{ RESOURCE_SETTINGS, RIGHT_WRITE, STAFF & ~ROLE_TEACHER },
		{ RESOURCE_INTERIM, RIGHT_LOCK, ROLE_TEACHER },
		{ RESOURCE_INTERIM, RIGHT_UNLOCK, ROLE_DDFPT },
		{ RESOURCE_DRAFT, RIGHT_READ, ROLE_DDFPT | ROLE_TEACHER },
		{ RESOURCE_DRAFT, RIGHT_EXPORT, 0 },
		{ RESOURCE_DASHBOARD, RIGHT_READ,
		    (STAFF & ~ROLE_ADMINISTRATOR) | FAMILY | ROLE_SCRIPT },
		{ RESOURCE_IMPORT, RIGHT_WRITE,
		    ROLE_ADMINISTRATOR | ROLE_SCRIPT },
		{ RESOURCE_FEED, RIGHT_WRITE, ROLE_PARTNER },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		CHECK_INT(access_roles(known[i].resource, known[i].right),
		    known[i].roles);
}

static void
how_far_a_right_reaches(void)
{
	CHECK_INT(access_scopes(RESOURCE_DRAFT, RIGHT_READ, ROLE_TEACHER),
	    SCOPE_TAUGHT);
	CHECK_INT(access_scopes(RESOURCE_DRAFT, RIGHT_READ,
		      ROLE_TEACHER | ROLE_DDFPT),
	    SCOPE_TAUGHT | SCOPE_SCHOOL);
	CHECK_INT(access_scopes(RESOURCE_INTERIM, RIGHT_READ, ROLE_TEACHER),
	    SCOPE_SCHOOL);
	CHECK_INT(access_scopes(RESOURCE_INTERIM, RIGHT_LOCK, ROLE_TEACHER),
	    SCOPE_TAUGHT);
	CHECK_INT(access_scopes(RESOURCE_FRAMEWORK, RIGHT_READ, ROLE_LEARNER),
	    SCOPE_NATION);
	CHECK_INT(access_scopes(RESOURCE_CLASS, RIGHT_READ, FAMILY),
	    SCOPE_SELF | SCOPE_CHILD);
	CHECK_INT(access_scopes(RESOURCE_HOME, RIGHT_READ, ROLE_ANYONE), 0);
	CHECK(access_whole(RESOURCE_DRAFT, RIGHT_READ, ROLE_DDFPT));
	CHECK(!access_whole(RESOURCE_DRAFT, RIGHT_READ, ROLE_TEACHER));
}

/* Not signed in, or not a person: nothing but what is everybody's. */
static void
nobody_has_nothing(void)
{
	for (enum resource i = 0; i < RESOURCE__MAX; i++)
		for (enum right k = 0; i != RESOURCE_PUBLIC && k < RIGHT__MAX;
		     k++)
			CHECK_INT(access_scopes(i, k,
				      ROLE_ANYONE | ROLE_LIMITED),
			    0);
}

static const struct check_test tests[] = {
	{ "A1: every cell of the table can be read", every_cell_can_be_read },
	{ "A1: who has a right", who_has_a_right },
	{ "A1: how far a right reaches", how_far_a_right_reaches },
	{ "A1: whoever is not signed in has nothing", nobody_has_nothing },
};

CHECK_MAIN(tests)
