#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "fold.h"
#include "login.h"
#include "utf8.h"

/* A name on its way to a login; length goes on where text is full. */
struct slug {
	char text[LOGIN_ROOM];
	size_t length;
	char initials[LOGIN_ROOM];
	size_t parts;
};

static void
add(struct slug *s, char c)
{
	if (s->length < LOGIN_MAX)
		s->text[s->length] = c;
	s->length++;
}

static void
add_letters(struct slug *s, const char *letters, size_t n, bool new_part)
{
	if (new_part) {
		if (s->parts > 0)
			add(s, '-');
		if (s->parts < LOGIN_MAX)
			s->initials[s->parts] = letters[0];
		s->parts++;
	}
	for (size_t i = 0; i < n; i++)
		add(s, letters[i]);
}

static struct slug
slug_of(const char *name, bool blanks_join)
{
	struct slug s = { .length = 0 };
	size_t n = strlen(name), length;
	bool new_part = true;
	uint32_t code;

	for (size_t i = 0; i < n; i += length) {
		char letters[2];
		size_t count;

		length = utf8_next(name + i, n - i, &code);
		if (length == 0)
			break;
		count = fold_letters(code, letters);
		if (count > 0) {
			add_letters(&s, letters, count, new_part);
			new_part = false;
		} else if (fold_is_hyphen(code) ||
			   (blanks_join && utf8_is_blank(code))) {
			new_part = true;
		}
	}
	return s;
}

static size_t
put(char *out, size_t at, const char *text)
{
	for (; *text != '\0' && at < LOGIN_MAX; text++)
		out[at++] = *text;
	out[at] = '\0';
	return at;
}

bool
login_base(const char *first_name, const char *last_name, char out[LOGIN_ROOM])
{
	struct slug first = slug_of(first_name, true);
	struct slug last = slug_of(last_name, false);
	bool both = first.length > 0 && last.length > 0;
	bool longer = first.length + both + last.length > LOGIN_MAX;
	size_t at = 0;

	at = put(out, at,
	    longer && first.parts > 1 ? first.initials : first.text);
	if (both)
		at = put(out, at, ".");
	at = put(out, at, last.text);
	return at > 0;
}

void
login_suffix(const char *base, unsigned int k, char out[LOGIN_ROOM])
{
	char digits[LOGIN_ROOM];
	size_t n = 0, at = 0;

	for (unsigned int left = k > 1 ? k : 0; left > 0; left /= 10)
		digits[n++] = (char)('0' + left % 10);
	for (; base[at] != '\0' && at < LOGIN_MAX - n; at++)
		out[at] = base[at];
	while (n > 0)
		out[at++] = digits[--n];
	out[at] = '\0';
}
