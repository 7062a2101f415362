/*
 * Text: bytes that grow, in an arena.
 *
 * What an answer is written into: JSON, CSV, SVG, a PDF.  The bytes belong to
 * the arena and move when the text grows, so a pointer into them is good only
 * until the next call.  They are not ended by a NUL; text_string() adds one.
 */
#ifndef ACQUIS_TEXT_H
#define ACQUIS_TEXT_H

#include <stddef.h>

#include "arena.h"

struct text {
	struct arena *arena;
	char *bytes;
	size_t length;
	size_t room;
};

/* An empty text whose bytes will come from the arena. */
struct text text_in(struct arena *);

void text_add(struct text *, const char *, size_t);
void text_char(struct text *, char);
void text_put(struct text *, const char *);
void text_print(struct text *, const char *, ...)
    __attribute__((format(printf, 2, 3), nonnull(2)));
void text_int(struct text *, long long);

/* Room for n more bytes, to be written by the caller, who adds to length. */
char *text_room(struct text *, size_t);

/* The bytes with a NUL after them. */
const char *text_string(struct text *);

#endif
