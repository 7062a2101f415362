#include "class.h"
#include "learner.h"
#include "page.h"

static void
write_class(struct json *j, const struct rows *r, size_t i)
{
	json_open(j, NULL, '{');
	json_text(j, "id", row_text(r, i, "id"));
	json_text(j, "code", row_text(r, i, "code"));
	json_text(j, "name", row_text(r, i, "name"));
	json_text(j, "framework_id", row_text(r, i, "framework_id"));
	json_text(j, "class_level", row_text(r, i, "class_level"));
	json_text(j, "school_year", row_text(r, i, "school_year"));
	json_text(j, "mef", row_text(r, i, "mef"));
	json_int(j, "learner_count", row_int(r, i, "learner_count"));
	json_close(j, '}');
}

enum fault
class_list(struct ctx *c)
{
	struct db *db = c->db;
	struct param year;
	struct page page;
	struct rows r;

	TRY(page_read(c, &page));
	TRY(query_year(c, "school_year", &year));
	TRY(db_run(db, &r, Q_CLASS_LIST,
	    PARAMS(year, p_text(query_text(c, "framework")),
		page_after(c, &page), page_limit(c, &page))));
	page_reply(c, &page, &r, write_class);
	return FAULT_NONE;
}

enum fault
class_learners(struct ctx *c)
{
	struct rows seen, r;
	struct db *db = c->db;
	struct page page;
	int64_t id;

	TRY(path_id(c, 0, &id));
	TRY(page_read(c, &page));
	db_queue(db, &seen, Q_CLASS_SEEN, PARAMS(p_int(id)));
	TRY(db_run(db, &r, Q_CLASS_LEARNERS,
	    PARAMS(p_int(id), page_after(c, &page), page_limit(c, &page))));
	if (!row_bool(&seen, 0, "seen"))
		return FAULT_ABSENT;
	page_reply(c, &page, &r, learner_write);
	return FAULT_NONE;
}
