#include <stdbool.h>
#include <string.h>

#include "../domain/utf8.h"
#include "header.h"
#include "json_gate.h"

struct key {
	const char *bytes; /* as written, escapes included */
	size_t length;
};

struct gate {
	const char *at;
	const char *end;
	int depth;
};

static enum fault gate_value(struct gate *);

static void
gate_blanks(struct gate *g)
{
	while (g->at < g->end && *g->at != '\0' &&
	       strchr(" \t\n\r", *g->at) != NULL)
		g->at++;
}

static bool
gate_char(struct gate *g, char c)
{
	if (g->at == g->end || *g->at != c)
		return false;
	g->at++;
	return true;
}

/* The four digits of \uXXXX, or -1. */
static int
gate_unit(struct gate *g)
{
	int i, d, unit = 0;

	if (g->end - g->at < 4)
		return -1;
	for (i = 0; i < 4; i++) {
		d = header_hex(*g->at++);
		if (d < 0)
			return -1;
		unit = unit << 4 | d;
	}
	return unit;
}

/* After \u: a unit that is no half of a pair, or both halves. */
static enum fault
gate_escape(struct gate *g)
{
	int unit = gate_unit(g);

	if (unit < 0)
		return FAULT_JSON;
	if (unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff))
		return FAULT_UTF8;
	if (unit < 0xd800 || unit > 0xdbff)
		return FAULT_NONE;
	if (!gate_char(g, '\\') || !gate_char(g, 'u'))
		return FAULT_UTF8;
	unit = gate_unit(g);
	return unit >= 0xdc00 && unit <= 0xdfff ? FAULT_NONE : FAULT_UTF8;
}

static enum fault
gate_string(struct gate *g, struct key *key)
{
	char c;

	if (!gate_char(g, '"'))
		return FAULT_JSON;
	key->bytes = g->at;
	while (g->at < g->end) {
		c = *g->at++;
		if (c == '"') {
			key->length = (size_t)(g->at - 1 - key->bytes);
			return FAULT_NONE;
		}
		if ((unsigned char)c < 0x20)
			return FAULT_JSON;
		if (c != '\\')
			continue;
		if (g->at == g->end)
			return FAULT_JSON;
		c = *g->at++;
		if (c == 'u')
			TRY(gate_escape(g));
		else if (c == '\0' || strchr("\"\\/bfnrt", c) == NULL)
			return FAULT_JSON;
	}
	return FAULT_JSON;
}

static size_t
gate_digits(struct gate *g)
{
	const char *from = g->at;

	while (g->at < g->end && *g->at >= '0' && *g->at <= '9')
		g->at++;
	return (size_t)(g->at - from);
}

/*
 * Numbers are counts, never grades: integers of 32 bits, or short decimals.
 * Long ones would lose digits on the way through a double.
 */
static enum fault
gate_number(struct gate *g)
{
	const char *from, *digits;
	bool minus = gate_char(g, '-');
	long long value = 0;
	size_t n;

	from = g->at;
	n = gate_digits(g);
	if (n == 0 || (n > 1 && *from == '0') || n > 10)
		return FAULT_JSON;
	for (digits = from; digits < from + n; digits++)
		value = value * 10 + (*digits - '0');
	if (value > 2147483647LL + minus)
		return FAULT_JSON;
	if (gate_char(g, '.')) {
		n = gate_digits(g);
		if (n == 0 || n > 9)
			return FAULT_JSON;
	}
	if (g->at < g->end && (*g->at == 'e' || *g->at == 'E'))
		return FAULT_JSON;
	return FAULT_NONE;
}

static enum fault
gate_key(struct gate *g, struct key *keys, size_t *n)
{
	size_t i;

	if (*n == JSON_KEYS_MAX)
		return FAULT_JSON;
	TRY(gate_string(g, &keys[*n]));
	/* Our names need no escape; a key with one only hides itself. */
	if (memchr(keys[*n].bytes, '\\', keys[*n].length) != NULL)
		return FAULT_JSON;
	for (i = 0; i < *n; i++)
		if (keys[i].length == keys[*n].length &&
		    memcmp(keys[i].bytes, keys[*n].bytes, keys[i].length) == 0)
			return FAULT_KEY_TWICE;
	(*n)++;
	return FAULT_NONE;
}

static enum fault
gate_object(struct gate *g)
{
	struct key keys[JSON_KEYS_MAX];
	size_t n = 0;

	gate_blanks(g);
	if (gate_char(g, '}'))
		return FAULT_NONE;
	for (;;) {
		gate_blanks(g);
		TRY(gate_key(g, keys, &n));
		gate_blanks(g);
		if (!gate_char(g, ':'))
			return FAULT_JSON;
		TRY(gate_value(g));
		gate_blanks(g);
		if (gate_char(g, '}'))
			return FAULT_NONE;
		if (!gate_char(g, ','))
			return FAULT_JSON;
	}
}

static enum fault
gate_array(struct gate *g)
{
	gate_blanks(g);
	if (gate_char(g, ']'))
		return FAULT_NONE;
	for (;;) {
		TRY(gate_value(g));
		gate_blanks(g);
		if (gate_char(g, ']'))
			return FAULT_NONE;
		if (!gate_char(g, ','))
			return FAULT_JSON;
	}
}

static enum fault
gate_word(struct gate *g, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(g->end - g->at) < n || memcmp(g->at, word, n) != 0)
		return FAULT_JSON;
	g->at += n;
	return FAULT_NONE;
}

static enum fault
gate_value(struct gate *g)
{
	enum fault fault;
	struct key text;

	gate_blanks(g);
	if (g->at == g->end)
		return FAULT_JSON;
	switch (*g->at) {
	case '{':
	case '[':
		if (++g->depth > JSON_DEPTH_MAX)
			return FAULT_JSON;
		fault = *g->at++ == '{' ? gate_object(g) : gate_array(g);
		g->depth--;
		return fault;
	case '"':
		return gate_string(g, &text);
	case 't':
		return gate_word(g, "true");
	case 'f':
		return gate_word(g, "false");
	case 'n':
		return gate_word(g, "null");
	default:
		return gate_number(g);
	}
}

enum fault
json_gate(const char *bytes, size_t n)
{
	struct gate g = { bytes, bytes + n, 0 };

	if (!utf8_ok(bytes, n))
		return FAULT_UTF8;
	TRY(gate_value(&g));
	gate_blanks(&g);
	return g.at == g.end ? FAULT_NONE : FAULT_JSON;
}
