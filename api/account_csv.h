/*
 * GET /classes/{id}/accounts.csv: logins of a class and the state of their
 * accounts (M-050, formats/csv.md 3).  Never a password, never a code.
 */
#ifndef ACQUIS_ACCOUNT_CSV_H
#define ACQUIS_ACCOUNT_CSV_H

#include "context.h"

enum fault account_csv(struct ctx *);

#endif
