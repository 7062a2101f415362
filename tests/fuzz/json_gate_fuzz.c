/*
 * Fuzz: any bytes through the JSON gate (H4).
 *
 * What it lets through must be what it promises: cJSON reads it to its last
 * byte, no object has a key twice, no text is bad UTF-8, nothing is too deep.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "../../api/json_gate.h"
#include "../../domain/utf8.h"

static void
promise(bool kept)
{
	if (!kept)
		abort();
}

static bool
key_again(const cJSON *item)
{
	const cJSON *later;

	for (later = item->next; later != NULL; later = later->next)
		if (strcmp(later->string, item->string) == 0)
			return true;
	return false;
}

static void
check(const cJSON *value, int depth)
{
	const cJSON *item;
	int keys = 0;

	if (cJSON_IsString(value))
		promise(
		    utf8_ok(value->valuestring, strlen(value->valuestring)));
	if (cJSON_IsNumber(value))
		promise(value->valuedouble > -2147483650.0 &&
			value->valuedouble < 2147483649.0);
	if (!cJSON_IsArray(value) && !cJSON_IsObject(value))
		return;
	promise(depth < JSON_DEPTH_MAX);
	cJSON_ArrayForEach(item, value) {
		if (cJSON_IsObject(value))
			promise(++keys <= JSON_KEYS_MAX && !key_again(item));
		check(item, depth + 1);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	const char *end, *s = (const char *)bytes;
	cJSON *value;

	if (json_gate(s, n) != FAULT_NONE)
		return 0;
	value = cJSON_ParseWithLengthOpts(s, n, &end, false);
	promise(value != NULL);
	while (end < s + n && strchr(" \t\r\n", *end) != NULL)
		end++;
	promise(end == s + n);
	check(value, 0);
	cJSON_Delete(value);
	return 0;
}
