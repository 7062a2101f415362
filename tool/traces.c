/*
 * acquis traces: let traces go whose time is over (reliability.md 8).
 *
 * The server's own role takes no trace away; this is for the operator's
 * timer.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base.h"
#include "tool.h"

/* The least and the most the CNIL advises for a log (2021-122). */
#define MONTHS_MIN 6
#define MONTHS_MAX 12

static int
read_months(const char *text)
{
	long months = 0;

	if (strlen(text) <= 2 && strspn(text, "0123456789") == strlen(text))
		months = strtol(text, NULL, 10);
	if (months < MONTHS_MIN || months > MONTHS_MAX)
		tool_end("\"%s\" is not %d to %d months", text, MONTHS_MIN,
		    MONTHS_MAX);
	return (int)months;
}

void
command_traces(int argc, char **argv)
{
	int months = MONTHS_MAX;
	struct base *db;
	struct rows r;

	if (argc < 1 || argc > 2 || strcmp(argv[0], "forget") != 0)
		tool_end("usage: acquis traces forget [MONTHS]");
	if (argc == 2)
		months = read_months(argv[1]);
	db = base_open();
	r = base_run(db, Q_TRACE_FORGET, PARAMS(p_int(months)));
	printf("Forgotten: %zu traces older than %d months\n", r.affected,
	    months);
	base_close(db);
}
