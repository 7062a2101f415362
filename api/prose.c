#include <stdlib.h>
#include <string.h>

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
		if (((unsigned char)*s < ' ' && *s != '\n' && *s != '\t')
		    || *s == 0x7f)
			return true;
	return false;
}

enum fault
body_prose(struct ctx *c, const cJSON *object, const char *at,
    const char *name, size_t longest, const char **out)
{
	const char *pointer = arena_print(c->arena, "%s/%s", at, name);
	const cJSON *m = body_member(object, name);
	uint8_t *composed;
	char *s;
	size_t n;

	if (!cJSON_IsString(m))
		return fault_at(c, pointer, FAULT_VALUE);
	s = arena_text(c->arena, m->valuestring);
	n = line_ends(s);
	if (has_controls(s))
		return fault_at(c, pointer, FAULT_VALUE);
	composed = u8_normalize(UNINORM_NFC, (const uint8_t *)s, n, NULL, &n);
	if (composed == NULL)
		return fault_at(c, pointer, FAULT_VALUE);
	s = arena_copy(c->arena, (const char *)composed, n);
	free(composed);
	if (utf8_count(s, n) > longest)
		return fault_say(c, pointer, FAULT_VALUE,
		    arena_print(c->arena,
		        say(c, "%zu caractères au plus (ici %zu)",
		            "At most %zu characters (here %zu)"),
		        longest, utf8_count(s, n)));
	*out = s;
	return FAULT_NONE;
}
