/*
 * Mark: the result of one learner on one item of an evaluation's grid.
 *
 * The four values of the framework's result scale (0 to 3 there are MARK_1 to
 * MARK_4 here), "not assessable", "absent", or an empty cell.
 *
 * A learner's marks in an evaluation are one line: one character per item, in
 * the order of the grid.
 *
 *     .  empty    1 2 3 4  the scale    N  not assessable    A  absent
 *
 * Items are only ever added at the end of a grid, so a line may be shorter
 * than its grid; what it lacks is empty.  Lines are counted, not NUL ended.
 */
#ifndef ACQUIS_MARK_H
#define ACQUIS_MARK_H

#include <stdbool.h>
#include <stddef.h>

enum mark {
	MARK_EMPTY,
	MARK_1,
	MARK_2,
	MARK_3,
	MARK_4,
	MARK_NA,
	MARK_ABSENT,
	MARK__MAX
};

/* False, and nothing written, for a character that is no mark. */
bool mark_read(char, enum mark *);

/* The mark at an item; empty beyond the end of the line. */
enum mark mark_at(const char *line, size_t n, size_t at);

/*
 * Put a mark at an item of a line that has room for `room` of them.  A line
 * that ends before the item is lengthened with empty cells, and *n follows.
 * False, and nothing done, when there is no room at that place.
 */
bool mark_set(char *line, size_t *n, size_t room, size_t at, enum mark);

#endif
