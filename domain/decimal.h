/*
 * Decimal: a number with two decimals, kept as an integer of hundredths.
 *
 * Weights (12.50 %) and grades (13.50 / 20) are written and typed this way;
 * neither ever passes through binary floating point.
 */
#ifndef ACQUIS_DECIMAL_H
#define ACQUIS_DECIMAL_H

#include <stdbool.h>

#define DECIMAL_ROOM 16 /* sign, any int, point, NUL */

/*
 * Read "12", "12.5", "12,50": digits, then at most two decimals after a comma
 * or a point, nothing around.  False, and nothing written, for anything else
 * or above most (in hundredths).
 */
bool decimal_read(const char *, int most, int *hundredths);

/* Write "12.50", with a point and always two decimals. */
void decimal_write(int hundredths, char out[DECIMAL_ROOM]);

#endif
