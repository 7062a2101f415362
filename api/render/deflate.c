#include <stdlib.h>

#include <zlib.h>

#include "deflate.h"

struct deflater {
	z_stream z;
};

/* Its memory is the arena's, which gives all back at once. */
static void *
take(void *arena, unsigned int n, unsigned int size)
{
	return arena_array(arena, n, size);
}

static void
keep(void *arena, void *bytes)
{
	(void)arena;
	(void)bytes;
}

struct deflater *
deflate_open(struct arena *arena, int level)
{
	struct deflater *d = arena_take(arena, sizeof(*d));

	d->z = (z_stream){ .zalloc = take, .zfree = keep, .opaque = arena };
	if (deflateInit(&d->z, level) != Z_OK)
		abort();
	return d;
}

void
deflate_add(struct deflater *d, struct text *out, const void *bytes, size_t n)
{
	size_t room = deflateBound(&d->z, n);

	d->z.next_in = (Bytef *)bytes;
	d->z.avail_in = (uInt)n;
	d->z.next_out = (Bytef *)text_room(out, room);
	d->z.avail_out = (uInt)room;
	if (deflate(&d->z, Z_FINISH) != Z_STREAM_END)
		abort();
	out->length += room - d->z.avail_out;
	deflateReset(&d->z);
}
