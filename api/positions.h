/*
 * Positions, as they come and go in JSON: a list of objects that name their
 * competency, packed (domain/position.h) everywhere else.
 */
#ifndef ACQUIS_POSITIONS_H
#define ACQUIS_POSITIONS_H

#include "body.h"
#include "framework.h"
#include "json.h"

/*
 * Read the member "positions".  A competency that is not listed is not
 * positioned.  FAULT_VALUE at the pointer for one that is unknown, listed
 * twice or out of shape; FAULT_POSITION_SHAPE for a level without an
 * objective or NE with one.  Writes one position a competency.
 */
enum fault body_positions(struct ctx *, const cJSON *body,
    const struct framework *, struct position *);

/* Packed positions; what cannot be read is not positioned. */
void positions_unpack(const struct framework *, const char *packed,
    struct position *);

/* The same of another version: what has the same id is the same thing. */
void positions_across(const struct framework *, const struct framework *of,
    const char *packed, struct position *);
const char *positions_pack(struct ctx *, const struct framework *,
    const struct position *);

/* Two members, level and objective. */
void positions_value(struct json *, const struct position *);

/*
 * The member "positions": those that are set, in the order of the framework.
 * `whole` adds code and title of the competency.
 */
void positions_write(struct json *, const struct framework *,
    const struct position *, bool whole);

/* What a client says it saw: a list of {id, revision}. */
struct seen {
	bool told;
	int64_t *ids;
	int64_t *revisions;
	size_t count;
};

/* The optional member "evaluations". */
enum fault body_seen(struct ctx *, const cJSON *body, struct seen *);

/* The two parameters of it, both NULL where nothing was told. */
struct param seen_ids(struct ctx *, const struct seen *);
struct param seen_revisions(struct ctx *, const struct seen *);

/*
 * 422 for competencies without a position: one pointer for each, and their
 * codes in `missing`.
 */
enum fault positions_missing(struct ctx *, const struct framework *,
    const struct position *);

#endif
