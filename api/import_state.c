#include <assert.h>
#include <string.h>

#include <sodium.h>

#include "import_state.h"

_Static_assert(IMPORT_PEOPLE_HASH == crypto_hash_sha256_BYTES, "SHA-256");

const enum query import_queries[IMPORT__ROWS] = {
	[IMPORT_SCHOOL] = Q_IMPORT_SCHOOL,
	[IMPORT_STAFF] = Q_IMPORT_STAFF,
	[IMPORT_LEARNERS] = Q_IMPORT_LEARNERS,
	[IMPORT_ENROLMENTS] = Q_IMPORT_ENROLMENTS,
	[IMPORT_GUARDIANS] = Q_IMPORT_GUARDIANS,
	[IMPORT_STRUCTURES] = Q_IMPORT_STRUCTURES,
	[IMPORT_SERVICES] = Q_IMPORT_SERVICES,
	[IMPORT_LINKS] = Q_IMPORT_LINKS,
	[IMPORT_LOGINS] = Q_IMPORT_LOGINS,
	[IMPORT_MEFS] = Q_IMPORT_MEFS,
};

/* Columns that fill a record, each found once. */
struct column {
	const char *name;
	enum { AS_TEXT, AS_ID, AS_INT, AS_FLAG } kind;
	size_t offset;
};

#define COLUMNS_MAX 16

/* clang-format off */
#define COLUMN(name, kind, record, member) \
	{ name, kind, offsetof(struct record, member) }
#define TEXT(record, name) COLUMN(#name, AS_TEXT, record, name)
#define NOW(record, name) COLUMN(#name, AS_TEXT, record, now.name)
#define KNOWN(record) \
	COLUMN("person_id", AS_ID, record, known.id), \
	COLUMN("imported", AS_FLAG, record, known.imported), \
	COLUMN("active", AS_FLAG, record, known.active), \
	COLUMN("login", AS_TEXT, record, known.login)
/* clang-format on */

static const struct column staff_columns[] = {
	KNOWN(known_staff),
	NOW(known_staff, key),
	NOW(known_staff, type),
	NOW(known_staff, id),
	NOW(known_staff, role),
	NOW(known_staff, last_name),
	NOW(known_staff, usual_name),
	NOW(known_staff, first_name),
	NOW(known_staff, sex),
	NOW(known_staff, birth_date),
	NOW(known_staff, function),
};

static const struct column learner_columns[] = {
	KNOWN(known_learner),
	NOW(known_learner, siecle_id),
	NOW(known_learner, ine),
	NOW(known_learner, ine_bea),
	NOW(known_learner, elenoet),
	NOW(known_learner, last_name),
	NOW(known_learner, usual_name),
	NOW(known_learner, first_name),
	NOW(known_learner, birth_date),
	NOW(known_learner, sex),
	NOW(known_learner, track),
	NOW(known_learner, left_on),
	NOW(known_learner, email),
};

static const struct column guardian_columns[] = {
	KNOWN(known_guardian),
	NOW(known_guardian, guardian_key),
	NOW(known_guardian, last_name),
	NOW(known_guardian, usual_name),
	NOW(known_guardian, first_name),
	NOW(known_guardian, phone),
	NOW(known_guardian, email),
};

static const struct column structure_columns[] = {
	COLUMN("class_id", AS_ID, known_structure, id),
	COLUMN("is_group", AS_FLAG, known_structure, group),
	COLUMN("active", AS_FLAG, known_structure, active),
	TEXT(known_structure, code),
	TEXT(known_structure, label),
	TEXT(known_structure, mef),
};

static const struct column service_columns[] = {
	COLUMN("staff_id", AS_ID, known_service, staff_id),
	COLUMN("is_group", AS_FLAG, known_service, group),
	COLUMN("head_teacher", AS_FLAG, known_service, head),
	TEXT(known_service, code),
	TEXT(known_service, subject),
};

static const struct column link_columns[] = {
	COLUMN("guardian_id", AS_ID, known_link, guardian_id),
	COLUMN("learner_id", AS_ID, known_link, learner_id),
	COLUMN("legal", AS_FLAG, known_link, legal),
	COLUMN("rank", AS_INT, known_link, rank),
	TEXT(known_link, level),
	TEXT(known_link, parent_code),
};

static const struct column mef_columns[] = {
	TEXT(known_mef, mef),
	TEXT(known_mef, framework),
	TEXT(known_mef, level),
};

static void
fill(const struct rows *r, size_t row, int at, const struct column *column,
    void *record)
{
	char *to = (char *)record + column->offset;

	switch (column->kind) {
	case AS_TEXT:
		*(const char **)to = cell_text(r, row, at);
		break;
	case AS_ID:
		*(int64_t *)to = cell_int(r, row, at);
		break;
	case AS_INT:
		*(int *)to = (int)cell_int(r, row, at);
		break;
	case AS_FLAG:
		*(bool *)to = cell_bool(r, row, at);
		break;
	}
}

static void
read_rows(const struct rows *r, const struct column *columns, size_t count,
    struct list *out)
{
	int at[COLUMNS_MAX];
	void *record;

	assert(count <= COLUMNS_MAX);
	for (size_t i = 0; i < count; i++)
		at[i] = rows_column(r, columns[i].name);
	for (size_t row = 0; row < r->count; row++) {
		record = list_add(out);
		for (size_t i = 0; i < count; i++)
			fill(r, row, at[i], &columns[i], record);
	}
}

#define READ(rows, columns, out)                                               \
	read_rows(rows, columns, sizeof(columns) / sizeof((columns)[0]), out)

/* Learners and enrolments come in the same order. */
static void
read_enrolments(struct arena *a, const struct rows *r, struct list *learners)
{
	int id = rows_column(r, "learner_id"), code = rows_column(r, "code");
	int group = rows_column(r, "is_group");
	struct known_learner *k = learners->items;
	size_t at = 0;

	for (size_t i = 0; i < learners->count; i++) {
		k[i].now.divisions = list_of(a, sizeof(const char *));
		k[i].now.groups = list_of(a, sizeof(const char *));
	}
	for (size_t i = 0; i < r->count; i++) {
		int64_t who = cell_int(r, i, id);

		while (at < learners->count && k[at].known.id < who)
			at++;
		if (at == learners->count || k[at].known.id != who)
			continue;
		list_add_text(cell_bool(r, i, group) ? &k[at].now.groups
						     : &k[at].now.divisions,
		    cell_text(r, i, code));
	}
}

void
import_state_read_school(struct arena *a, const struct rows *r,
    struct import_state *out)
{
	static const char *const stamps[SIECLE__MAX] = {
		[SIECLE_STAFF] = "staff",
		[SIECLE_LEARNERS] = "learners",
		[SIECLE_GUARDIANS] = "guardians",
		[SIECLE_NOMENCLATURE] = "nomenclature",
		[SIECLE_STRUCTURES] = "structures",
	};

	out->school = school_state_in(a, row_text(r, 0, "uai"),
	    (int)row_int(r, 0, "school_year"));
	out->school.staff_imported = row_bool(r, 0, "staff_imported");
	for (int i = 0; i < SIECLE__MAX; i++)
		out->school.stamps[i] = row_text(r, 0, stamps[i]);
	out->today = row_text(r, 0, "today");
}

/* All cells but the day; a NULL is not an empty text. */
static void
hash_rows(crypto_hash_sha256_state *s, const struct rows *r)
{
	int columns = PQnfields(r->result);
	const char *cell;

	for (size_t i = 0; i < r->count; i++)
		for (int k = 0; k < columns; k++) {
			if (strcmp(PQfname(r->result, k), "today") == 0)
				continue;
			cell = cell_text(r, i, k);
			crypto_hash_sha256_update(s,
			    (const unsigned char *)(cell == NULL ? "\1" : cell),
			    cell == NULL ? 1 : strlen(cell) + 1);
		}
}

void
import_state_read(struct arena *a, const struct rows r[IMPORT__ROWS],
    struct import_state *out)
{
	crypto_hash_sha256_state hash;
	struct school_state *s = &out->school;

	import_state_read_school(a, &r[IMPORT_SCHOOL], out);
	READ(&r[IMPORT_STAFF], staff_columns, &s->staff);
	READ(&r[IMPORT_LEARNERS], learner_columns, &s->learners);
	read_enrolments(a, &r[IMPORT_ENROLMENTS], &s->learners);
	READ(&r[IMPORT_GUARDIANS], guardian_columns, &s->guardians);
	READ(&r[IMPORT_STRUCTURES], structure_columns, &s->structures);
	READ(&r[IMPORT_SERVICES], service_columns, &s->services);
	READ(&r[IMPORT_LINKS], link_columns, &s->links);
	for (size_t i = 0; i < r[IMPORT_LOGINS].count; i++)
		list_add_text(&s->logins, cell_text(&r[IMPORT_LOGINS], i, 0));
	out->mefs = list_of(a, sizeof(struct known_mef));
	READ(&r[IMPORT_MEFS], mef_columns, &out->mefs);
	crypto_hash_sha256_init(&hash);
	for (int i = 0; i < IMPORT__ROWS; i++)
		hash_rows(&hash, &r[i]);
	crypto_hash_sha256_final(&hash, out->people);
}
