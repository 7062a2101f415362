/*
 * Grading: the window of a class, and its grades to take away.
 */
#ifndef ACQUIS_GRADING_H
#define ACQUIS_GRADING_H

#include "context.h"

enum fault grading_get(struct ctx *);
enum fault grades_csv(struct ctx *);
enum fault grades_xlsx(struct ctx *);
enum fault grade_details_csv(struct ctx *);
enum fault weights_csv(struct ctx *);

#endif
