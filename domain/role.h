/*
 * Role: what a person is in a school.  Several roles make a bit mask.
 */
#ifndef ACQUIS_ROLE_H
#define ACQUIS_ROLE_H

#include <stdbool.h>

enum role {
	ROLE_ADMINISTRATOR = 1u << 0,
	ROLE_DDFPT = 1u << 1,
	ROLE_HEAD = 1u << 2,
	ROLE_TEACHER = 1u << 3,
	ROLE_LEARNER = 1u << 4,
	ROLE_GUARDIAN = 1u << 5,
	ROLE_TUTOR = 1u << 6,
	ROLE_MASTER = 1u << 7,
	ROLE_PARTNER = 1u << 8
};

#define ROLE_COUNT 9
#define ROLE_STAFF (ROLE_ADMINISTRATOR | ROLE_DDFPT | ROLE_HEAD | ROLE_TEACHER)

/* The role of a code such as "teacher"; false if there is none. */
bool role_read(const char *code, unsigned int *role);

/* The code of exactly one role, NULL for anything else. */
const char *role_code(unsigned int role);

#endif
