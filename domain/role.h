/*
 * Role: what a person is in a school.  Several roles make a bit mask.
 *
 * Who asks without being a person of it has a bit too, so that one mask says
 * who may do a thing: a partner's key, a script's token, anybody at all.
 */
#ifndef ACQUIS_ROLE_H
#define ACQUIS_ROLE_H

#include <stdbool.h>

#define ROLE_ADMINISTRATOR (1u << 0)
#define ROLE_DDFPT (1u << 1)
#define ROLE_HEAD (1u << 2)
#define ROLE_TEACHER (1u << 3)
#define ROLE_LEARNER (1u << 4)
#define ROLE_GUARDIAN (1u << 5)
#define ROLE_TUTOR (1u << 6)
#define ROLE_MASTER (1u << 7)
#define ROLE_PARTNER (1u << 8)
/* Of a session that must change its password and can do nothing else. */
#define ROLE_LIMITED (1u << 9)
/* A token of a person: never more than that person may. */
#define ROLE_SCRIPT (1u << 10)
/* Whoever asks, signed in or not. */
#define ROLE_ANYONE (1u << 11)
#define ROLE_COUNT 12
#define ROLE_STAFF (ROLE_ADMINISTRATOR | ROLE_DDFPT | ROLE_HEAD | ROLE_TEACHER)

/* The role of a code such as "teacher"; false if there is none. */
bool role_read(const char *code, unsigned int *role);

/* The code of one role. */
const char *role_code(unsigned int role);

#endif
