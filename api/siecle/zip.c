#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include <zlib.h>

#include "zip.h"

#define CHUNK (64 << 10)

#define LOCAL_SIZE 30
#define CENTRAL_SIZE 46
#define END_SIZE 22
#define COMMENT_MAX 0xffff

#define FLAG_ENCRYPTED 0x0001
#define FLAG_STRONG 0x0040
#define FLAG_MASKED 0x2000
#define FLAGS_CIPHER (FLAG_ENCRYPTED | FLAG_STRONG | FLAG_MASKED)

#define METHOD_STORED 0
#define METHOD_DEFLATED 8

/* The archive, and where its central directory stands in it. */
struct archive {
	struct arena *arena;
	const unsigned char *bytes;
	size_t length;
	size_t count;
	size_t from, to;
	struct list *entries;
	size_t total;
};

/* One record of the central directory. */
struct record {
	unsigned int system, flags, method;
	uint32_t crc, packed, length, attributes, local;
	const char *name;
	size_t name_length;
};

static unsigned int
u16(const unsigned char *b)
{
	return b[0] | (unsigned int)b[1] << 8;
}

static uint32_t
u32(const unsigned char *b)
{
	return u16(b) | (uint32_t)u16(b + 2) << 16;
}

static bool
signed_as(const unsigned char *b, char third, char fourth)
{
	return b[0] == 'P' && b[1] == 'K' && b[2] == (unsigned char)third &&
	       b[3] == (unsigned char)fourth;
}

bool
zip_is(const char *bytes, size_t n)
{
	const unsigned char *b = (const unsigned char *)bytes;

	/* An archive of nothing begins with its end. */
	return n >= 4 && (signed_as(b, 3, 4) || signed_as(b, 5, 6));
}

struct siecle_problem
zip_bad(void)
{
	return (struct siecle_problem){ FAULT_ZIP_BAD, 0,
		WORDS("L'archive ZIP est abîmée ou incomplète.",
		    "The ZIP archive is damaged or incomplete.") };
}

/* The end record, whose comment is the end of the file. */
static enum fault
find_end(struct archive *z)
{
	const unsigned char *end;
	size_t at, lowest;

	if (z->length < END_SIZE)
		return FAULT_ZIP_BAD;
	at = z->length - END_SIZE;
	lowest = at > COMMENT_MAX ? at - COMMENT_MAX : 0;
	for (;; at--) {
		end = z->bytes + at;
		if (signed_as(end, 5, 6) &&
		    at + END_SIZE + u16(end + 20) == z->length)
			break;
		if (at == lowest)
			return FAULT_ZIP_BAD;
	}
	if (u16(end + 4) != 0 || u16(end + 6) != 0 ||
	    u16(end + 8) != u16(end + 10))
		return FAULT_ZIP_BAD; /* of several disks */
	z->count = u16(end + 10);
	if (z->count > ZIP_ENTRIES_MAX)
		return FAULT_ZIP_LIMIT;
	z->from = u32(end + 16);
	if (z->from > at || u32(end + 12) > at - z->from)
		return FAULT_ZIP_BAD;
	z->to = z->from + u32(end + 12);
	return FAULT_NONE;
}

static enum fault
read_record(const struct archive *z, size_t *at, struct record *r)
{
	const unsigned char *b = z->bytes + *at;
	size_t rest = z->to - *at, n;

	if (rest < CENTRAL_SIZE || !signed_as(b, 1, 2))
		return FAULT_ZIP_BAD;
	r->system = b[5];
	r->flags = u16(b + 8);
	r->method = u16(b + 10);
	r->crc = u32(b + 16);
	r->packed = u32(b + 20);
	r->length = u32(b + 24);
	r->name_length = u16(b + 28);
	r->attributes = u32(b + 38);
	r->local = u32(b + 42);
	r->name = (const char *)b + CENTRAL_SIZE;
	n = CENTRAL_SIZE + r->name_length + u16(b + 30) + u16(b + 32);
	if (n > rest)
		return FAULT_ZIP_BAD;
	*at += n;
	return FAULT_NONE;
}

/* Is one component of a path there to be passed over? */
static bool
component_odd(const char *s, size_t n)
{
	return n == 0 || s[0] == '.' || memchr(s, ':', n) != NULL ||
	       (n == 8 && memcmp(s, "__MACOSX", 8) == 0);
}

/* A file named .xml where a person would have put it. */
static bool
is_candidate(const struct record *r)
{
	const char *s = r->name, *end = s + r->name_length, *slash;

	if (r->name_length < 4 || strncasecmp(end - 4, ".xml", 4) != 0 ||
	    memchr(s, '\\', r->name_length) != NULL ||
	    memchr(s, '\0', r->name_length) != NULL)
		return false;
	/* Made by Unix (3) or macOS (19), with what stat() says there. */
	if ((r->system == 3 || r->system == 19) && r->attributes >> 16 != 0 &&
	    (r->attributes >> 16 & S_IFMT) != 0 &&
	    !S_ISREG(r->attributes >> 16))
		return false;
	for (; s <= end; s = slash + 1) {
		slash = memchr(s, '/', (size_t)(end - s));
		if (slash == NULL)
			slash = end;
		if (component_odd(s, (size_t)(slash - s)))
			return false;
	}
	return true;
}

/* What the record says, before what it describes is looked at. */
static enum fault
check_record(const struct archive *z, const struct record *r)
{
	if ((r->flags & FLAGS_CIPHER) != 0)
		return FAULT_ZIP_ENCRYPTED;
	if (r->length > ZIP_ENTRY_MAX || r->length > ZIP_TOTAL_MAX - z->total)
		return FAULT_ZIP_LIMIT;
	if (r->method == METHOD_STORED && r->packed != r->length)
		return FAULT_ZIP_BAD;
	if (r->method != METHOD_STORED && r->method != METHOD_DEFLATED)
		return FAULT_ZIP_BAD;
	return FAULT_NONE;
}

/* The local header says the same; where the content begins. */
static enum fault
find_content(const struct archive *z, const struct record *r, size_t *content)
{
	const unsigned char *b = z->bytes + r->local;
	size_t at = r->local;

	if (at > z->from || z->from - at < LOCAL_SIZE || !signed_as(b, 3, 4))
		return FAULT_ZIP_BAD;
	if ((u16(b + 6) & FLAGS_CIPHER) != 0)
		return FAULT_ZIP_ENCRYPTED;
	if (u16(b + 8) != r->method || u16(b + 26) != r->name_length)
		return FAULT_ZIP_BAD;
	at += LOCAL_SIZE;
	if (z->from - at < r->name_length + u16(b + 28) ||
	    memcmp(z->bytes + at, r->name, r->name_length) != 0)
		return FAULT_ZIP_BAD;
	at += r->name_length + u16(b + 28);
	if (r->packed > z->from - at)
		return FAULT_ZIP_BAD;
	*content = at;
	return FAULT_NONE;
}

/* Two entries with bytes in common are one bomb counted twice. */
static bool
overlaps(const struct archive *z, const char *packed, size_t n)
{
	const struct zip_entry *e = z->entries->items;

	for (size_t i = 0; i < z->entries->count; i++)
		if (packed < e[i].packed + e[i].packed_length &&
		    e[i].packed < packed + n)
			return true;
	return false;
}

static enum fault
take_entry(struct archive *z, const struct record *r)
{
	const char *packed;
	size_t content;

	TRY(check_record(z, r));
	TRY(find_content(z, r, &content));
	packed = (const char *)z->bytes + content;
	if (overlaps(z, packed, r->packed))
		return FAULT_ZIP_BAD;
	z->total += r->length;
	*(struct zip_entry *)list_add(z->entries) = (struct zip_entry){
		.name = arena_copy(z->arena, r->name, r->name_length),
		.packed = packed,
		.packed_length = r->packed,
		.length = r->length,
		.crc = r->crc,
		.deflated = r->method == METHOD_DEFLATED,
	};
	return FAULT_NONE;
}

static enum fault
walk(struct archive *z)
{
	struct record r;
	size_t at;

	TRY(find_end(z));
	at = z->from;
	for (size_t i = 0; i < z->count; i++) {
		TRY(read_record(z, &at, &r));
		if (is_candidate(&r))
			TRY(take_entry(z, &r));
	}
	if (at != z->to)
		return FAULT_ZIP_BAD;
	return z->entries->count == 0 ? FAULT_ZIP_NO_XML : FAULT_NONE;
}

static struct siecle_problem
problem_of(enum fault fault)
{
	struct siecle_problem out = { .fault = fault };

	switch ((int)fault) {
	case FAULT_ZIP_ENCRYPTED:
		out.detail =
		    WORDS("L'archive ZIP est protégée par un mot de passe : "
			  "enlevez-le, ou envoyez les fichiers XML.",
			"The ZIP archive is protected by a password: remove "
			"it, or send the XML files.");
		return out;
	case FAULT_ZIP_LIMIT:
		out.detail =
		    WORDS("L'archive ZIP contient trop de fichiers (100 au "
			  "plus), ou des fichiers trop gros (64 Mio au "
			  "plus, 128 Mio en tout).",
			"The ZIP archive holds too many files (100 at most), "
			"or files that are too large (64 MiB at most, 128 MiB "
			"in all).");
		return out;
	case FAULT_ZIP_NO_XML:
		out.detail = WORDS("L'archive ZIP ne contient aucun fichier "
				   "XML de "
				   "SIECLE ni de STSWEB.",
		    "The ZIP archive holds no XML file of SIECLE nor STSWEB.");
		return out;
	}
	return zip_bad();
}

enum fault
zip_list(struct arena *a, const char *bytes, size_t n, struct list *out,
    struct siecle_problem *problem)
{
	struct list entries = list_of(a, sizeof(struct zip_entry));
	struct archive z = { .arena = a,
		.bytes = (const unsigned char *)bytes,
		.length = n,
		.entries = &entries };
	enum fault fault = walk(&z);

	if (fault == FAULT_NONE)
		*out = entries;
	else
		*problem = problem_of(fault);
	return fault;
}

/* What is being read, and what came out so far. */
struct reading {
	const struct zip_entry *entry;
	bool (*take)(void *, const char *, size_t);
	void *data;
	size_t length;
	uLong crc;
	bool enough; /* it is not wanted any more */
};

static enum fault
give(struct reading *r, const char *s, size_t n)
{
	if (n > r->entry->length - r->length)
		return FAULT_ZIP_BAD;
	r->length += n;
	r->crc = crc32(r->crc, (const Bytef *)s, (uInt)n);
	if (n > 0 && !r->take(r->data, s, n))
		r->enough = true;
	return FAULT_NONE;
}

static enum fault
read_stored(struct reading *r)
{
	const char *s = r->entry->packed;
	size_t left = r->entry->packed_length, n;

	for (; left > 0 && !r->enough; s += n, left -= n) {
		n = left < CHUNK ? left : CHUNK;
		TRY(give(r, s, n));
	}
	return FAULT_NONE;
}

static enum fault
inflate_all(struct reading *r, z_stream *s, char *out)
{
	enum fault fault;
	int status;

	for (;;) {
		s->next_out = (Bytef *)out;
		s->avail_out = CHUNK;
		status = inflate(s, Z_NO_FLUSH);
		if (status != Z_OK && status != Z_STREAM_END)
			return FAULT_ZIP_BAD;
		fault = give(r, out, CHUNK - s->avail_out);
		if (fault != FAULT_NONE || r->enough)
			return fault;
		if (status == Z_STREAM_END)
			return s->avail_in == 0 ? FAULT_NONE : FAULT_ZIP_BAD;
	}
}

static enum fault
read_deflated(struct arena *a, struct reading *r)
{
	z_stream s = { .next_in = (Bytef *)(uintptr_t)r->entry->packed,
		.avail_in = (uInt)r->entry->packed_length };
	enum fault fault;

	/* Without the header of zlib's own files. */
	if (inflateInit2(&s, -MAX_WBITS) != Z_OK)
		return FAULT_INTERNAL;
	fault = inflate_all(r, &s, arena_room(a, CHUNK));
	inflateEnd(&s);
	return fault;
}

enum fault
zip_read(struct arena *a, const struct zip_entry *e,
    bool (*take)(void *, const char *, size_t), void *data)
{
	struct reading r = { .entry = e, .take = take, .data = data };

	r.crc = crc32(0, NULL, 0);
	TRY(e->deflated ? read_deflated(a, &r) : read_stored(&r));
	if (r.enough)
		return FAULT_NONE;
	return r.length == e->length && (uint32_t)r.crc == e->crc
		   ? FAULT_NONE
		   : FAULT_ZIP_BAD;
}
