#include "page.h"
#include "people.h"

static void
write_account(struct json *j, const struct rows *r, size_t i)
{
	json_open(j, NULL, '{');
	json_text(j, "id", row_text(r, i, "id"));
	json_text(j, "first_name", row_text(r, i, "first_name"));
	json_text(j, "last_name", row_text(r, i, "last_name"));
	json_text(j, "usual_name", row_text(r, i, "usual_name"));
	json_text(j, "login", row_text(r, i, "login"));
	json_raw(j, "roles", row_text(r, i, "roles"));
	json_bool(j, "active", row_bool(r, i, "active"));
	json_raw(j, "class_codes", row_text(r, i, "class_codes"));
	json_text(j, "password", row_text(r, i, "password"));
	json_text(j, "code_issued_at", row_text(r, i, "code_issued_at"));
	json_text(j, "code_expires_at", row_text(r, i, "code_expires_at"));
	json_text(j, "signed_in_at", row_text(r, i, "signed_in_at"));
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

enum fault
people_list(struct ctx *c)
{
	struct param roles, words;
	struct db *db = c->db;
	struct page page;
	struct rows r;

	TRY(page_read(c, &page));
	TRY(read_roles(c, &roles));
	TRY(query_words(c, "q", &words));
	TRY(db_run(db, &r, Q_PERSON_LIST,
	    PARAMS(roles, query_ids(c, "class_id"), words, page_after(c, &page),
		page_limit(c, &page))));
	page_reply(c, &page, &r, write_account);
	return FAULT_NONE;
}
