/*
 * Grid: the items of one evaluation, in their places.
 *
 * An item is a criterion or a competency assessed as a whole.  It has one
 * place for ever: dropped, it keeps it, and its marks with it, out of sight;
 * put back, it finds them again.  Places count from 0 here and from 1 in the
 * base; criterion n is stored as n, whole competency n as -n.
 */
#ifndef ACQUIS_GRID_H
#define ACQUIS_GRID_H

#include "framework.h"
#include "json.h"

#define GRID_MAX 400

struct grid {
	const struct framework *framework;
	size_t count; /* places, dropped ones too */
	size_t live;  /* places in sight */
	int item[GRID_MAX];
	bool dropped[GRID_MAX];
	/* Places in sight by the id of their item, for grid_find(). */
	struct {
		const char *id;
		int place;
	} index[GRID_MAX];
};

/*
 * Read columns framework_key, items and dropped of a row.  May suspend, once
 * in the life of a worker for each version of a framework.
 */
enum fault grid_read(struct ctx *, const struct rows *, size_t row,
    struct grid *);

/* The place in sight of an item, or -1. */
int grid_find(const struct grid *, const char *id, bool whole);

/* The members items of an evaluation, and marks of a line. */
void grid_write_items(const struct grid *, struct json *);
void grid_write_marks(const struct grid *, struct json *, const char *line,
    size_t n);

/* The code of a mark, NULL for an empty cell. */
const char *grid_code(const struct grid *, enum mark);

/* Marks of a line that are in sight. */
size_t grid_filled(const struct grid *, const char *line, size_t n);

/*
 * Read criterion_ids and competency_ids of a body; a list that is missing
 * leaves the items of its kind as they are.  New items go to the end, those
 * left out are dropped.  FAULT_VALUE with the pointers of unknown or repeated
 * ids, of a grid without items or with too many.
 */
enum fault grid_change(struct ctx *, struct grid *);

/* Are these the same items in sight? */
bool grid_same(const struct grid *, const struct grid *);

/* As parameters: smallint[] of the items and of the dropped places. */
struct param grid_items(struct ctx *, const struct grid *);
struct param grid_dropped(struct ctx *, const struct grid *);

#endif
