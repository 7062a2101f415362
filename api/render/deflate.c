#include <stdlib.h>

#include <libdeflate.h>

#include "deflate.h"

static const int levels[] = { [DEFLATE_FAST] = 1, [DEFLATE_BEST] = 9 };

/* Its tables are 128 KB, which a thread keeps from print to print. */
static _Thread_local struct libdeflate_compressor *fast;

static struct libdeflate_compressor *
compressor(enum deflate how)
{
	struct libdeflate_compressor *c;

	if (how == DEFLATE_FAST && fast != NULL)
		return fast;
	c = libdeflate_alloc_compressor(levels[how]);
	if (c == NULL)
		abort();
	if (how == DEFLATE_FAST)
		fast = c;
	return c;
}

void
deflate_add(struct text *out, enum deflate how, const void *bytes, size_t n)
{
	struct libdeflate_compressor *c = compressor(how);
	size_t room = libdeflate_zlib_compress_bound(c, n);

	out->length +=
	    libdeflate_zlib_compress(c, bytes, n, text_room(out, room), room);
	if (c != fast)
		libdeflate_free_compressor(c);
}
