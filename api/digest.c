#include <string.h>

#include "digest.h"

/*
 * Words, not bytes: a dashboard is 40 KB and is answered a thousand
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

/* Four chains, since each waits for its own multiplication. */
static unsigned long long
digest_of(const struct text *body)
{
	const char *s = body->bytes;
	size_t n = body->length;
	uint64_t h[4] = { mix(0, n), 1, 2, 3 }, words[4];

	for (; n >= sizeof(words); n -= sizeof(words), s += sizeof(words)) {
		memcpy(words, s, sizeof(words));
		for (int i = 0; i < 4; i++)
			h[i] = mix(h[i], words[i]);
	}
	memset(words, 0, sizeof(words));
	if (n > 0)
		memcpy(words, s, n);
	for (int i = 0; i < 4; i++)
		h[0] = mix(mix(h[0], h[i]), words[i]);
	return h[0];
}

void
reply_digest(struct ctx *c)
{
	c->reply.etag =
	    arena_print(c->arena, "\"%016llx\"", digest_of(&c->reply.body));
}

void
reply_exact(struct ctx *c)
{
	struct reply *r = &c->reply;

	r->etag = arena_print(c->arena, "%.*s-%016llx\"",
	    (int)strlen(r->etag) - 1, r->etag, digest_of(&r->body));
}
