#include "radar.h"

#define TURN 360000000 /* millionths of a degree */
#define ONE (INT64_C(1) << 30)
#define EIGHTH INT64_C(843314857) /* pi / 4, as a multiple of 1 / ONE */

enum radar_form
radar_form(size_t axes)
{
	if (axes < 3)
		return RADAR_BARS;
	return axes <= 24 ? RADAR_NORMAL : RADAR_CODES;
}

/* The angle of a part of a turn, from the top, to the nearest millionth. */
static int
angle_of(int64_t part, int64_t parts)
{
	int64_t twice = 2 * TURN * part;
	int64_t half = part < 0 ? -parts : parts;

	return (int)((twice + half) / (2 * parts)) - TURN / 4;
}

int
radar_angle(size_t k, size_t n)
{
	return angle_of((int64_t)k, (int64_t)n);
}

void
radar_sector(size_t first, size_t count, size_t n, int *from, int *to)
{
	int64_t halves = 2 * (int64_t)first - 1;

	*from = angle_of(halves, 2 * (int64_t)n);
	*to = angle_of(halves + 2 * (int64_t)count, 2 * (int64_t)n);
}

static int64_t
product(int64_t a, int64_t b)
{
	return (a * b + ONE / 2) / ONE;
}

/*
 * Sine and cosine of an angle up to an eighth of a turn, by their series,
 * nested so that every term is positive.  What is left out is below 2e-9.
 */
static int64_t
sine(int64_t x)
{
	int64_t square = product(x, x);
	int64_t s = ONE - square / 110;

	s = ONE - product(square, s) / 72;
	s = ONE - product(square, s) / 42;
	s = ONE - product(square, s) / 20;
	s = ONE - product(square, s) / 6;
	return product(x, s);
}

static int64_t
cosine(int64_t x)
{
	int64_t square = product(x, x);
	int64_t c = ONE - square / 90;

	c = ONE - product(square, c) / 56;
	c = ONE - product(square, c) / 30;
	c = ONE - product(square, c) / 12;
	return ONE - product(square, c) / 2;
}

/* From the top, clockwise: right is the sine, up is the cosine. */
static void
direction(size_t k, size_t n, int64_t *right, int64_t *up)
{
	int64_t eighths = 8 * (int64_t)(k % n);
	int64_t octant = eighths / (int64_t)n;
	int64_t rest = eighths % (int64_t)n;
	int64_t x, s, c;

	/* odd octants are measured from their far end */
	if (octant % 2 == 1)
		rest = (int64_t)n - rest;
	x = (EIGHTH * rest + (int64_t)n / 2) / (int64_t)n;
	s = sine(x);
	c = cosine(x);
	if (octant == 1 || octant == 2 || octant == 5 || octant == 6) {
		int64_t swap = s;

		s = c;
		c = swap;
	}
	*right = octant >= 4 ? -s : s;
	*up = octant >= 2 && octant < 6 ? -c : c;
}

static int
scaled(int64_t unit, int value)
{
	int64_t v = unit * value * (RADAR_UNIT / RADAR_RIM);

	return (int)(v < 0 ? -((-v + ONE / 2) / ONE) : (v + ONE / 2) / ONE);
}

struct radar_point
radar_point(size_t k, size_t n, int value)
{
	struct radar_point p;
	int64_t right, up;

	direction(k, n, &right, &up);
	p.x = scaled(right, value);
	p.y = scaled(-up, value);
	return p;
}

int
radar_value(const struct position *p)
{
	return position_assessed(p) ? (int)p->level * RADAR_LEVEL : RADAR_GAP;
}

int
radar_mean(const struct position *p, const size_t *member, size_t count)
{
	int64_t sum = 0, n = 0;

	for (size_t i = 0; i < count; i++) {
		if (position_assessed(&p[member[i]])) {
			sum += radar_value(&p[member[i]]);
			n++;
		}
	}
	return n > 0 ? (int)((2 * sum + n) / (2 * n)) : RADAR_GAP;
}

enum objective
radar_objective(const struct position *p, const size_t *member, size_t count)
{
	enum objective o = OBJECTIVE_NONE;

	for (size_t i = 0; i < count; i++) {
		if (!position_assessed(&p[member[i]]))
			continue;
		if (p[member[i]].objective == OBJECTIVE_INTERMEDIATE)
			return OBJECTIVE_INTERMEDIATE;
		o = OBJECTIVE_TERMINAL;
	}
	return o;
}

/* The first axis after a gap; n when there is no gap. */
static size_t
start_of(const int *value, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (value[i] == RADAR_GAP)
			return i + 1;
	return n;
}

size_t
radar_runs(const int *value, size_t n, struct radar_run *run)
{
	size_t start = start_of(value, n);
	bool whole = n > 0 && start == n && value[n - 1] != RADAR_GAP;
	bool inside = false;
	size_t runs = 0;

	if (whole) {
		run[0] = (struct radar_run){ 0, n, true };
		return 1;
	}
	for (size_t i = 0; i < n; i++) {
		size_t k = (start + i) % n;

		if (value[k] == RADAR_GAP) {
			inside = false;
			continue;
		}
		if (!inside)
			run[runs++] = (struct radar_run){ k, 0, false };
		run[runs - 1].count++;
		inside = true;
	}
	return runs;
}

int
radar_domain(const struct position *p, const uint64_t *amount,
    const size_t *member, size_t count, size_t *assessed)
{
	uint64_t sum = 0, weight = 0, levels = 0, n = 0;

	for (size_t i = 0; i < count; i++) {
		const struct position *one = &p[member[i]];
		uint64_t w = amount != NULL ? amount[member[i]] : 0;

		if (!position_assessed(one))
			continue;
		n++;
		levels += (uint64_t)one->level;
		weight += w;
		sum += w * (uint64_t)one->level;
	}
	*assessed = (size_t)n;
	if (weight == 0) {
		weight = n;
		sum = levels;
	}
	return weight > 0 ? (int)((20 * sum + weight) / (2 * weight)) : 0;
}

/* The smallest level that so many quarters of the learners do not exceed. */
static enum level
quartile(const size_t *of_level, size_t count, size_t quarters)
{
	size_t seen = 0;

	for (int level = LEVEL_1; level <= LEVEL_4; level++) {
		seen += of_level[level];
		if (count > 0 && 4 * seen >= quarters * count)
			return (enum level)level;
	}
	return LEVEL_NE;
}

struct radar_class
radar_class(const struct position *p, size_t learners)
{
	size_t of_level[LEVEL_4 + 1] = { 0 };
	struct radar_class c;

	c.count = 0;
	for (size_t i = 0; i < learners; i++) {
		if (position_assessed(&p[i])) {
			of_level[p[i].level]++;
			c.count++;
		}
	}
	c.low = quartile(of_level, c.count, 1);
	c.median = quartile(of_level, c.count, 2);
	c.high = quartile(of_level, c.count, 3);
	return c;
}

bool
radar_class_seen(const struct radar_class *c)
{
	return c->count >= RADAR_CLASS_SEEN;
}
