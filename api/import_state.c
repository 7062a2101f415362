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

/* Columns that fill texts of a record, each found once. */
struct column {
	const char *name;
	size_t offset; /* of a const char * */
};

#define COLUMNS_MAX 16
#define COLUMN(record, member)                                                 \
	{                                                                      \
#member, offsetof(struct record, member)                       \
	}

static const struct column staff_columns[] = {
	COLUMN(staff_record, key),
	COLUMN(staff_record, type),
	COLUMN(staff_record, id),
	COLUMN(staff_record, role),
	COLUMN(staff_record, last_name),
	COLUMN(staff_record, usual_name),
	COLUMN(staff_record, first_name),
	COLUMN(staff_record, sex),
	COLUMN(staff_record, birth_date),
	COLUMN(staff_record, function),
};

static const struct column learner_columns[] = {
	COLUMN(learner_record, siecle_id),
	COLUMN(learner_record, ine),
	COLUMN(learner_record, ine_bea),
	COLUMN(learner_record, elenoet),
	COLUMN(learner_record, last_name),
	COLUMN(learner_record, usual_name),
	COLUMN(learner_record, first_name),
	COLUMN(learner_record, birth_date),
	COLUMN(learner_record, sex),
	COLUMN(learner_record, track),
	COLUMN(learner_record, left_on),
	COLUMN(learner_record, email),
};

static const struct column guardian_columns[] = {
	COLUMN(adult_record, guardian_key),
	COLUMN(adult_record, last_name),
	COLUMN(adult_record, usual_name),
	COLUMN(adult_record, first_name),
	COLUMN(adult_record, phone),
	COLUMN(adult_record, email),
};

static const struct column structure_columns[] = {
	COLUMN(known_structure, code),
	COLUMN(known_structure, label),
	COLUMN(known_structure, mef),
};

static const struct column service_columns[] = {
	COLUMN(known_service, code),
	COLUMN(known_service, subject),
};

static const struct column link_columns[] = {
	COLUMN(known_link, level),
	COLUMN(known_link, parent_code),
};

static const struct column mef_columns[] = {
	COLUMN(known_mef, mef),
	COLUMN(known_mef, framework),
	COLUMN(known_mef, level),
};

struct filler {
	const struct rows *rows;
	const struct column *columns;
	size_t count;
	int at[COLUMNS_MAX];
};

static struct filler
filler_of(const struct rows *r, const struct column *columns, size_t count)
{
	struct filler f = { .rows = r, .columns = columns, .count = count };

	for (size_t i = 0; i < count; i++)
		f.at[i] = rows_column(r, columns[i].name);
	return f;
}

#define FILLER(rows, columns)                                                  \
	filler_of(rows, columns, sizeof(columns) / sizeof((columns)[0]))

static void
fill(const struct filler *f, size_t row, void *record)
{
	const char **to;

	for (size_t i = 0; i < f->count; i++) {
		to = (const char **)((char *)record + f->columns[i].offset);
		*to = cell_text(f->rows, row, f->at[i]);
	}
}

static struct known
known_at(const struct rows *r, size_t row)
{
	return (struct known){ .id = row_int(r, row, "person_id"),
		.imported = row_bool(r, row, "imported"),
		.active = row_bool(r, row, "active"),
		.login = row_text(r, row, "login") };
}

static void
read_staff(const struct rows *r, struct list *out)
{
	struct filler f = FILLER(r, staff_columns);
	struct known_staff *k;

	for (size_t i = 0; i < r->count; i++) {
		k = list_add(out);
		k->known = known_at(r, i);
		fill(&f, i, &k->now);
	}
}

static void
read_learners(struct arena *a, const struct rows *r, struct list *out)
{
	struct filler f = FILLER(r, learner_columns);
	struct known_learner *k;

	for (size_t i = 0; i < r->count; i++) {
		k = list_add(out);
		k->known = known_at(r, i);
		fill(&f, i, &k->now);
		k->now.divisions = list_of(a, sizeof(const char *));
		k->now.groups = list_of(a, sizeof(const char *));
	}
}

/* Learners and enrolments come in the same order. */
static void
read_enrolments(const struct rows *r, struct list *learners)
{
	int id = rows_column(r, "learner_id"), code = rows_column(r, "code");
	int group = rows_column(r, "is_group");
	struct known_learner *k = learners->items;
	size_t at = 0;

	for (size_t i = 0; i < r->count; i++) {
		while (
		    at < learners->count && k[at].known.id < cell_int(r, i, id))
			at++;
		if (at == learners->count ||
		    k[at].known.id != cell_int(r, i, id))
			continue;
		list_add_text(cell_bool(r, i, group) ? &k[at].now.groups
						     : &k[at].now.divisions,
		    cell_text(r, i, code));
	}
}

static void
read_guardians(const struct rows *r, struct list *out)
{
	struct filler f = FILLER(r, guardian_columns);
	struct known_guardian *k;

	for (size_t i = 0; i < r->count; i++) {
		k = list_add(out);
		k->known = known_at(r, i);
		fill(&f, i, &k->now);
	}
}

static void
read_structures(const struct rows *r, struct list *out)
{
	struct filler f = FILLER(r, structure_columns);
	struct known_structure *k;

	for (size_t i = 0; i < r->count; i++) {
		k = list_add(out);
		fill(&f, i, k);
		k->id = row_int(r, i, "class_id");
		k->group = row_bool(r, i, "is_group");
		k->active = row_bool(r, i, "active");
	}
}

static void
read_services(const struct rows *r, struct list *out)
{
	struct filler f = FILLER(r, service_columns);
	struct known_service *k;

	for (size_t i = 0; i < r->count; i++) {
		k = list_add(out);
		fill(&f, i, k);
		k->staff_id = row_int(r, i, "staff_id");
		k->group = row_bool(r, i, "is_group");
		k->head = row_bool(r, i, "head_teacher");
	}
}

static void
read_links(const struct rows *r, struct list *out)
{
	struct filler f = FILLER(r, link_columns);
	struct known_link *k;

	for (size_t i = 0; i < r->count; i++) {
		k = list_add(out);
		fill(&f, i, k);
		k->guardian_id = row_int(r, i, "guardian_id");
		k->learner_id = row_int(r, i, "learner_id");
		k->legal = row_bool(r, i, "legal");
		k->rank = (int)row_int(r, i, "rank");
	}
}

static void
read_school(struct arena *a, const struct rows *r, struct import_state *out)
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
	struct filler f;

	read_school(a, &r[IMPORT_SCHOOL], out);
	read_staff(&r[IMPORT_STAFF], &s->staff);
	read_learners(a, &r[IMPORT_LEARNERS], &s->learners);
	read_enrolments(&r[IMPORT_ENROLMENTS], &s->learners);
	read_guardians(&r[IMPORT_GUARDIANS], &s->guardians);
	read_structures(&r[IMPORT_STRUCTURES], &s->structures);
	read_services(&r[IMPORT_SERVICES], &s->services);
	read_links(&r[IMPORT_LINKS], &s->links);
	for (size_t i = 0; i < r[IMPORT_LOGINS].count; i++)
		list_add_text(&s->logins, cell_text(&r[IMPORT_LOGINS], i, 0));
	out->mefs = list_of(a, sizeof(struct known_mef));
	f = FILLER(&r[IMPORT_MEFS], mef_columns);
	for (size_t i = 0; i < r[IMPORT_MEFS].count; i++)
		fill(&f, i, list_add(&out->mefs));
	crypto_hash_sha256_init(&hash);
	for (int i = 0; i < IMPORT__ROWS; i++)
		hash_rows(&hash, &r[i]);
	crypto_hash_sha256_final(&hash, out->people);
}
