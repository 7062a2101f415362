/*
 * Table: what the dashboard of a learner shows, found and put in its place.
 *
 * A line for each criterion of the framework, then one for each competency
 * as a whole; a column for each evaluation, in the order of the settings.
 */
#ifndef ACQUIS_DASHBOARD_TABLE_H
#define ACQUIS_DASHBOARD_TABLE_H

#include "../domain/mark.h"
#include "../domain/position.h"
#include "context.h"
#include "framework.h"

struct column {
	const char *marks;
	size_t length;
	size_t filled;
	size_t expected;
	size_t row;
	/* what it is sorted by */
	bool taken;
	int64_t moment;  /* of the last change, 0: not asked for */
	const char *day; /* ISO 8601 */
	int64_t id;
};

/* JSON of a mark, and the comma after it. */
struct piece {
	const char *bytes;
	size_t length;
};

struct dashboard {
	struct ctx *ctx;
	const struct framework *framework;
	struct rows head, evaluations, positions;
	/* asked */
	const char *unit_codes[QUERY_MAX];
	size_t unit_count;
	uint64_t units; /* all of them: every bit */
	const char *complexity_codes[QUERY_MAX];
	size_t complexity_count;
	/* found */
	struct column *columns;
	size_t count;
	size_t bar;
	size_t *per_complexity;
	unsigned char *cells;   /* lines of count marks */
	struct position *said;  /* one row a row of positions */
	struct piece *interims; /* members, one a row of positions */
	struct piece pieces[MARK__MAX];
	size_t longest; /* of the pieces */
};

/* All of it, as the query of the request asks. */
enum fault dashboard_read(struct dashboard *);

/* Lines of the table. */
size_t dashboard_lines(const struct framework *);

#endif
