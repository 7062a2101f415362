#include <string.h>

#include "../domain/grade.h"
#include "body.h"
#include "json.h"
#include "settings.h"

/* A profile that shows a table: the same level everywhere. */
#define SAMPLE 4

enum fault
settings_hold(struct ctx *c)
{
	struct rows held, now;
	struct db *db = c->db;
	int64_t revision;

	TRY(match_revision(c, &revision));
	TRY(db_run(db, &held, Q_SETTINGS_HOLD, PARAMS(p_int(revision))));
	if (held.affected == 1)
		return FAULT_NONE;
	TRY(db_run(db, &now, Q_SETTINGS_GET, PARAMS_NONE));
	c->more = arena_print(c->arena, "\"current_revision\":%lld",
	    (long long)row_int(&now, 0, "settings_revision"));
	return FAULT_STALE;
}

/* --- out --- */

static const char *
sample_label(struct ctx *c, enum level level)
{
	return level == LEVEL_3 ? say(c, "Partiellement acquis partout",
				      "Partly acquired everywhere")
				: say(c, "En cours d'acquisition partout",
				      "Being acquired everywhere");
}

/* What a learner at one level everywhere gets (rules.md 6). */
static enum fault
write_sample(struct ctx *c, struct json *j, const struct grade_rules *rules,
    enum level level)
{
	static const int weight[SAMPLE] = { 2500, 2500, 2500, 2500 };
	struct position p[SAMPLE];
	struct grade g;
	size_t i;

	for (i = 0; i < SAMPLE; i++)
		p[i] = (struct position){ true, level, OBJECTIVE_TERMINAL };
	TRY(grade_propose(weight, p, SAMPLE, rules, &g));
	json_open(j, NULL, '{');
	json_text(j, "value_table", rules->scale.id);
	json_int(j, "level", (int)level);
	json_hundredths(j, "raw", g.raw);
	json_hundredths(j, "grade", g.value);
	json_text(j, "label", sample_label(c, level));
	json_close(j, '}');
	return FAULT_NONE;
}

static enum fault
write_preview(struct ctx *c, struct json *j, const struct rows *r)
{
	struct grade_rules rules = grade_default();
	size_t i;

	rules.intermediate_bp = (int)row_int(r, 0, "intermediate_factor_bp");
	if (!grade_policy_read(row_text(r, 0, "rounding"), &rules.policy))
		return FAULT_INTERNAL;
	json_open(j, "preview", '[');
	for (i = 0; i < GRADE_SCALES; i++) {
		rules.scale = grade_scales[i];
		TRY(write_sample(c, j, &rules, LEVEL_3));
		TRY(write_sample(c, j, &rules, LEVEL_2));
	}
	json_close(j, ']');
	return FAULT_NONE;
}

/* The settings, after whatever was queued. */
static enum fault
reply_settings(struct ctx *c)
{
	struct db *db = c->db;
	struct rows r;
	struct json j;

	TRY(db_run(db, &r, Q_SETTINGS_GET, PARAMS_NONE));
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	json_int(&j, "revision", row_int(&r, 0, "settings_revision"));
	json_text(&j, "school_name", row_text(&r, 0, "name"));
	json_text(&j, "school_city", row_text(&r, 0, "city"));
	json_text(&j, "school_email", row_text(&r, 0, "email"));
	json_text(&j, "value_table", row_text(&r, 0, "value_table"));
	json_int(&j, "intermediate_factor_bp",
	    row_int(&r, 0, "intermediate_factor_bp"));
	json_text(&j, "rounding", row_text(&r, 0, "rounding"));
	json_bool(&j, "learners_see_grade",
	    row_bool(&r, 0, "learners_see_grade"));
	json_bool(&j, "guardians_open", row_bool(&r, 0, "guardians_open"));
	json_text(&j, "freeze_scope", row_text(&r, 0, "freeze_scope"));
	json_bool(&j, "partner_findings", row_bool(&r, 0, "partner_findings"));
	json_text(&j, "order_by", row_text(&r, 0, "order_by"));
	json_text(&j, "second_factor", row_text(&r, 0, "second_factor"));
	TRY(write_preview(c, &j, &r));
	json_close(&j, '}');
	reply_revision(c, row_int(&r, 0, "settings_revision"));
	return FAULT_NONE;
}

enum fault
settings_get(struct ctx *c)
{
	return reply_settings(c);
}

/* --- in --- */

struct settings_in {
	const char *name; /* NULL: leave it */
	const char *city; /* likewise */
	bool email_told;
	const char *email; /* NULL: none */
	const char *value_table;
	int64_t factor_bp;
	const char *rounding;
	bool learners_see_grade;
	bool guardians_open;
	const char *freeze_scope;
	bool partner_findings;
	const char *order_by;
	const char *second_factor; /* NULL: leave it */
};

static enum fault
read_school(struct ctx *c, struct settings_in *in)
{
	const cJSON *email = body_member(c->body, "school_email");

	if (body_member(c->body, "school_name") != NULL)
		TRY(body_text(c, c->body, "", "school_name", 1, 200,
		    &in->name));
	if (body_member(c->body, "school_city") != NULL)
		TRY(body_text(c, c->body, "", "school_city", 0, 100,
		    &in->city));
	in->email_told = email != NULL;
	if (email == NULL || cJSON_IsNull(email))
		return FAULT_NONE;
	TRY(body_text(c, c->body, "", "school_email", 3, 200, &in->email));
	if (strchr(in->email, '@') == NULL || strpbrk(in->email, " \r\n\t"))
		return fault_say(c, "/school_email", FAULT_VALUE,
		    say(c, "Adresse électronique illisible",
			"Unreadable e-mail address"));
	return FAULT_NONE;
}

/* One of two words. */
static enum fault
read_word(struct ctx *c, const char *name, const char *one, const char *other,
    const char **out)
{
	TRY(body_text(c, c->body, "", name, 1, 40, out));
	if (strcmp(*out, one) == 0 || strcmp(*out, other) == 0)
		return FAULT_NONE;
	return fault_at(c, arena_print(c->arena, "/%s", name), FAULT_VALUE);
}

static enum fault
read_rules(struct ctx *c, struct settings_in *in)
{
	enum grade_policy policy;

	TRY(body_text(c, c->body, "", "value_table", 1, GRADE_ID_MAX - 1,
	    &in->value_table));
	if (grade_scale(in->value_table) == NULL)
		return fault_at(c, "/value_table", FAULT_VALUE);
	TRY(body_int(c, c->body, "", "intermediate_factor_bp", 0, 10000,
	    &in->factor_bp));
	TRY(body_text(c, c->body, "", "rounding", 1, 40, &in->rounding));
	/* The last one is the certification grids' own. */
	if (!grade_policy_read(in->rounding, &policy) || policy == GRADE_CCF)
		return fault_at(c, "/rounding", FAULT_VALUE);
	return FAULT_NONE;
}

static enum fault
read_settings(struct ctx *c, struct settings_in *in)
{
	memset(in, 0, sizeof(*in));
	TRY(body_only(c, c->body, "",
	    "school_name school_city school_email value_table"
	    " intermediate_factor_bp rounding learners_see_grade"
	    " guardians_open freeze_scope partner_findings order_by"
	    " second_factor"));
	TRY(read_school(c, in));
	TRY(read_rules(c, in));
	TRY(body_bool(c, c->body, "", "learners_see_grade",
	    &in->learners_see_grade));
	TRY(body_bool(c, c->body, "", "guardians_open", &in->guardians_open));
	TRY(read_word(c, "freeze_scope", "evaluation", "learner",
	    &in->freeze_scope));
	TRY(body_bool(c, c->body, "", "partner_findings",
	    &in->partner_findings));
	if (body_member(c->body, "second_factor") != NULL)
		TRY(read_word(c, "second_factor", "offered", "required",
		    &in->second_factor));
	return read_word(c, "order_by", "assessed_on", "modification",
	    &in->order_by);
}

enum fault
settings_put(struct ctx *c)
{
	struct db *db = c->db;
	struct settings_in in;

	TRY(read_settings(c, &in));
	TRY(settings_hold(c));
	db_queue(db, NULL, Q_SETTINGS_PUT,
	    PARAMS(p_text(in.name), p_text(in.city), p_bool(in.email_told),
		p_text(in.email), p_text(in.value_table), p_int(in.factor_bp),
		p_text(in.rounding), p_bool(in.learners_see_grade),
		p_bool(in.guardians_open), p_text(in.freeze_scope),
		p_bool(in.partner_findings), p_text(in.order_by),
		p_text(in.second_factor)));
	return reply_settings(c);
}
