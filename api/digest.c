#include <string.h>

#include "digest.h"

/*
 * Eight bytes at a time: a dashboard is 20 KB and is answered thousands of
 * times a second, so a cryptographic hash would be felt.  The multiplier is
 * the odd integer nearest to 2^64 over the golden ratio.
 */
#define MULTIPLIER UINT64_C(0x9e3779b97f4a7c15)

static uint64_t
mix(uint64_t h, uint64_t word)
{
	h = (h ^ word) * MULTIPLIER;
	return h ^ (h >> 29);
}

void
reply_digest(struct ctx *c)
{
	const char *s = c->reply.body.bytes;
	size_t n = c->reply.body.length;
	uint64_t h = mix(0, n), word;

	for (; n >= sizeof(word); n -= sizeof(word), s += sizeof(word)) {
		memcpy(&word, s, sizeof(word));
		h = mix(h, word);
	}
	word = 0;
	if (n > 0)
		memcpy(&word, s, n);
	h = mix(mix(h, word), 0);
	c->reply.etag
	    = arena_print(c->arena, "\"%016llx\"", (unsigned long long)h);
}
