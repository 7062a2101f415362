/*
 * acquis school: the schools of this installation, where each is found, and
 * whether it is at work.
 */
#include <stdio.h>
#include <string.h>

#include "base.h"
#include "school.h"
#include "tool.h"

#define HOST_LENGTH 253

static void
list(int argc, char **argv)
{
	struct base *db;
	struct rows r;
	size_t i;

	(void)argv;
	if (argc != 1)
		tool_end(SCHOOL_USAGE);
	db = base_open();
	r = base_run(db, Q_SCHOOL_LIST, PARAMS_NONE);
	for (i = 0; i < r.count; i++)
		printf("%s %d %s%s%s%s\n", row_text(&r, i, "uai"),
		    (int)row_int(&r, i, "school_year"), row_text(&r, i, "name"),
		    row_null(&r, i, "host") ? "" : ", at ",
		    row_null(&r, i, "host") ? "" : row_text(&r, i, "host"),
		    row_bool(&r, i, "suspended") ? ", suspended" : "");
	base_close(db);
}

/* As browsers send it, without a port. */
static void
check_host(const char *host)
{
	static const char signs[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";
	size_t n = strlen(host);

	if (n == 0 || n > HOST_LENGTH || strspn(host, signs) != n ||
	    strchr(".-", host[0]) != NULL || strchr(".-", host[n - 1]) != NULL)
		tool_end("\"%s\" is not a host name: a-z, 0-9, points and"
			 " hyphens",
		    host);
}

static void
address(int argc, char **argv)
{
	const char *host = argc == 3 ? argv[2] : NULL;
	struct base *db;
	struct rows r;

	if (argc != 2 && argc != 3)
		tool_end(SCHOOL_USAGE);
	if (host != NULL)
		check_host(host);
	db = base_open();
	base_begin(db);
	r = base_run(db, Q_SCHOOL_FIND, PARAMS(p_text(argv[1])));
	if (r.count == 0)
		tool_end("there is no school %s", argv[1]);
	r = base_run(db, Q_SCHOOL_HOST, PARAMS(p_text(argv[1]), p_text(host)));
	if (r.affected == 0)
		tool_end("%s is the address of another school", host);
	base_commit(db);
	printf(host == NULL ? "%s shares the address of all\n"
			    : "%s is at %s\n",
	    argv[1], host);
	base_close(db);
}

static void
turn(int argc, char **argv, enum query query, const char *said)
{
	struct base *db;
	struct rows r;

	if (argc != 2)
		tool_end(SCHOOL_USAGE);
	db = base_open();
	r = base_run(db, query, PARAMS(p_text(argv[1])));
	if (!row_bool(&r, 0, "found"))
		tool_end("there is no school %s", argv[1]);
	printf("%s %s\n", argv[1], said);
	base_close(db);
}

static void
suspend(int argc, char **argv)
{
	turn(argc, argv, Q_SCHOOL_SUSPEND,
	    "is suspended: nobody signs in, keys open nothing, all data stay");
}

static void
resume(int argc, char **argv)
{
	turn(argc, argv, Q_SCHOOL_RESUME, "is at work again");
}

static const struct {
	const char *name;
	void (*run)(int argc, char **argv);
} acts[] = {
	{ "list", list },
	{ "add", school_add },
	{ "address", address },
	{ "suspend", suspend },
	{ "resume", resume },
	{ "export", school_export },
	{ "import", school_import },
};

void
command_school(int argc, char **argv)
{
	size_t i;

	for (i = 0; argc >= 1 && i < sizeof(acts) / sizeof(acts[0]); i++)
		if (strcmp(argv[0], acts[i].name) == 0) {
			acts[i].run(argc, argv);
			return;
		}
	tool_end(SCHOOL_USAGE);
}
