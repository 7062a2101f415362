/*
 * Fuzz: any bytes as what stands in the lines of a request.
 *
 * The first byte says how: a query, a percent-encoded segment, a header of
 * each kind, a partner's cursor.  The rest is a string, as Kore gives it to
 * us: up to its first NUL.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../api/cursor.h"
#include "../../api/gate.h"
#include "../../api/header.h"
#include "../../api/route.h"
#include "../../domain/utf8.h"

static void
promise(bool kept)
{
	if (!kept)
		abort();
}

static void
fuzz_query(struct arena *a, const char *s)
{
	static const struct route route = { .query = "q limit after" };
	struct ctx c = { .arena = a, .route = &route, .query_string = s };
	int64_t n;
	size_t i;

	if (gate_query(&c) != FAULT_NONE)
		return;
	for (i = 0; i < c.query_count; i++) {
		promise(strstr(route.query, c.query[i].name) != NULL);
		promise(utf8_ok(c.query[i].value, strlen(c.query[i].value)));
	}
	if (query_int(&c, "limit", 1, 100, 20, &n) == FAULT_NONE)
		promise(n >= 1 && n <= 100);
	(void)query_text(&c, "q");
}

static void
fuzz_decoded(struct arena *a, const char *s)
{
	const char *out = header_decoded(a, s, strlen(s));

	promise(out == NULL ||
		(strlen(out) <= strlen(s) && utf8_ok(out, strlen(out))));
}

/* A name can leave neither its quotes nor its line. */
static void
fuzz_attachment(struct arena *a, const char *s)
{
	const char *out = header_attachment(a, s);
	size_t quotes = 0;

	for (; *out != '\0'; out++) {
		promise(*out >= ' ' && *out < 0x7f);
		quotes += *out == '"';
	}
	promise(quotes == 2);
}

/* What was read once reads the same again. */
static void
fuzz_forwarded(struct arena *a, const char *s)
{
	const char *once = header_forwarded(a, s), *twice;

	if (once == NULL)
		return;
	twice = header_forwarded(a, once);
	promise(twice != NULL && strcmp(once, twice) == 0);
}

static void
fuzz_revision(struct arena *a, const char *s)
{
	struct ctx c = { .arena = a, .headers = { .if_match = s } };
	int64_t n;

	if (match_revision(&c, &n) == FAULT_NONE)
		promise(n >= 0);
}

/* Nobody makes a cursor but us, and no byte of ours can be changed. */
static void
fuzz_cursor(struct arena *a, const char *s)
{
	static const unsigned char key[CURSOR_KEY] = "any key will do here";
	struct cursor in = { 1000000, 7, 8, 9 }, out;
	char *ours;
	size_t n = strlen(s);

	promise(cursor_read(s, key, "", 1000000, &out) != FAULT_NONE);
	ours = arena_text(a, cursor_write(a, key, s, &in));
	promise(cursor_read(ours, key, s, 1000000, &out) == FAULT_NONE);
	promise(memcmp(&in, &out, sizeof(in)) == 0);
	if (n == 0)
		return;
	promise(cursor_read(ours, key, s + 1, 1000000, &out) == FAULT_CURSOR);
	ours[n % strlen(ours)] ^= 1;
	promise(cursor_read(ours, key, s, 1000000, &out) == FAULT_CURSOR);
}

static void
fuzz_rest(struct arena *a, const char *s)
{
	const char *value = header_cookie(a, s, "session");

	promise(value == NULL || strchr(value, ';') == NULL);
	(void)header_tag_listed(s, "\"12\"");
	(void)header_accepts(s, "text/csv; charset=utf-8");
	(void)header_is_type(s, "application/json");
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	/* clang-format off */
	static void (*const fuzz[])(struct arena *, const char *) = {
		fuzz_query, fuzz_decoded, fuzz_attachment, fuzz_forwarded,
		fuzz_revision, fuzz_cursor, fuzz_rest
	};
	/* clang-format on */
	struct arena *a;
	char *s;

	if (n == 0)
		return 0;
	a = arena_open();
	s = arena_copy(a, (const char *)bytes + 1, n - 1);
	/* Nothing may look behind the NUL. */
	s = arena_text(a, s);
	fuzz[*bytes % (sizeof(fuzz) / sizeof(fuzz[0]))](a, s);
	arena_close(a);
	return 0;
}
