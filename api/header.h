/*
 * The small grammar of HTTP: header values, cookies, percent-encoding.
 * Everything returned belongs to the arena.
 */
#ifndef ACQUIS_HEADER_H
#define ACQUIS_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "../db/arena.h"

/* The value of a hexadecimal digit, or -1. */
int header_hex(char);

/*
 * Percent-decoded; NULL when it is badly written, is not UTF-8, or holds a
 * NUL.
 */
const char *header_decoded(struct arena *, const char *, size_t);

/* The value of a cookie, or NULL. */
const char *header_cookie(struct arena *, const char *cookies,
    const char *name);

/*
 * The address that X-Forwarded-For ends with, as its own proxy saw it, in its
 * usual spelling; NULL when that is no address.
 */
const char *header_forwarded(struct arena *, const char *line);

/* Content-Disposition that saves under this name, UTF-8 (RFC 6266). */
const char *header_attachment(struct arena *, const char *name);

/* Whether a list of entity tags holds this one, or is `*`. */
bool header_tag_listed(const char *list, const char *etag);

/* Whether a media type is in an Accept line; a missing one takes all. */
bool header_accepts(const char *accept, const char *type);

/* Whether the value of Content-Type is this type, parameters aside. */
bool header_is_type(const char *content_type, const char *type);

#endif
