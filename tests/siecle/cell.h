/*
 * Cell: read what was sent in a process that can do nothing else.
 *
 * The child may neither open a file, nor make a socket, nor start a process:
 * the kernel kills it.  What it found comes back with how long it computed and
 * how much more memory it had, so the program must not be under the sanitizers.
 */
#ifndef ACQUIS_TEST_CELL_H
#define ACQUIS_TEST_CELL_H

#include "../../api/siecle/siecle.h"

#define CELL_TEXT 400

struct cell {
	bool killed; /* it tried what is forbidden, or crashed */
	enum fault fault;
	int line;
	char detail[CELL_TEXT];
	unsigned int kinds; /* found, 1u << kind */
	size_t learners;    /* read and not refused */
	double seconds;     /* of the processor; the least of three above 1 */
	long kib;           /* more memory than before */
	size_t arena;       /* KiB */
};

/*
 * Open it as it was uploaded, then read every export that it holds.  `as` is
 * what it was given as, SIECLE__MAX: whatever it is.
 */
struct cell cell_read(const char *bytes, size_t n, enum siecle_kind as);

#endif
