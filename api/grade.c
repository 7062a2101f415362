#include <stdio.h>
#include <string.h>

#include "../domain/access.h"
#include "body.h"
#include "grade.h"
#include "weighting.h"

static void
become_saved(struct weighting *w, const struct grade *g)
{
	w->saved = true;
	w->saved_revision = w->revision;
	w->saved_value = g->value;
	w->saved_raw = g->raw;
	w->saved_rules = w->rules;
	memcpy(w->saved_bp, w->bp, sizeof(w->bp));
}

/* The record, then the row as it is now: who saved it, and when. */
enum fault
grade_put(struct ctx *c)
{
	struct weighting *w = arena_take(c->arena, sizeof(*w));
	struct rows added, now;
	struct db *db = c->db;
	struct grade g;
	struct json j;
	size_t n;

	if (c->body != NULL)
		TRY(body_only(c, c->body, "", ""));
	TRY(weighting_hold(c, w));
	n = w->framework->competencies_count;
	TRY(grade_propose(w->bp, w->positions, n, &w->rules, &g));
	if (g.state == GRADE_NOT_GRADABLE)
		return FAULT_NOT_GRADABLE;
	if (g.state == GRADE_INCOMPLETE)
		return weighting_left(c, g.remainder_bp, FAULT_WEIGHT_SUM);
	db_queue(db, &added, Q_GRADE_ADD,
	    PARAMS(p_int(w->id), p_int(w->revision), p_text(w->packed),
		weighting_param(c, w), p_text(w->origin),
		p_text(w->rules.scale.id), p_int(w->rules.intermediate_bp),
		p_text(grade_policy_id(w->rules.policy)), p_int(g.reached),
		p_int(g.raw), p_int(g.value)));
	TRY(db_run(db, &now, Q_WEIGHTING_GET, PARAMS(p_ints(&w->id, 1))));
	become_saved(w, &g);
	w->version = row_int(&added, 0, "version");
	w->saved_at = row_text(&now, 0, "saved_at");
	w->saved_author = row_text(&now, 0, "grade_author");
	reply_revision(c, w->version);
	j = json_in(reply_json(c, 200));
	weighting_write(&j, NULL, w);
	return FAULT_NONE;
}

/* --- the explanation --- */

/* What is explained: the saved grade, or else the proposal. */
struct account {
	const struct framework *framework;
	struct position positions[POSITION_MAX];
	const int *bp;
	const struct grade_rules *rules;
	const char *origin;
	int64_t revision;
	bool saved;
	struct grade grade;
	struct grade_term terms[POSITION_MAX];
};

static enum fault
account_for(const struct weighting *w, bool saved_only, struct account *a)
{
	size_t n = w->framework->competencies_count;

	a->framework = w->framework;
	a->saved = w->saved;
	if (!w->saved && saved_only)
		return FAULT_ABSENT;
	if (w->saved) {
		if (!position_read(w->saved_positions, n, a->positions))
			return FAULT_INTERNAL;
		a->bp = w->saved_bp;
		a->rules = &w->saved_rules;
		a->origin = w->saved_origin;
		a->revision = w->saved_revision;
	} else {
		memcpy(a->positions, w->positions, sizeof(a->positions));
		a->bp = w->bp;
		a->rules = &w->rules;
		a->origin = w->origin;
		a->revision = w->revision;
	}
	TRY(grade_propose(a->bp, a->positions, n, a->rules, &a->grade));
	if (a->grade.state != GRADE_PROPOSED)
		return FAULT_ABSENT;
	grade_explain(a->bp, a->positions, n, a->rules, a->terms);
	return FAULT_NONE;
}

static const char *
rounding_words(const struct ctx *c, enum grade_policy policy)
{
	switch (policy) {
	case GRADE_S5:
		return say(c, "arrondi au demi-point supérieur",
		    "rounded up to the half-point");
	case GRADE_S1:
		return say(c, "arrondi au dixième supérieur",
		    "rounded up to the tenth");
	case GRADE_SE:
		return say(c, "arrondi au point supérieur",
		    "rounded up to the point");
	case GRADE_P5:
		return say(c, "arrondi au demi-point le plus proche",
		    "rounded to the nearest half-point");
	case GRADE_P1:
		return say(c, "arrondi au dixième le plus proche",
		    "rounded to the nearest tenth");
	case GRADE_PE:
		return say(c, "arrondi au point le plus proche",
		    "rounded to the nearest point");
	case GRADE_CCF:
		return say(c, "arrondi au demi-point supérieur, strictement",
		    "rounded up to the half-point, strictly");
	case GRADE_POLICY__MAX:
		break;
	}
	return "";
}

/* "8 compétences sur 13 comptent ; C4 apporte le plus (3,03 points) ; …" */
static const char *
sentence(struct ctx *c, const struct account *a)
{
	size_t n = a->framework->competencies_count, i, best = 0, counted = 0;
	const char *comma = say(c, ",", ".");
	int points;

	for (i = 0; i < n; i++) {
		if (a->bp[i] > 0)
			counted++;
		if (a->terms[i].reached > a->terms[best].reached)
			best = i;
	}
	points = (a->terms[best].points_milli + 5) / 10;
	if (points == 0)
		return arena_print(c->arena,
		    say(c,
			"%zu compétences sur %zu comptent ; aucune n'apporte"
			" de point ; %s.",
			"%zu competencies out of %zu count; none brings a"
			" point; %s."),
		    counted, n, rounding_words(c, a->rules->policy));
	return arena_print(c->arena,
	    say(c,
		"%zu compétences sur %zu comptent ; %s apporte le plus"
		" (%d%s%02d points) ; %s.",
		"%zu competencies out of %zu count; %s brings the most"
		" (%d%s%02d points); %s."),
	    counted, n, a->framework->competencies[best].code, points / 100,
	    comma, points % 100, rounding_words(c, a->rules->policy));
}

static void
write_term(struct ctx *c, struct json *j, const struct account *a, size_t i)
{
	const struct competency *k = &a->framework->competencies[i];
	const struct grade_term *t = &a->terms[i];

	json_open(j, NULL, '{');
	json_text(j, "competency", k->code);
	json_text(j, "competency_id", k->id);
	json_text(j, "title", k->title);
	json_int(j, "level", (int)a->positions[i].level);
	json_text(j, "objective",
	    a->positions[i].objective == OBJECTIVE_TERMINAL ? "terminal"
							    : "intermediate");
	json_int(j, "weight_bp", a->bp[i]);
	json_text(j, "points",
	    arena_print(c->arena, "%d.%03d", t->points_milli / 1000,
		t->points_milli % 1000));
	json_text(j, "share_of_note_pct",
	    arena_print(c->arena, "%d.%d", t->share_tenths / 10,
		t->share_tenths % 10));
	json_close(j, '}');
}

static void
write_terms(struct ctx *c, struct json *j, const struct account *a)
{
	size_t n = a->framework->competencies_count, i;

	json_open(j, "terms", '[');
	for (i = 0; i < n; i++)
		if (position_assessed(&a->positions[i]))
			write_term(c, j, a, i);
	json_close(j, ']');
	json_open(j, "excluded", '[');
	for (i = 0; i < n; i++) {
		if (position_assessed(&a->positions[i]))
			continue;
		json_open(j, NULL, '{');
		json_text(j, "competency", a->framework->competencies[i].code);
		json_text(j, "reason", "NE");
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
write_rules(struct json *j, const struct grade_rules *rules)
{
	int i;

	json_text(j, "policy", grade_policy_id(rules->policy));
	json_open(j, "table", '{');
	json_text(j, "id", rules->scale.id);
	json_open(j, "values", '[');
	for (i = 0; i < 4; i++)
		json_int(j, NULL, rules->scale.value[i]);
	json_close(j, ']');
	json_int(j, "max", rules->scale.value[3]);
	json_close(j, '}');
	json_int(j, "intermediate_factor_bp", rules->intermediate_bp);
}

static void
write_account(struct ctx *c, const struct weighting *w, const struct account *a)
{
	struct json j = json_in(reply_json(c, 200));

	json_open(&j, NULL, '{');
	json_hundredths(&j, "note", a->grade.value);
	json_hundredths(&j, "rounded_from", a->grade.raw);
	write_rules(&j, a->rules);
	if (w->coverage_bp < 0)
		json_null(&j, "coverage_bp");
	else
		json_int(&j, "coverage_bp", w->coverage_bp);
	write_terms(c, &j, a);
	json_text(&j, "weights_origin", a->origin);
	json_open(&j, "assessment", '{');
	json_id(&j, "id", w->id);
	json_int(&j, "revision", a->revision);
	json_text(&j, "date", arena_copy(c->arena, w->confirmed_at, 10));
	json_close(&j, '}');
	json_bool(&j, "saved", a->saved);
	json_text(&j, "sentence", sentence(c, a));
	json_close(&j, '}');
}

enum fault
grade_explanation(struct ctx *c)
{
	struct account *a = arena_take(c->arena, sizeof(*a));
	struct weighting *w = arena_take(c->arena, sizeof(*w));
	struct db *db = c->db;
	struct rows r;
	bool staff;
	int64_t id;

	TRY(path_id(c, 0, &id));
	TRY(db_run(db, &r, Q_WEIGHTING_GET, PARAMS(p_ints(&id, 1))));
	if (r.count == 0)
		return FAULT_ABSENT;
	TRY(weighting_read(c, &r, 0, w));
	staff = (access_scopes(RESOURCE_GRADE, RIGHT_READ, db->roles) &
		    (SCOPE_SCHOOL | SCOPE_TAUGHT)) != 0;
	if (!staff && !w->shown)
		return FAULT_ABSENT;
	TRY(account_for(w, !staff, a));
	write_account(c, w, a);
	reply_revision(c, w->version);
	return FAULT_NONE;
}
