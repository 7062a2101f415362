/*
 * Arena: the memory of one request.
 *
 * Everything a request needs is taken from its arena and given back in one
 * piece when the request ends, so nothing in a handler is ever freed and an
 * early return leaks nothing.  Out of memory ends the process: Kore starts
 * another worker, and no caller has a half-done object to look after.
 *
 * An arena is used by one thread at a time.  A task thread may use the arena
 * of the request that waits for it, since that request is suspended.
 */
#ifndef ACQUIS_ARENA_H
#define ACQUIS_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/* An empty arena; end it with arena_close(), which accepts NULL. */
struct arena *arena_open(void);
void arena_close(struct arena *);

/* Zeroed memory, aligned for any type, valid until arena_close(). */
void *arena_take(struct arena *, size_t);

/* The same, and what is in it is anything: for what is written over at once. */
void *arena_room(struct arena *, size_t);

/* n elements of a size, zeroed; a product that overflows ends the process. */
void *arena_array(struct arena *, size_t n, size_t size);

/* A copy of n bytes, with a NUL added. */
char *arena_copy(struct arena *, const char *, size_t n);

/* A copy of a string; NULL gives NULL. */
char *arena_text(struct arena *, const char *);

/* printf into the arena. */
char *arena_print(struct arena *, const char *, ...)
    __attribute__((format(printf, 2, 3), nonnull(2)));

/* Bytes taken so far: what a stranger may have kept, how big a request was. */
size_t arena_used(const struct arena *);

#endif
