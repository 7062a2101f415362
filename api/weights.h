/*
 * Weights: what a teacher does with them in the grading window.
 */
#ifndef ACQUIS_WEIGHTS_H
#define ACQUIS_WEIGHTS_H

#include "context.h"

enum fault weights_put(struct ctx *);
enum fault weights_delete(struct ctx *);
enum fault weights_model(struct ctx *);
enum fault weights_copy(struct ctx *);

#endif
