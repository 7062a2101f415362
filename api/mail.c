#include <string.h>

#include "mail.h"
#include "mailer.h"
#include "page.h"

static void
write_mail(struct json *j, const struct rows *r, size_t i)
{
	json_open(j, NULL, '{');
	json_text(j, "id", row_text(r, i, "id"));
	json_text(j, "kind", row_text(r, i, "template"));
	json_raw(j, "person", row_text(r, i, "person"));
	json_text(j, "address", row_text(r, i, "address"));
	json_text(j, "state", row_text(r, i, "state"));
	json_int(j, "tries", row_int(r, i, "tries"));
	json_text(j, "reason", row_text(r, i, "reason"));
	json_text(j, "created_at", row_text(r, i, "created_at"));
	json_text(j, "sent_at", row_text(r, i, "sent_at"));
	json_text(j, "next_try_at", row_text(r, i, "next_try_at"));
	json_close(j, '}');
}

static enum fault
read_state(struct ctx *c, struct param *out)
{
	const char *state = query_text(c, "state");

	*out = p_text_of(state);
	return state == NULL || word_listed("waiting sent failed", state)
		   ? FAULT_NONE
		   : fault_at(c, "?state", FAULT_PARAMETER);
}

enum fault
mail_list(struct ctx *c)
{
	struct db *db = c->db;
	struct param state;
	struct page page;
	struct rows r;

	TRY(page_read(c, &page));
	TRY(read_state(c, &state));
	TRY(db_run(db, &r, Q_MAIL_LIST,
	    PARAMS(state, page_after(c, &page), page_limit(c, &page))));
	page_reply(c, &page, &r, write_mail);
	return FAULT_NONE;
}

enum fault
mail_test(struct ctx *c)
{
	struct db *db = c->db;
	struct rows r;

	TRY(db_run(db, &r, Q_EMAIL_OWN, PARAMS_NONE));
	if (!mailer_ready())
		return fault_detail(c, FAULT_CONFLICT,
		    say(c,
			"Aucun serveur de courrier n'est réglé : voir"
			" ACQUIS_SMTP_URL dans acquis.conf.",
			"No mail server is set: see ACQUIS_SMTP_URL in"
			" acquis.conf."));
	TRY(db_run(db, &r, Q_MAIL_OWN,
	    PARAMS(p_text("test"),
		p_text(c->language == LANGUAGE_EN ? "en" : "fr"))));
	if (!row_bool(&r, 0, "done"))
		return fault_detail(c, FAULT_CONFLICT,
		    say(c,
			"Votre compte n'a pas d'adresse, ou vous venez d'en"
			" envoyer plusieurs.",
			"Your account has no address, or you have just sent"
			" several."));
	reply_empty(c, 202);
	return FAULT_NONE;
}
