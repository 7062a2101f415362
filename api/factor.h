/*
 * Factor: the second one of a sign-in, a telephone's code or one on paper.
 *
 * Offered to everybody, required of who runs the school where its settings
 * say so: a session then opens nothing else before one is enrolled
 * (`stage` in migrations/0021).  A code is good once.
 */
#ifndef ACQUIS_FACTOR_H
#define ACQUIS_FACTOR_H

#include "context.h"

enum fault factor_get(struct ctx *);
enum fault factor_begin(struct ctx *);
enum fault factor_confirm(struct ctx *);
enum fault factor_renew(struct ctx *);
enum fault factor_remove(struct ctx *);

/* POST /session/second-factor: the second step of a sign-in. */
enum fault factor_answer(struct ctx *);

/* DELETE /people/{id}/second-factor: of somebody who lost the telephone. */
enum fault account_factor_delete(struct ctx *);

#endif
