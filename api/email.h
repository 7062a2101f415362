/*
 * E-mail: the address of a person's own, and what a link that goes there
 * opens: a new password, or the address itself.
 *
 * A link holds 256 random bits behind the # of an address of the pages, where
 * neither a proxy nor a log sees them; the base keeps their digest.
 */
#ifndef ACQUIS_EMAIL_H
#define ACQUIS_EMAIL_H

#include "context.h"

enum fault email_get(struct ctx *);
enum fault email_put(struct ctx *);
enum fault email_confirm(struct ctx *);

/* The same answer in the same time whether there is such an account or not. */
enum fault password_forgotten(struct ctx *);
enum fault password_reset(struct ctx *);

#endif
