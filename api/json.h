/*
 * JSON out: written straight into a text, no tree.
 *
 * The caller writes the punctuation of objects and arrays with json_open()
 * and json_close(), which put the commas where they belong:
 *
 *	struct json j = json_in(reply_json(c, 200));
 *
 *	json_open(&j, NULL, '{');
 *	json_text(&j, "title", title);
 *	json_open(&j, "marks", '[');
 *	json_text(&j, NULL, "full");
 *	json_close(&j, ']');
 *	json_close(&j, '}');
 *
 * Names are ours and are not escaped; texts are, and must be UTF-8.
 */
#ifndef ACQUIS_JSON_H
#define ACQUIS_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "../db/text.h"

struct json {
	struct text *out;
	bool comma; /* something stands before in this object or array */
};

struct json json_in(struct text *);

/* name is NULL in an array and at the top. */
void json_open(struct json *, const char *name, char bracket);
void json_close(struct json *, char bracket);
void json_text(struct json *, const char *name, const char *); /* or null */
void json_int(struct json *, const char *name, int64_t);
void json_bool(struct json *, const char *name, bool);
void json_null(struct json *, const char *name);

/* A number as text: identifiers are opaque strings. */
void json_id(struct json *, const char *name, int64_t);

/* Hundredths as a decimal string: 1350 is "13.50". */
void json_hundredths(struct json *, const char *name, int);

/* JSON that is JSON already, from PostgreSQL; NULL is null. */
void json_raw(struct json *, const char *name, const char *);

#endif
