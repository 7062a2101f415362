/*
 * Classes and groups, and who is in them (M-192, M-193).
 */
#ifndef ACQUIS_CLASS_H
#define ACQUIS_CLASS_H

#include "context.h"

enum fault class_list(struct ctx *);
enum fault class_learners(struct ctx *);

#endif
