/*
 * acquis school export UAI FILE: all of a school, as it stands at one moment.
 *
 * The file holds everything the school has, digests of passwords included:
 * it is for its owner's eyes (mode 0600), and is not written over another.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "school.h"
#include "school_file.h"
#include "tool.h"

struct writer {
	const char *path;
	FILE *out;
	crypto_hash_sha256_state whole;
	struct tally table;
	int64_t rows;
};

/* Goes when the program ends before it is whole. */
static const char *unfinished;

static void
remove_unfinished(void)
{
	if (unfinished != NULL)
		unlink(unfinished);
}

static void
writer_open(struct writer *w, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		tool_end("%s cannot be made: %s", path, strerror(errno));
	*w = (struct writer){ .path = path, .out = fdopen(fd, "wb") };
	unfinished = path;
	atexit(remove_unfinished);
	crypto_hash_sha256_init(&w->whole);
}

static void
put(struct writer *w, const char *bytes, size_t n)
{
	if (fwrite(bytes, 1, n, w->out) != n)
		tool_end("%s cannot be written: %s", w->path, strerror(errno));
	crypto_hash_sha256_update(&w->whole, (const unsigned char *)bytes, n);
}

static void
put_line(struct writer *w, const char *line)
{
	put(w, line, strlen(line));
	put(w, "\n", 1);
}

static void
put_row(void *arg, const char *bytes, size_t n)
{
	struct writer *w = arg;

	tally_row(&w->table, bytes, n);
	put(w, bytes, n);
}

static void
put_table(struct writer *w, struct base *db, const char *name,
    const char *columns, const char *take_out)
{
	put_line(w, arena_print(db->arena, "table %s", name));
	put_line(w, columns);
	tally_begin(&w->table);
	base_copy_out(db, name, take_out, put_row, w);
	w->rows += w->table.rows;
	put_line(w, "\\.");
	put_line(w, arena_print(db->arena, "rows %s",
			tally_words(db->arena, &w->table)));
}

/* On the disk when the program says that it is. */
static void
writer_close(struct writer *w, struct arena *a)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char hex[DIGEST_HEX];

	crypto_hash_sha256_final(&w->whole, hash);
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	crypto_hash_sha256_init(&w->whole);
	put_line(w, arena_print(a, "end %s", hex));
	if (fflush(w->out) != 0 || fsync(fileno(w->out)) != 0 ||
	    fclose(w->out) != 0)
		tool_end("%s cannot be written: %s", w->path, strerror(errno));
	unfinished = NULL;
}

/* What the file is, and then each table. */
static size_t
put_school(struct writer *w, struct base *db, const char *uai, int64_t school)
{
	struct moved *tables;
	int64_t number;
	struct rows r;
	size_t i, n;

	put_line(w, SCHOOL_FILE_KIND);
	put_line(w, schema_words(db, &number));
	put_line(w, arena_print(db->arena, "school %s", uai));
	r = base_run(db, Q_SCHOOL_FRAMEWORKS, PARAMS(p_int(school)));
	put_table(w, db, SCHOOL_FILE_FRAMEWORK, SCHOOL_FILE_FRAMEWORK_COLUMNS,
	    row_text(&r, 0, "take_out"));
	tables = moved_tables(db, school, &n);
	for (i = 0; i < n; i++)
		put_table(w, db, tables[i].name, tables[i].columns,
		    tables[i].take_out);
	return n + 1;
}

void
school_export(int argc, char **argv)
{
	static const char begin[] =
	    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
	struct base *db;
	struct writer w;
	int64_t school;
	struct rows r;
	size_t tables;

	if (argc != 3)
		tool_end(SCHOOL_USAGE);
	db = base_open();
	base_text(db, "BEGIN", begin, PARAMS_NONE);
	base_run(db, Q_SCHOOL_FORM, PARAMS_NONE);
	r = base_run(db, Q_SCHOOL_FIND, PARAMS(p_text(argv[1])));
	if (r.count == 0)
		tool_end("there is no school %s", argv[1]);
	school = row_int(&r, 0, "school_id");
	writer_open(&w, argv[2]);
	tables = put_school(&w, db, argv[1], school);
	writer_close(&w, db->arena);
	base_commit(db);
	base_run(db, Q_SCHOOL_NOTE,
	    PARAMS(p_int(school), p_text("school_export")));
	printf("Written: %s, %zu tables, %lld rows; whoever reads this file"
	       " reads the whole school\n",
	    argv[2], tables, (long long)w.rows);
	base_close(db);
}
