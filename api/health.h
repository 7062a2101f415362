/*
 * Health: is the process alive, can it serve; and what a problem code means.
 */
#ifndef ACQUIS_HEALTH_H
#define ACQUIS_HEALTH_H

#include "context.h"

enum fault healthz(struct ctx *);
enum fault readyz(struct ctx *);
enum fault problem_get(struct ctx *);

#endif
