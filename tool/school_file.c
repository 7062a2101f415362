#include "school_file.h"
#include "tool.h"

struct moved *
moved_tables(struct base *db, int64_t school, size_t *n)
{
	struct rows r = base_run(db, Q_SCHOOL_TABLES, PARAMS(p_int(school)));
	struct moved *tables = arena_array(db->arena, r.count, sizeof(*tables));
	size_t i;

	for (i = 0; i < r.count; i++)
		tables[i] = (struct moved){ row_text(&r, i, "name"),
			row_text(&r, i, "columns"), row_text(&r, i, "take_out"),
			row_text(&r, i, "make_room"), row_text(&r, i, "fill"),
			row_text(&r, i, "take_in"), row_text(&r, i, "clear"),
			row_text(&r, i, "number_on") };
	*n = r.count;
	return tables;
}

void
tally_begin(struct tally *t)
{
	t->rows = 0;
	crypto_hash_sha256_init(&t->state);
}

void
tally_row(struct tally *t, const char *bytes, size_t n)
{
	t->rows++;
	crypto_hash_sha256_update(&t->state, (const unsigned char *)bytes, n);
}

const char *
tally_words(struct arena *a, struct tally *t)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char hex[DIGEST_HEX];

	crypto_hash_sha256_final(&t->state, hash);
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	return arena_print(a, "%lld %s", (long long)t->rows, hex);
}

static void
count(void *arg, const char *bytes, size_t n)
{
	tally_row(arg, bytes, n);
}

const char *
tally_of(struct base *db, const char *what, const char *take_out)
{
	struct tally t;

	tally_begin(&t);
	base_copy_out(db, what, take_out, count, &t);
	return tally_words(db->arena, &t);
}

const char *
schema_words(struct base *db, int64_t *number)
{
	struct rows r = base_run(db, Q_SCHEMA_NOW, PARAMS_NONE);

	*number = row_int(&r, 0, "number");
	return arena_print(db->arena, "schema %lld %s", (long long)*number,
	    row_text(&r, 0, "digest"));
}
