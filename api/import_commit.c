#include <string.h>

#include <sodium.h>

#include "body.h"
#include "entry.h"
#include "framework.h"
#include "import.h"
#include "import_apply.h"
#include "import_work.h"
#include "page.h"

#define ANSWERS_MAX 2000 /* same, other */
#define MEFS_MAX 200
#define CONFIRM_MAX 10
#define KEY_MAX 40 /* characters of an identifier of the files */

/* --- what is answered --- */

/* What the administrator says. */
struct answers {
	const char *confirm[CONFIRM_MAX];
	size_t confirm_count;
	struct list mefs; /* of struct import_mef */
};

/* Every text of an optional array. */
static enum fault
read_texts(struct ctx *c, const char *name, size_t most, struct list *out)
{
	const cJSON *array, *item;
	size_t i = 0;

	if (body_member(c->body, name) == NULL)
		return FAULT_NONE;
	TRY(body_array(c, c->body, "", name, 0, most, &array));
	cJSON_ArrayForEach(item, array) {
		if (!cJSON_IsString(item) ||
		    strlen(item->valuestring) > KEY_MAX)
			return fault_at(c,
			    arena_print(c->arena, "/%s/%zu", name, i),
			    FAULT_VALUE);
		list_add_text(out, item->valuestring);
		i++;
	}
	return FAULT_NONE;
}

static bool
level_known(const struct framework *f, const char *level)
{
	for (size_t i = 0; i < f->class_levels_count; i++)
		if (strcmp(f->class_levels[i].code, level) == 0)
			return true;
	return false;
}

static enum fault
read_mef(struct ctx *c, const cJSON *item, const char *at, struct import_mef *m)
{
	const struct framework *f;
	enum fault fault;

	if (!cJSON_IsObject(item))
		return fault_at(c, at, FAULT_VALUE);
	TRY(body_only(c, item, at, "mef framework_id class_level"));
	TRY(body_text(c, item, at, "mef", 11, 11, &m->mef));
	TRY(body_text(c, item, at, "framework_id", 1, 64, &m->framework));
	TRY(body_text(c, item, at, "class_level", 1, 16, &m->level));
	fault = framework_by_id(c, m->framework, &f);
	if (fault == FAULT_ABSENT)
		return fault_at(c, arena_print(c->arena, "%s/framework_id", at),
		    FAULT_VALUE);
	TRY(fault);
	if (!level_known(f, m->level))
		return fault_at(c, arena_print(c->arena, "%s/class_level", at),
		    FAULT_VALUE);
	return FAULT_NONE;
}

static enum fault
read_mefs(struct ctx *c, struct list *out)
{
	const cJSON *array, *item;
	size_t i = 0;

	if (body_member(c->body, "mefs") == NULL)
		return FAULT_NONE;
	TRY(body_array(c, c->body, "", "mefs", 0, MEFS_MAX, &array));
	cJSON_ArrayForEach(item, array)
		TRY(read_mef(c, item, arena_print(c->arena, "/mefs/%zu", i++),
		    list_add(out)));
	return FAULT_NONE;
}

static enum fault
read_answers(struct ctx *c, struct plan_request *request, struct answers *out)
{
	struct list confirm = list_of(c->arena, sizeof(const char *));

	*out = (struct answers){ .mefs = list_of(c->arena,
				     sizeof(struct import_mef)) };
	if (c->body == NULL)
		return FAULT_NONE;
	TRY(body_only(c, c->body, "", "confirm mefs same other"));
	TRY(read_texts(c, "confirm", CONFIRM_MAX, &confirm));
	for (size_t i = 0; i < confirm.count; i++)
		out->confirm[out->confirm_count++] =
		    ((const char *const *)confirm.items)[i];
	TRY(read_texts(c, "same", ANSWERS_MAX, &request->same));
	TRY(read_texts(c, "other", ANSWERS_MAX, &request->other));
	return read_mefs(c, &out->mefs);
}

/* --- what was kept --- */

/* Where uploads are kept until the commit. */
static const char *const columns[SIECLE__MAX] = {
	[SIECLE_STAFF] = "staff",
	[SIECLE_LEARNERS] = "learners",
	[SIECLE_GUARDIANS] = "guardians",
	[SIECLE_NOMENCLATURE] = "labels",
	[SIECLE_STRUCTURES] = "structures",
};

/* Bytes as PostgreSQL writes them, \x and two digits each. */
static enum fault
read_upload(struct ctx *c, const struct rows *r, const char *column,
    struct import_analysis *a)
{
	int at = rows_column(r, column);
	const char *hex = cell_text(r, 0, at);
	struct import_upload *u = &a->uploads[a->upload_count];
	unsigned char *bytes;
	size_t n;

	if (hex == NULL)
		return FAULT_NONE;
	n = (cell_length(r, 0, at) - 2) / 2;
	bytes = arena_take(c->arena, n + 1);
	if (sodium_hex2bin(bytes, n, hex + 2, 2 * n, NULL, &u->length, NULL) !=
		0 ||
	    u->length != n)
		return FAULT_INTERNAL;
	u->bytes = (const char *)bytes;
	u->field = arena_print(c->arena, "/%s", column);
	a->upload_count++;
	return FAULT_NONE;
}

/* Still to be applied, and of the revision the client read if she says so. */
static enum fault
check_open(struct ctx *c, const struct rows *r)
{
	int64_t revision;

	if (c->headers.if_match != NULL) {
		TRY(match_revision(c, &revision));
		if (revision != row_int(r, 0, "revision"))
			return FAULT_STALE;
	}
	return strcmp(row_text(r, 0, "state"), "previewed") == 0
		   ? FAULT_NONE
		   : FAULT_CONFLICT;
}

/* The people are as they were when the files were analysed. */
static enum fault
check_people(const struct rows *r, const struct import_state *state)
{
	char hex[2 * IMPORT_PEOPLE_HASH + 1];

	sodium_bin2hex(hex, sizeof(hex), state->people, IMPORT_PEOPLE_HASH);
	return strcmp(hex, row_text(r, 0, "people")) == 0 ? FAULT_NONE
							  : FAULT_PREVIEW_STALE;
}

/* Nobody else applies one, this one is there, and here is the school. */
static enum fault
open_preview(struct ctx *c, struct import_work *w)
{
	struct db *db = c->db;
	struct rows turn, r;

	db_be_patient(db);
	TRY(db_run(db, &turn, Q_IMPORT_TURN, PARAMS_NONE));
	if (!row_bool(&turn, 0, "mine"))
		return FAULT_BUSY;
	db_queue(db, &r, Q_IMPORT_OPEN, PARAMS(p_int(w->id)));
	TRY(import_load(c, &w->state));
	if (r.count == 0)
		return FAULT_ABSENT;
	TRY(check_open(c, &r));
	TRY(check_people(&r, &w->state));
	for (int i = 0; i < SIECLE__MAX; i++)
		TRY(read_upload(c, &r, columns[i], &w->analysis));
	w->analysis.request.today = row_text(&r, 0, "day");
	return FAULT_NONE;
}

static enum fault
check_answers(struct ctx *c, const struct import_analysis *a,
    const struct answers *said)
{
	const struct import_mef *m = said->mefs.items;
	size_t k;

	for (size_t i = 0; i < a->confirm_count; i++) {
		for (k = 0; k < said->confirm_count; k++)
			if (strcmp(said->confirm[k],
				import_confirm_code(a->confirm[i])) == 0)
				break;
		if (k == said->confirm_count)
			return fault_at(c, "/confirm", a->confirm[i]);
	}
	for (size_t i = 0; i < said->mefs.count; i++)
		if (!import_mef_met(&a->plan, m[i].mef))
			return fault_at(c,
			    arena_print(c->arena, "/mefs/%zu/mef", i),
			    FAULT_VALUE);
	return FAULT_NONE;
}

static enum fault
take_numbers(struct ctx *c, size_t n, const int64_t **out)
{
	int64_t *numbers = arena_array(c->arena, n + 1, sizeof(*numbers));
	struct db *db = c->db;
	struct rows r;

	TRY(db_run(db, &r, Q_IMPORT_NUMBERS, PARAMS(p_int((int64_t)n))));
	for (size_t i = 0; i < r.count; i++)
		numbers[i] = cell_int(&r, i, 0);
	*out = numbers;
	return FAULT_NONE;
}

/* One by one: an import that was cancelled goes no further. */
static enum fault
run_steps(struct ctx *c, struct import_work *w, const struct list *said)
{
	struct import_step steps[IMPORT_STEPS_MAX];
	struct import_progress *p = &w->job->progress;
	const int64_t *numbers;
	size_t n;

	TRY(take_numbers(c, import_created(&w->analysis.plan), &numbers));
	n = import_steps(&w->analysis, numbers, said, steps);
	for (size_t i = 0; i < n; i++) {
		if (atomic_load(&p->stop))
			return FAULT_CONFLICT;
		import_progress(p, "writing",
		    IMPORT_PLANNED_PERCENT +
			(int)(i * (100 - IMPORT_PLANNED_PERCENT) / n));
		TRY(db_run(c->db, NULL, steps[i].query, steps[i].params));
	}
	return FAULT_NONE;
}

static enum fault
apply(struct ctx *c, struct import_work *w, const struct answers *said)
{
	struct db *db = c->db;

	TRY(run_steps(c, w, &said->mefs));
	db_queue(db, NULL, Q_IMPORT_END_YEARS, PARAMS_NONE);
	db_queue(db, NULL, Q_IMPORT_DONE,
	    PARAMS(p_int(w->id), p_text(w->preview.stamps),
		p_text(w->preview.head), p_text(w->preview.lines),
		p_text(w->preview.anomalies),
		p_texts(said->confirm, said->confirm_count)));
	return import_job_close(c, w->job);
}

static enum fault
commit(struct ctx *c, struct import_work *w)
{
	struct import_analysis *a = &w->analysis;
	struct answers said;

	a->arena = c->arena;
	a->state = &w->state;
	a->progress = &w->job->progress;
	a->request = plan_request_on(c->arena, NULL);
	TRY(open_preview(c, w));
	TRY(read_answers(c, &a->request, &said));
	TRY(import_work_through(c, w));
	TRY(check_answers(c, a, &said));
	return apply(c, w, &said);
}

static enum fault
commit_again(struct ctx *c)
{
	const struct import_work *given = c->after_arg;
	struct import_work *w = arena_take(c->arena, sizeof(*w));

	*w = *given;
	return commit(c, w);
}

static void
commit_later(struct ctx *c)
{
	struct import_work *w = c->after_arg;

	import_job_run(c, w->job, commit_again);
}

/* --- the request --- */

/* What can be refused at once is: the work need not begin. */
static enum fault
begin_later(struct ctx *c, struct import_work *w)
{
	struct plan_request request = plan_request_on(c->arena, NULL);
	struct db *db = c->db;
	struct answers said;
	struct rows r;

	TRY(db_run(db, &r, Q_IMPORT_OPEN, PARAMS(p_int(w->id))));
	if (r.count == 0)
		return FAULT_ABSENT;
	TRY(check_open(c, &r));
	TRY(read_answers(c, &request, &said));
	TRY(import_job_open(c, w->job, w->id, "commit"));
	return import_reply_later(c, w, commit_later);
}

enum fault
import_commit(struct ctx *c)
{
	struct import_work *w = arena_take(c->arena, sizeof(*w));
	bool later;

	TRY(path_id(c, 0, &w->id));
	TRY(query_flag(c, "later", &later));
	w->job = arena_take(c->arena, sizeof(*w->job));
	if (later)
		return begin_later(c, w);
	TRY(commit(c, w));
	return import_reply(c, w->id, 200);
}
