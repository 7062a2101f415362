#include <string.h>

#include "mark.h"

static const char chars[MARK__MAX] = {
	[MARK_EMPTY] = '.',
	[MARK_1] = '1',
	[MARK_2] = '2',
	[MARK_3] = '3',
	[MARK_4] = '4',
	[MARK_NA] = 'N',
	[MARK_ABSENT] = 'A',
};

char
mark_char(enum mark m)
{
	return chars[m];
}

bool
mark_read(char c, enum mark *out)
{
	const char *at = memchr(chars, c, sizeof(chars));

	if (at == NULL)
		return false;
	*out = (enum mark)(at - chars);
	return true;
}

bool
mark_line_ok(const char *line, size_t n)
{
	enum mark m;

	for (size_t i = 0; i < n; i++)
		if (!mark_read(line[i], &m))
			return false;
	return true;
}

size_t
mark_filled(const char *line, size_t n)
{
	size_t filled = 0;

	for (size_t i = 0; i < n; i++)
		if (line[i] != chars[MARK_EMPTY])
			filled++;
	return filled;
}

enum mark
mark_at(const char *line, size_t n, size_t at)
{
	enum mark m = MARK_EMPTY;

	if (at < n)
		mark_read(line[at], &m);
	return m;
}

bool
mark_set(char *line, size_t *n, size_t room, size_t at, enum mark m)
{
	if (at >= room)
		return false;
	if (at >= *n) {
		memset(line + *n, chars[MARK_EMPTY], at - *n);
		*n = at + 1;
	}
	line[at] = chars[m];
	return true;
}
