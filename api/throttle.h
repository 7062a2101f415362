/*
 * Throttle: wrong keys of partners, counted by address.
 *
 * An address may show ten wrong keys a minute, over all workers of this
 * machine; then it is told to wait and PostgreSQL is not asked.  A key that
 * was good before is always asked about: many schools may share the address
 * of one partner, and one of them with an old key must not stop the others.
 *
 * Nothing is kept of a key but a hash, which opens nothing.  Counting costs
 * a good request one look into memory.
 */
#ifndef ACQUIS_THROTTLE_H
#define ACQUIS_THROTTLE_H

#include <stdbool.h>

/* Once, in the parent, before there are workers. */
void throttle_open(void);

/* Has this address shown too many wrong keys, this one not known as good? */
bool throttle_blocked(const char *address, const char *key);

/* The key was wrong; NULL, no key at all, is wrong as well. */
void throttle_wrong(const char *address);

/* The key was good. */
void throttle_good(const char *key);

#endif
