#include <string.h>

#include "body.h"
#include "page.h"
#include "people.h"
#include "people_write.h"
#include "supervision.h"

/* Of somebody new. */
#define MEMBERS "first_name last_name sex email phone despite_duplicates"

static void
write_supervisor(struct json *j, const struct rows *r, size_t i)
{
	json_open(j, NULL, '{');
	json_raw(j, "person", row_text(r, i, "person"));
	json_text(j, "kind", row_text(r, i, "kind"));
	json_text(j, "since", row_text(r, i, "since"));
	json_text(j, "ended_on", row_text(r, i, "ended_on"));
	json_text(j, "login", row_text(r, i, "login"));
	json_text(j, "email", row_text(r, i, "email"));
	json_text(j, "phone", row_text(r, i, "phone"));
	json_bool(j, "active", row_bool(r, i, "active"));
	json_bool(j, "managed", row_bool(r, i, "managed"));
	json_text(j, "password", row_text(r, i, "password"));
	json_text(j, "code_expires_at", row_text(r, i, "code_expires_at"));
	json_text(j, "signed_in_at", row_text(r, i, "signed_in_at"));
	json_close(j, '}');
}

/* The learner of the path, whom the caller may see. */
struct trainee {
	int64_t id;
	const char *kind; /* of who receives this one */
	bool apprentice;
	bool taught;
	bool active;
};

static enum fault
trainee_load(struct ctx *c, struct trainee *t)
{
	struct db *db = c->db;
	struct rows r;

	TRY(path_id(c, 0, &t->id));
	TRY(db_run(db, &r, Q_SUPERVISION_LEARNER, PARAMS(p_int(t->id))));
	if (r.count == 0)
		return FAULT_ABSENT;
	t->apprentice = strcmp(row_text(&r, 0, "track"), "apprentice") == 0;
	t->kind = t->apprentice ? "master" : "tutor";
	t->taught = row_bool(&r, 0, "taught");
	t->active = row_bool(&r, 0, "active");
	return FAULT_NONE;
}

/* See reliability.md 7, "create company accounts". */
static enum fault
may_supervise(struct ctx *c, const struct trainee *t)
{
	unsigned int roles = c->db->roles;

	if (roles & ROLE_DDFPT)
		return FAULT_NONE;
	if (t->apprentice)
		return roles & ROLE_ADMINISTRATOR ? FAULT_NONE : FAULT_ROLE;
	return roles & ROLE_TEACHER && t->taught ? FAULT_NONE : FAULT_ROLE;
}

static enum fault
reply_list(struct ctx *c, const struct trainee *t, int status)
{
	struct db *db = c->db;
	struct rows r;
	struct json j;
	size_t i;

	TRY(db_run(db, &r, Q_SUPERVISION_LIST, PARAMS(p_int(t->id))));
	j = json_in(reply_json(c, status));
	json_open(&j, NULL, '{');
	json_text(&j, "kind", t->kind);
	json_bool(&j, "may_change", may_supervise(c, t) == FAULT_NONE);
	json_open(&j, "items", '[');
	for (i = 0; i < r.count; i++)
		write_supervisor(&j, &r, i);
	json_close(&j, ']');
	json_null(&j, "next");
	json_close(&j, '}');
	return FAULT_NONE;
}

enum fault
supervision_list(struct ctx *c)
{
	struct trainee t;

	TRY(trainee_load(c, &t));
	return reply_list(c, &t, 200);
}

/* Somebody known who is a tutor or master already. */
static enum fault
choose(struct ctx *c, const struct trainee *t, int64_t *id)
{
	struct db *db = c->db;
	struct rows r;

	TRY(body_id(c, c->body, "", "person_id", id));
	TRY(db_run(db, &r, Q_SUPERVISION_PERSON,
	    PARAMS(p_int(*id), p_text(t->kind))));
	return r.count == 0 ? fault_at(c, "/person_id", FAULT_VALUE)
			    : FAULT_NONE;
}

static enum fault
make(struct ctx *c, const struct trainee *t, int64_t *id)
{
	struct person_in *in = arena_take(c->arena, sizeof(*in));

	TRY(person_in_read(c, in));
	TRY(person_unlike(c, in));
	TRY(person_add(c, in, id));
	in->roles = t->apprentice ? ROLE_MASTER : ROLE_TUTOR;
	TRY(person_tie(c, in, *id));
	person_note(c, "person_created", *id, NULL,
	    arena_print(c->arena, "{\"roles\":[\"%s\"]}", t->kind));
	return FAULT_NONE;
}

static void
note(struct ctx *c, const char *act, const struct trainee *t, int64_t id)
{
	person_note(c, act, t->id, NULL,
	    arena_print(c->arena, "{\"%s_id\":\"%lld\"}", t->kind,
		(long long)id));
}

enum fault
supervision_create(struct ctx *c)
{
	bool known = body_member(c->body, "person_id") != NULL;
	struct db *db = c->db;
	struct trainee t;
	int64_t id;

	TRY(body_only(c, c->body, "", known ? "person_id" : MEMBERS));
	TRY(trainee_load(c, &t));
	TRY(may_supervise(c, &t));
	if (!t.active)
		return FAULT_CONFLICT;
	if (known)
		TRY(choose(c, &t, &id));
	else
		TRY(make(c, &t, &id));
	db_queue(db, NULL, Q_SUPERVISION_ADD,
	    PARAMS(p_int(t.id), p_int(id), p_text(t.kind)));
	note(c, "supervisor_given", &t, id);
	TRY(reply_list(c, &t, 201));
	reply_header(c, "location",
	    arena_print(c->arena, "/api/v1/learners/%lld/supervisors/%lld",
		(long long)t.id, (long long)id));
	return FAULT_NONE;
}

enum fault
supervision_delete(struct ctx *c)
{
	struct db *db = c->db;
	struct trainee t;
	struct rows done;
	int64_t id;

	TRY(trainee_load(c, &t));
	TRY(path_id(c, 1, &id));
	TRY(may_supervise(c, &t));
	TRY(db_run(db, &done, Q_SUPERVISION_END,
	    PARAMS(p_int(t.id), p_int(id))));
	if (done.affected == 0)
		return FAULT_ABSENT;
	note(c, "supervisor_ended", &t, id);
	reply_empty(c, 204);
	return FAULT_NONE;
}
