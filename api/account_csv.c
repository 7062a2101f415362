#include <string.h>

#include "account_csv.h"
#include "csv_form.h"

/* In French, as the head of the file is. */
static const char *
state(const struct rows *r, size_t row)
{
	static const struct {
		const char *password;
		const char *words;
	} states[] = {
		{ "none", "à activer" },
		{ "code", "code remis" },
		{ "code_expired", "code périmé" },
		{ "one_time", "mot de passe provisoire" },
		{ "own", "activé" },
	};
	const char *password = row_text(r, row, "password");
	size_t i;

	if (!row_bool(r, row, "active"))
		return "masqué";
	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (password != NULL &&
		    strcmp(states[i].password, password) == 0)
			return states[i].words;
	return NULL;
}

static void
write_row(struct csv *csv, const struct rows *r, size_t i)
{
	csv_text(csv, row_text(r, i, "last_name"));
	csv_text(csv, row_text(r, i, "first_name"));
	csv_text(csv, row_text(r, i, "class_code"));
	csv_text(csv, row_text(r, i, "login"));
	csv_date(csv, row_text(r, i, "birth_date"));
	csv_text(csv, state(r, i));
	csv_end(csv);
}

static const char *
file_name(struct ctx *c, const char *code)
{
	char *name = arena_print(c->arena, "comptes_%s.csv", code), *s;

	for (s = name; *s != '\0'; s++)
		if (strchr("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			   "abcdefghijklmnopqrstuvwxyz_-.",
			*s) == NULL)
			*s = '_';
	return name;
}

enum fault
account_csv(struct ctx *c)
{
	static const char *const names[] = { "Nom", "Prénom", "Division",
		"Identifiant", "Né(e) le", "État" };
	struct rows class, r;
	struct csv_form form;
	struct db *db = c->db;
	struct csv csv;
	int64_t id;
	size_t i;

	TRY(path_id(c, 0, &id));
	TRY(csv_form_read(c, &form));
	db_queue(db, &class, Q_CLASS_CODE, PARAMS(p_int(id)));
	TRY(db_run(db, &r, Q_ACCOUNT_EXPORT, PARAMS(p_int(id))));
	if (class.count == 0)
		return FAULT_ABSENT;
	csv = csv_begin(reply_file(c, csv_form_type(form),
			    file_name(c, row_text(&class, 0, "code"))),
	    form);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		csv_text(&csv, names[i]);
	csv_end(&csv);
	for (i = 0; i < r.count; i++)
		write_row(&csv, &r, i);
	if (csv.lossy)
		reply_header(c, "x-lossy", "1");
	return reply_hashed(c);
}
