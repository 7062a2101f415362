/*
 * Host: lanes without Kore, for the tool.
 *
 * The tool has one thing to do and waits for it: a wait polls the sockets,
 * and a task is run on the spot.
 */
#ifndef ACQUIS_TOOL_HOST_H
#define ACQUIS_TOOL_HOST_H

#include "../db/db.h"

/* Connect; ends the program when that cannot be done in five seconds. */
struct lanes *host_open(const char *conninfo);
void host_close(struct lanes *);

/* How a db of these lanes waits. */
struct db_wait host_wait(void);

#endif
