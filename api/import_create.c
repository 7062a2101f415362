#include <string.h>

#include "entry.h"
#include "import.h"
#include "import_work.h"
#include "page.h"

/* What was sent is kept as it was sent, under a kind that it alone holds. */
static struct param
p_upload(const struct import_analysis *a, enum siecle_kind kind)
{
	for (size_t i = 0; i < a->upload_count; i++)
		if (a->uploads[i].kind == kind)
			return p_bytes_of(a->uploads[i].bytes,
			    a->uploads[i].length);
	return p_null();
}

static enum fault
keep_preview(struct ctx *c, const struct import_work *w)
{
	const struct import_analysis *a = &w->analysis;
	struct db *db = c->db;

	db_queue(db, NULL, Q_IMPORT_ABANDON, PARAMS_NONE);
	return db_run(db, NULL, Q_IMPORT_READY,
	    PARAMS(p_int(w->id), p_text(a->request.today),
		p_text(w->preview.stamps), p_text(w->files),
		p_text(w->preview.head), p_text(w->preview.lines),
		p_text(w->preview.anomalies),
		p_bytes((const char *)w->state.people, IMPORT_PEOPLE_HASH),
		p_upload(a, SIECLE_STAFF), p_upload(a, SIECLE_LEARNERS),
		p_upload(a, SIECLE_GUARDIANS), p_upload(a, SIECLE_NOMENCLATURE),
		p_upload(a, SIECLE_STRUCTURES)));
}

/* Nothing is written but the preview, once there is one. */
static enum fault
analyse(struct ctx *c, struct import_work *w)
{
	struct import_analysis *a = &w->analysis;

	db_be_patient(c->db);
	TRY(import_load(c, &w->state));
	a->arena = c->arena;
	a->state = &w->state;
	a->progress = &w->job->progress;
	a->request = plan_request_on(c->arena, w->state.today);
	TRY(import_work_through(c, w));
	TRY(import_job_close(c, w->job));
	return keep_preview(c, w);
}

/* May be run again: what an analysis has found is not what it finds. */
static enum fault
analyse_again(struct ctx *c)
{
	const struct import_work *given = c->after_arg;
	struct import_work *w = arena_take(c->arena, sizeof(*w));

	*w = *given;
	return analyse(c, w);
}

static void
analyse_later(struct ctx *c)
{
	struct import_work *w = c->after_arg;

	import_job_run(c, w->job, analyse_again);
}

/* --- the import --- */

/* What is shown of it until its files have been read: nobody, nothing. */
static enum fault
begin(struct ctx *c, struct import_work *w)
{
	struct import_analysis none = { .arena = c->arena, .state = &w->state };
	struct db *db = c->db;
	struct rows r;

	import_preview_make(&none, &w->preview);
	TRY(db_run(db, &r, Q_IMPORT_BEGIN,
	    PARAMS(p_text(import_describe_uploads(c->arena, &w->analysis)),
		p_text(w->preview.head))));
	w->id = row_int(&r, 0, "id");
	return FAULT_NONE;
}

enum fault
import_create(struct ctx *c)
{
	struct import_work *w = arena_take(c->arena, sizeof(*w));
	struct rows school;
	bool later;

	TRY(query_flag(c, "later", &later));
	/* Who is asking comes first: `enter` goes out with this. */
	TRY(db_run(c->db, &school, Q_IMPORT_SCHOOL, PARAMS_NONE));
	import_state_read_school(c->arena, &school, &w->state);
	TRY(import_take_form(c, &w->analysis));
	w->job = arena_take(c->arena, sizeof(*w->job));
	TRY(begin(c, w));
	if (later) {
		TRY(import_job_open(c, w->job, w->id, "analysis"));
		return import_reply_later(c, w, analyse_later);
	}
	TRY(analyse(c, w));
	TRY(import_reply(c, w->id, 201));
	reply_header(c, "location",
	    arena_print(c->arena, "/api/v1/imports/%lld", (long long)w->id));
	return FAULT_NONE;
}
