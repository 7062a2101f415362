/*
 * Grade: from positions and weights to a proposal out of 20.
 *
 * Each assessed competency brings weight x value of its level x factor of its
 * objective; the sum S over its greatest possible value D is the share of 20
 * that was reached.  The raw note is that fraction, shown to the
 * nearest hundredth; the proposal is rounded once more by the policy of
 * the establishment.  Everything is an integer: grades are hundredths
 * of a point, so 1350 reads 13.50 / 20, and S <= D <= 10^11.
 *
 * The same inputs and the same rules give the same grade for ever (P4).
 */
#ifndef ACQUIS_GRADE_H
#define ACQUIS_GRADE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "decimal.h"
#include "fault.h"
#include "position.h"

#define GRADE_FULL 2000 /* 20 / 20 */
#define GRADE_NONE (-1) /* no grade */
#define GRADE_SCALES 3
#define GRADE_ID_MAX 32

/*
 * What levels 1 to 4 are worth, 0 <= v1 < v2 < v3 < v4 <= 1000; the last one
 * is the whole.
 */
struct scale {
	char id[GRADE_ID_MAX];
	int value[4];
};

/* The tables shipped; the first one is the default. */
extern const struct scale grade_scales[GRADE_SCALES];

enum grade_policy {
	GRADE_S5,  /* half_point_up, the default */
	GRADE_S1,  /* tenth_up */
	GRADE_SE,  /* point_up */
	GRADE_P5,  /* half_point_nearest */
	GRADE_P1,  /* tenth_nearest */
	GRADE_PE,  /* point_nearest */
	GRADE_CCF, /* half_point_up_exact: certification grids only */
	GRADE_POLICY__MAX
};

struct grade_rules {
	struct scale scale;
	int intermediate_bp; /* worth of an intermediate objective */
	enum grade_policy policy;
};

enum grade_state {
	GRADE_INCOMPLETE,   /* some of the 100 % is left */
	GRADE_NOT_GRADABLE, /* nothing was assessed */
	GRADE_PROPOSED
};

struct grade {
	enum grade_state state;
	int remainder_bp;
	int64_t reached; /* S; 0 unless proposed */
	int64_t whole;   /* D */
	int raw;         /* hundredths, GRADE_NONE unless proposed */
	int value;       /* hundredths, GRADE_NONE unless proposed */
};

/* What one competency brings to a grade (section 5 of the rules). */
struct grade_term {
	int64_t reached;  /* its part of S */
	int points_milli; /* thousandths of a point, nearest */
	int share_tenths; /* tenths of a percent of the grade; add up to 1000 */
};

/* The shipped table of that id, NULL if there is none. */
const struct scale *grade_scale(const char *id);

bool grade_policy_read(const char *id, enum grade_policy *);
const char *grade_policy_id(enum grade_policy);

/* The default rules: regular table, factor 10000, half-point up. */
struct grade_rules grade_default(void);

/* FAULT_VALUE unless table, factor and policy are within their bounds. */
enum fault grade_rules_ok(const struct grade_rules *);

/*
 * Propose a grade.  Refuses rules that are not ok, then what weight_ok()
 * refuses; a remainder or an empty profile is a state, not a refusal.
 */
enum fault grade_propose(const int *bp, const struct position *, size_t n,
    const struct grade_rules *, struct grade *);

/*
 * The part of each competency in a proposed grade.  Shares add up to exactly
 * 100.0 %, and are all 0 when the grade is 0.
 */
void grade_explain(const int *bp, const struct position *, size_t n,
    const struct grade_rules *, struct grade_term *);

#endif
