/*
 * Deflate: bytes as the streams of a PDF hold them (FlateDecode), by
 * libdeflate, which takes two thirds of zlib's time for these.
 *
 * Same bytes in, same bytes out, on every machine.
 */
#ifndef ACQUIS_RENDER_DEFLATE_H
#define ACQUIS_RENDER_DEFLATE_H

#include "../../db/text.h"

/* Fast for what is made anew, best for what is kept. */
enum deflate { DEFLATE_FAST, DEFLATE_BEST };

/* Append n bytes, deflated on their own. */
void deflate_add(struct text *out, enum deflate, const void *bytes, size_t n);

#endif
