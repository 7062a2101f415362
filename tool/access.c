/*
 * acquis access: the table of rights and what it makes of the routes, for
 * whoever runs a school and wants to know who may do what, and for the
 * authorization matrix of the tests.
 *
 *	{ "roles": ["administrator", ...],
 *	  "resources": { "settings": { "when": null, "rights": {
 *	      "administrator": { "read": "school", ... }, ... } }, ... },
 *	  "routes": [{ "method": "GET", "path": "/api/v1/terms",
 *	      "resource": "settings", "right": "read",
 *	      "roles": ["administrator", ...], "limited": false,
 *	      "partner": false }, ...] }
 *
 * Limited: also of a session that has to change its password first; partner:
 * with the key of one and nothing else.
 */
#include <stdio.h>

#include "../api/json.h"
#include "../api/route.h"
#include "tool.h"

static void
write_roles(struct json *j, unsigned int roles)
{
	unsigned int i;

	json_open(j, "roles", '[');
	for (i = 0; i < ROLE_COUNT; i++)
		if (roles >> i & 1)
			json_text(j, NULL, role_code(1u << i));
	json_close(j, ']');
}

static void
write_rights(struct json *j, enum resource resource, unsigned int role)
{
	unsigned int scope;
	enum right right;

	json_open(j, role_code(role), '{');
	for (right = 0; right < RIGHT__MAX; right++) {
		scope = access_scopes(resource, right, role);
		if (scope != 0)
			json_text(j, access_right(right), access_scope(scope));
	}
	json_close(j, '}');
}

static void
write_resource(struct json *j, enum resource resource)
{
	unsigned int i;

	json_open(j, access_resource(resource), '{');
	json_text(j, "when", access_when(resource));
	json_open(j, "rights", '{');
	for (i = 0; i < ROLE_COUNT; i++)
		if (1u << i != ROLE_LIMITED)
			write_rights(j, resource, 1u << i);
	json_close(j, '}');
	json_close(j, '}');
}

static void
write_route(struct json *j, const struct route *r)
{
	json_open(j, NULL, '{');
	json_text(j, "method", route_method(r));
	json_text(j, "path", r->path);
	json_text(j, "resource", access_resource(r->resource));
	json_text(j, "right", access_right(r->right));
	write_roles(j, route_roles(r) & ~ROLE_LIMITED);
	json_bool(j, "limited", (route_roles(r) & ROLE_LIMITED) != 0);
	json_bool(j, "partner", (r->flags & ROUTE_PARTNER) != 0);
	json_close(j, '}');
}

void
command_access(int argc, char **argv)
{
	struct arena *a = arena_open();
	struct text t = text_in(a);
	struct json j = json_in(&t);
	enum resource resource;
	size_t i;

	(void)argc;
	(void)argv;
	routes_open();
	json_open(&j, NULL, '{');
	write_roles(&j, ((1u << ROLE_COUNT) - 1) & ~ROLE_LIMITED);
	json_open(&j, "resources", '{');
	for (resource = 0; resource < RESOURCE__MAX; resource++)
		write_resource(&j, resource);
	json_close(&j, '}');
	json_open(&j, "routes", '[');
	for (i = 0; i < routes_count; i++)
		write_route(&j, &routes[i]);
	json_close(&j, ']');
	json_close(&j, '}');
	puts(text_string(&t));
	arena_close(a);
}
