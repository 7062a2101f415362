/*
 * Weight: how 100 % is shared out over the competencies of one learner.
 *
 * Weights are basis points: 10000 is 100 %, 1 is 0.01 %.  They sit on assessed
 * competencies only; while some of the whole is left there is a
 * remainder and no grade (R-06, M-242).  Teachers type percents with at most
 * two decimals.
 *
 * The model weighting of a framework comes from its certification units: each
 * has a coefficient and shares its own 100 % over some competencies.  Amounts
 * of the model are kept raw (coefficient x 100 x basis points) until they are
 * shared out, so that nothing is rounded twice.
 *
 * Arrays run in framework order, which settles every tie, and hold at most
 * POSITION_MAX competencies.  Amounts are at most 2^40 each.
 */
#ifndef ACQUIS_WEIGHT_H
#define ACQUIS_WEIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "decimal.h"
#include "fault.h"
#include "position.h"

#define WEIGHT_WHOLE 10000
#define WEIGHT_COVERAGE_LOW 5000 /* below it a grade says little */

/* One competency inside one unit of a framework. */
struct weight_unit {
	size_t competency;     /* index in framework order */
	int coefficient_centi; /* of the unit, x 100; negative: not known */
	int weight_bp;         /* inside the unit; negative: not known */
};

/*
 * Read a percent, "12,5" or "12.50", into basis points.  FAULT_WEIGHT_RANGE
 * outside 0..100, with a third decimal, or when it is no number.
 */
enum fault weight_parse(const char *, int *bp);

/* What is left of 100 %; negative when too much was spread. */
int weight_remainder(const int *bp, size_t n);

/*
 * May these weights be kept?  Refuses, in this order, with
 * FAULT_WEIGHT_RANGE (one outside 0..10000), FAULT_WEIGHT_NE (one on a
 * competency not assessed, R-05), FAULT_WEIGHT_OVER (more than 100 %, R-06).
 */
enum fault weight_ok(const int *bp, const struct position *, size_t n);

/*
 * Share a whole out in proportion to amounts, by largest remainder: parts add
 * up to the whole exactly; what floors leave goes one by one to the largest
 * remainder, then the largest amount, then the first.  When all amounts
 * are 0 all parts are.  whole <= 10000.
 */
void weight_share(const uint64_t *amount, size_t n, int whole, int *part);

/* weight_share() of 100 % in basis points. */
void weight_apportion(const uint64_t *amount, size_t n, int *bp);

/*
 * Raw amounts of the model over the n competencies of a framework: sum
 * over units of coefficient x weight.  FAULT_MODEL when one of them is not
 * known, or when nothing weighs anything: there is no model then.
 */
enum fault weight_model(const struct weight_unit *, size_t units, size_t n,
    uint64_t *amount);

/*
 * Share 100 % over the assessed competencies in proportion to the model,
 * equally if the model gives them nothing; replaces all weights (R-13, M-246).
 * FAULT_NOT_GRADABLE when none is assessed.
 */
enum fault weight_redistribute(const uint64_t *amount, const struct position *,
    size_t n, int *bp);

/*
 * How much of the model, in basis points, is assessed.  The model is
 * the one of the whole framework, apportioned.
 */
int weight_coverage(const int *model_bp, const struct position *, size_t n);

/*
 * May the weights of one learner be copied to another (R-14, M-244)?  Refuses
 * with FAULT_WEIGHT_SUM when the source is not at 100 %, with FAULT_PROFILE
 * when the assessed competencies differ.  Both are learners of one version of
 * one framework.
 */
enum fault weight_copy_ok(const int *source_bp, const struct position *source,
    const struct position *target, size_t n);

/*
 * The difference of two profiles, bit i for competency i: those assessed in
 * the target that the source lacks, and those the source has in excess.
 */
void weight_profiles(const struct position *source,
    const struct position *target, size_t n, uint64_t *missing,
    uint64_t *excess);

#endif
