/*
 * Tool: build/acquis, what whoever runs a server does from a command line.
 *
 * Each command does one thing to the base of $ACQUIS_OWNER_URL, waits for it,
 * and ends.  What cannot be done ends the program with one sentence on
 * standard error and 1; a transaction under way is then undone.
 */
#ifndef ACQUIS_TOOL_H
#define ACQUIS_TOOL_H

#include <stddef.h>

#include "../db/arena.h"

/* Say why in one sentence, and end the program with 1. */
_Noreturn void tool_end(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* A file of a folder, read. */
struct tool_file {
	const char *name;
	const char *bytes; /* NUL after them */
	size_t length;
	const unsigned char *hash; /* SHA-256 of the bytes, TOOL_HASH long */
};

#define TOOL_HASH 32

/*
 * The files of a folder whose names end so, in the order of their names; they
 * belong to the arena.  Ends the program when one cannot be read.
 */
struct tool_file *tool_folder(struct arena *, const char *folder,
    const char *ending, size_t *n);

/* Commands.  argv[0] is the first argument of the command. */
void command_migrate(int argc, char **argv);
void command_frameworks(int argc, char **argv);
void command_demo(int argc, char **argv);
void command_school(int argc, char **argv);
void command_traces(int argc, char **argv);
void command_routes(int argc, char **argv);
void command_access(int argc, char **argv);

#endif
