/*
 * acquis migrate: bring the base to the state that this program wants.
 *
 * Forward only: files are applied in the order of their numbers, each in one
 * transaction, and remembered with their hash.  A base that was not brought
 * here by exactly these files is left alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base.h"
#include "tool.h"

#define NUMBER_DIGITS 4

/*
 * The runner's own statements are not in db/queries: the server prepares all
 * of those, and this table is there before the first migration is.
 */
static const char make[] = "CREATE TABLE IF NOT EXISTS migration ("
			   " number integer PRIMARY KEY,"
			   " name text NOT NULL,"
			   " sha256 bytea NOT NULL,"
			   " applied_at timestamptz NOT NULL DEFAULT now())";
static const char list[] =
    "SELECT number, name, encode(sha256, 'hex') AS sha256"
    "  FROM migration ORDER BY number";
static const char add[] =
    "INSERT INTO migration (number, name, sha256) VALUES ($1, $2, $3)";
/* A table that somebody works on is waited for, but not for ever: all that
 * come after us wait as well. */
static const char patience[] = "SET LOCAL lock_timeout = '10s'";

static int
number_of(const struct tool_file *f)
{
	if (strspn(f->name, "0123456789") != NUMBER_DIGITS ||
	    f->name[NUMBER_DIGITS] != '_')
		tool_end("%s: a migration is named 0001_what.sql", f->name);
	return (int)strtol(f->name, NULL, 10);
}

static void
check_numbers(const struct tool_file *files, size_t n)
{
	size_t i;

	for (i = 1; i < n; i++)
		if (number_of(&files[i]) == number_of(&files[i - 1]))
			tool_end("%s and %s have one number", files[i - 1].name,
			    files[i].name);
	if (number_of(&files[0]) < 1)
		tool_end("%s: numbers start at 1", files[0].name);
}

/* An applied one must be here, and be what it was. */
static void
check_applied(const struct tool_file *files, size_t n, const struct rows *r,
    size_t row)
{
	int number = (int)row_int(r, row, "number");
	const char *name = row_text(r, row, "name");
	char hash[2 * TOOL_HASH + 1];
	size_t i;

	if (number > number_of(&files[n - 1]))
		tool_end("the base is newer than this program, which does not"
			 " know %s: use the version of Acquis that made it",
		    name);
	for (i = 0; i < n && strcmp(files[i].name, name) != 0; i++)
		;
	if (i == n)
		tool_end("%s was applied to this base and is missing here:"
			 " put it back",
		    name);
	sodium_bin2hex(hash, sizeof(hash), files[i].hash, TOOL_HASH);
	if (strcmp(hash, row_text(r, row, "sha256")) != 0)
		tool_end("%s was edited after it was applied to this base:"
			 " put it back as it was and write a new migration",
		    name);
}

/* PostgreSQL counts characters from 1; people count lines. */
static int
line_of(const char *sql, const char *position)
{
	long n = position == NULL ? 0 : strtol(position, NULL, 10);
	int line = 1;

	for (; n > 1 && *sql != '\0'; sql++) {
		if (((unsigned char)sql[1] & 0xC0) != 0x80)
			n--;
		line += *sql == '\n';
	}
	return line;
}

/* Where and why a file failed; NULL when it did not. */
static const char *
fault_of(struct arena *a, const struct tool_file *f, const PGresult *r)
{
	const char *position, *message;

	if (PQresultStatus(r) == PGRES_COMMAND_OK ||
	    PQresultStatus(r) == PGRES_TUPLES_OK)
		return NULL;
	position = PQresultErrorField(r, PG_DIAG_STATEMENT_POSITION);
	message = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	return arena_print(a, "line %d: %s", line_of(f->bytes, position),
	    message == NULL ? "the base went away" : message);
}

/* Several statements at once, which base_text() cannot do. */
static void
run_file(struct base *db, const struct tool_file *f)
{
	PGresult *r = PQexec(db->connection, f->bytes);
	const char *fault = fault_of(db->arena, f, r);

	PQclear(r);
	if (fault != NULL)
		tool_end("%s, %s; nothing of it was kept", f->name, fault);
	if (PQtransactionStatus(db->connection) != PQTRANS_INTRANS)
		tool_end("%s ends the transaction it is run in: take COMMIT"
			 " and ROLLBACK out of it",
		    f->name);
}

static void
apply(struct base *db, const struct tool_file *f)
{
	base_begin(db);
	base_text(db, f->name, patience, PARAMS_NONE);
	run_file(db, f);
	base_text(db, f->name, add,
	    PARAMS(p_int(number_of(f)), p_text(f->name),
		p_bytes((const char *)f->hash, TOOL_HASH)));
	base_commit(db);
	printf("Migrated: %s\n", f->name);
}

static bool
was_applied(const struct rows *r, const struct tool_file *f)
{
	size_t row;

	for (row = 0; row < r->count; row++)
		if (row_int(r, row, "number") == number_of(f))
			return true;
	return false;
}

/* The first file to apply: all that come after the last applied. */
static size_t
first_new(const struct tool_file *files, size_t n, const struct rows *r)
{
	int64_t last;
	size_t i;

	last = r->count == 0 ? 0 : row_int(r, r->count - 1, "number");
	for (i = 0; i < n && number_of(&files[i]) <= last; i++)
		if (!was_applied(r, &files[i]))
			tool_end("%s comes before one that was applied already:"
				 " give it the next number",
			    files[i].name);
	return i;
}

void
command_migrate(int argc, char **argv)
{
	struct arena *a = arena_open();
	struct tool_file *files;
	struct base *db;
	struct rows r;
	size_t n, i;

	files = tool_folder(a, argc > 0 ? argv[0] : "migrations", ".sql", &n);
	check_numbers(files, n);
	db = base_open();
	base_text(db, "migration", make, PARAMS_NONE);
	r = base_text(db, "migration", list, PARAMS_NONE);
	for (i = 0; i < r.count; i++)
		check_applied(files, n, &r, i);
	for (i = first_new(files, n, &r); i < n; i++)
		apply(db, &files[i]);
	base_close(db);
	arena_close(a);
}
