#include <stdlib.h>
#include <string.h>

#include <uninorm.h>

#include "xml_own.h"

/* A blank, or the no-break space that pads some labels; its length or 0. */
static size_t
blank(const char *s, size_t n)
{
	if (n >= 1 && strchr(" \t\r\n", s[0]) != NULL)
		return 1;
	return n >= 2 && memcmp(s, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

void
xml_trim(const char **s, size_t *n)
{
	size_t k;

	while ((k = blank(*s, *n)) > 0) {
		*s += k;
		*n -= k;
	}
	while (*n > 0) {
		if (blank(*s + *n - 1, 1) == 1)
			*n -= 1;
		else if (*n >= 2 && blank(*s + *n - 2, 2) == 2)
			*n -= 2;
		else
			break;
	}
}

/* Below U+0300 there is nothing to compose, and 0xCC begins U+0300. */
static bool
may_decompose(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] >= 0xcc)
			return true;
	return false;
}

/* Trimmed, in NFC, in the arena; NULL when nothing is left. */
const char *
xml_clean(struct arena *a, const char *s, size_t n)
{
	uint8_t *composed;
	size_t length;
	char *out;

	xml_trim(&s, &n);
	if (n == 0)
		return NULL;
	if (!may_decompose(s, n))
		return arena_copy(a, s, n);
	composed =
	    u8_normalize(UNINORM_NFC, (const uint8_t *)s, n, NULL, &length);
	if (composed == NULL)
		abort();
	out = arena_copy(a, (const char *)composed, length);
	free(composed);
	return out;
}

/*
 * UTF-8 that was read as a Latin: É becomes Ã and a C1 control, which no
 * genuine file holds, and é becomes Ã and a sign, which no name holds.
 */
bool
xml_mojibake(const char *s, size_t n)
{
	const unsigned char *b = (const unsigned char *)s;

	for (size_t i = 0; i + 1 < n; i++) {
		if (b[i] == 0xc2 && b[i + 1] >= 0x80 && b[i + 1] < 0xa0)
			return true;
		if (b[i] == 0xc3 && b[i + 1] == 0x83 && i + 3 < n &&
		    b[i + 2] == 0xc2)
			return true;
	}
	return false;
}
