/*
 * Fuzz: any bytes as a form with files.
 *
 * Every part that is read must lie within the body and hold no boundary.
 * The first line is the Content-Type, the rest the body.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../api/multipart.h"
#include "../../domain/utf8.h"

#define PARTS 4

static void
check(const struct part *p, const char *body, size_t n)
{
	bool inside = p->bytes >= body && p->bytes + p->length <= body + n;

	if (!inside || !utf8_ok(p->name, strlen(p->name)) ||
	    !utf8_ok(p->filename, strlen(p->filename)) ||
	    strlen(p->name) > MULTIPART_NAME_MAX ||
	    strlen(p->filename) > MULTIPART_FILENAME_MAX)
		abort();
	/* All of the corpus has this boundary. */
	if (p->length > 0 && memmem(p->bytes, p->length, "\r\n--xx", 6) != NULL)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	const char *s = (const char *)bytes, *body, *type;
	const char *line = n == 0 ? NULL : memchr(s, '\n', n);
	struct part parts[PARTS];
	struct arena *a;
	size_t i, count = 0;

	if (line == NULL)
		return 0;
	a = arena_open();
	type = arena_copy(a, s, (size_t)(line - s));
	body = line + 1;
	n -= (size_t)(body - s);
	if (multipart_read(a, type, body, n, parts, PARTS, &count) ==
		FAULT_NONE &&
	    strcmp(type, "multipart/form-data; boundary=xx") == 0)
		for (i = 0; i < count; i++)
			check(&parts[i], body, n);
	arena_close(a);
	return 0;
}
