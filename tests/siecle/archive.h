/*
 * Archive: ZIP files for tests, sound or lying in one respect.
 */
#ifndef ACQUIS_TEST_ARCHIVE_H
#define ACQUIS_TEST_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../../db/arena.h"

struct archive_entry {
	const char *name;
	const char *bytes;
	size_t length;
	size_t announced; /* the length it is said to have; 0: the true one */
	int shares;       /* the place, from 1, of the entry whose bytes it
			     has; 0: it has its own */
	unsigned int flags, method;
	bool stored; /* method 0, else deflated */
};

struct archive_file {
	char *bytes;
	size_t length;
};

/* `count` is what the end record says; -1: the true number. */
struct archive_file archive_of(struct arena *, const struct archive_entry *,
    size_t n, long count);

/* Like an entry of n times the same text. */
char *archive_repeat(struct arena *, const char *head, const char *text,
    size_t n, const char *tail, size_t *length);

#endif
