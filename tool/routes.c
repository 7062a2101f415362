/*
 * acquis routes: the table of api/routes.c, a line a route, for the test
 * that compares it with openapi.yaml.
 */
#include <stdio.h>

#include "../api/route.h"
#include "tool.h"

static const char *const names[METHOD__MAX] = {
	[METHOD_GET] = "GET",
	[METHOD_POST] = "POST",
	[METHOD_PUT] = "PUT",
	[METHOD_PATCH] = "PATCH",
	[METHOD_DELETE] = "DELETE",
	[METHOD_OPTIONS] = "OPTIONS",
};

void
command_routes(int argc, char **argv)
{
	size_t i;

	(void)argc;
	(void)argv;
	for (i = 0; i < routes_count; i++)
		printf("%s %s\n", names[routes[i].method], routes[i].path);
}
