/*
 * Password: argon2id, on a task thread, never on the worker's own.
 *
 * 19 MiB and two passes, about 20 ms (OWASP's floor for argon2id).  So many
 * at once wait in line; beyond that the answer is "not now" rather than a
 * server that answers nobody.
 */
#ifndef ACQUIS_PASSWORD_H
#define ACQUIS_PASSWORD_H

#include "context.h"

/*
 * Whether a password is that of a hash.  A NULL hash takes as long and is
 * never right, so that an unknown login cannot be told from a known one.
 * FAULT_UNAVAILABLE when too many wait.
 */
enum fault password_check(struct ctx *, const char *hash, const char *password,
    bool *right);

/* The hash of a new password; it belongs to the arena. */
enum fault password_hash(struct ctx *, const char *password, const char **hash);

/* A password nobody chose: 80 random bits in groups a person can read. */
const char *password_random(struct arena *);

/* Whose it is to be; each may be NULL. */
struct password_owner {
	const char *login;
	const char *birth_date; /* ISO */
	const char *uai;
	const char *school; /* its name */
};

/*
 * Whether a person may choose it: 8 to 128 characters, none of those that
 * everybody tries first, without the login or the school in it, not the birth
 * date in a form people write.  NULL when it may, else the words to say.
 */
const char *password_refused(const struct ctx *, const char *password,
    const struct password_owner *);

/*
 * Whoever is signed in shows it once more, before something that a session
 * found open should not be enough for.  FAULT_VALUE at `pointer` when it is
 * another, FAULT_RATE after too many.  `owner` may be NULL.
 */
enum fault password_prove(struct ctx *, const char *password,
    const char *pointer, struct password_owner *owner);

#endif
