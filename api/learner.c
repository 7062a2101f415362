#include <stdio.h>

#include "learner.h"
#include "page.h"

void
learner_members(struct json *j, const struct rows *r, size_t i)
{
	json_text(j, "id", row_text(r, i, "id"));
	json_text(j, "first_name", row_text(r, i, "first_name"));
	json_text(j, "last_name", row_text(r, i, "last_name"));
	json_text(j, "track", row_text(r, i, "track"));
	json_text(j, "class_id", row_text(r, i, "class_id"));
	json_text(j, "class_code", row_text(r, i, "class_code"));
}

void
learner_write(struct json *j, const struct rows *r, size_t i)
{
	json_open(j, NULL, '{');
	learner_members(j, r, i);
	json_text(j, "usual_name", row_text(r, i, "usual_name"));
	json_text(j, "framework_id", row_text(r, i, "framework_id"));
	json_text(j, "class_level", row_text(r, i, "class_level"));
	json_bool(j, "active", row_bool(r, i, "active"));
	json_text(j, "draft_access", row_text(r, i, "draft_access"));
	json_close(j, '}');
}

void
person_write(struct json *j, const char *name, const struct rows *r, size_t i,
    const char *prefix)
{
	static const char *const parts[] = { "id", "first_name", "last_name" };
	char column[64];
	size_t k;

	json_open(j, name, '{');
	for (k = 0; k < sizeof(parts) / sizeof(parts[0]); k++) {
		snprintf(column, sizeof(column), "%s_%s", prefix, parts[k]);
		json_text(j, parts[k], row_text(r, i, column));
	}
	json_close(j, '}');
}

enum fault
learner_get(struct ctx *c)
{
	struct db *db = c->db;
	struct rows r;
	struct json j;
	int64_t id;

	TRY(path_id(c, 0, &id));
	db_queue(db, NULL, Q_LEARNER_LOOKED, PARAMS(p_int(id)));
	TRY(db_run(db, &r, Q_LEARNER_GET, PARAMS(p_int(id))));
	if (r.count == 0)
		return FAULT_ABSENT;
	j = json_in(reply_json(c, 200));
	learner_write(&j, &r, 0);
	return FAULT_NONE;
}

static void
write_entry(struct json *j, const struct rows *r, size_t i)
{
	json_open(j, NULL, '{');
	json_text(j, "id", row_text(r, i, "id"));
	json_text(j, "at", row_text(r, i, "at"));
	json_raw(j, "person", row_text(r, i, "person"));
	json_text(j, "act", row_text(r, i, "act"));
	json_text(j, "subject", row_text(r, i, "subject"));
	json_text(j, "subject_id", row_text(r, i, "subject_id"));
	json_text(j, "title", row_text(r, i, "title"));
	json_raw(j, "before", row_text(r, i, "before"));
	json_raw(j, "after", row_text(r, i, "after"));
	json_text(j, "request_id", row_text(r, i, "request_id"));
	json_close(j, '}');
}

enum fault
journal_list(struct ctx *c)
{
	struct rows seen, r;
	struct db *db = c->db;
	struct page page;
	int64_t id;

	TRY(path_id(c, 0, &id));
	TRY(page_read(c, &page));
	db_queue(db, &seen, Q_LEARNER_SEEN, PARAMS(p_int(id)));
	TRY(db_run(db, &r, Q_JOURNAL_LIST,
	    PARAMS(p_int(id), query_codes(c, "act"), page_after(c, &page),
		page_limit(c, &page))));
	if (!row_bool(&seen, 0, "seen"))
		return FAULT_ABSENT;
	page_reply(c, &page, &r, write_entry);
	return FAULT_NONE;
}
