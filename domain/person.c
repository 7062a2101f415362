#include "person.h"
#include "role.h"

#define DDFPT_GIVES (ROLE_TEACHER | ROLE_LEARNER | ROLE_TUTOR | ROLE_MASTER)
#define PEOPLE                                                                 \
	(ROLE_STAFF | ROLE_LEARNER | ROLE_GUARDIAN | ROLE_TUTOR | ROLE_MASTER)

static bool
go_together(unsigned int roles)
{
	return roles != 0 && (roles & ~PEOPLE) == 0 &&
	       ((roles & ROLE_LEARNER) == 0 || roles == ROLE_LEARNER);
}

enum fault
person_roles_next(unsigned int caller, bool own, unsigned int before,
    unsigned int after)
{
	if (before == after && after != 0)
		return FAULT_NONE;
	if (own)
		return FAULT_OWN_RIGHTS;
	if (!(caller & ROLE_ADMINISTRATOR) &&
	    ((before | after) & ~DDFPT_GIVES) != 0)
		return FAULT_ROLE;
	if (!go_together(after))
		return FAULT_VALUE;
	if (before != 0 && ((before ^ after) & ROLE_LEARNER) != 0)
		return FAULT_VALUE;
	return FAULT_NONE;
}
