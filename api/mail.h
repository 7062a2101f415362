/*
 * Mail: what the school's administrator sees of it.
 */
#ifndef ACQUIS_MAIL_H
#define ACQUIS_MAIL_H

#include "context.h"
#include "json.h"

enum fault mail_list(struct ctx *);

/* POST /mails/test: one to oneself. */
enum fault mail_test(struct ctx *);

#endif
