#include "evaluation.h"
#include "grid.h"
#include "learner.h"
#include "lock.h"
#include "page.h"

/* Members of the shape EvaluationSummary, without the brackets. */
static void
summary_members(struct json *j, const struct rows *r, size_t i)
{
	json_text(j, "id", row_text(r, i, "id"));
	json_text(j, "title", row_text(r, i, "title"));
	json_text(j, "framework_id", row_text(r, i, "framework_id"));
	json_text(j, "complexity", row_text(r, i, "complexity"));
	json_text(j, "context", row_text(r, i, "context"));
	json_text(j, "class_level", row_text(r, i, "class_level"));
	json_text(j, "school_year", row_text(r, i, "school_year"));
	json_text(j, "assessed_on", row_text(r, i, "assessed_on"));
	json_text(j, "modified_at", row_text(r, i, "modified_at"));
	json_bool(j, "visible", row_bool(r, i, "visible"));
	person_write(j, "author", r, i, "author");
	json_int(j, "revision", row_int(r, i, "revision"));
	json_int(j, "filled", row_int(r, i, "filled"));
	json_int(j, "expected", row_int(r, i, "expected"));
	json_bool(j, "frozen", row_bool(r, i, "frozen"));
}

void
evaluation_write_summary(struct json *j, const struct rows *r, size_t i)
{
	json_open(j, NULL, '{');
	summary_members(j, r, i);
	json_raw(j, "class_codes", row_text(r, i, "class_codes"));
	json_close(j, '}');
}

enum fault
evaluation_list(struct ctx *c)
{
	struct param year, words;
	struct db *db = c->db;
	struct page page;
	bool unfinished;
	struct rows r;
	struct json j;
	size_t i;

	TRY(page_read(c, &page));
	TRY(query_year(c, "school_year", &year));
	TRY(query_words(c, "q", &words));
	TRY(query_flag(c, "unfinished", &unfinished));
	TRY(db_run(db, &r, Q_EVALUATION_LIST,
	    PARAMS(query_ids(c, "class_id"), p_text(query_text(c, "framework")),
		p_text(query_text(c, "class_level")), year, words,
		p_bool(unfinished), page_after(c, &page),
		page_limit(c, &page))));
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	json_open(&j, "items", '[');
	for (i = 0; i < page_count(&page, &r); i++)
		evaluation_write_summary(&j, &r, i);
	json_close(&j, ']');
	page_next(c, &j, &page, &r);
	json_close(&j, '}');
	return FAULT_NONE;
}

static void
write_lines(struct json *j, const struct grid *g, const struct rows *r)
{
	int marks = rows_column(r, "marks");
	size_t i;

	json_open(j, "learners", '[');
	for (i = 0; i < r->count; i++) {
		json_open(j, NULL, '{');
		learner_members(j, r, i);
		grid_write_marks(g, j, cell_text(r, i, marks),
		    cell_length(r, i, marks));
		json_text(j, "comment", row_text(r, i, "comment"));
		json_int(j, "revision", row_int(r, i, "revision"));
		json_bool(j, "frozen", row_bool(r, i, "frozen"));
		json_close(j, '}');
	}
	json_close(j, ']');
}

enum fault
evaluation_reply(struct ctx *c, int64_t id, int status,
    const struct evaluation_moved *moved)
{
	struct grid *g = arena_take(c->arena, sizeof(*g));
	struct rows e, lines, lock, none = { .count = 0 };
	struct db *db = c->db;
	struct json j;
	bool frozen;

	db_queue(db, &e, Q_EVALUATION_GET, PARAMS(p_int(id)));
	db_queue(db, &lines, Q_SHEET_LIST, PARAMS(p_int(id)));
	TRY(db_run(db, &lock, Q_EVALUATION_LOCK,
	    PARAMS(p_int(id), p_ints(NULL, 0))));
	if (e.count == 0)
		return FAULT_ABSENT;
	TRY(grid_read(c, &e, 0, g));
	frozen = row_bool(&e, 0, "frozen");
	j = json_in(reply_json(c, status));
	reply_revision(c, row_int(&e, 0, "revision"));
	json_open(&j, NULL, '{');
	summary_members(&j, &e, 0);
	lock_write(&j, "locked_by", frozen ? &lock : &none);
	grid_write_items(g, &j);
	write_lines(&j, g, &lines);
	if (moved != NULL) {
		json_int(&j, "marks_hidden", (int64_t)moved->hidden);
		json_int(&j, "marks_found", (int64_t)moved->found);
	}
	json_close(&j, '}');
	return FAULT_NONE;
}

enum fault
evaluation_get(struct ctx *c)
{
	int64_t id;

	TRY(path_id(c, 0, &id));
	return evaluation_reply(c, id, 200, NULL);
}
