/*
 * Cursor: where a page of a partner's pull ended.
 *
 * Opaque to the partner, at most CURSOR_ROOM characters, signed with a key
 * that only its access has and bound to the filters it was given for: forged,
 * foreign, or sent with other filters it is FAULT_CURSOR.  It holds no state
 * of ours, so any worker of any machine reads it.
 *
 * It is good for 24 hours from the first page, counted from the beginning of
 * that hour plus one: the same request in one hour has the same cursor, to
 * the byte, since nothing but the request and the feed went into it.
 */
#ifndef ACQUIS_CURSOR_H
#define ACQUIS_CURSOR_H

#include <stdint.h>

#include "../db/arena.h"
#include "../domain/fault.h"

#define CURSOR_ROOM 128
#define CURSOR_KEY 32

struct cursor {
	int64_t issued;  /* seconds since 1970, of the first page */
	int64_t through; /* number of the feed the pull goes up to */
	int64_t rev;     /* of the last item */
	int64_t id;      /* of the last item */
};

/* The hour that holds a moment: what `issued` of a first page is. */
int64_t cursor_hour(int64_t seconds);

/* Belongs to the arena. */
const char *cursor_write(struct arena *, const unsigned char key[CURSOR_KEY],
    const char *filters, const struct cursor *);

/* FAULT_CURSOR, or FAULT_CURSOR_OLD after its time. */
enum fault cursor_read(const char *, const unsigned char key[CURSOR_KEY],
    const char *filters, int64_t now, struct cursor *);

#endif
