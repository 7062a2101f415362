#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "../db/text.h"
#include "../domain/utf8.h"
#include "header.h"

int
header_hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

const char *
header_decoded(struct arena *a, const char *s, size_t n)
{
	char *out = arena_take(a, n + 1);
	size_t i, m = 0;
	int high, low;

	for (i = 0; i < n; i++) {
		if (s[i] != '%') {
			out[m++] = s[i];
			continue;
		}
		if (n - i < 3)
			return NULL;
		high = header_hex(s[i + 1]);
		low = header_hex(s[i + 2]);
		if (high < 0 || low < 0)
			return NULL;
		out[m++] = (char)(high << 4 | low);
		i += 2;
	}
	return utf8_ok(out, m) ? out : NULL;
}

const char *
header_cookie(struct arena *a, const char *cookies, const char *name)
{
	size_t n = strlen(name), length;

	while (cookies != NULL && *cookies != '\0') {
		cookies += strspn(cookies, " ;");
		length = strcspn(cookies, ";");
		if (length > n && cookies[n] == '=' &&
		    memcmp(cookies, name, n) == 0)
			return arena_copy(a, cookies + n + 1, length - n - 1);
		cookies += length;
	}
	return NULL;
}

/* Read and written again: one address has one spelling to be counted by. */
static const char *
address_plain(struct arena *a, const char *s)
{
	char out[INET6_ADDRSTRLEN];
	struct in6_addr bytes;
	int family = strchr(s, ':') == NULL ? AF_INET : AF_INET6;

	if (inet_pton(family, s, &bytes) != 1)
		return NULL;
	inet_ntop(family, &bytes, out, sizeof(out));
	return arena_text(a, out);
}

const char *
header_forwarded(struct arena *a, const char *line)
{
	const char *last;

	if (line == NULL)
		return NULL;
	last = strrchr(line, ',');
	last = last == NULL ? line : last + 1;
	last += strspn(last, " \t");
	return address_plain(a, arena_copy(a, last, strcspn(last, " \t")));
}

static bool
plain(unsigned char ch)
{
	return (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') ||
	       (ch >= 'a' && ch <= 'z') || ch == '.' || ch == '_' || ch == '-';
}

const char *
header_attachment(struct arena *a, const char *name)
{
	struct text t = text_in(a);
	const char *s;

	text_put(&t, "attachment; filename=\"");
	for (s = name; *s != '\0'; s++)
		text_char(&t, plain((unsigned char)*s) ? *s : '_');
	text_put(&t, "\"; filename*=UTF-8''");
	for (s = name; *s != '\0'; s++) {
		if (plain((unsigned char)*s))
			text_char(&t, *s);
		else
			text_print(&t, "%%%02X", (unsigned char)*s);
	}
	return text_string(&t);
}

bool
header_tag_listed(const char *list, const char *etag)
{
	size_t n = strlen(etag);

	while (list != NULL && *list != '\0') {
		list += strspn(list, " ,");
		if (*list == '*')
			return true;
		if (strncmp(list, "W/", 2) == 0)
			list += 2;
		if (strncmp(list, etag, n) == 0 &&
		    (list[n] == '\0' || list[n] == ',' || list[n] == ' '))
			return true;
		list += strcspn(list, ",");
	}
	return false;
}

bool
header_is_type(const char *content_type, const char *type)
{
	size_t n = strlen(type);

	return content_type != NULL &&
	       strncasecmp(content_type, type, n) == 0 &&
	       strchr("; \t", content_type[n]) != NULL;
}

bool
header_accepts(const char *accept, const char *type)
{
	size_t n, family = strcspn(type, "/") + 1, whole = strcspn(type, ";");

	if (accept == NULL || *accept == '\0')
		return true;
	while (*accept != '\0') {
		accept += strspn(accept, " ,\t");
		n = strcspn(accept, ",; \t");
		if (n == 3 && memcmp(accept, "*/*", 3) == 0)
			return true;
		if (n == family + 1 && accept[n - 1] == '*' &&
		    strncasecmp(accept, type, family) == 0)
			return true;
		if (n == whole && strncasecmp(accept, type, n) == 0)
			return true;
		accept += strcspn(accept, ",");
	}
	return false;
}
