#include "weight.h"

enum fault
weight_parse(const char *s, int *bp)
{
	size_t digits = 0;

	/* "0000012" is a slip of the hand, not a percent */
	while (s[digits] >= '0' && s[digits] <= '9')
		digits++;
	if (digits > 3 || !decimal_read(s, WEIGHT_WHOLE, bp))
		return FAULT_WEIGHT_RANGE;
	return FAULT_NONE;
}

int
weight_remainder(const int *bp, size_t n)
{
	int left = WEIGHT_WHOLE;

	for (size_t i = 0; i < n; i++)
		left -= bp[i];
	return left;
}

enum fault
weight_ok(const int *bp, const struct position *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bp[i] < 0 || bp[i] > WEIGHT_WHOLE)
			return FAULT_WEIGHT_RANGE;
	for (size_t i = 0; i < n; i++)
		if (bp[i] > 0 && !position_assessed(&p[i]))
			return FAULT_WEIGHT_NE;
	if (weight_remainder(bp, n) < 0)
		return FAULT_WEIGHT_OVER;
	return FAULT_NONE;
}

struct shares {
	const uint64_t *amount;
	size_t n;
	uint64_t whole;
	uint64_t total;
};

static uint64_t
rest_of(const struct shares *s, size_t i)
{
	return s->amount[i] * s->whole % s->total;
}

/* Does i come before j when the points that floors leave are given? */
static bool
served_before(const struct shares *s, size_t i, size_t j)
{
	uint64_t a = rest_of(s, i);
	uint64_t b = rest_of(s, j);

	if (a != b)
		return a > b;
	if (s->amount[i] != s->amount[j])
		return s->amount[i] > s->amount[j];
	return i < j;
}

static size_t
rank_of(const struct shares *s, size_t i)
{
	size_t rank = 0;

	for (size_t j = 0; j < s->n; j++)
		if (j != i && served_before(s, j, i))
			rank++;
	return rank;
}

void
weight_share(const uint64_t *amount, size_t n, int whole, int *part)
{
	struct shares s = { amount, n, (uint64_t)whole, 0 };
	size_t left = (size_t)whole;

	for (size_t i = 0; i < n; i++)
		s.total += amount[i];
	for (size_t i = 0; i < n; i++) {
		part[i] = s.total ? (int)(amount[i] * s.whole / s.total) : 0;
		left -= (size_t)part[i];
	}
	if (s.total == 0)
		return;
	for (size_t i = 0; i < n; i++)
		if (rank_of(&s, i) < left)
			part[i]++;
}

void
weight_apportion(const uint64_t *amount, size_t n, int *bp)
{
	weight_share(amount, n, WEIGHT_WHOLE, bp);
}

enum fault
weight_model(const struct weight_unit *u, size_t units, size_t n,
    uint64_t *amount)
{
	uint64_t total = 0;

	for (size_t k = 0; k < units; k++) {
		if (u[k].coefficient_centi < 0 || u[k].weight_bp < 0 ||
		    u[k].competency >= n)
			return FAULT_MODEL;
		total +=
		    (uint64_t)u[k].coefficient_centi * (uint64_t)u[k].weight_bp;
	}
	if (total == 0)
		return FAULT_MODEL;
	for (size_t i = 0; i < n; i++)
		amount[i] = 0;
	for (size_t k = 0; k < units; k++)
		amount[u[k].competency] +=
		    (uint64_t)u[k].coefficient_centi * (uint64_t)u[k].weight_bp;
	return FAULT_NONE;
}

enum fault
weight_redistribute(const uint64_t *amount, const struct position *p, size_t n,
    int *bp)
{
	uint64_t kept[POSITION_MAX] = { 0 };
	uint64_t total = 0;

	if (n > POSITION_MAX || position_profile(p, n) == 0)
		return FAULT_NOT_GRADABLE;
	for (size_t i = 0; i < n; i++)
		if (position_assessed(&p[i]))
			total += amount[i];
	for (size_t i = 0; i < n; i++)
		if (position_assessed(&p[i]))
			kept[i] = total > 0 ? amount[i] : 1;
	weight_apportion(kept, n, bp);
	return FAULT_NONE;
}

int
weight_coverage(const int *model_bp, const struct position *p, size_t n)
{
	int covered = 0;

	for (size_t i = 0; i < n; i++)
		if (position_assessed(&p[i]))
			covered += model_bp[i];
	return covered;
}

enum fault
weight_copy_ok(const int *source_bp, const struct position *source,
    const struct position *target, size_t n)
{
	if (weight_remainder(source_bp, n) != 0)
		return FAULT_WEIGHT_SUM;
	if (position_profile(source, n) != position_profile(target, n))
		return FAULT_PROFILE;
	return FAULT_NONE;
}

void
weight_profiles(const struct position *source, const struct position *target,
    size_t n, uint64_t *missing, uint64_t *excess)
{
	uint64_t from = position_profile(source, n);
	uint64_t to = position_profile(target, n);

	*missing = to & ~from;
	*excess = from & ~to;
}
