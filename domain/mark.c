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

bool
mark_read(char c, enum mark *out)
{
	const char *at = memchr(chars, c, sizeof(chars));

	if (at == NULL)
		return false;
	*out = (enum mark)(at - chars);
	return true;
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
