/*
 * UTF-8: is it, and how long is it for a person.
 *
 * Texts are counted bytes.  Valid means what RFC 3629 says (no overlong form,
 * no surrogate, nothing above U+10FFFF) and no NUL, which PostgreSQL refuses.
 * Limits of the trade are counted in code points (G-13), on text in NFC.
 */
#ifndef ACQUIS_UTF8_H
#define ACQUIS_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The first code point and how many bytes it takes: 1 to 4, or 0 when they are
 * not valid or there are none.
 */
size_t utf8_next(const char *, size_t n, uint32_t *code);

bool utf8_ok(const char *, size_t n);

/* Code points of a valid text. */
size_t utf8_count(const char *, size_t n);

/* Is a code point white space, the no-break kinds included? */
bool utf8_is_blank(uint32_t code);

/* Is there nothing but white space in a valid text? */
bool utf8_blank(const char *, size_t n);

#endif
