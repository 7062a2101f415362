/*
 * Deflate: bytes as the streams of a PDF hold them (FlateDecode).
 *
 * A deflater costs a quarter of a megabyte, so a file has one for all its
 * streams; it belongs to the arena.
 */
#ifndef ACQUIS_RENDER_DEFLATE_H
#define ACQUIS_RENDER_DEFLATE_H

#include "../../db/text.h"

/* A level of zlib: fast for what is made anew, best for what is kept. */
#define DEFLATE_FAST 2
#define DEFLATE_BEST 9

struct deflater;

struct deflater *deflate_open(struct arena *, int level);

/* Append n bytes, deflated on their own. */
void deflate_add(struct deflater *, struct text *out, const void *bytes,
    size_t n);

#endif
