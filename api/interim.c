#include <string.h>

#include "interim.h"
#include "json.h"
#include "page.h"
#include "positions.h"

enum interim_state
interim_state_of(const struct rows *r, size_t row)
{
	return row_bool(r, row, "unlocked") ? INTERIM_UNLOCKED
					    : INTERIM_CONFIRMED;
}

static void
write_interim(struct json *j, const struct framework *f, const struct rows *r,
    size_t row)
{
	struct position p[POSITION_MAX];

	positions_unpack(f, row_text(r, row, "positions"), p);
	json_open(j, NULL, '{');
	json_text(j, "id", row_text(r, row, "id"));
	json_int(j, "revision", row_int(r, row, "revision"));
	json_int(j, "version", row_int(r, row, "version"));
	json_text(j, "state", interim_state_code(interim_state_of(r, row)));
	json_text(j, "confirmed_at", row_text(r, row, "confirmed"));
	json_raw(j, "author", row_text(r, row, "author"));
	json_raw(j, "learner", row_text(r, row, "learner"));
	json_text(j, "framework_id", f->id);
	json_int(j, "framework_version", f->version);
	json_text(j, "term_id", row_text(r, row, "term"));
	json_bool(j, "latest", row_bool(r, row, "latest"));
	json_bool(j, "radar", row_bool(r, row, "radar"));
	json_text(j, "findings", row_text(r, row, "findings"));
	json_text(j, "advice", row_text(r, row, "advice"));
	positions_write(j, f, p, true);
	json_raw(j, "evaluations", row_text(r, row, "evaluations"));
	json_raw(j, "unlock", row_text(r, row, "unlock"));
	json_raw(j, "grade", row_text(r, row, "grade"));
	json_close(j, '}');
}

enum fault
interim_facts(struct ctx *c, struct interim_facts *out)
{
	struct db *db = c->db;

	TRY(path_id(c, 0, &out->id));
	TRY(db_run(db, &out->rows, Q_INTERIM_GET, PARAMS(p_int(out->id))));
	if (out->rows.count == 0)
		return FAULT_ABSENT;
	return framework_by_key(c, row_int(&out->rows, 0, "framework_key"),
	    &out->framework);
}

static void
answer(struct ctx *c, struct text *t, const struct framework *f,
    const struct rows *r)
{
	struct json j = json_in(t);

	write_interim(&j, f, r, 0);
	reply_revision(c, row_int(r, 0, "version"));
}

enum fault
interim_reply(struct ctx *c, int64_t id, int status)
{
	const struct framework *f;
	struct db *db = c->db;
	struct rows r;

	TRY(db_run(db, &r, Q_INTERIM_GET, PARAMS(p_int(id))));
	if (r.count == 0)
		return FAULT_ABSENT;
	TRY(framework_by_key(c, row_int(&r, 0, "framework_key"), &f));
	if (status == 201)
		reply_header(c, "location",
		    arena_print(c->arena, "/api/v1/interim-assessments/%lld",
			(long long)id));
	answer(c, reply_json(c, status), f, &r);
	return FAULT_NONE;
}

enum fault
interim_get(struct ctx *c)
{
	struct interim_facts i;

	TRY(interim_facts(c, &i));
	answer(c, reply_json(c, 200), i.framework, &i.rows);
	return FAULT_NONE;
}

/* One more than asked is read, to know whether there is a next page. */
enum fault
interim_list(struct ctx *c)
{
	int64_t learner;
	struct page page;
	const struct framework *f;
	struct rows seen, r;
	struct db *db = c->db;
	struct json j;
	size_t i, n;

	TRY(path_id(c, 0, &learner));
	TRY(page_read(c, &page));
	db_queue(db, &seen, Q_LEARNER_READABLE, PARAMS(p_int(learner)));
	db_queue(db, &r, Q_INTERIM_LIST,
	    PARAMS(p_int(learner), p_text(query_text(c, "framework")),
		page_after(c, &page), page_limit(c, &page)));
	TRY(db_flush(db));
	if (seen.count == 0)
		return FAULT_ABSENT;
	n = page_count(&page, &r);
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	json_open(&j, "items", '[');
	for (i = 0; i < n; i++) {
		TRY(framework_by_key(c, row_int(&r, i, "framework_key"), &f));
		write_interim(&j, f, &r, i);
	}
	json_close(&j, ']');
	page_next(c, &j, &page, &r);
	json_close(&j, '}');
	return FAULT_NONE;
}

static void
write_revision(struct json *j, const struct rows *r, size_t row)
{
	json_int(j, "revision", row_int(r, row, "revision"));
	json_text(j, "confirmed_at", row_text(r, row, "confirmed_at"));
	json_raw(j, "author", row_text(r, row, "author"));
	json_text(j, "sha256", row_text(r, row, "sha256"));
	json_text(j, "previous", row_text(r, row, "previous"));
	json_raw(j, "unlocked", row_text(r, row, "unlocked"));
}

static void
write_revision_item(struct json *j, const struct rows *r, size_t row)
{
	json_open(j, NULL, '{');
	write_revision(j, r, row);
	json_close(j, '}');
}

enum fault
interim_revisions(struct ctx *c)
{
	struct db *db = c->db;
	struct page page;
	int64_t id;
	struct rows r;

	TRY(path_id(c, 0, &id));
	TRY(page_read(c, &page));
	TRY(db_run(db, &r, Q_INTERIM_REVISION_LIST,
	    PARAMS(p_int(id), p_null(), page_after(c, &page),
		page_limit(c, &page))));
	if (r.count == 0 && page.after == 0)
		return FAULT_ABSENT;
	page_reply(c, &page, &r, write_revision_item);
	return FAULT_NONE;
}

enum fault
interim_revision_get(struct ctx *c)
{
	struct position p[POSITION_MAX];
	const struct framework *f;
	struct db *db = c->db;
	int64_t id, revision;
	struct rows r;
	struct json j;

	TRY(path_id(c, 0, &id));
	TRY(path_id(c, 1, &revision));
	if (revision > INT32_MAX)
		return FAULT_ABSENT;
	TRY(db_run(db, &r, Q_INTERIM_REVISION_LIST,
	    PARAMS(p_int(id), p_int(revision), p_null(), p_int(1))));
	if (r.count == 0)
		return FAULT_ABSENT;
	TRY(framework_by_key(c, row_int(&r, 0, "framework_key"), &f));
	positions_unpack(f, row_text(&r, 0, "positions"), p);
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	json_id(&j, "id", id);
	write_revision(&j, &r, 0);
	json_raw(&j, "learner", row_text(&r, 0, "learner"));
	json_text(&j, "framework_id", f->id);
	json_int(&j, "framework_version", f->version);
	json_text(&j, "findings", row_text(&r, 0, "findings"));
	json_text(&j, "advice", row_text(&r, 0, "advice"));
	positions_write(&j, f, p, true);
	json_raw(&j, "evaluations", row_text(&r, 0, "evaluations"));
	json_close(&j, '}');
	reply_revision(c, revision);
	return FAULT_NONE;
}
