#include <stdlib.h>
#include <string.h>

#include "base.h"
#include "tool.h"

struct base_result {
	PGresult *result;
	struct base_result *next;
};

/* One number of our own choice for the lock of the whole base. */
static const char lock[] = "SELECT pg_advisory_lock(4710161722)";
static const char quiet[] = "SET client_min_messages = warning";

/* libpq ends its messages with a new line, and may write several. */
static const char *
one_line(struct base *db, const char *message)
{
	char *out = arena_text(db->arena, message);
	size_t n = strlen(out);

	while (n > 0 && out[n - 1] == '\n')
		out[--n] = '\0';
	for (; n > 0; n--)
		if (out[n - 1] == '\n')
			out[n - 1] = ' ';
	return out;
}

struct base *
base_open(void)
{
	const char *url = getenv("ACQUIS_OWNER_URL");
	struct base *db;
	struct arena *a;

	if (url == NULL || *url == '\0')
		tool_end("ACQUIS_OWNER_URL does not say which base to work on");
	a = arena_open();
	db = arena_take(a, sizeof(*db));
	db->arena = a;
	db->connection = PQconnectdb(url);
	if (PQstatus(db->connection) != CONNECTION_OK)
		tool_end("the base cannot be reached: %s",
		    one_line(db, PQerrorMessage(db->connection)));
	PQsetClientEncoding(db->connection, "UTF8");
	base_text(db, "settings", quiet, PARAMS_NONE);
	base_text(db, "lock", lock, PARAMS_NONE);
	return db;
}

void
base_close(struct base *db)
{
	struct base_result *r;

	for (r = db->results; r != NULL; r = r->next)
		PQclear(r->result);
	PQfinish(db->connection);
	arena_close(db->arena);
}

static struct rows
take(struct base *db, const char *what, PGresult *result)
{
	struct base_result *kept = arena_take(db->arena, sizeof(*kept));
	ExecStatusType status = PQresultStatus(result);

	kept->result = result;
	kept->next = db->results;
	db->results = kept;
	if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
		tool_end("%s: %s", what,
		    one_line(db, PQerrorMessage(db->connection)));
	return (struct rows){ .result = result,
		.count = (size_t)PQntuples(result),
		.affected = (size_t)strtoul(PQcmdTuples(result), NULL, 10) };
}

struct rows
base_text(struct base *db, const char *what, const char *sql,
    struct params params)
{
	const char *values[PARAMS_MAX];
	int lengths[PARAMS_MAX], formats[PARAMS_MAX];
	size_t i;

	for (i = 0; i < params.n; i++) {
		values[i] = params.param[i].bytes;
		lengths[i] = (int)params.param[i].length;
		formats[i] = params.param[i].kind == PARAM_BYTES;
	}
	return take(db, what,
	    PQexecParams(db->connection, sql, (int)params.n, NULL, values,
		lengths, formats, 0));
}

struct rows
base_run(struct base *db, enum query query, struct params params)
{
	const struct query_text *q = &query_texts[query];

	return base_text(db, q->name, q->sql, params);
}

void
base_begin(struct base *db)
{
	base_text(db, "BEGIN", "BEGIN", PARAMS_NONE);
}

void
base_commit(struct base *db)
{
	base_text(db, "COMMIT", "COMMIT", PARAMS_NONE);
}

static void
copy_begin(struct base *db, const char *what, const char *sql,
    ExecStatusType wanted)
{
	PGresult *r = PQexec(db->connection, sql);
	bool begun = PQresultStatus(r) == wanted;

	PQclear(r);
	if (!begun)
		tool_end("%s: %s", what,
		    one_line(db, PQerrorMessage(db->connection)));
}

/* What ends a COPY, whichever way it went. */
static void
copy_result(struct base *db, const char *what)
{
	PGresult *r;

	while ((r = PQgetResult(db->connection)) != NULL)
		take(db, what, r);
}

void
base_copy_out(struct base *db, const char *what, const char *sql,
    void (*row)(void *arg, const char *bytes, size_t n), void *arg)
{
	char *bytes;
	int n;

	copy_begin(db, what, sql, PGRES_COPY_OUT);
	while ((n = PQgetCopyData(db->connection, &bytes, 0)) > 0) {
		row(arg, bytes, (size_t)n);
		PQfreemem(bytes);
	}
	copy_result(db, what);
}

void
base_copy_in(struct base *db, const char *what, const char *sql)
{
	copy_begin(db, what, sql, PGRES_COPY_IN);
}

void
base_copy_row(struct base *db, const char *bytes, size_t n)
{
	if (PQputCopyData(db->connection, bytes, (int)n) != 1)
		tool_end("the base went away: %s",
		    one_line(db, PQerrorMessage(db->connection)));
}

void
base_copy_end(struct base *db, const char *what)
{
	if (PQputCopyEnd(db->connection, NULL) != 1)
		tool_end("the base went away: %s",
		    one_line(db, PQerrorMessage(db->connection)));
	copy_result(db, what);
}
