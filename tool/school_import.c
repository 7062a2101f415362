/*
 * acquis school import FILE: bring a school that was exported elsewhere, all
 * of it or nothing.
 *
 * The file is read twice: once to see that it is whole, then to bring it.
 * Before anything is kept, every table is taken out again and compared with
 * what the file says of it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frameworks.h"
#include "school.h"
#include "school_file.h"
#include "tool.h"

struct reader {
	const char *path;
	FILE *in;
	char *line; /* the last, with its end */
	size_t room, length;
	int64_t number; /* of the line */
};

static _Noreturn void
damaged(const struct reader *r)
{
	tool_end("%s is damaged at line %lld; nothing was brought", r->path,
	    (long long)r->number);
}

static bool
next_line(struct reader *r)
{
	ssize_t n = getline(&r->line, &r->room, r->in);

	r->number++;
	if (n <= 0)
		return false;
	r->length = (size_t)n;
	if (r->line[n - 1] != '\n')
		damaged(r);
	return true;
}

/* The next line without its end; it is good until the one after. */
static char *
line_text(struct reader *r)
{
	if (!next_line(r) || strlen(r->line) != r->length)
		damaged(r);
	r->line[r->length - 1] = '\0';
	return r->line;
}

static bool
begins(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* Is the file what its last line says, and is that its last? */
static void
check_whole(struct reader *r)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char end[DIGEST_HEX + 8], last[sizeof(end)] = "";
	crypto_hash_sha256_state s, until;

	if (!next_line(r) || strcmp(r->line, SCHOOL_FILE_KIND "\n") != 0)
		tool_end("%s is not a school that Acquis exported", r->path);
	crypto_hash_sha256_init(&s);
	do {
		until = s;
		crypto_hash_sha256_update(&s, (const unsigned char *)r->line,
		    r->length);
		snprintf(last, sizeof(last), "%s", r->line);
	} while (next_line(r));
	crypto_hash_sha256_final(&until, hash);
	sodium_bin2hex(end, DIGEST_HEX, hash, sizeof(hash));
	if (ferror(r->in) || !begins(last, "end ") ||
	    strlen(last) != 4 + DIGEST_HEX || !begins(last + 4, end))
		tool_end("%s is damaged or not whole; nothing was brought",
		    r->path);
	rewind(r->in);
	r->number = 0;
}

static void
reader_open(struct reader *r, const char *path)
{
	*r = (struct reader){ .path = path, .in = fopen(path, "rb") };
	if (r->in == NULL)
		tool_end("%s cannot be read: %s", path, strerror(errno));
	check_whole(r);
}

static void
reader_close(struct reader *r)
{
	fclose(r->in);
	free(r->line);
}

/* Rows of other columns would mean other things. */
static void
check_schema(struct reader *r, struct base *db)
{
	int64_t ours, theirs = 0;
	const char *mine = schema_words(db, &ours);
	char *line = line_text(r);

	if (begins(line, "schema "))
		theirs = strtoll(line + strlen("schema "), NULL, 10);
	if (theirs <= 0)
		damaged(r);
	if (theirs > ours)
		tool_end("%s comes from a newer version of Acquis: update this"
			 " installation first",
		    r->path);
	if (theirs < ours)
		tool_end("%s comes from an older version of Acquis: update the"
			 " other installation and export again",
		    r->path);
	if (strcmp(line, mine) != 0)
		tool_end("%s comes from another edition of Acquis: its"
			 " migrations are not those of this installation",
		    r->path);
}

static const char *
check_school(struct reader *r, struct base *db)
{
	const char *line = line_text(r), *uai = line + strlen("school ");

	if (!begins(line, "school "))
		damaged(r);
	uai = arena_text(db->arena, uai);
	if (base_run(db, Q_SCHOOL_FIND, PARAMS(p_text(uai))).count > 0)
		tool_end("the school %s is there already", uai);
	return uai;
}

/* The rows of a table, into its room; what the file says of them. */
static const char *
fill(struct reader *r, struct base *db, const char *name, const char *columns,
    const char *copy)
{
	struct tally t;
	const char *line = line_text(r), *words;

	if (!begins(line, "table ") || strcmp(line + 6, name) != 0)
		damaged(r);
	if (strcmp(line_text(r), columns) != 0)
		damaged(r);
	tally_begin(&t);
	base_copy_in(db, name, copy);
	while (next_line(r) && strcmp(r->line, "\\.\n") != 0) {
		tally_row(&t, r->line, r->length);
		base_copy_row(db, r->line, r->length);
	}
	base_copy_end(db, name);
	words = tally_words(db->arena, &t);
	line = line_text(r);
	if (!begins(line, "rows ") || strcmp(line + 5, words) != 0)
		damaged(r);
	return words;
}

static void
bring_frameworks(struct reader *r, struct base *db)
{
	static const char room[] =
	    "CREATE TEMPORARY TABLE moving ON COMMIT DROP AS SELECT id,"
	    " version, document FROM framework WITH NO DATA";
	static const char list[] = "SELECT id, version, document FROM moving"
				   " ORDER BY id, version";
	struct rows f;
	size_t i;

	base_text(db, SCHOOL_FILE_FRAMEWORK, room, PARAMS_NONE);
	fill(r, db, SCHOOL_FILE_FRAMEWORK, SCHOOL_FILE_FRAMEWORK_COLUMNS,
	    "COPY moving FROM STDIN");
	f = base_text(db, SCHOOL_FILE_FRAMEWORK, list, PARAMS_NONE);
	for (i = 0; i < f.count; i++)
		if (framework_bring(db, row_text(&f, i, "id"),
			row_int(&f, i, "version"), row_text(&f, i, "document")))
			printf("Loaded: %s, version %lld\n",
			    row_text(&f, i, "id"),
			    (long long)row_int(&f, i, "version"));
	base_text(db, SCHOOL_FILE_FRAMEWORK, "DROP TABLE moving", PARAMS_NONE);
}

/* What the file says of the rows, which are in their table. */
static const char *
bring_table(struct reader *r, struct base *db, const struct moved *m)
{
	const char *said;

	base_text(db, m->name, m->make_room, PARAMS_NONE);
	said = fill(r, db, m->name, m->columns, m->fill);
	base_text(db, m->name, m->take_in, PARAMS_NONE);
	base_text(db, m->name, m->clear, PARAMS_NONE);
	return said;
}

/* Every table, then each once more: is it what came? */
static size_t
bring_tables(struct reader *r, struct base *db, int64_t school, int64_t *rows)
{
	struct moved *tables;
	const char **said;
	size_t n, i;

	tables = moved_tables(db, school, &n);
	said = arena_array(db->arena, n, sizeof(*said));
	for (i = 0; i < n; i++)
		said[i] = bring_table(r, db, &tables[i]);
	for (i = 0; i < n; i++) {
		if (strcmp(tally_of(db, tables[i].name, tables[i].take_out),
			said[i]) != 0)
			tool_end("the table %s did not come as it left; nothing"
				 " was brought",
			    tables[i].name);
		*rows += strtoll(said[i], NULL, 10);
		if (tables[i].number_on != NULL)
			base_text(db, tables[i].name, tables[i].number_on,
			    PARAMS_NONE);
	}
	return n;
}

void
school_import(int argc, char **argv)
{
	struct reader reader;
	const char *uai;
	struct base *db;
	int64_t school, rows = 0;
	struct rows r;
	size_t tables;

	if (argc != 2)
		tool_end(SCHOOL_USAGE);
	reader_open(&reader, argv[1]);
	db = base_open();
	base_begin(db);
	base_run(db, Q_SCHOOL_FORM, PARAMS_NONE);
	line_text(&reader);
	check_schema(&reader, db);
	uai = check_school(&reader, db);
	r = base_run(db, Q_SCHOOL_NEXT, PARAMS_NONE);
	school = row_int(&r, 0, "school_id");
	bring_frameworks(&reader, db);
	tables = bring_tables(&reader, db, school, &rows);
	base_run(db, Q_SCHOOL_NOTE,
	    PARAMS(p_int(school), p_text("school_import")));
	base_commit(db);
	printf("Brought: %s, %zu tables, %lld rows, each compared with the"
	       " file\n",
	    uai, tables, (long long)rows);
	base_close(db);
	reader_close(&reader);
}
