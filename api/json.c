#include <stdio.h>
#include <string.h>

#include "json.h"

struct json
json_in(struct text *t)
{
	return (struct json){ .out = t };
}

static void
json_name(struct json *j, const char *name)
{
	if (j->comma)
		text_char(j->out, ',');
	j->comma = true;
	if (name == NULL)
		return;
	text_char(j->out, '"');
	text_put(j->out, name);
	text_add(j->out, "\":", 2);
}

void
json_open(struct json *j, const char *name, char bracket)
{
	json_name(j, name);
	text_char(j->out, bracket);
	j->comma = false;
}

void
json_close(struct json *j, char bracket)
{
	text_char(j->out, bracket);
	j->comma = true;
}

static void
json_escaped(struct text *t, unsigned char ch)
{
	switch (ch) {
	case '"':
		text_add(t, "\\\"", 2);
		break;
	case '\\':
		text_add(t, "\\\\", 2);
		break;
	case '\n':
		text_add(t, "\\n", 2);
		break;
	case '\r':
		text_add(t, "\\r", 2);
		break;
	case '\t':
		text_add(t, "\\t", 2);
		break;
	default:
		text_print(t, "\\u%04x", ch);
	}
}

void
json_text(struct json *j, const char *name, const char *s)
{
	const char *from;

	if (s == NULL) {
		json_null(j, name);
		return;
	}
	json_name(j, name);
	text_char(j->out, '"');
	for (from = s; *s != '\0'; s++) {
		if ((unsigned char)*s >= 0x20 && *s != '"' && *s != '\\'
		    && *s != 0x7f)
			continue;
		text_add(j->out, from, (size_t)(s - from));
		json_escaped(j->out, (unsigned char)*s);
		from = s + 1;
	}
	text_add(j->out, from, (size_t)(s - from));
	text_char(j->out, '"');
}

void
json_int(struct json *j, const char *name, int64_t n)
{
	json_name(j, name);
	text_int(j->out, n);
}

void
json_bool(struct json *j, const char *name, bool b)
{
	json_name(j, name);
	text_put(j->out, b ? "true" : "false");
}

void
json_null(struct json *j, const char *name)
{
	json_name(j, name);
	text_add(j->out, "null", 4);
}

void
json_id(struct json *j, const char *name, int64_t n)
{
	json_name(j, name);
	text_char(j->out, '"');
	text_int(j->out, n);
	text_char(j->out, '"');
}

void
json_hundredths(struct json *j, const char *name, int64_t n)
{
	json_name(j, name);
	text_print(j->out, "\"%lld.%02lld\"", (long long)(n / 100),
	    (long long)(n % 100));
}

void
json_raw(struct json *j, const char *name, const char *s)
{
	json_name(j, name);
	text_put(j->out, s == NULL ? "null" : s);
}
