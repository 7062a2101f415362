/*
 * Session: a browser that is signed in.
 *
 * The cookie holds 256 random bits; the base keeps their digest.  The CSRF
 * token is made from the cookie's value, so it needs no place of its own and
 * ends with the session.
 */
#ifndef ACQUIS_SESSION_H
#define ACQUIS_SESSION_H

#include "context.h"

/* The token in the cookie of c, or NULL. */
const char *session_token(struct ctx *);

/* 256 random bits, for a cookie, in base64url. */
const char *session_secret(struct ctx *);

/* What the base keeps of a secret: SHA-256.  NULL is SQL NULL. */
struct param p_digest(struct ctx *, const char *secret);

/* The CSRF token that goes with it. */
const char *session_csrf(struct ctx *, const char *token);

/*
 * Sign somebody in who has proved to be that person: a new token, its cookie,
 * and 201 with the session.  `checked` is the stored password that the proof
 * was made against, and must still be it; NULL where it was no password.
 */
enum fault session_begin(struct ctx *, const char *school_id,
    const char *person_id, const char *checked);

/* Answer with the session of another token, which the browser now keeps. */
enum fault session_renew(struct ctx *, const char *token);

enum fault session_create(struct ctx *);
enum fault session_get(struct ctx *);
enum fault session_delete(struct ctx *);
enum fault password_put(struct ctx *);

/* POST /people/{id}/password: an administrator gives a one-time password. */
enum fault account_reset(struct ctx *);

#endif
