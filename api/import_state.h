/*
 * Import state: the school as the base has it, as an import compares with it.
 *
 * The statements are run by whoever has the base, the server or the tool, all
 * of them and in this order; the rows then become the plain lists of
 * siecle/plan.h.  Texts belong to the rows.
 */
#ifndef ACQUIS_IMPORT_STATE_H
#define ACQUIS_IMPORT_STATE_H

#include "../db/db.h"
#include "siecle/plan.h"

enum import_rows {
	IMPORT_SCHOOL,
	IMPORT_STAFF,
	IMPORT_LEARNERS,
	IMPORT_ENROLMENTS,
	IMPORT_GUARDIANS,
	IMPORT_STRUCTURES,
	IMPORT_SERVICES,
	IMPORT_LINKS,
	IMPORT_LOGINS,
	IMPORT_MEFS,
	IMPORT__ROWS
};

/* Statements without parameters, of the school entered. */
extern const enum query import_queries[IMPORT__ROWS];

/* Which diploma and level a training (MEF) is, once somebody has said. */
struct known_mef {
	const char *mef;
	const char *framework; /* NULL: not told yet */
	const char *level;
};

#define IMPORT_PEOPLE_HASH 32

struct import_state {
	struct school_state school;
	const char *today;
	struct list mefs; /* of struct known_mef */
	/* Another value: the people are not what they were. */
	unsigned char people[IMPORT_PEOPLE_HASH];
};

/* Of the school only what IMPORT_SCHOOL has: its UAI and year, the day. */
void import_state_read_school(struct arena *, const struct rows *,
    struct import_state *);

void import_state_read(struct arena *, const struct rows[IMPORT__ROWS],
    struct import_state *);

#endif
