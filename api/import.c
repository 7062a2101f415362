#include "entry.h"
#include "import.h"
#include "import_work.h"
#include "page.h"
#include "problem.h"
#include "task.h"

/* --- what is answered --- */

static void
write_progress(struct json *j, const struct rows *r, size_t row)
{
	if (row_null(r, row, "step")) {
		json_null(j, "progress");
		return;
	}
	json_open(j, "progress", '{');
	json_text(j, "step", row_text(r, row, "step"));
	json_int(j, "percent", row_int(r, row, "percent"));
	json_close(j, '}');
}

static void
write_summary(struct json *j, const struct rows *r, size_t row)
{
	json_text(j, "id", row_text(r, row, "id"));
	json_text(j, "state", row_text(r, row, "state"));
	write_progress(j, r, row);
	json_raw(j, "author", row_text(r, row, "author"));
	json_text(j, "created_at", row_text(r, row, "created_at"));
	json_text(j, "committed_at", row_text(r, row, "committed_at"));
	json_raw(j, "files", row_text(r, row, "files"));
	json_raw(j, "counts", row_text(r, row, "counts"));
}

/* Why it was not done; that its worker is gone nobody has written down. */
static void
write_problem(struct ctx *c, struct json *j, const struct rows *r)
{
	if (row_bool(r, 0, "interrupted")) {
		json_open(j, "problem", '{');
		problem_write(c, j, FAULT_INTERRUPTED);
		json_close(j, '}');
	} else if (row_null(r, 0, "step")) {
		json_raw(j, "problem", row_text(r, 0, "problem"));
	} else {
		json_null(j, "problem");
	}
}

static void
write_import(struct ctx *c, struct text *t, const struct rows *r)
{
	struct json j = json_in(t);

	json_open(&j, NULL, '{');
	write_summary(&j, r, 0);
	write_problem(c, &j, r);
	json_int(&j, "revision", row_int(r, 0, "revision"));
	json_text(&j, "uai", row_text(r, 0, "uai"));
	json_text(&j, "school_year", row_text(r, 0, "school_year"));
	json_raw(&j, "to_confirm", row_text(r, 0, "to_confirm"));
	json_raw(&j, "mefs", row_text(r, 0, "mefs"));
	json_raw(&j, "probable", row_text(r, 0, "probable"));
	json_raw(&j, "anomalies", row_text(r, 0, "anomalies"));
	json_int(&j, "anomalies_total", row_int(r, 0, "anomalies_total"));
	json_raw(&j, "lines", row_text(r, 0, "lines"));
	json_int(&j, "lines_total", row_int(r, 0, "lines_total"));
	json_close(&j, '}');
}

static void
write_item(struct json *j, const struct rows *r, size_t row)
{
	json_open(j, NULL, '{');
	write_summary(j, r, row);
	json_close(j, '}');
}

enum fault
import_list(struct ctx *c)
{
	struct db *db = c->db;
	struct page page;
	struct rows r;

	TRY(page_read(c, &page));
	TRY(db_run(db, &r, Q_IMPORT_LIST,
	    PARAMS(page_after(c, &page), page_limit(c, &page))));
	page_reply(c, &page, &r, write_item);
	return FAULT_NONE;
}

enum fault
import_reply(struct ctx *c, int64_t id, int status)
{
	struct db *db = c->db;
	struct rows r;

	TRY(db_run(db, &r, Q_IMPORT_GET, PARAMS(p_int(id))));
	if (r.count == 0)
		return FAULT_ABSENT;
	reply_revision(c, row_int(&r, 0, "revision"));
	write_import(c, reply_json(c, status), &r);
	if (!row_null(&r, 0, "step"))
		reply_header(c, "retry-after", "1");
	return FAULT_NONE;
}

enum fault
import_get(struct ctx *c)
{
	int64_t id;

	TRY(path_id(c, 0, &id));
	return import_reply(c, id, 200);
}

enum fault
import_cancel(struct ctx *c)
{
	struct db *db = c->db;
	int64_t id;

	TRY(path_id(c, 0, &id));
	TRY(db_run(db, NULL, Q_IMPORT_CANCEL, PARAMS(p_int(id))));
	return import_reply(c, id, 200);
}

/* --- the work --- */

enum fault
import_reply_later(struct ctx *c, struct import_work *w,
    void (*after)(struct ctx *))
{
	TRY(import_reply(c, w->id, 202));
	reply_header(c, "location",
	    arena_print(c->arena, "/api/v1/imports/%lld", (long long)w->id));
	c->after = after;
	c->after_arg = w;
	return FAULT_NONE;
}

enum fault
import_load(struct ctx *c, struct import_state *state)
{
	struct rows rows[IMPORT__ROWS];
	int i;

	for (i = 0; i < IMPORT__ROWS; i++)
		db_queue(c->db, &rows[i], import_queries[i], PARAMS_NONE);
	TRY(db_flush(c->db));
	import_state_read(c->arena, rows, state);
	return FAULT_NONE;
}

static void
work_run(void *arg)
{
	struct import_work *w = arg;

	import_analyse(&w->analysis);
	if (w->analysis.fault != FAULT_NONE)
		return;
	import_preview_make(&w->analysis, &w->preview);
	w->files = import_describe_files(&w->analysis);
}

enum fault
import_work_through(struct ctx *c, struct import_work *w)
{
	const struct import_analysis *a = &w->analysis;

	task_run(c, work_run, w);
	if (a->fault == FAULT_NONE)
		return FAULT_NONE;
	c->detail = a->problem.detail.in[c->language];
	if (a->problem.line > 0 && c->detail != NULL)
		c->detail = arena_print(c->arena,
		    say(c, "%s (ligne %d)", "%s (line %d)"), c->detail,
		    a->problem.line);
	return fault_say(c, a->field, a->fault, c->detail);
}
