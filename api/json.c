#include <string.h>

#include "../domain/decimal.h"
#include "json.h"

/* The lowest bit of each byte of a word. */
#define ONES UINT64_C(0x0101010101010101)

struct json
json_in(struct text *t)
{
	return (struct json){ .out = t };
}

static void
json_name(struct json *j, const char *name)
{
	size_t n = name == NULL ? 0 : strlen(name);
	char *start = text_room(j->out, n + 4), *at = start;

	if (j->comma)
		*at++ = ',';
	j->comma = true;
	if (name != NULL) {
		*at++ = '"';
		memcpy(at, name, n);
		at += n;
		*at++ = '"';
		*at++ = ':';
	}
	j->out->length += (size_t)(at - start);
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

static bool
is_plain(unsigned char ch)
{
	return ch >= 0x20 && ch != '"' && ch != '\\' && ch != 0x7f;
}

/* A bit for each byte that is zero; above the first, anything. */
static uint64_t
zero_bytes(uint64_t word)
{
	return (word - ONES) & ~word & ONES << 7;
}

/* Bytes before the first that has to be escaped: eight at a time. */
static size_t
plain_length(const char *s, size_t n)
{
	uint64_t word;
	size_t i = 0;

	for (; n - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, s + i, sizeof(word));
		/* Below 0x20: nothing left without the five lower bits. */
		if (zero_bytes(word & ONES * 0xe0) |
		    zero_bytes(word ^ ONES * '"') |
		    zero_bytes(word ^ ONES * '\\') |
		    zero_bytes(word ^ ONES * 0x7f))
			break;
	}
	while (i < n && is_plain((unsigned char)s[i]))
		i++;
	return i;
}

void
json_text(struct json *j, const char *name, const char *s)
{
	size_t n, plain;

	if (s == NULL) {
		json_null(j, name);
		return;
	}
	json_name(j, name);
	text_char(j->out, '"');
	for (n = strlen(s); n > 0; s += plain + 1, n -= plain + 1) {
		plain = plain_length(s, n);
		text_add(j->out, s, plain);
		if (plain == n)
			break;
		json_escaped(j->out, (unsigned char)s[plain]);
	}
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
json_hundredths(struct json *j, const char *name, int n)
{
	char decimal[DECIMAL_ROOM];

	decimal_write(n, decimal);
	json_text(j, name, decimal);
}

void
json_raw(struct json *j, const char *name, const char *s)
{
	json_name(j, name);
	text_put(j->out, s == NULL ? "null" : s);
}
