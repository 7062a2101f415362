/*
 * Radar: what stands on an axis that a group of competencies shares (F-01).
 *
 * Values are thousandths of a level: 1000 to 4000, RADAR_GAP for none, because
 * the mean of a group is not a level.  Members are indexes of positions.
 */
#ifndef ACQUIS_RADAR_H
#define ACQUIS_RADAR_H

#include <stddef.h>

#include "position.h"

#define RADAR_GAP 0
#define RADAR_LEVEL 1000 /* of a value: one level */

/*
 * The value of a group: mean of its members that are assessed, nearest
 * thousandth, RADAR_GAP if there are none.
 */
int radar_mean(const struct position *, const size_t *member, size_t count);

/*
 * The marker of a group: terminal when all its assessed members are,
 * intermediate as soon as one is not, none without any (F-06).
 */
enum objective radar_objective(const struct position *, const size_t *member,
    size_t count);

#endif
