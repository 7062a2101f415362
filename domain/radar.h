/*
 * Radar: the shape of a profile, for whoever draws it.
 *
 * One axis per competency of the framework, or per group of them, clockwise
 * from the top; domains are runs of neighbouring axes (F-01 to F-03).  The
 * radius is the level over 4, whatever the table of grades (F-04); what was
 * not assessed is a gap in the line, never a zero (F-05).
 *
 * Values are thousandths of a level: 1000 to 4000, RADAR_GAP for none, so that
 * the mean of a group can stand on an axis.  Points are millionths of the
 * radius, x to the right and y down as on a screen.  Angles are millionths of
 * a degree, clockwise from the right, so the top is -90000000.  No floating
 * point: the same profile draws the same shape everywhere (F-12).
 */
#ifndef ACQUIS_RADAR_H
#define ACQUIS_RADAR_H

#include <stdbool.h>
#include <stddef.h>

#include "position.h"

#define RADAR_GAP 0
#define RADAR_LEVEL 1000   /* of a value: one level */
#define RADAR_RIM 4000     /* the greatest value */
#define RADAR_UNIT 1000000 /* of a point: the radius */
#define RADAR_CLASS_SEEN 5 /* learners, for one of them to see the class */

enum radar_form {
	RADAR_BARS,   /* fewer than 3 axes: horizontal bars */
	RADAR_NORMAL, /* 3 to 24 */
	RADAR_CODES   /* above 24: codes only around the rim */
};

struct radar_point {
	int x;
	int y;
};

/*
 * A run of neighbouring axes without a gap.  It may go on from the last axis
 * to the first.  One axis alone is a dot; a closed run is all of them, and a
 * polygon.
 */
struct radar_run {
	size_t first;
	size_t count;
	bool closed;
};

/* One axis of the class (F-10); levels, LEVEL_NE when count is 0. */
struct radar_class {
	size_t count;      /* learners assessed */
	enum level low;    /* first quartile */
	enum level median; /* the lower one of an even count */
	enum level high;   /* third quartile */
};

/* How to draw that many axes (F-08). */
enum radar_form radar_form(size_t axes);

/* The angle of axis k of n (F-03). */
int radar_angle(size_t k, size_t n);

/* The angles between which a domain of that many axes lies (F-03). */
void radar_sector(size_t first, size_t count, size_t n, int *from, int *to);

/* Where a value lies on axis k of n; RADAR_RIM gives the end of the axis. */
struct radar_point radar_point(size_t k, size_t n, int value);

/* The value of one competency. */
int radar_value(const struct position *);

/*
 * The value of a group: mean of its members that are assessed, nearest
 * thousandth, RADAR_GAP if there are none.  Members are indexes of positions.
 */
int radar_mean(const struct position *, const size_t *member, size_t count);

/*
 * The marker of a group: terminal when all its assessed members are,
 * intermediate as soon as one is not, none without any (F-06).
 */
enum objective radar_objective(const struct position *, const size_t *member,
    size_t count);

/*
 * The runs to draw, clockwise.  Room for (n + 1) / 2 of them, 1 at least; the
 * number of runs, 0 when all is gap.
 */
size_t radar_runs(const int *value, size_t n, struct radar_run *);

/*
 * Mean level of a domain over its assessed members, in tenths of a level, half
 * up, weighted by the model (amounts of weight_model(); NULL for none); equal
 * weights when those assessed weigh nothing.  0 when none is assessed;
 * *assessed says how many are (F-09).
 */
int radar_domain(const struct position *, const uint64_t *amount,
    const size_t *member, size_t count, size_t *assessed);

/*
 * One axis over the learners of a class: one position each.  The quartiles are
 * levels that somebody has: the smallest that a quarter, half, three quarters
 * of the assessed learners do not exceed.
 */
struct radar_class radar_class(const struct position *, size_t learners);

/* May a learner see that axis of the class? */
bool radar_class_seen(const struct radar_class *);

#endif
