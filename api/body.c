#include <string.h>

#include "../domain/date.h"
#include "../domain/utf8.h"
#include "body.h"

static const char *
pointer(struct ctx *c, const char *at, const char *name)
{
	return arena_print(c->arena, "%s/%s", at, name);
}

enum fault
body_only(struct ctx *c, const cJSON *object, const char *at, const char *names)
{
	const cJSON *m;

	if (!cJSON_IsObject(object))
		return fault_at(c, at, FAULT_VALUE);
	cJSON_ArrayForEach(m, object)
		if (!word_listed(names, m->string))
			return fault_at(c, pointer(c, at, m->string),
			    FAULT_FIELD);
	return FAULT_NONE;
}

const cJSON *
body_member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

enum fault
body_text(struct ctx *c, const cJSON *object, const char *at, const char *name,
    size_t shortest, size_t longest, const char **out)
{
	const cJSON *m = body_member(object, name);
	size_t n;

	if (!cJSON_IsString(m))
		return fault_at(c, pointer(c, at, name), FAULT_VALUE);
	n = utf8_count(m->valuestring, strlen(m->valuestring));
	if (n < shortest || n > longest)
		return fault_say(c, pointer(c, at, name), FAULT_VALUE,
		    arena_print(c->arena,
			say(c, "De %zu à %zu caractères (ici %zu)",
			    "From %zu to %zu characters (here %zu)"),
			shortest, longest, n));
	*out = m->valuestring;
	return FAULT_NONE;
}

enum fault
body_int(struct ctx *c, const cJSON *object, const char *at, const char *name,
    int64_t low, int64_t high, int64_t *out)
{
	const cJSON *m = body_member(object, name);

	if (!cJSON_IsNumber(m) || m->valuedouble != (double)m->valueint ||
	    m->valueint < low || m->valueint > high)
		return fault_at(c, pointer(c, at, name), FAULT_VALUE);
	*out = m->valueint;
	return FAULT_NONE;
}

enum fault
body_bool(struct ctx *c, const cJSON *object, const char *at, const char *name,
    bool *out)
{
	const cJSON *m = body_member(object, name);

	if (!cJSON_IsBool(m))
		return fault_at(c, pointer(c, at, name), FAULT_VALUE);
	*out = cJSON_IsTrue(m);
	return FAULT_NONE;
}

enum fault
body_id(struct ctx *c, const cJSON *object, const char *at, const char *name,
    int64_t *out)
{
	const cJSON *m = body_member(object, name);

	if (!cJSON_IsString(m) || !id_read(m->valuestring, out))
		return fault_at(c, pointer(c, at, name), FAULT_VALUE);
	return FAULT_NONE;
}

enum fault
body_array(struct ctx *c, const cJSON *object, const char *at, const char *name,
    size_t least, size_t most, const cJSON **out)
{
	const cJSON *m = body_member(object, name);
	size_t n;

	if (!cJSON_IsArray(m))
		return fault_at(c, pointer(c, at, name), FAULT_VALUE);
	n = (size_t)cJSON_GetArraySize(m);
	if (n < least || n > most)
		return fault_say(c, pointer(c, at, name), FAULT_VALUE,
		    arena_print(c->arena,
			say(c, "De %zu à %zu éléments (ici %zu)",
			    "From %zu to %zu elements (here %zu)"),
			least, most, n));
	*out = m;
	return FAULT_NONE;
}

enum fault
body_date(struct ctx *c, const cJSON *object, const char *at, const char *name,
    const char **out)
{
	const cJSON *m = body_member(object, name);
	int32_t day;

	if (!cJSON_IsString(m) || !date_read_iso(m->valuestring, &day))
		return fault_say(c, pointer(c, at, name), FAULT_VALUE,
		    say(c, "Date attendue sous la forme 2026-11-22",
			"A date such as 2026-11-22 is expected"));
	*out = m->valuestring;
	return FAULT_NONE;
}
