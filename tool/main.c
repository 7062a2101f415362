#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "tool.h"

static const struct command {
	const char *name;
	const char *arguments;
	const char *what;
	void (*run)(int argc, char **argv);
} commands[] = {
	{ "migrate", "[DIR]", "bring the base up to date (migrations/)",
	    command_migrate },
	{ "frameworks", "DIR", "load the frameworks of a folder, all or none",
	    command_frameworks },
	{ "demo", "", "make a demonstration school, and its accounts",
	    command_demo },
	{ "school", "add UAI NAME YEAR",
	    "make a school and its administrator (school list)",
	    command_school },
	{ "traces", "forget [MONTHS]",
	    "let traces go that are older (12 months)", command_traces },
	{ "routes", "", "print the method and path of every route",
	    command_routes },
	{ "access", "", "print who may do what, and the routes, as JSON",
	    command_access },
};
#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void
usage(FILE *out)
{
	size_t i;

	fputs("usage: acquis COMMAND\n\n", out);
	for (i = 0; i < COMMANDS; i++)
		fprintf(out, "  %-10s %-17s  %s\n", commands[i].name,
		    commands[i].arguments, commands[i].what);
	fputs("\nThe base is the one of $ACQUIS_OWNER_URL, a libpq connection"
	      " string.\n",
	    out);
}

int
main(int argc, char **argv)
{
	size_t i;

	if (sodium_init() < 0)
		tool_end("the cryptographic library does not start");
	if (argc < 2) {
		usage(stderr);
		return 1;
	}
	if (strcmp(argv[1], "--help") == 0) {
		usage(stdout);
		return 0;
	}
	for (i = 0; i < COMMANDS; i++)
		if (strcmp(argv[1], commands[i].name) == 0) {
			commands[i].run(argc - 2, argv + 2);
			return 0;
		}
	tool_end("there is no command \"%s\": see acquis --help", argv[1]);
}
