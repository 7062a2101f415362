/*
 * Totp: the codes of a telephone (RFC 6238: SHA-1, six digits, 30 seconds).
 */
#ifndef ACQUIS_TOTP_H
#define ACQUIS_TOTP_H

#include <stdbool.h>
#include <stdint.h>

#define TOTP_SECRET 20
#define TOTP_DIGITS 6

/* The code of a step, as a number below a million. */
unsigned int totp_code(const unsigned char secret[TOTP_SECRET], int64_t step);

/*
 * The step that a code of six digits is of: this one, the one before or the
 * one after.  False: of none of them.
 */
bool totp_step(const unsigned char secret[TOTP_SECRET], int64_t now,
    const char *code, int64_t *step);

/* RFC 4648, as telephones want it typed: 32 letters and digits and a NUL. */
void totp_base32(const unsigned char secret[TOTP_SECRET],
    char out[TOTP_SECRET / 5 * 8 + 1]);

#endif
