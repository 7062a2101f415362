#include "evaluation.h"
#include "home.h"
#include "learner.h"
#include "mailer.h"
#include "session.h"

static void
write_learner(struct json *j, const char *name, const struct rows *r, size_t i)
{
	json_open(j, name, '{');
	learner_members(j, r, i);
	json_close(j, '}');
}

static void
write_draft(struct json *j, const struct rows *r, size_t i)
{
	json_open(j, NULL, '{');
	write_learner(j, "learner", r, i);
	json_text(j, "framework_id", row_text(r, i, "framework_id"));
	json_int(j, "positioned", row_int(r, i, "positioned"));
	json_int(j, "expected", row_int(r, i, "expected"));
	json_text(j, "modified_at", row_text(r, i, "modified_at"));
	json_close(j, '}');
}

static void
write_unlocked(struct json *j, const struct rows *r, size_t i)
{
	json_open(j, NULL, '{');
	json_text(j, "interim_id", row_text(r, i, "interim_id"));
	write_learner(j, "learner", r, i);
	json_text(j, "reason", row_text(r, i, "reason"));
	json_text(j, "expires_at", row_text(r, i, "expires_at"));
	json_close(j, '}');
}

static void
write_seen(struct json *j, const struct rows *r, size_t i)
{
	write_learner(j, NULL, r, i);
}

static void
write_list(struct json *j, const char *name, const struct rows *r,
    void (*write)(struct json *, const struct rows *, size_t))
{
	size_t i;

	json_open(j, name, '[');
	for (i = 0; i < r->count; i++)
		write(j, r, i);
	json_close(j, ']');
}

static void
write_counts(struct json *j, const struct rows *r)
{
	static const char *const names[] = { "classes", "learners",
		"evaluations", "interim_assessments" };
	size_t i;

	json_open(j, "counts", '{');
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		json_int(j, names[i], row_int(r, 0, names[i]));
	json_close(j, '}');
}

static void
write_notice(struct json *j, const char *kind, const struct rows *device,
    size_t i, int64_t count)
{
	json_open(j, NULL, '{');
	json_text(j, "kind", kind);
	json_int(j, "count", count);
	if (device == NULL) {
		json_null(j, "device");
	} else {
		json_open(j, "device", '{');
		json_text(j, "id", row_text(device, i, "id"));
		json_text(j, "browser", row_text(device, i, "browser"));
		json_text(j, "system", row_text(device, i, "system"));
		json_text(j, "first_seen_at",
		    row_text(device, i, "first_seen_at"));
		json_close(j, '}');
	}
	json_close(j, '}');
}

/* What somebody should know before anything else. */
static void
write_notices(struct ctx *c, struct json *j, const struct rows *devices,
    const struct rows *mail)
{
	size_t i;

	json_open(j, "notices", '[');
	for (i = 0; i < devices->count; i++)
		if (!row_bool(devices, i, "noticed") &&
		    !row_bool(devices, i, "current"))
			write_notice(j, "new_device", devices, i, 1);
	if (c->db->roles & ROLE_ADMINISTRATOR && !mailer_ready())
		write_notice(j, "mail_off", NULL, 0,
		    row_int(mail, 0, "waiting"));
	else if (row_int(mail, 0, "waiting") > 0)
		write_notice(j, "mail_waiting", NULL, 0,
		    row_int(mail, 0, "waiting"));
	if (row_int(mail, 0, "failed") > 0)
		write_notice(j, "mail_failed", NULL, 0,
		    row_int(mail, 0, "failed"));
	json_close(j, ']');
}

enum fault
home_get(struct ctx *c)
{
	struct rows unfinished, drafts, unlocked, learners, counts;
	struct rows devices, mail;
	struct db *db = c->db;
	struct json j;

	db_queue(db, &unfinished, Q_EVALUATION_UNFINISHED, PARAMS_NONE);
	db_queue(db, &drafts, Q_HOME_DRAFTS, PARAMS_NONE);
	db_queue(db, &unlocked, Q_HOME_UNLOCKED, PARAMS_NONE);
	db_queue(db, &learners, Q_HOME_LEARNERS, PARAMS_NONE);
	db_queue(db, &devices, Q_DEVICE_LIST,
	    PARAMS(p_digest(c, session_token(c))));
	db_queue(db, &mail, Q_HOME_MAIL, PARAMS_NONE);
	TRY(db_run(db, &counts, Q_HOME_COUNTS, PARAMS_NONE));
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	write_notices(c, &j, &devices, &mail);
	write_list(&j, "unfinished", &unfinished, evaluation_write_summary);
	write_list(&j, "drafts", &drafts, write_draft);
	write_list(&j, "unlocked", &unlocked, write_unlocked);
	write_list(&j, "learners", &learners, write_seen);
	write_counts(&j, &counts);
	json_close(&j, '}');
	return FAULT_NONE;
}
