/*
 * Grade: saving it, and explaining it to who contests it (rules.md 5).
 */
#ifndef ACQUIS_API_GRADE_H
#define ACQUIS_API_GRADE_H

#include "context.h"

enum fault grade_put(struct ctx *);
enum fault grade_explanation(struct ctx *);

#endif
