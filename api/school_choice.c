#include "json.h"
#include "password.h"
#include "school_choice.h"

static void
write_school(struct json *j, const struct rows *r, size_t i)
{
	json_open(j, NULL, '{');
	json_text(j, "uai", row_text(r, i, "uai"));
	json_text(j, "name", row_text(r, i, "name"));
	json_close(j, '}');
}

enum fault
school_choose(struct ctx *c, const char *login, const char *password,
    const char **uai)
{
	struct text t = text_in(c->arena);
	struct json j = json_in(&t);
	struct db *db = c->db;
	size_t i, opened = 0;
	struct rows r;
	bool right;

	TRY(db_run(db, &r, Q_SIGN_IN_SEVERAL, PARAMS(p_text(login))));
	json_open(&j, "schools", '[');
	for (i = 0; i < r.count; i++) {
		TRY(password_check(c, row_text(&r, i, "password"), password,
		    &right));
		if (!right)
			continue;
		opened++;
		*uai = row_text(&r, i, "uai");
		write_school(&j, &r, i);
	}
	json_close(&j, ']');
	if (opened < 2)
		return FAULT_NONE;
	c->more = text_string(&t);
	return FAULT_SCHOOL;
}
