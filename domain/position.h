/*
 * Position: what a teacher says of one competency in an interim assessment.
 *
 * Either nothing yet (not set), or NE (not assessed), or one of four levels
 * judged against the intermediate or the terminal objectives: nine values
 * (R-01, M-213).  NE has no objective and counts as a position (M-217).
 *
 * Arrays of positions are in the order of the framework, and a framework has
 * at most POSITION_MAX competencies so that a profile fits in a word.
 *
 * Stored form, in the base and in journals: two characters per competency,
 * in framework order.
 *
 *     ..        not positioned yet
 *     N-        NE
 *     1i .. 4i  level, intermediate objectives
 *     1t .. 4t  level, terminal objectives
 */
#ifndef ACQUIS_POSITION_H
#define ACQUIS_POSITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fault.h"

#define POSITION_MAX 64
#define POSITION_TEXT(n) (2 * (n) + 1) /* room for n positions as text */

enum level { LEVEL_NE, LEVEL_1, LEVEL_2, LEVEL_3, LEVEL_4 };

enum objective { OBJECTIVE_NONE, OBJECTIVE_INTERMEDIATE, OBJECTIVE_TERMINAL };

/* All zero is "not positioned yet". */
struct position {
	bool set;
	enum level level;
	enum objective objective;
};

/*
 * FAULT_POSITION_SHAPE unless the position is one of the nine values, or is
 * not set and all zero.
 */
enum fault position_ok(const struct position *);

/* Is it a level, neither NE nor waiting? */
bool position_assessed(const struct position *);

/* How many are not set: the assessment can be created when it is 0 (M-217). */
size_t position_missing(const struct position *, size_t n);

/* Bit i is set when competency i is assessed.  n <= POSITION_MAX. */
uint64_t position_profile(const struct position *, size_t n);

/* Write POSITION_TEXT(n) characters, the last one a NUL. */
void position_write(const struct position *, size_t n, char *out);

/*
 * Read exactly n positions, then the end of the string.  Writes out only when
 * it returns true.
 */
bool position_read(const char *, size_t n, struct position *out);

#endif
