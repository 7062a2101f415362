#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "archive.h"

#define ROOM (64 << 10) /* for headers, beside the contents */

struct out {
	char *bytes;
	size_t n;
};

static void
put(struct out *o, const void *bytes, size_t n)
{
	memcpy(o->bytes + o->n, bytes, n);
	o->n += n;
}

static void
put16(struct out *o, unsigned int v)
{
	put(o, (const uint8_t[]){ (uint8_t)v, (uint8_t)(v >> 8) }, 2);
}

static void
put32(struct out *o, size_t v)
{
	put16(o, v & 0xffff);
	put16(o, v >> 16 & 0xffff);
}

/* What an entry has in the archive. */
struct placed {
	size_t local, packed, announced;
	unsigned int method;
	uint32_t crc;
};

static size_t
deflated(const struct archive_entry *e, struct out *o, size_t room)
{
	z_stream s = { .next_in = (Bytef *)(uintptr_t)e->bytes,
		.avail_in = (uInt)e->length,
		.next_out = (Bytef *)o->bytes + o->n,
		.avail_out = (uInt)room };

	if (deflateInit2(&s, 1, Z_DEFLATED, -MAX_WBITS, 8,
		Z_DEFAULT_STRATEGY) != Z_OK ||
	    deflate(&s, Z_FINISH) != Z_STREAM_END)
		abort();
	deflateEnd(&s);
	o->n += s.total_out;
	return s.total_out;
}

/* The fields that a local header and a central record have in common. */
static void
put_common(struct out *o, const struct archive_entry *e, const struct placed *p)
{
	put16(o, 20);
	put16(o, e->flags);
	put16(o, p->method);
	put32(o, 0); /* time, date */
	put32(o, p->crc);
	put32(o, p->packed);
	put32(o, p->announced);
	put16(o, (unsigned int)strlen(e->name));
	put16(o, 0);
}

static void
put_content(struct out *o, const struct archive_entry *e, struct placed *p)
{
	struct out header = { o->bytes + o->n, 0 };

	p->local = o->n;
	p->method = e->method != 0 ? e->method : e->stored ? 0 : 8;
	p->crc = (uint32_t)crc32(crc32(0, NULL, 0), (const Bytef *)e->bytes,
	    (uInt)e->length);
	p->announced = e->announced != 0 ? e->announced : e->length;
	o->n += 30 + strlen(e->name);
	p->packed = e->length;
	if (e->stored)
		put(o, e->bytes, e->length);
	else
		p->packed = deflated(e, o, e->length + ROOM);
	put(&header, "PK\003\004", 4);
	put_common(&header, e, p);
	put(&header, e->name, strlen(e->name));
}

static void
put_record(struct out *o, const struct archive_entry *e, const struct placed *p)
{
	put(o, "PK\001\002", 4);
	put16(o, 3 << 8 | 20);
	put_common(o, e, p);
	put16(o, 0);
	put32(o, 0);
	put32(o, (size_t)0100644 << 16);
	put32(o, p->local);
	put(o, e->name, strlen(e->name));
}

struct archive_file
archive_of(struct arena *a, const struct archive_entry *e, size_t n, long count)
{
	struct placed *p = arena_array(a, n + 1, sizeof(*p));
	size_t i, room = ROOM + n * 512, from;
	struct out o = { 0 };

	for (i = 0; i < n; i++)
		room += e[i].length + ROOM;
	o.bytes = arena_room(a, room);
	for (i = 0; i < n; i++)
		if (e[i].shares > 0)
			p[i] = p[e[i].shares - 1];
		else
			put_content(&o, &e[i], &p[i]);
	from = o.n;
	for (i = 0; i < n; i++)
		put_record(&o, &e[i], &p[i]);
	i = o.n - from;
	put(&o, "PK\005\006\0\0\0\0", 8);
	put16(&o, count < 0 ? (unsigned int)n : (unsigned int)count);
	put16(&o, count < 0 ? (unsigned int)n : (unsigned int)count);
	put32(&o, i);
	put32(&o, from);
	put16(&o, 0);
	return (struct archive_file){ o.bytes, o.n };
}

char *
archive_repeat(struct arena *a, const char *head, const char *text, size_t n,
    const char *tail, size_t *length)
{
	size_t h = strlen(head), t = strlen(text), i;
	char *out = arena_room(a, h + n * t + strlen(tail) + 1);

	memcpy(out, head, h);
	for (i = 0; i < n; i++)
		memcpy(out + h + i * t, text, t);
	memcpy(out + h + n * t, tail, strlen(tail) + 1);
	*length = h + n * t + strlen(tail);
	return out;
}
