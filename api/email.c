#include <string.h>

#include "body.h"
#include "email.h"
#include "json.h"
#include "letter.h"
#include "mailer.h"
#include "password.h"
#include "session.h"

#define SECRET_LENGTH 43

static const char *
language(const struct ctx *c)
{
	return c->language == LANGUAGE_EN ? "en" : "fr";
}

enum fault
email_get(struct ctx *c)
{
	struct db *db = c->db;
	struct rows r;
	struct json j;

	TRY(db_run(db, &r, Q_EMAIL_OWN, PARAMS_NONE));
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	json_text(&j, "email", row_text(&r, 0, "own"));
	json_text(&j, "school_email", row_text(&r, 0, "given"));
	json_text(&j, "pending_email", row_text(&r, 0, "pending"));
	json_close(&j, '}');
	return FAULT_NONE;
}

/* NULL: none any more. */
static enum fault
read_address(struct ctx *c, const char **address)
{
	*address = NULL;
	if (cJSON_IsNull(body_member(c->body, "email")))
		return FAULT_NONE;
	TRY(body_text(c, c->body, "", "email", 3, 254, address));
	return address_ok(*address)
		   ? FAULT_NONE
		   : fault_say(c, "/email", FAULT_VALUE,
			 say(c, "Adresse électronique illisible",
			     "Unreadable e-mail address"));
}

enum fault
email_put(struct ctx *c)
{
	const char *address, *password;
	struct db *db = c->db;
	struct rows r;

	TRY(body_only(c, c->body, "", "email password"));
	TRY(read_address(c, &address));
	TRY(body_text(c, c->body, "", "password", 1, 128, &password));
	TRY(password_prove(c, password, "/password", NULL));
	if (address == NULL) {
		TRY(db_run(db, NULL, Q_EMAIL_DROP,
		    PARAMS(p_text(language(c)))));
		return email_get(c);
	}
	TRY(db_run(db, &r, Q_EMAIL_ASK,
	    PARAMS(p_text(address), p_text(language(c)))));
	return row_bool(&r, 0, "done") ? email_get(c) : FAULT_RATE;
}

/* What follows the # of a link, as its digest. */
static enum fault
read_secret(struct ctx *c, struct param *out)
{
	const char *secret;

	TRY(body_text(c, c->body, "", "token", SECRET_LENGTH, SECRET_LENGTH,
	    &secret));
	*out = p_digest(c, secret);
	return FAULT_NONE;
}

static enum fault
link_over(struct ctx *c)
{
	return fault_detail(c, FAULT_GONE,
	    say(c,
		"Ce lien a déjà servi ou n'est plus valable : demandez-en un"
		" autre.",
		"This link was used or is no longer good: ask for another."));
}

enum fault
email_confirm(struct ctx *c)
{
	struct db *db = c->db;
	struct param secret;
	struct rows r;

	TRY(body_only(c, c->body, "", "token"));
	TRY(read_secret(c, &secret));
	TRY(db_run(db, &r, Q_EMAIL_CONFIRM,
	    PARAMS(secret, p_text(language(c)))));
	if (!row_bool(&r, 0, "done"))
		return link_over(c);
	reply_empty(c, 204);
	return FAULT_NONE;
}

enum fault
password_forgotten(struct ctx *c)
{
	const char *login, *school = NULL;
	struct db *db = c->db;
	struct rows r;

	TRY(body_only(c, c->body, "", "school login"));
	TRY(body_text(c, c->body, "", "login", 1, 64, &login));
	if (body_member(c->body, "school") != NULL)
		TRY(body_text(c, c->body, "", "school", 8, 8, &school));
	/* Whom nobody can write to waits in no queue. */
	if (!mailer_ready()) {
		reply_empty(c, 202);
		return FAULT_NONE;
	}
	TRY(db_run(db, &r, Q_FORGET,
	    PARAMS(p_text(school), p_text(login), p_text(language(c)),
		p_text(c->headers.host))));
	if (!row_bool(&r, 0, "done"))
		return FAULT_RATE;
	reply_empty(c, 202);
	return FAULT_NONE;
}

enum fault
password_reset(struct ctx *c)
{
	const char *password, *hash, *why;
	struct db *db = c->db;
	struct param secret;
	struct rows r;

	TRY(body_only(c, c->body, "", "token new_password"));
	TRY(read_secret(c, &secret));
	TRY(body_text(c, c->body, "", "new_password", 8, 128, &password));
	TRY(db_run(db, &r, Q_RESET_FIND, PARAMS(secret)));
	if (r.count == 0)
		return link_over(c);
	why = password_refused(c, password,
	    &(struct password_owner){ .login = row_text(&r, 0, "login"),
		.birth_date = row_text(&r, 0, "birth_date"),
		.uai = row_text(&r, 0, "uai"),
		.school = row_text(&r, 0, "school") });
	if (why != NULL)
		return fault_say(c, "/new_password", FAULT_VALUE, why);
	TRY(password_hash(c, password, &hash));
	TRY(db_run(db, &r, Q_RESET_USE,
	    PARAMS(secret, p_text(hash), p_text(language(c)))));
	if (!row_bool(&r, 0, "done"))
		return link_over(c);
	reply_empty(c, 204);
	return FAULT_NONE;
}
