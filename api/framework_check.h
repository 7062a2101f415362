/*
 * Framework check: is this document a framework that can be loaded?
 *
 * A file is loaded whole or not at all, and never edited once it is, so all
 * that later code relies on is checked before: the shape, identifiers, order,
 * references, scales, weights, the matrix, the radar, and the limits of the
 * packed forms (M-059 to M-067, M-071).
 */
#ifndef ACQUIS_FRAMEWORK_CHECK_H
#define ACQUIS_FRAMEWORK_CHECK_H

#include <cjson/cJSON.h>

#include "../db/arena.h"

/*
 * NULL when the document is good, else one sentence that names the element
 * and says why, such as
 *
 *	units[1] "melec.unit.u31": weights sum to 9900, not 10000
 *
 * It belongs to the arena.  `id` is what the framework must call itself: the
 * name of its file without ".json".
 */
const char *framework_check(struct arena *, const cJSON *, const char *id);

#endif
