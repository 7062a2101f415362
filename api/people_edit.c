#include <string.h>

#include "../domain/person.h"
#include "body.h"
#include "people.h"
#include "people_write.h"

#define MEMBERS                                                                \
	"first_name last_name usual_name sex birth_date email phone roles"     \
	" track services class_ids"

/* Who may give these roles; whom to ask about them is told at /roles. */
static enum fault
check_roles(struct ctx *c, bool own, unsigned int before, unsigned int after)
{
	enum fault fault = person_roles_next(c->db->roles, own, before, after);

	return fault == FAULT_NONE ? fault : fault_at(c, "/roles", fault);
}

static enum fault
check_school(struct ctx *c)
{
	struct db *db = c->db;
	struct rows r;

	TRY(db_run(db, &r, Q_PEOPLE_READY, PARAMS_NONE));
	return row_bool(&r, 0, "ready") ? FAULT_NONE : FAULT_SCHOOL_INCOMPLETE;
}

/* What the journal keeps of a person: what was read, without the account. */
static const char *
state(struct ctx *c, const struct person_in *in)
{
	struct text t = text_in(c->arena);
	struct json j = json_in(&t);
	unsigned int bit;

	json_open(&j, NULL, '{');
	json_text(&j, "first_name", in->first_name);
	json_text(&j, "last_name", in->last_name);
	json_text(&j, "usual_name", in->usual_name);
	json_text(&j, "sex", in->sex);
	json_text(&j, "birth_date", in->birth_date);
	json_text(&j, "email", in->email);
	json_text(&j, "phone", in->phone);
	json_text(&j, "track", in->track);
	json_open(&j, "roles", '[');
	for (bit = 1; bit <= ROLE_MASTER; bit <<= 1)
		if (in->roles & bit)
			json_text(&j, NULL, role_code(bit));
	json_close(&j, ']');
	json_close(&j, '}');
	return text_string(&t);
}

enum fault
person_create(struct ctx *c)
{
	struct person_in *in = arena_take(c->arena, sizeof(*in));
	int64_t id;

	TRY(body_only(c, c->body, "", MEMBERS " despite_duplicates"));
	TRY(person_in_read(c, in));
	TRY(person_in_read_ties(c, in));
	TRY(check_school(c)); /* the roles of the caller are known from here */
	TRY(check_roles(c, false, 0, in->roles));
	TRY(person_unlike(c, in));
	TRY(person_add(c, in, &id));
	TRY(person_tie(c, in, id));
	person_note(c, "person_created", id, NULL, state(c, in));
	return person_reply(c, id, 201);
}

/* --- changed --- */

static void
from_row(const struct rows *r, struct person_in *in)
{
	in->first_name = row_text(r, 0, "first_name");
	in->last_name = row_text(r, 0, "last_name");
	in->usual_name = row_text(r, 0, "usual_name");
	in->sex = row_text(r, 0, "sex");
	in->birth_date = row_text(r, 0, "birth_date");
	in->email = row_text(r, 0, "email");
	in->phone = row_text(r, 0, "phone");
	in->track = row_text(r, 0, "track");
	in->roles = person_roles(r);
}

/* The person as loaded, if nobody changed it since it was read. */
static enum fault
hold(struct ctx *c, int64_t id, struct rows *r)
{
	struct db *db = c->db;
	int64_t revision;
	struct rows held;

	TRY(match_revision(c, &revision));
	TRY(db_run(db, &held, Q_PEOPLE_HOLD,
	    PARAMS(p_int(id), p_int(revision))));
	TRY(person_load(c, id, r));
	if (!row_bool(r, 0, "managed"))
		return FAULT_ROLE;
	if (held.affected == 1)
		return FAULT_NONE;
	c->more = arena_print(c->arena, "\"current_revision\":%lld",
	    (long long)row_int(r, 0, "revision"));
	return FAULT_STALE;
}

/* What a file says of where somebody learns is changed by the next file. */
static enum fault
check_source(struct ctx *c, const struct rows *r, const struct person_in *in)
{
	bool imported = strcmp(row_text(r, 0, "source"), "import") == 0;

	if (imported && in->classes_told)
		return fault_at(c, "/class_ids", FAULT_IMPORTED);
	if (imported && body_member(c->body, "track") != NULL)
		return fault_at(c, "/track", FAULT_IMPORTED);
	return FAULT_NONE;
}

static void
put(struct ctx *c, int64_t id, const struct person_in *in)
{
	struct db *db = c->db;

	db_queue(db, NULL, Q_PEOPLE_SET,
	    PARAMS(p_int(id), p_text(in->first_name), p_text(in->last_name),
		p_text(in->usual_name), p_text(in->sex), p_text(in->birth_date),
		p_text(in->email), p_text(in->phone), p_text(in->track)));
}

enum fault
person_change(struct ctx *c)
{
	struct person_in *in = arena_take(c->arena, sizeof(*in));
	struct db *db = c->db;
	const char *before;
	unsigned int roles;
	struct rows r;
	int64_t id;

	TRY(path_id(c, 0, &id));
	TRY(body_only(c, c->body, "", MEMBERS));
	TRY(hold(c, id, &r));
	from_row(&r, in);
	before = state(c, in);
	roles = in->roles;
	TRY(person_in_read(c, in));
	TRY(person_in_read_ties(c, in));
	TRY(check_source(c, &r, in));
	TRY(check_roles(c, row_bool(&r, 0, "own"), roles, in->roles));
	if (row_bool(&r, 0, "own") && in->services_told)
		return FAULT_OWN_RIGHTS;
	/* Roles are part of a session: with others one signs in again. */
	if (in->roles != roles)
		db_queue(db, NULL, Q_PEOPLE_SESSIONS_END, PARAMS(p_int(id)));
	put(c, id, in);
	TRY(person_tie(c, in, id));
	person_note(c, "person_changed", id, before, state(c, in));
	return person_reply(c, id, 200);
}
