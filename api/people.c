#include <string.h>

#include "page.h"
#include "people.h"

/* Members of an account, without the brackets around them. */
static void
account_members(struct json *j, const struct rows *r, size_t i)
{
	json_text(j, "id", row_text(r, i, "id"));
	json_text(j, "first_name", row_text(r, i, "first_name"));
	json_text(j, "last_name", row_text(r, i, "last_name"));
	json_text(j, "usual_name", row_text(r, i, "usual_name"));
	json_text(j, "login", row_text(r, i, "login"));
	json_raw(j, "roles", row_text(r, i, "roles"));
	json_bool(j, "active", row_bool(r, i, "active"));
	json_text(j, "source", row_text(r, i, "source"));
	json_bool(j, "managed", row_bool(r, i, "managed"));
	json_raw(j, "class_codes", row_text(r, i, "class_codes"));
	json_text(j, "password", row_text(r, i, "password"));
	json_text(j, "code_issued_at", row_text(r, i, "code_issued_at"));
	json_text(j, "code_expires_at", row_text(r, i, "code_expires_at"));
	json_text(j, "signed_in_at", row_text(r, i, "signed_in_at"));
}

static void
write_account(struct json *j, const struct rows *r, size_t i)
{
	json_open(j, NULL, '{');
	account_members(j, r, i);
	json_close(j, '}');
}

/* A role that there is not is a mistake, not an empty list. */
static enum fault
read_roles(struct ctx *c, struct param *out)
{
	const char *values[QUERY_MAX];
	size_t i, n = query_all(c, "role", values, QUERY_MAX);
	unsigned int role;

	for (i = 0; i < n; i++)
		if (!role_read(values[i], &role))
			return fault_at(c, "?role", FAULT_PARAMETER);
	*out = n == 0 ? p_null() : p_texts_in(c->arena, values, n);
	return FAULT_NONE;
}

/* A repeatable argument that is one of some words. */
static enum fault
read_words(struct ctx *c, const char *name, const char *words,
    struct param *out)
{
	const char *values[QUERY_MAX];
	size_t i, n = query_all(c, name, values, QUERY_MAX);

	for (i = 0; i < n; i++)
		if (!word_listed(words, values[i]))
			return fault_at(c, arena_print(c->arena, "?%s", name),
			    FAULT_PARAMETER);
	*out = n == 0 ? p_null() : p_texts_in(c->arena, values, n);
	return FAULT_NONE;
}

enum fault
people_list(struct ctx *c)
{
	struct param roles, words, state, source, password;
	struct db *db = c->db;
	struct page page;
	struct rows r;

	TRY(page_read(c, &page));
	TRY(read_roles(c, &roles));
	TRY(query_words(c, "q", &words));
	TRY(read_words(c, "state", "active hidden", &state));
	TRY(read_words(c, "source", "import manual", &source));
	TRY(read_words(c, "password", "none code code_expired one_time own",
	    &password));
	TRY(db_run(db, &r, Q_PERSON_LIST,
	    PARAMS(roles, query_ids(c, "class_id"), words, page_after(c, &page),
		page_limit(c, &page), state, source, password)));
	page_reply(c, &page, &r, write_account);
	return FAULT_NONE;
}

/* --- one --- */

enum fault
person_load(struct ctx *c, int64_t id, struct rows *r)
{
	struct db *db = c->db;

	TRY(db_run(db, r, Q_PEOPLE_GET, PARAMS(p_int(id))));
	return r->count == 0 ? FAULT_ABSENT : FAULT_NONE;
}

unsigned int
person_roles(const struct rows *r)
{
	const char *s = row_text(r, 0, "roles");
	unsigned int roles = 0, bit;

	for (bit = 1; bit <= ROLE_MASTER; bit <<= 1)
		if (strstr(s, role_code(bit)) != NULL)
			roles |= bit;
	return roles;
}

void
person_note(struct ctx *c, const char *act, int64_t id, const char *before,
    const char *after)
{
	struct db *db = c->db;

	db_queue(db, NULL, Q_PEOPLE_NOTE,
	    PARAMS(p_text(act), p_int(id), p_text(before), p_text(after)));
}

static const char *const lists[] = { "services", "classes", "guardians",
	"children", "trainees" };

enum fault
person_reply(struct ctx *c, int64_t id, int status)
{
	struct rows r;
	struct json j;
	size_t i;

	TRY(person_load(c, id, &r));
	j = json_in(status == 201 ? reply_created(c, arena_print(c->arena,
							 "/api/v1/people/%lld",
							 (long long)id))
				  : reply_json(c, status));
	json_open(&j, NULL, '{');
	account_members(&j, &r, 0);
	json_int(&j, "revision", row_int(&r, 0, "revision"));
	json_text(&j, "sex", row_text(&r, 0, "sex"));
	json_text(&j, "birth_date", row_text(&r, 0, "birth_date"));
	json_text(&j, "email", row_text(&r, 0, "email"));
	json_text(&j, "phone", row_text(&r, 0, "phone"));
	json_text(&j, "track", row_text(&r, 0, "track"));
	json_text(&j, "left_on", row_text(&r, 0, "left_on"));
	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		json_raw(&j, lists[i], row_text(&r, 0, lists[i]));
	json_close(&j, '}');
	reply_revision(c, row_int(&r, 0, "revision"));
	return FAULT_NONE;
}

enum fault
person_get(struct ctx *c)
{
	int64_t id;

	TRY(path_id(c, 0, &id));
	return person_reply(c, id, 200);
}
