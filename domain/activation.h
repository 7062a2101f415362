/*
 * Activation code: what a school hands out on a slip, once, instead of a
 * first password that could be guessed (M-040, M-041).
 *
 * Twelve signs of 32, 60 bits, in groups of four: 7K3Q-M9FD-2XTB.  I, L, O
 * and U are not among them; who reads 1 as I or L and 0 as O is understood.
 * Alone a code opens nothing: it goes with a login.
 */
#ifndef ACQUIS_ACTIVATION_H
#define ACQUIS_ACTIVATION_H

#include <stdbool.h>
#include <stdint.h>

#define ACTIVATION_SIGNS 12
#define ACTIVATION_ROOM 15 /* as it is printed, with its NUL */

/* The code of the low 60 bits of a random number. */
void activation_write(uint64_t chance, char out[ACTIVATION_ROOM]);

/*
 * A code as somebody typed it: either case, blanks and hyphens anywhere or
 * nowhere.  Written as it is printed; false, and out empty, when it is none.
 */
bool activation_read(const char *typed, char out[ACTIVATION_ROOM]);

#endif
