/*
 * acquis routes: the table of api/routes.c, a line a route, for the test
 * that compares it with openapi.yaml.
 */
#include <stdio.h>

#include "../api/route.h"
#include "tool.h"

void
command_routes(int argc, char **argv)
{
	size_t i;

	(void)argc;
	(void)argv;
	for (i = 0; i < routes_count; i++)
		printf("%s %s\n", route_method(&routes[i]), routes[i].path);
}
