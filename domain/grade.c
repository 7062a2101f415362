#include <string.h>

#include "grade.h"
#include "weight.h"

#define FACTOR_WHOLE 10000
#define VALUE_MAX 1000

const struct scale grade_scales[GRADE_SCALES] = {
	{ "regular", { 0, 1, 2, 3 } },
	{ "dnb", { 20, 50, 80, 100 } },
	{ "quarters", { 1, 2, 3, 4 } },
};

static const struct {
	const char *id;
	int step;
} policies[GRADE_POLICY__MAX] = {
	[GRADE_S5] = { "half_point_up", 50 },
	[GRADE_S1] = { "tenth_up", 10 },
	[GRADE_SE] = { "point_up", 100 },
	[GRADE_P5] = { "half_point_nearest", 50 },
	[GRADE_P1] = { "tenth_nearest", 10 },
	[GRADE_PE] = { "point_nearest", 100 },
	[GRADE_CCF] = { "half_point_up_exact", 50 },
};

const struct scale *
grade_scale(const char *id)
{
	for (size_t i = 0; i < GRADE_SCALES; i++)
		if (strcmp(grade_scales[i].id, id) == 0)
			return &grade_scales[i];
	return NULL;
}

bool
grade_policy_read(const char *id, enum grade_policy *out)
{
	for (int i = 0; i < GRADE_POLICY__MAX; i++) {
		if (strcmp(policies[i].id, id) == 0) {
			*out = (enum grade_policy)i;
			return true;
		}
	}
	return false;
}

const char *
grade_policy_id(enum grade_policy p)
{
	return policies[p].id;
}

struct grade_rules
grade_default(void)
{
	struct grade_rules r = { grade_scales[0], FACTOR_WHOLE, GRADE_S5 };

	return r;
}

/* 0 <= v1 < v2 < v3 < v4 <= 1000. */
static bool
scale_ok(const struct scale *s)
{
	const int *v = s->value;

	return v[0] >= 0 && v[0] < v[1] && v[1] < v[2] && v[2] < v[3] &&
	       v[3] <= VALUE_MAX;
}

enum fault
grade_rules_ok(const struct grade_rules *r)
{
	if (!scale_ok(&r->scale) || r->intermediate_bp < 0 ||
	    r->intermediate_bp > FACTOR_WHOLE || (int)r->policy < 0 ||
	    (int)r->policy >= GRADE_POLICY__MAX)
		return FAULT_VALUE;
	return FAULT_NONE;
}

/* One product of R-08. */
static int64_t
reached_by(int bp, const struct position *p, const struct grade_rules *r)
{
	int64_t factor = p->objective == OBJECTIVE_INTERMEDIATE
			     ? r->intermediate_bp
			     : FACTOR_WHOLE;

	if (!position_assessed(p))
		return 0;
	return bp * factor * r->scale.value[p->level - LEVEL_1];
}

static int64_t
whole_of(const struct grade_rules *r)
{
	return (int64_t)WEIGHT_WHOLE * FACTOR_WHOLE * r->scale.value[3];
}

/* k x S / D to the nearest integer, half up. */
static int64_t
nearest(int64_t k, int64_t s, int64_t d)
{
	return (2 * k * s + d) / (2 * d);
}

/*
 * Upward policies start from the hundredths, which absorb the
 * noise of apportionment; nearest ones from the exact fraction, so as not to
 * round twice; certification grids from the exact fraction, because nothing is
 * apportioned there and the official text rounds 12.504 to 13.
 */
static int64_t
rounded(enum grade_policy p, int64_t s, int64_t d)
{
	int64_t step = policies[p].step;
	int64_t steps = GRADE_FULL / step;

	switch (p) {
	case GRADE_S5:
	case GRADE_S1:
	case GRADE_SE:
		return (nearest(GRADE_FULL, s, d) + step - 1) / step * step;
	case GRADE_P5:
	case GRADE_P1:
	case GRADE_PE:
		return nearest(steps, s, d) * step;
	case GRADE_CCF:
		return (steps * s + d - 1) / d * step;
	case GRADE_POLICY__MAX:
		break;
	}
	return GRADE_NONE;
}

enum fault
grade_propose(const int *bp, const struct position *p, size_t n,
    const struct grade_rules *r, struct grade *out)
{
	struct grade g = { GRADE_PROPOSED, 0, 0, 0, GRADE_NONE, GRADE_NONE };

	TRY(grade_rules_ok(r));
	TRY(weight_ok(bp, p, n));
	g.remainder_bp = weight_remainder(bp, n);
	g.whole = whole_of(r);
	if (position_profile(p, n) == 0)
		g.state = GRADE_NOT_GRADABLE;
	else if (g.remainder_bp > 0)
		g.state = GRADE_INCOMPLETE;
	if (g.state == GRADE_PROPOSED) {
		for (size_t i = 0; i < n; i++)
			g.reached += reached_by(bp[i], &p[i], r);
		g.raw = (int)nearest(GRADE_FULL, g.reached, g.whole);
		g.value = (int)rounded(r->policy, g.reached, g.whole);
	}
	*out = g;
	return FAULT_NONE;
}

void
grade_explain(const int *bp, const struct position *p, size_t n,
    const struct grade_rules *r, struct grade_term *out)
{
	uint64_t reached[POSITION_MAX] = { 0 };
	int share[POSITION_MAX];
	int64_t whole = whole_of(r);

	if (n > POSITION_MAX)
		n = POSITION_MAX;
	for (size_t i = 0; i < n; i++) {
		out[i].reached = reached_by(bp[i], &p[i], r);
		out[i].points_milli =
		    (int)nearest(10 * GRADE_FULL, out[i].reached, whole);
		reached[i] = (uint64_t)out[i].reached;
	}
	weight_share(reached, n, 1000, share);
	for (size_t i = 0; i < n; i++)
		out[i].share_tenths = share[i];
}
