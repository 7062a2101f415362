/*
 * Draft: the interim assessment a teacher is preparing (M-212 to M-222).
 *
 * One a learner and framework, never absent: before the first save it is
 * empty and its revision is 0.  Who teaches the learner may change it, the
 * DDFPT may read it, nobody else.
 */
#ifndef ACQUIS_DRAFT_H
#define ACQUIS_DRAFT_H

#include "context.h"

enum fault draft_get(struct ctx *);
enum fault draft_put(struct ctx *);
enum fault draft_delete(struct ctx *);

#endif
