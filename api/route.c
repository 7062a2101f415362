#include <stdbool.h>
#include <string.h>

#include "header.h"
#include "route.h"

/* Who has each right, from the table. */
static unsigned int may[RESOURCE__MAX][RIGHT__MAX];

static const char *const method_names[METHOD__MAX] = {
	[METHOD_GET] = "GET, HEAD",
	[METHOD_POST] = "POST",
	[METHOD_PUT] = "PUT",
	[METHOD_PATCH] = "PATCH",
	[METHOD_DELETE] = "DELETE",
	[METHOD_OPTIONS] = "OPTIONS",
};

void
routes_open(void)
{
	enum resource i;
	enum right k;

	for (i = 0; i < RESOURCE__MAX; i++)
		for (k = 0; k < RIGHT__MAX; k++)
			may[i][k] = access_roles(i, k);
}

unsigned int
route_roles(const struct route *r)
{
	unsigned int roles = may[r->resource][r->right];

	if (r->flags & ROUTE_PARTNER)
		return roles & ROLE_PARTNER;
	if (r->resource == RESOURCE_SESSION)
		roles |= ROLE_LIMITED;
	return route_public(r) ? roles : roles & ~ROLE_PARTNER;
}

const char *
route_method(const struct route *r)
{
	static const char *const names[METHOD__MAX] = {
		[METHOD_GET] = "GET",
		[METHOD_POST] = "POST",
		[METHOD_PUT] = "PUT",
		[METHOD_PATCH] = "PATCH",
		[METHOD_DELETE] = "DELETE",
		[METHOD_OPTIONS] = "OPTIONS",
	};

	return names[r->method];
}

bool
route_public(const struct route *r)
{
	return r->resource == RESOURCE_PUBLIC;
}

/*
 * One segment of a pattern against one of a path.  A {…} takes what is
 * before the suffix that follows it, at least one byte.
 */
static bool
segment_like(const char *pattern, size_t n, const char *path, size_t m,
    const char **id, size_t *id_length)
{
	const char *close;
	size_t suffix;

	*id = NULL;
	if (pattern[0] != '{')
		return n == m && memcmp(pattern, path, n) == 0;
	close = memchr(pattern, '}', n);
	suffix = n - (size_t)(close + 1 - pattern);
	if (m <= suffix || memcmp(close + 1, path + m - suffix, suffix) != 0)
		return false;
	*id = path;
	*id_length = m - suffix;
	return true;
}

static bool
path_like(struct ctx *c, const char *pattern, const char **ids)
{
	const char *path = c->path, *id;
	size_t n, m, length, count = 0;

	while (*pattern == '/' && *path == '/') {
		pattern++;
		path++;
		n = strcspn(pattern, "/");
		m = strcspn(path, "/");
		if (n == 0 || m == 0)
			return n == m;
		if (!segment_like(pattern, n, path, m, &id, &length))
			return false;
		if (id != NULL && count < PATH_IDS_MAX) {
			ids[count] = header_decoded(c->arena, id, length);
			/* What cannot be read is the name of nothing. */
			if (ids[count] == NULL)
				ids[count] = "";
			count++;
		}
		pattern += n;
		path += m;
	}
	return *pattern == '\0' && *path == '\0';
}

/* A pattern with a suffix is a better answer than one without. */
static bool
more_exact(const struct route *a, const struct route *b)
{
	return b == NULL || strlen(a->path) > strlen(b->path) ||
	       strchr(a->path, '{') == NULL;
}

enum fault
route_find(struct ctx *c)
{
	const char *ids[PATH_IDS_MAX];
	const struct route *r, *found = NULL;
	bool path = false;

	for (r = routes; r < routes + routes_count; r++) {
		memset(ids, 0, sizeof(ids));
		if (!path_like(c, r->path, ids))
			continue;
		path = true;
		if (r->method != c->method || !more_exact(r, found))
			continue;
		found = r;
		memcpy(c->id, ids, sizeof(ids));
	}
	if (!path && c->method == METHOD_GET &&
	    strncmp(c->path, "/api/", 5) != 0)
		found = &route_assets;
	c->route = found;
	if (found != NULL)
		return FAULT_NONE;
	return path ? FAULT_METHOD : FAULT_ABSENT;
}

const char *
route_methods(struct ctx *c)
{
	const char *ids[PATH_IDS_MAX];
	bool known[METHOD__MAX] = { false };
	struct text t = text_in(c->arena);
	const struct route *r;
	int m;

	known[METHOD_OPTIONS] = true;
	for (r = routes; r < routes + routes_count; r++)
		if (path_like(c, r->path, ids))
			known[r->method] = true;
	for (m = 0; m < METHOD__MAX; m++) {
		if (!known[m])
			continue;
		if (t.length > 0)
			text_put(&t, ", ");
		text_put(&t, method_names[m]);
	}
	return text_string(&t);
}
