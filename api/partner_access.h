/*
 * Partner access: the key of one partner to one school.
 *
 * Made by the administrator or the DDFPT, shown once; only its SHA-256 and
 * its prefix are kept.  Two may live together, so that a key is replaced
 * without a pause.  Revoking is immediate.
 */
#ifndef ACQUIS_PARTNER_ACCESS_H
#define ACQUIS_PARTNER_ACCESS_H

#include "context.h"

enum fault partner_access_list(struct ctx *);
enum fault partner_access_create(struct ctx *);
enum fault partner_access_delete(struct ctx *);

#endif
