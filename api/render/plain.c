#include <string.h>

#include "../../db/text.h"
#include "plain.h"

static const char *const months[] = { "janvier", "février", "mars", "avril",
	"mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
	"décembre" };

/* Bytes of a sequence by its first byte, and the least value it may hold. */
static int
sequence(unsigned char first, uint32_t *value, uint32_t *least)
{
	if (first < 0xc2 || first > 0xf4)
		return 0;
	if (first < 0xe0) {
		*value = first & 0x1fu;
		*least = 0x80;
		return 2;
	}
	if (first < 0xf0) {
		*value = first & 0x0fu;
		*least = 0x800;
		return 3;
	}
	*value = first & 0x07u;
	*least = 0x10000;
	return 4;
}

uint32_t
plain_next(const char **at)
{
	const unsigned char *s = (const unsigned char *)*at;
	uint32_t value = 0, least = 0;
	int n;

	if (s[0] < 0x80) {
		*at += s[0] != 0;
		return s[0];
	}
	n = sequence(s[0], &value, &least);
	for (int i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			n = 0;
		else
			value = value << 6 | (s[i] & 0x3fu);
	}
	if (n == 0 || value < least || value > 0x10ffff ||
	    (value >= 0xd800 && value <= 0xdfff)) {
		*at += 1;
		return 0xfffd;
	}
	*at += n;
	return value;
}

static bool
is_line_end(uint32_t c)
{
	return c == '\n' || c == '\r' || c == 0x0b || c == 0x0c || c == 0x85 ||
	       c == 0x2028 || c == 0x2029;
}

/*
 * What no reader sees and some output cannot take: controls, direction
 * overrides (they turn the text after them), byte order marks, noncharacters.
 */
static bool
is_unfit(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) ||
	       (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
	       c == 0xfeff || (c >= 0xfdd0 && c <= 0xfdef) ||
	       (c & 0xfffe) == 0xfffe || (c >= 0xfff9 && c <= 0xfffb);
}

char *
plain_text(struct arena *arena, const char *s, enum plain_lines lines)
{
	struct text out = text_in(arena);
	const char *from;
	uint32_t c;

	if (s == NULL)
		return arena_text(arena, "");
	/* Seldom longer than it was: only what is not UTF-8 is. */
	out.room = strlen(s) + 1;
	out.bytes = arena_room(arena, out.room);
	for (from = s; (c = plain_next(&s)) != 0; from = s) {
		if (c == '\r' && *s == '\n')
			continue;
		if (is_line_end(c))
			text_char(&out, lines == PLAIN_LINES ? '\n' : ' ');
		else if (c == '\t')
			text_char(&out, ' ');
		else if (c == 0xfffd)
			text_put(&out, "\xef\xbf\xbd");
		else if (!is_unfit(c))
			text_add(&out, from, (size_t)(s - from));
	}
	text_string(&out);
	return out.bytes;
}

static int
digits(const char *s, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		value = value * 10 + (s[i] - '0');
	}
	return value;
}

bool
plain_date_ok(const char *s)
{
	int month, day;

	if (s == NULL || digits(s, 4) < 0 || s[4] != '-')
		return false;
	month = digits(s + 5, 2);
	if (month < 1 || month > 12 || s[7] != '-')
		return false;
	day = digits(s + 8, 2);
	return day >= 1 && day <= 31;
}

char *
plain_date(struct arena *arena, const char *s)
{
	if (!plain_date_ok(s))
		return plain_text(arena, s, PLAIN_ONE_LINE);
	return arena_print(arena, "%.2s/%.2s/%.4s", s + 8, s + 5, s);
}

char *
plain_long_date(struct arena *arena, const char *s)
{
	int day;

	if (!plain_date_ok(s))
		return plain_text(arena, s, PLAIN_ONE_LINE);
	day = digits(s + 8, 2);
	return arena_print(arena, "%d%s %s %.4s", day, day == 1 ? "er" : "",
	    months[digits(s + 5, 2) - 1], s);
}

char *
plain_day(struct arena *arena, const char *s)
{
	if (!plain_date_ok(s))
		return plain_text(arena, s, PLAIN_ONE_LINE);
	return arena_copy(arena, s, 10);
}

char *
plain_comma(struct arena *arena, const char *s)
{
	char *copy = plain_text(arena, s, PLAIN_ONE_LINE);
	char *dot = strchr(copy, '.');

	if (dot != NULL)
		*dot = ',';
	return copy;
}
