#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../api/import_apply.h"
#include "../api/import_preview.h"
#include "../domain/role.h"
#include "demo.h"
#include "tool.h"

#define UAI "0999001W"
#define FOLDER "demo"

/* The files are of 2025-2026. */
#define FILES_YEAR 2025

/*
 * Move the years that the files speak of by as many years as the school's is
 * away from theirs.  Years of birth are earlier and identifiers are longer.
 */
static char *
moved(struct arena *a, const struct tool_file *f, int by)
{
	char *out = arena_copy(a, f->bytes, f->length), *s = out;
	int year;

	for (; (s = strstr(s, "202")) != NULL; s += 4) {
		if (s[3] < '4' || s[3] > '7' || isdigit((unsigned char)s[4]) ||
		    (s > out && isdigit((unsigned char)s[-1])))
			continue;
		year = 2020 + (s[3] - '0') + by;
		s[2] = (char)('0' + year / 10 % 10);
		s[3] = (char)('0' + year % 10);
	}
	return out;
}

/* Each is known by its content. */
static void
take_files(struct demo *d, struct import_analysis *to)
{
	struct arena *a = d->db->arena;
	struct tool_file *found;
	size_t n, i;

	found = tool_folder(a, FOLDER, ".xml", &n);
	for (i = 0; i < n && i < IMPORT_UPLOADS_MAX; i++)
		to->uploads[to->upload_count++] = (struct import_upload){
			.bytes = moved(a, &found[i], d->year - FILES_YEAR),
			.length = found[i].length,
			.field = found[i].name,
			.name = found[i].name,
		};
}

static void
become(struct demo *d, int64_t person, unsigned int roles)
{
	struct base *db = d->db;

	base_run(db, Q_TOOL_BECOME,
	    PARAMS(p_int(d->school_id), person == 0 ? p_null() : p_int(person),
		p_int(roles)));
}

static int64_t
add_person(struct demo *d, const char *first, const char *last,
    const char *login, const char *role)
{
	struct rows r = base_run(d->db, Q_PERSON_ADD,
	    PARAMS(p_text(first), p_text(last), p_text(login), p_text(role)));

	return row_int(&r, 0, "id");
}

static void
analyse(struct demo *d, struct import_analysis *a, struct import_state *state)
{
	struct rows rows[IMPORT__ROWS];
	int i;

	for (i = 0; i < IMPORT__ROWS; i++)
		rows[i] = base_run(d->db, import_queries[i], PARAMS_NONE);
	import_state_read(d->db->arena, rows, state);
	a->arena = d->db->arena;
	a->state = state;
	/* The day of the files: who is here does not depend on the season. */
	a->request = plan_request_on(a->arena,
	    arena_print(a->arena, "%d-09-15", d->year));
	take_files(d, a);
	import_analyse(a);
	if (a->fault != FAULT_NONE)
		tool_end("%s: %s", a->field, a->problem.detail.in[1]);
}

static const int64_t *
numbers_for(struct demo *d, const struct plan *plan)
{
	struct base *db = d->db;
	size_t n = import_created(plan), i;
	int64_t *numbers = arena_array(db->arena, n + 1, sizeof(*numbers));
	struct rows r;

	r = base_run(db, Q_IMPORT_NUMBERS, PARAMS(p_int((int64_t)n)));
	for (i = 0; i < r.count; i++)
		numbers[i] = cell_int(&r, i, 0);
	return numbers;
}

/* The same statements as those of the import routes, in their order. */
static void
import(struct demo *d)
{
	struct import_analysis *a = arena_take(d->db->arena, sizeof(*a));
	struct import_progress progress = { 0 };
	struct import_step steps[IMPORT_STEPS_MAX];
	struct list said = list_of(d->db->arena, sizeof(struct import_mef));
	struct import_preview p;
	struct import_state state;
	struct base *db = d->db;
	struct rows r;
	size_t n, i;

	a->progress = &progress;
	analyse(d, a, &state);
	import_preview_make(a, &p);
	r = base_run(db, Q_IMPORT_BEGIN, PARAMS(p_text("[]"), p_text(p.head)));
	n = import_steps(a, numbers_for(d, &a->plan), &said, steps);
	for (i = 0; i < n; i++)
		base_run(db, steps[i].query, steps[i].params);
	base_run(db, Q_IMPORT_DONE,
	    PARAMS(p_text(row_text(&r, 0, "id")), p_text(p.stamps),
		p_text(p.head), p_text(p.lines), p_text(p.anomalies),
		p_text("{}")));
}

static void
make(struct demo *d)
{
	struct base *db = d->db;
	struct rows r;
	int64_t admin;

	base_begin(db);
	r = base_run(db, Q_DEMO_SCHOOL_ADD,
	    PARAMS(p_text(UAI),
		p_text("Lycée professionnel Émilie-du-Châtelet"),
		p_text("Ville-Imaginaire"), p_int(d->year)));
	d->school_id = row_int(&r, 0, "school_id");
	become(d, 0, ROLE_ADMINISTRATOR);
	admin =
	    add_person(d, "Alix", "Administration", "admin", "administrator");
	add_person(d, "Denis", "Durand", "denis.durand", "ddfpt");
	become(d, admin, ROLE_ADMINISTRATOR);
	import(d);
	base_commit(db);
}

bool
demo_school(struct demo *d)
{
	struct base *db = d->db;
	struct rows r = base_run(db, Q_DEMO_SCHOOL_FIND, PARAMS(p_text(UAI)));

	if (r.count == 0) {
		make(d);
		return true;
	}
	if (row_null(&r, 0, "administrator_id"))
		tool_end("the school %s is there and is not the"
			 " demonstration: start with ACQUIS_DEMO=0",
		    UAI);
	d->school_id = row_int(&r, 0, "school_id");
	d->year = (int)row_int(&r, 0, "school_year");
	d->has_terms = row_int(&r, 0, "terms") > 0;
	return false;
}
