/*
 * Body: what a person sent, read member by member.
 *
 * body_only() first: a member that is not listed is refused, so nothing is
 * set that was not meant to be.  Getters are case-sensitive.  `pointer` in an
 * error is RFC 6901.
 */
#ifndef ACQUIS_BODY_H
#define ACQUIS_BODY_H

#include "context.h"

/* Refuse members of an object that are not in `names` ("a b c"). */
enum fault body_only(struct ctx *, const cJSON *, const char *at,
    const char *names);

/* The member, or NULL where it is missing. */
const cJSON *body_member(const cJSON *object, const char *name);

/*
 * Required members; FAULT_VALUE (422) with the pointer when missing or of
 * another kind.  `at` is the pointer of the object, "" for the body itself.
 * Lengths are in characters.
 */
enum fault body_text(struct ctx *, const cJSON *, const char *at,
    const char *name, size_t shortest, size_t longest, const char **);
enum fault body_int(struct ctx *, const cJSON *, const char *at,
    const char *name, int64_t low, int64_t high, int64_t *);
enum fault body_bool(struct ctx *, const cJSON *, const char *at,
    const char *name, bool *);
enum fault body_id(struct ctx *, const cJSON *, const char *at,
    const char *name, int64_t *);
enum fault body_array(struct ctx *, const cJSON *, const char *at,
    const char *name, size_t least, size_t most, const cJSON **);
enum fault body_date(struct ctx *, const cJSON *, const char *at,
    const char *name, const char **);

#endif
