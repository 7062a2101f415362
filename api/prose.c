#include <stdlib.h>
#include <string.h>

#include <unictype.h>
#include <uninorm.h>

#include "../domain/utf8.h"
#include "prose.h"

/* Lines end with LF; a lone CR is one too. */
static size_t
line_ends(char *s)
{
	char *to = s, *from;

	for (from = s; *from != '\0'; from++) {
		if (*from == '\r' && from[1] == '\n')
			continue;
		*to++ = *from == '\r' ? '\n' : *from;
	}
	*to = '\0';
	return (size_t)(to - s);
}

static bool
has_controls(const char *s)
{
	for (; *s != '\0'; s++)
		if (((unsigned char)*s < ' ' && *s != '\n' && *s != '\t') ||
		    *s == 0x7f)
			return true;
	return false;
}

/* NFC of a text, in the arena; NULL where it cannot be. */
static char *
composed(struct ctx *c, const char *s, size_t *n)
{
	uint8_t *made;
	char *copy;

	made = u8_normalize(UNINORM_NFC, (const uint8_t *)s, *n, NULL, n);
	if (made == NULL)
		return NULL;
	copy = arena_copy(c->arena, (const char *)made, *n);
	free(made);
	return copy;
}

enum fault
body_prose(struct ctx *c, const cJSON *object, const char *at, const char *name,
    size_t longest, const char **out)
{
	const char *pointer = arena_print(c->arena, "%s/%s", at, name);
	const cJSON *m = body_member(object, name);
	char *s;
	size_t n;

	if (!cJSON_IsString(m))
		return fault_at(c, pointer, FAULT_VALUE);
	s = arena_text(c->arena, m->valuestring);
	n = line_ends(s);
	if (has_controls(s))
		return fault_at(c, pointer, FAULT_VALUE);
	s = composed(c, s, &n);
	if (s == NULL)
		return fault_at(c, pointer, FAULT_VALUE);
	if (utf8_count(s, n) > longest)
		return fault_say(c, pointer, FAULT_VALUE,
		    arena_print(c->arena,
			say(c, "%zu caractères au plus (ici %zu)",
			    "At most %zu characters (here %zu)"),
			longest, utf8_count(s, n)));
	*out = s;
	return FAULT_NONE;
}

/* --- one line --- */

/* The text between the white space at its ends; *n is its length. */
static const char *
trimmed(const char *s, size_t *n)
{
	size_t at, length, first = *n, end = 0;
	uint32_t code;

	for (at = 0; at < *n; at += length) {
		length = utf8_next(s + at, *n - at, &code);
		if (length == 0)
			break;
		if (utf8_is_blank(code))
			continue;
		if (end == 0)
			first = at;
		end = at + length;
	}
	*n = end > first ? end - first : 0;
	return s + first;
}

static bool
one_line(const char *s, size_t n)
{
	size_t at, length;
	uint32_t code;

	for (at = 0; at < n; at += length) {
		length = utf8_next(s + at, n - at, &code);
		if (length == 0 || uc_is_cntrl(code) ||
		    uc_is_property_bidi_control(code))
			return false;
	}
	return true;
}

enum fault
body_line(struct ctx *c, const cJSON *object, const char *at, const char *name,
    size_t longest, const char **out)
{
	const char *pointer = arena_print(c->arena, "%s/%s", at, name);
	const cJSON *m = body_member(object, name);
	const char *s;
	size_t n, count;

	if (!cJSON_IsString(m))
		return fault_at(c, pointer, FAULT_VALUE);
	n = strlen(m->valuestring);
	s = composed(c, m->valuestring, &n);
	if (s == NULL)
		return fault_at(c, pointer, FAULT_VALUE);
	s = trimmed(s, &n);
	if (!one_line(s, n))
		return fault_say(c, pointer, FAULT_VALUE,
		    say(c, "Une seule ligne, sans caractère de commande",
			"One line, without control characters"));
	count = utf8_count(s, n);
	if (count < 1 || count > longest)
		return fault_say(c, pointer, FAULT_VALUE,
		    arena_print(c->arena,
			say(c, "De 1 à %zu caractères (ici %zu)",
			    "From 1 to %zu characters (here %zu)"),
			longest, count));
	*out = arena_copy(c->arena, s, n);
	return FAULT_NONE;
}
