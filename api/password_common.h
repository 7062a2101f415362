/*
 * Passwords that everybody tries first: api/password_common.txt, in lower
 * case and in the order of strcmp().  Made by the Makefile.
 */
#ifndef ACQUIS_PASSWORD_COMMON_H
#define ACQUIS_PASSWORD_COMMON_H

#include <stddef.h>

#define PASSWORD_COMMON_MAX 24 /* bytes of the longest */

extern const char *const password_common[];
extern const size_t password_common_count;

#endif
