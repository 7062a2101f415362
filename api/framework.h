/*
 * Framework: a diploma's reference data, as every handler needs it.
 *
 * One version of one framework, parsed from its document and kept for the
 * life of the worker: versions are never edited, so what was read once stays
 * true.  Competencies are numbered from 1 in display order over assessable
 * ones, criteria from 1 over the whole framework (competency order, then
 * their own); grids, positions and weights are packed in these orders.
 * Everything belongs to the cache.
 */
#ifndef ACQUIS_FRAMEWORK_H
#define ACQUIS_FRAMEWORK_H

#include "../domain/mark.h"
#include "../domain/position.h"
#include "context.h"

#define CRITERIA_MAX 400

struct scale_level {
	const char *code;
	const char *title;
	const char *symbol; /* NULL: none */
	const char *color;  /* NULL: not told */
};

struct competency {
	int number; /* 1.. */
	const char *id;
	const char *code;
	const char *title;
	const char *group;     /* title of the group it stands under, or NULL */
	const char *group_id;  /* of that group, or NULL */
	const char *domain_id; /* as the document says, or NULL */
	int domain;            /* radar sector, from 0; -1: none */
	uint64_t units;        /* bit u: in unit u */
	int first_criterion;   /* number; criteria are neighbours */
	int criteria_count;
};

struct criterion {
	int number;     /* 1.. */
	int competency; /* number */
	const char *id;
	const char *title;
};

struct unit {
	const char *code;
	const char *title;
	int coefficient_centi;      /* -1: unknown */
	bool weighted;              /* weights are told */
	const int *weight_bp;       /* one a competency, 0 where not a member */
	const char *weights_status; /* official, reported, inferred, none */
};

struct sector {
	const char *title;
	const int *axes; /* competency numbers, clockwise; for a group
			  * axis, minus the index of the group */
	size_t axes_count;
};

struct axis_group { /* axis_kind "group" only */
	const char *code;
	const char *title;
	const int *competencies; /* numbers */
	size_t count;
};

struct complexity {
	const char *code;
	const char *title;
	bool company; /* the mark of a company review */
};

struct class_level {
	const char *code;
	const char *title;
};

struct framework {
	int key;        /* of the table framework */
	const char *id; /* bacpro-melec */
	int version;
	const char *code;
	const char *title;
	const char *short_title;
	bool in_force;
	bool current;
	const char *document; /* JSON, as loaded */
	const struct competency *competencies;
	size_t competencies_count; /* at most POSITION_MAX */
	const struct criterion *criteria;
	size_t criteria_count;
	const struct unit *units;
	size_t units_count; /* at most 64 */
	const struct sector *sectors;
	size_t sectors_count;
	const struct axis_group *groups;
	size_t groups_count;
	const struct complexity *complexities;
	size_t complexities_count;
	const struct class_level *class_levels;
	size_t class_levels_count;
	struct scale_level results[MARK__MAX]; /* by enum mark; 0 is empty */
	struct scale_level levels[5];          /* by enum level; 0 is NE */
	const char *levels_title; /* Niveaux d'acquisition de la compétence */
};

/* A version by its key.  FAULT_ABSENT if there is none; may suspend. */
enum fault framework_by_key(struct ctx *, int64_t key,
    const struct framework **);

/* The current version by its id. */
enum fault framework_by_id(struct ctx *, const char *id,
    const struct framework **);

/* NULL where there is none of that id or code. */
const struct competency *framework_competency(const struct framework *,
    const char *id);
const struct criterion *framework_criterion(const struct framework *,
    const char *id);
const struct complexity *framework_complexity(const struct framework *,
    const char *code);

/* The mark of a code of the result scale; false if there is none. */
bool framework_mark(const struct framework *, const char *code, enum mark *);

/* GET /frameworks and /frameworks/{id}. */
enum fault framework_list(struct ctx *);
enum fault framework_get(struct ctx *);

#endif
