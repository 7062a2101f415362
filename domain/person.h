/*
 * Person: who may give which roles to whom.
 *
 * Roles are bits of role.h.  An administrator gives any; a DDFPT makes
 * teachers, learners, tutors and masters of people who are nothing else
 * (reliability.md 7).  Nobody changes the own ones, so that nobody lifts
 * them.  A learner is nothing else and stays one: what is known of a learner
 * hangs on it.
 */
#ifndef ACQUIS_PERSON_H
#define ACQUIS_PERSON_H

#include <stdbool.h>

#include "fault.h"

/*
 * May a caller with these roles make `after` of `before`, 0 for somebody who
 * is new?  FAULT_OWN_RIGHTS, FAULT_ROLE, or FAULT_VALUE for roles that do not
 * go together, in that order.
 */
enum fault person_roles_next(unsigned int caller, bool own, unsigned int before,
    unsigned int after);

#endif
