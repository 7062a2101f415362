#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

/* Most prints fit; the others are formatted twice. */
#define PRINT_ROOM ((size_t)128)

struct text
text_in(struct arena *a)
{
	return (struct text){ .arena = a };
}

char *
text_room(struct text *t, size_t n)
{
	size_t room;
	char *bytes;

	if (n > SIZE_MAX / 4 - t->length)
		abort();
	if (t->room - t->length < n) {
		room = t->room == 0 ? 1024 : t->room * 2;
		while (room - t->length < n)
			room *= 2;
		bytes = arena_room(t->arena, room);
		if (t->length > 0)
			memcpy(bytes, t->bytes, t->length);
		t->bytes = bytes;
		t->room = room;
	}
	return t->bytes + t->length;
}

void
text_add(struct text *t, const char *s, size_t n)
{
	if (n == 0)
		return;
	memcpy(text_room(t, n), s, n);
	t->length += n;
}

void
text_char(struct text *t, char c)
{
	*text_room(t, 1) = c;
	t->length++;
}

void
text_put(struct text *t, const char *s)
{
	text_add(t, s, strlen(s));
}

void
text_print(struct text *t, const char *format, ...)
{
	va_list one, two;
	char *at = text_room(t, PRINT_ROOM);
	int n;

	va_start(one, format);
	va_copy(two, one);
	n = vsnprintf(at, PRINT_ROOM, format, one);
	va_end(one);
	if (n < 0)
		abort();
	if ((size_t)n >= PRINT_ROOM)
		vsnprintf(text_room(t, (size_t)n + 1), (size_t)n + 1, format,
		    two);
	va_end(two);
	t->length += (size_t)n;
}

/* By hand: a dashboard has hundreds, and snprintf takes its time. */
void
text_int(struct text *t, long long n)
{
	unsigned long long left =
	    n < 0 ? 0 - (unsigned long long)n : (unsigned long long)n;
	char digits[24], *at = digits + sizeof(digits);

	do
		*--at = (char)('0' + left % 10);
	while ((left /= 10) > 0);
	if (n < 0)
		*--at = '-';
	text_add(t, at, (size_t)(digits + sizeof(digits) - at));
}

const char *
text_string(struct text *t)
{
	*text_room(t, 1) = '\0';
	return t->bytes;
}
