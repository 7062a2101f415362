/*
 * Demonstration school: what its parts share (acquis demo).
 */
#ifndef ACQUIS_TOOL_DEMO_H
#define ACQUIS_TOOL_DEMO_H

#include "base.h"
#include "caller.h"

#define DEMO_DIPLOMA "bacpro-melec"

struct demo {
	struct base *db;
	int64_t school_id;
	int year; /* 2026 is 2026-2027 */
	bool has_terms;
	const char *today; /* ISO */
	struct caller administrator;
	struct caller head;
	struct caller teacher;
};

/*
 * Make the school from the files of demo/, moved to the school year around
 * today, in one transaction; or find it.  True when it was made.
 */
bool demo_school(struct demo *);

/* The year of its classes of one diploma, from where it has got to. */
void demo_year(struct demo *);

#endif
