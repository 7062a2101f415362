#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "../domain/utf8.h"
#include "multipart.h"

#define DISPOSITION "content-disposition:"

/* What is left of the body. */
struct reader {
	struct arena *arena;
	const char *at, *end;
	const char *delimiter; /* CR LF -- boundary */
	size_t delimiter_length;
};

static bool
boundary_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') ||
	       (c != '\0' && strchr("'()+_,-./:=?", c) != NULL);
}

/* The boundary parameter, quoted or not. */
static const char *
boundary_of(struct arena *a, const char *type)
{
	const char *s = type == NULL ? NULL : strcasestr(type, "boundary=");
	bool quoted;
	size_t n = 0;

	if (s == NULL)
		return NULL;
	s += strlen("boundary=");
	quoted = *s == '"';
	s += quoted;
	while (boundary_char(s[n]))
		n++;
	if (n == 0 || n > MULTIPART_BOUNDARY_MAX)
		return NULL;
	if (quoted ? s[n] != '"' : s[n] != '\0' && s[n] != ';')
		return NULL;
	return arena_copy(a, s, n);
}

static bool
take(struct reader *r, const char *expected)
{
	size_t n = strlen(expected);

	if ((size_t)(r->end - r->at) < n || memcmp(r->at, expected, n) != 0)
		return false;
	r->at += n;
	return true;
}

/*
 * One `name="value"` of a Content-Disposition.  Browsers write a quote inside
 * as %22 and never a backslash, so a backslash is only a character.
 */
static const char *
parameter(struct arena *a, const char *line, const char *name, size_t longest)
{
	const char *s = arena_print(a, "; %s=\"", name);
	const char *found = strcasestr(line, s), *end;

	if (found == NULL)
		return NULL;
	found += strlen(s);
	end = strchr(found, '"');
	if (end == NULL || (size_t)(end - found) > longest)
		return NULL;
	return arena_copy(a, found, (size_t)(end - found));
}

static enum fault
read_disposition(struct reader *r, const char *line, struct part *p)
{
	const char *s = line + strlen(DISPOSITION);

	s += strspn(s, " ");
	if (p->name != NULL || strncasecmp(s, "form-data;", 10) != 0)
		return FAULT_PARAMETER;
	p->name = parameter(r->arena, s, "name", MULTIPART_NAME_MAX);
	p->filename =
	    parameter(r->arena, s, "filename", MULTIPART_FILENAME_MAX);
	if (p->name == NULL || *p->name == '\0')
		return FAULT_PARAMETER;
	if (p->filename == NULL)
		p->filename = "";
	if (!utf8_ok(p->name, strlen(p->name)) ||
	    !utf8_ok(p->filename, strlen(p->filename)))
		return FAULT_UTF8;
	return FAULT_NONE;
}

static enum fault
read_headers(struct reader *r, struct part *p)
{
	size_t room = (size_t)(r->end - r->at), n;
	const char *end, *line;

	if (room > MULTIPART_HEADERS_MAX)
		room = MULTIPART_HEADERS_MAX;
	end = memmem(r->at, room, "\r\n\r\n", 4);
	if (end == NULL || memchr(r->at, '\0', (size_t)(end - r->at)) != NULL)
		return FAULT_PARAMETER;
	while (r->at < end + 2) {
		n = (size_t)((const char *)memmem(r->at, room, "\r\n", 2) -
			     r->at);
		line = arena_copy(r->arena, r->at, n);
		if (strncasecmp(line, DISPOSITION, strlen(DISPOSITION)) == 0)
			TRY(read_disposition(r, line, p));
		else if (strncasecmp(line, "content-type:", 13) != 0)
			return FAULT_PARAMETER;
		r->at += n + 2;
		room -= n + 2;
	}
	r->at += 2;
	return p->name == NULL ? FAULT_PARAMETER : FAULT_NONE;
}

/* From after a boundary to after the next one. */
static enum fault
read_part(struct reader *r, struct part *p)
{
	const char *end;

	*p = (struct part){ .name = NULL };
	TRY(read_headers(r, p));
	/* An empty part has its boundary right where its headers end. */
	end = memmem(r->at, (size_t)(r->end - r->at), r->delimiter,
	    r->delimiter_length);
	if (end == NULL)
		return FAULT_PARAMETER;
	p->bytes = r->at;
	p->length = (size_t)(end - r->at);
	r->at = end + r->delimiter_length;
	return FAULT_NONE;
}

enum fault
multipart_read(struct arena *a, const char *content_type, const char *body,
    size_t length, struct part *parts, size_t room, size_t *count)
{
	const char *boundary = boundary_of(a, content_type);
	struct reader r = { .arena = a, .at = body, .end = body + length };
	size_t n = 0;

	if (boundary == NULL || body == NULL)
		return FAULT_PARAMETER;
	r.delimiter = arena_print(a, "\r\n--%s", boundary);
	r.delimiter_length = strlen(r.delimiter);
	if (!take(&r, r.delimiter + 2))
		return FAULT_PARAMETER;
	while (!take(&r, "--")) {
		if (!take(&r, "\r\n"))
			return FAULT_PARAMETER;
		if (n == room)
			return FAULT_LARGE;
		TRY(read_part(&r, &parts[n]));
		n++;
	}
	take(&r, "\r\n");
	if (r.at != r.end)
		return FAULT_PARAMETER;
	*count = n;
	return FAULT_NONE;
}
