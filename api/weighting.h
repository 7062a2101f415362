/*
 * Weighting: from the last interim assessment of a learner to a grade.
 *
 * Weights are being shared out until a save makes a grade of them; both hang
 * on the interim assessment, whose version is their ETag.  Rules
 * are the domain's (domain/weight.h, domain/grade.h); what is here loads,
 * asks, stores and answers.
 */
#ifndef ACQUIS_WEIGHTING_H
#define ACQUIS_WEIGHTING_H

#include "../domain/grade.h"
#include "../domain/weight.h"
#include "context.h"
#include "framework.h"
#include "json.h"

/* One interim assessment and all that its grade depends on. */
struct weighting {
	int64_t id;
	const struct framework *framework;
	int64_t version;
	int64_t revision; /* of the interim assessment */
	bool unlocked;
	bool latest;
	bool teaches; /* the caller may write it */
	bool shown;   /* learners see grades here */
	const char *confirmed_at;
	const char *packed; /* positions as the base keeps them */
	struct position positions[POSITION_MAX];
	int bp[POSITION_MAX];
	const char *origin; /* NULL: no weight was ever given */
	int coverage_bp;    /* share of the model assessed; -1: no model */
	struct grade_rules rules;
	/* The grade saved last. */
	bool saved;
	int64_t saved_revision;
	int saved_value;
	int saved_raw;
	int saved_bp[POSITION_MAX];
	const char *saved_origin;
	const char *saved_positions;
	struct grade_rules saved_rules;
	const char *saved_at;
	const char *saved_author; /* JSON */
};

/* One of the rows of weighting_get.sql; may suspend for the framework. */
enum fault weighting_read(struct ctx *, const struct rows *, size_t row,
    struct weighting *);

/* The school's rules, from a row with its settings. */
enum fault weighting_rules(const struct rows *, size_t row,
    struct grade_rules *);

/* The Weighting object of the contract. */
void weighting_write(struct json *, const char *name, const struct weighting *);

/* Amounts of the model of a framework; FAULT_MODEL where it gives none. */
enum fault weighting_model(struct ctx *, const struct framework *,
    uint64_t amount[POSITION_MAX]);

/*
 * Hold the interim assessment of the path, read it, and refuse what may not
 * be graded: FAULT_ABSENT, FAULT_ROLE (not a learner of the caller),
 * FAULT_STALE, FAULT_LOCKED while it is unlocked, FAULT_NOT_LATEST.
 * If-Match is compared where it is given; the route says where it must be.
 */
enum fault weighting_hold(struct ctx *, struct weighting *);

/*
 * Store w->bp and w->origin (NULL: all at zero) and answer with the result.
 */
enum fault weighting_store(struct ctx *, struct weighting *);

/* Refuse, and tell in the problem how much is left; negative: too much. */
enum fault weighting_left(struct ctx *, int remainder_bp, enum fault);

/* The weights as the base keeps them, one a competency. */
struct param weighting_param(struct ctx *, const struct weighting *);

#endif
