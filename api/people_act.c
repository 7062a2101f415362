#include <string.h>

#include "body.h"
#include "people.h"

/*
 * Hide or show again: who was made by hand only, because files decide about
 * the others (M-047).  What is so already stays so.
 */
static enum fault
show(struct ctx *c, bool shown)
{
	struct db *db = c->db;
	struct rows r, done;
	int64_t id;

	if (c->body != NULL)
		TRY(body_only(c, c->body, "", ""));
	TRY(path_id(c, 0, &id));
	TRY(person_load(c, id, &r));
	if (!row_bool(&r, 0, "managed"))
		return FAULT_ROLE;
	if (row_bool(&r, 0, "own"))
		return FAULT_OWN_RIGHTS;
	if (strcmp(row_text(&r, 0, "source"), "import") == 0)
		return FAULT_IMPORTED;
	TRY(db_run(db, &done, Q_PEOPLE_SHOWN,
	    PARAMS(p_int(id), p_bool(shown))));
	if (done.affected == 1) {
		db_queue(db, NULL, Q_PEOPLE_SESSIONS_END, PARAMS(p_int(id)));
		person_note(c, shown ? "person_reactivated" : "person_hidden",
		    id, NULL, NULL);
	}
	return person_reply(c, id, 200);
}

enum fault
person_hide(struct ctx *c)
{
	return show(c, false);
}

enum fault
person_reactivate(struct ctx *c)
{
	return show(c, true);
}

/* --- guardians --- */

struct tie {
	int64_t learner;
	int64_t guardian;
	struct rows now;
};

static enum fault
tie_load(struct ctx *c, struct tie *t)
{
	struct db *db = c->db;

	TRY(path_id(c, 0, &t->learner));
	TRY(path_id(c, 1, &t->guardian));
	TRY(db_run(db, &t->now, Q_GUARDIAN_GET,
	    PARAMS(p_int(t->learner), p_int(t->guardian))));
	if (t->now.count == 0)
		return FAULT_ABSENT;
	if (row_bool(&t->now, 0, "same"))
		return FAULT_CONFLICT;
	return FAULT_NONE;
}

static const char *
tie_state(struct ctx *c, const struct tie *t, bool legal, int64_t rank)
{
	return arena_print(c->arena,
	    "{\"guardian_id\":\"%lld\",\"legal\":%s,\"rank\":%lld}",
	    (long long)t->guardian, legal ? "true" : "false", (long long)rank);
}

static bool
tie_imported(const struct tie *t)
{
	const char *source = row_text(&t->now, 0, "source");

	return source != NULL && strcmp(source, "import") == 0;
}

/* Whoever is tied to a child is a guardian from then on, staff as well. */
static void
make_guardian(struct ctx *c, const struct tie *t)
{
	struct db *db = c->db;

	if (row_bool(&t->now, 0, "guardian"))
		return;
	db_queue(db, NULL, Q_PEOPLE_ROLE_ADD,
	    PARAMS(p_int(t->guardian), p_text("guardian")));
	db_queue(db, NULL, Q_PEOPLE_SESSIONS_END, PARAMS(p_int(t->guardian)));
	person_note(c, "role_given", t->guardian, NULL,
	    "{\"role\":\"guardian\"}");
}

enum fault
guardian_put(struct ctx *c)
{
	struct db *db = c->db;
	int64_t rank = 1;
	struct rows done;
	struct tie t;
	bool legal;

	TRY(body_only(c, c->body, "", "legal rank"));
	TRY(body_bool(c, c->body, "", "legal", &legal));
	if (body_member(c->body, "rank") != NULL)
		TRY(body_int(c, c->body, "", "rank", 1, 99, &rank));
	TRY(tie_load(c, &t));
	if (tie_imported(&t))
		return FAULT_IMPORTED;
	if (t.guardian == db->person_id)
		return FAULT_OWN_RIGHTS;
	TRY(db_run(db, &done, Q_GUARDIAN_PUT,
	    PARAMS(p_int(t.learner), p_int(t.guardian), p_bool(legal),
		p_int(rank))));
	make_guardian(c, &t);
	person_note(c, "guardian_tied", t.learner, NULL,
	    tie_state(c, &t, legal, rank));
	return person_reply(c, t.learner, 200);
}

enum fault
guardian_delete(struct ctx *c)
{
	struct db *db = c->db;
	struct tie t;

	TRY(tie_load(c, &t));
	if (row_null(&t.now, 0, "source"))
		return FAULT_ABSENT;
	if (tie_imported(&t))
		return FAULT_IMPORTED;
	db_queue(db, NULL, Q_GUARDIAN_END,
	    PARAMS(p_int(t.learner), p_int(t.guardian)));
	person_note(c, "guardian_untied", t.learner,
	    tie_state(c, &t, row_bool(&t.now, 0, "legal"),
		row_int(&t.now, 0, "rank")),
	    NULL);
	reply_empty(c, 204);
	return FAULT_NONE;
}
