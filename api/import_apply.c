#include <string.h>

#include "import_apply.h"
#include "json.h"

/* One array of rows being written, the parameter of a statement. */
struct writing {
	struct text text;
	struct json json;
};

static void
begin(struct writing *w, struct arena *a)
{
	w->text = text_in(a);
	w->json = json_in(&w->text);
	json_open(&w->json, NULL, '[');
}

static struct params
end(struct writing *w)
{
	json_close(&w->json, ']');
	return PARAMS(p_text_of(text_string(&w->text)));
}

/* --- who is created gets a number --- */

size_t
import_created(const struct plan *p)
{
	return p->staff_fates[PLAN_CREATED] + p->learner_fates[PLAN_CREATED] +
	       p->guardian_fates[PLAN_CREATED];
}

static void
number(struct plan_person *p, const int64_t **next)
{
	if (p->fate == PLAN_CREATED)
		p->id = *(*next)++;
}

static void
number_all(struct plan *plan, const int64_t *numbers)
{
	struct plan_staff *s = plan->staff.items;
	struct plan_learner *l = plan->learners.items;
	struct plan_guardian *g = plan->guardians.items;

	for (size_t i = 0; i < plan->staff.count; i++)
		number(&s[i].person, &numbers);
	for (size_t i = 0; i < plan->learners.count; i++)
		number(&l[i].person, &numbers);
	for (size_t i = 0; i < plan->guardians.count; i++)
		number(&g[i].person, &numbers);
}

/* --- people --- */

/* Which of two statements writes somebody: the plan is walked for each. */
struct people {
	struct json *json;
	bool created;
	const char *today;
};

/* Who has an account already and stays the same is only given a login. */
static bool
written(const struct people *to, const struct plan_person *p)
{
	switch (p->fate) {
	case PLAN_CREATED:
		return to->created;
	case PLAN_CHANGED:
	case PLAN_RETURNING:
	case PLAN_LEAVING:
		return !to->created;
	case PLAN_SAME:
		return !to->created && p->login != NULL;
	case PLAN_PROBABLE:
	case PLAN_CONFLICT:
	case PLAN_REFUSED:
	case PLAN_LEFT_OUT:
	case PLAN__MAX:
		break;
	}
	return false;
}

static void
open_person(const struct people *to, const struct plan_person *p,
    const char *kind)
{
	struct json *j = to->json;

	json_open(j, NULL, '{');
	json_int(j, "id", p->id);
	json_text(j, "kind", kind);
	json_bool(j, "same", p->fate == PLAN_SAME);
	json_bool(j, "active", p->fate != PLAN_LEAVING);
	json_text(j, "login", p->login);
}

static void
write_names(struct json *j, const char *last, const char *usual,
    const char *first)
{
	json_text(j, "last_name", last == NULL ? "" : last);
	json_text(j, "usual_name", usual);
	json_text(j, "first_name", first == NULL ? "" : first);
}

static void
write_staff(const struct people *to, const struct plan_staff *s)
{
	struct json *j = to->json;
	bool leaving = s->person.fate == PLAN_LEAVING;

	open_person(to, &s->person, "staff");
	write_names(j, s->row.last_name, s->row.usual_name, s->row.first_name);
	json_text(j, "sex", s->row.sex);
	json_text(j, "birth_date", s->row.birth_date);
	json_text(j, "left_on", leaving ? to->today : NULL);
	json_text(j, "staff_type", s->row.type);
	json_text(j, "staff_key", s->row.id);
	json_text(j, "function", s->row.function);
	json_text(j, "role", s->row.role);
	json_close(j, '}');
}

static void
write_learner(const struct people *to, const struct plan_learner *l)
{
	struct json *j = to->json;
	const char *left_on = l->row.left_on;

	if (left_on == NULL && l->person.fate == PLAN_LEAVING)
		left_on = to->today;
	open_person(to, &l->person, "learner");
	write_names(j, l->row.last_name, l->row.usual_name, l->row.first_name);
	json_text(j, "sex", l->row.sex);
	json_text(j, "birth_date", l->row.birth_date);
	json_text(j, "email", l->row.email);
	json_text(j, "left_on", left_on);
	json_text(j, "siecle_id", l->row.siecle_id);
	json_text(j, "ine", l->row.ine);
	json_text(j, "ine_bea", l->row.ine_bea);
	json_text(j, "elenoet", l->row.elenoet);
	json_text(j, "track", l->row.track);
	json_text(j, "role", "learner");
	json_close(j, '}');
}

static void
write_guardian(const struct people *to, const struct plan_guardian *g)
{
	struct json *j = to->json;
	bool leaving = g->person.fate == PLAN_LEAVING;

	open_person(to, &g->person, "guardian");
	write_names(j, g->row.last_name, g->row.usual_name, g->row.first_name);
	json_text(j, "email", g->row.email);
	json_text(j, "phone", g->row.phone);
	json_text(j, "left_on", leaving ? to->today : NULL);
	json_text(j, "guardian_key", g->row.guardian_key);
	json_text(j, "role", "guardian");
	json_close(j, '}');
}

static struct params
people(struct import_analysis *a, bool created)
{
	const struct plan_staff *s = a->plan.staff.items;
	const struct plan_learner *l = a->plan.learners.items;
	const struct plan_guardian *g = a->plan.guardians.items;
	struct people to = { .created = created, .today = a->request.today };
	struct writing w;

	begin(&w, a->arena);
	to.json = &w.json;
	for (size_t i = 0; i < a->plan.staff.count; i++)
		if (written(&to, &s[i].person))
			write_staff(&to, &s[i]);
	for (size_t i = 0; i < a->plan.learners.count; i++)
		if (written(&to, &l[i].person))
			write_learner(&to, &l[i]);
	for (size_t i = 0; i < a->plan.guardians.count; i++)
		if (written(&to, &g[i].person))
			write_guardian(&to, &g[i]);
	return end(&w);
}

/* --- classes and groups --- */

static const char *
kind_of(bool group)
{
	return group ? "group" : "class";
}

static struct params
structures(struct import_analysis *a)
{
	const struct plan_structure *s = a->plan.structures.items;
	struct writing w;

	begin(&w, a->arena);
	for (size_t i = 0; i < a->plan.structures.count; i++) {
		if (s[i].fate == PLAN_SAME)
			continue;
		json_open(&w.json, NULL, '{');
		json_text(&w.json, "kind", kind_of(s[i].group));
		json_text(&w.json, "code", s[i].code);
		json_text(&w.json, "name", s[i].label);
		json_text(&w.json, "mef", s[i].mef);
		json_bool(&w.json, "active", s[i].fate != PLAN_LEAVING);
		json_close(&w.json, '}');
	}
	return end(&w);
}

static struct params
origins(struct import_analysis *a)
{
	const struct plan_structure *s = a->plan.structures.items;
	const char *const *classes;
	struct writing w;

	begin(&w, a->arena);
	for (size_t i = 0; i < a->plan.structures.count; i++) {
		classes = s[i].classes.items;
		if (!s[i].group || s[i].fate == PLAN_LEAVING)
			continue;
		for (size_t k = 0; k < s[i].classes.count; k++) {
			json_open(&w.json, NULL, '{');
			json_text(&w.json, "code", s[i].code);
			json_text(&w.json, "class", classes[k]);
			json_close(&w.json, '}');
		}
	}
	return end(&w);
}

/* --- trainings --- */

bool
import_mef_met(const struct plan *p, const char *mef)
{
	const struct plan_structure *s = p->structures.items;

	for (size_t i = 0; i < p->structures.count; i++)
		if (import_class_open(&s[i]) && strcmp(s[i].mef, mef) == 0)
			return true;
	return false;
}

/* As said, else as known, else as the labels suggest. */
static struct import_mef
mef_of(const struct import_analysis *a, const struct list *said, size_t at)
{
	const struct plan_structure *s = a->plan.structures.items;
	const struct import_mef *told = said->items;
	const struct known_mef *known = a->state->mefs.items;
	const char *mef = s[at].mef;

	for (size_t i = 0; i < said->count; i++)
		if (strcmp(told[i].mef, mef) == 0)
			return told[i];
	for (size_t i = 0; i < a->state->mefs.count; i++)
		if (strcmp(known[i].mef, mef) == 0 &&
		    known[i].framework != NULL)
			return (struct import_mef){ mef, known[i].framework,
				known[i].level };
	for (size_t i = at; i < a->plan.structures.count; i++)
		if (import_class_open(&s[i]) && strcmp(s[i].mef, mef) == 0 &&
		    s[i].suggestion.framework != NULL)
			return (struct import_mef){ mef,
				s[i].suggestion.framework,
				s[i].suggestion.level };
	return (struct import_mef){ mef, NULL, NULL };
}

/* Each training once, however many classes are of it. */
static struct params
mefs(struct import_analysis *a, const struct list *said)
{
	const struct plan_structure *s = a->plan.structures.items;
	struct import_mef m;
	struct writing w;

	begin(&w, a->arena);
	for (size_t i = 0; i < a->plan.structures.count; i++) {
		if (!import_mef_first(a, i))
			continue;
		m = mef_of(a, said, i);
		json_open(&w.json, NULL, '{');
		json_text(&w.json, "mef", m.mef);
		json_text(&w.json, "label", s[i].mef_label);
		json_text(&w.json, "framework", m.framework);
		json_text(&w.json, "level", m.level);
		json_close(&w.json, '}');
	}
	return end(&w);
}

/* --- who is where, who teaches what, whose child is whom --- */

static struct params
enrolments(struct import_analysis *a)
{
	const struct plan_enrolment *e = a->plan.enrolments.items;
	const struct plan_learner *l = a->plan.learners.items;
	struct writing w;

	begin(&w, a->arena);
	for (size_t i = 0; i < a->plan.enrolments.count; i++) {
		if (e[i].fate == PLAN_SAME)
			continue;
		json_open(&w.json, NULL, '{');
		json_int(&w.json, "id", l[e[i].learner].person.id);
		json_text(&w.json, "kind", kind_of(e[i].group));
		json_text(&w.json, "code", e[i].code);
		json_bool(&w.json, "active", e[i].fate != PLAN_LEAVING);
		json_close(&w.json, '}');
	}
	return end(&w);
}

static struct params
services(struct import_analysis *a)
{
	const struct plan_service *v = a->plan.services.items;
	const struct plan_staff *s = a->plan.staff.items;
	struct writing w;

	begin(&w, a->arena);
	for (size_t i = 0; i < a->plan.services.count; i++) {
		if (v[i].fate == PLAN_SAME)
			continue;
		json_open(&w.json, NULL, '{');
		json_int(&w.json, "id", s[v[i].staff].person.id);
		json_text(&w.json, "kind", kind_of(v[i].group));
		json_text(&w.json, "code", v[i].code);
		json_text(&w.json, "subject",
		    v[i].subject == NULL ? "" : v[i].subject);
		json_bool(&w.json, "head", v[i].head);
		json_bool(&w.json, "active", v[i].fate != PLAN_LEAVING);
		json_close(&w.json, '}');
	}
	return end(&w);
}

static struct params
links(struct import_analysis *a)
{
	const struct plan_link *k = a->plan.links.items;
	const struct plan_learner *l = a->plan.learners.items;
	const struct plan_guardian *g = a->plan.guardians.items;
	struct writing w;

	begin(&w, a->arena);
	for (size_t i = 0; i < a->plan.links.count; i++) {
		if (k[i].fate == PLAN_SAME)
			continue;
		json_open(&w.json, NULL, '{');
		json_int(&w.json, "learner", l[k[i].learner].person.id);
		json_int(&w.json, "guardian", g[k[i].guardian].person.id);
		json_text(&w.json, "level", k[i].level);
		json_text(&w.json, "parent_code", k[i].parent_code);
		json_bool(&w.json, "legal", k[i].legal);
		json_int(&w.json, "rank", k[i].rank);
		json_bool(&w.json, "active", k[i].fate != PLAN_LEAVING);
		json_close(&w.json, '}');
	}
	return end(&w);
}

static void
leaver(const struct plan_person *p, int64_t *ids, size_t *n)
{
	if (p->fate == PLAN_LEAVING)
		ids[(*n)++] = p->id;
}

static struct params
leavers(struct import_analysis *a)
{
	const struct plan *plan = &a->plan;
	const struct plan_staff *s = plan->staff.items;
	const struct plan_learner *l = plan->learners.items;
	const struct plan_guardian *g = plan->guardians.items;
	int64_t *ids;
	size_t n = 0;

	ids = arena_array(a->arena,
	    plan->staff_fates[PLAN_LEAVING] +
		plan->learner_fates[PLAN_LEAVING] +
		plan->guardian_fates[PLAN_LEAVING] + 1,
	    sizeof(*ids));
	for (size_t i = 0; i < plan->staff.count; i++)
		leaver(&s[i].person, ids, &n);
	for (size_t i = 0; i < plan->learners.count; i++)
		leaver(&l[i].person, ids, &n);
	for (size_t i = 0; i < plan->guardians.count; i++)
		leaver(&g[i].person, ids, &n);
	return PARAMS(p_ints_in(a->arena, ids, n));
}

size_t
import_steps(struct import_analysis *a, const int64_t *numbers,
    const struct list *said, struct import_step out[IMPORT_STEPS_MAX])
{
	struct params created, changed, taught;
	size_t n = 0;

	number_all(&a->plan, numbers);
	changed = people(a, false);
	created = people(a, true);
	taught = services(a);
	out[n++] = (struct import_step){ Q_IMPORT_CHANGE_PEOPLE, changed };
	out[n++] = (struct import_step){ Q_IMPORT_ADD_PEOPLE, created };
	out[n++] = (struct import_step){ Q_IMPORT_FORGET_PLANS, PARAMS_NONE };
	out[n++] = (struct import_step){ Q_IMPORT_ADD_ROLES, changed };
	out[n++] = (struct import_step){ Q_IMPORT_ADD_ROLES, created };
	out[n++] =
	    (struct import_step){ Q_IMPORT_PUT_STRUCTURES, structures(a) };
	out[n++] = (struct import_step){ Q_IMPORT_PUT_ORIGINS, origins(a) };
	out[n++] = (struct import_step){ Q_IMPORT_PUT_MEFS, mefs(a, said) };
	out[n++] = (struct import_step){ Q_IMPORT_ATTACH, PARAMS_NONE };
	out[n++] =
	    (struct import_step){ Q_IMPORT_PUT_ENROLMENTS, enrolments(a) };
	out[n++] = (struct import_step){ Q_IMPORT_END_SERVICES, taught };
	out[n++] = (struct import_step){ Q_IMPORT_ADD_SERVICES, taught };
	out[n++] = (struct import_step){ Q_IMPORT_PUT_LINKS, links(a) };
	out[n++] = (struct import_step){ Q_IMPORT_END_SESSIONS, leavers(a) };
	return n;
}
