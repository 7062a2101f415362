/*
 * Fold: names as a matching or a login sees them.
 *
 * Latin letters lose case and accents: Latin-1, Latin Extended-A and B, Latin
 * Extended Additional (Vietnamese included), ligatures spelt out (œ is oe, ß
 * is ss, ø is o, ł is l, þ is th).  Combining accents are dropped, so that a
 * decomposed name folds like a composed one.  Other scripts stay as they are.
 */
#ifndef ACQUIS_FOLD_H
#define ACQUIS_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The lower case ASCII letters or digit of a code point: how many are written,
 * 0 to 2.  0 for whatever is no Latin letter.
 */
size_t fold_letters(uint32_t code, char out[2]);

/* Hyphen, no-break or soft hyphen, dashes, minus. */
bool fold_is_hyphen(uint32_t code);

/*
 * Fold a valid UTF-8 name for matching (siecle 10): as above, and every run of
 * apostrophes, hyphens and blanks becomes one blank, none at the ends.  So
 * D’Alembert is D'ALEMBERT and d alembert, but De La Fontaine is not
 * Delafontaine.  Writes at most n bytes and a NUL; the length without it.
 */
size_t fold_name(const char *, size_t n, char *out);

#endif
