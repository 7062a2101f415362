#include <string.h>

#include "import_preview.h"
#include "json.h"

static const char *const fates[PLAN__MAX] = {
	[PLAN_SAME] = "same",
	[PLAN_CREATED] = "created",
	[PLAN_CHANGED] = "changed",
	[PLAN_RETURNING] = "returning",
	[PLAN_LEAVING] = "leaving",
	[PLAN_PROBABLE] = "probable",
	[PLAN_CONFLICT] = "conflict",
	[PLAN_REFUSED] = "refused",
	[PLAN_LEFT_OUT] = "left_out",
};

/* --- counts --- */

static void
write_counts(struct json *j, const char *name, const size_t counts[PLAN__MAX])
{
	json_open(j, name, '{');
	for (int i = 0; i < PLAN__MAX; i++)
		json_int(j, fates[i], (int64_t)counts[i]);
	json_close(j, '}');
}

static void
count_structures(const struct plan *plan, bool group, size_t out[PLAN__MAX])
{
	const struct plan_structure *s = plan->structures.items;

	memset(out, 0, PLAN__MAX * sizeof(out[0]));
	for (size_t i = 0; i < plan->structures.count; i++)
		if (s[i].group == group)
			out[s[i].fate]++;
}

static void
write_all_counts(struct json *j, const struct plan *plan)
{
	size_t classes[PLAN__MAX], groups[PLAN__MAX];

	count_structures(plan, false, classes);
	count_structures(plan, true, groups);
	json_open(j, "counts", '{');
	write_counts(j, "staff", plan->staff_fates);
	write_counts(j, "classes", classes);
	write_counts(j, "groups", groups);
	write_counts(j, "learners", plan->learner_fates);
	write_counts(j, "guardians", plan->guardian_fates);
	json_close(j, '}');
}

/* --- trainings --- */

static const struct known_mef *
known_mef(const struct import_state *s, const char *mef)
{
	const struct known_mef *k = s->mefs.items;

	for (size_t i = 0; i < s->mefs.count; i++)
		if (strcmp(k[i].mef, mef) == 0)
			return &k[i];
	return NULL;
}

/* One training: the classes from `first` on that are of it. */
static void
write_mef(struct json *j, const struct import_analysis *a, size_t first)
{
	const struct plan_structure *s = a->plan.structures.items;
	const char *mef = s[first].mef;
	const struct known_mef *k = known_mef(a->state, mef);
	struct suggestion best = s[first].suggestion;

	json_open(j, NULL, '{');
	json_text(j, "mef", mef);
	json_text(j, "label", s[first].mef_label);
	json_open(j, "class_codes", '[');
	for (size_t i = first; i < a->plan.structures.count; i++) {
		if (!import_class_open(&s[i]) || strcmp(s[i].mef, mef) != 0)
			continue;
		json_text(j, NULL, s[i].code);
		if (best.framework == NULL)
			best = s[i].suggestion;
	}
	json_close(j, ']');
	json_text(j, "framework_id", k == NULL ? NULL : k->framework);
	json_text(j, "class_level", k == NULL ? NULL : k->level);
	json_text(j, "suggested_framework_id", best.framework);
	json_text(j, "suggested_class_level", best.level);
	json_close(j, '}');
}

static void
write_mefs(struct json *j, const struct import_analysis *a)
{
	json_open(j, "mefs", '[');
	for (size_t i = 0; i < a->plan.structures.count; i++)
		if (import_mef_first(a, i))
			write_mef(j, a, i);
	json_close(j, ']');
}

/* --- who seems to be somebody known --- */

static const char *
shown(const char *usual, const char *last)
{
	return usual != NULL ? usual : last == NULL ? "" : last;
}

static const char *
or_empty(const char *s)
{
	return s == NULL ? "" : s;
}

/* Who somebody is, as far as a file or the base tells. */
struct identity {
	const char *first, *last, *usual;
	const char *birth_date;
};

static void
write_names(struct json *j, const struct identity *who)
{
	json_text(j, "first_name", or_empty(who->first));
	json_text(j, "last_name", shown(who->usual, who->last));
}

static void
write_probable(struct json *j, const char *kind, const char *key,
    const struct identity *read, int64_t id, const struct identity *known)
{
	json_open(j, NULL, '{');
	json_text(j, "kind", kind);
	json_text(j, "key", key);
	write_names(j, read);
	json_text(j, "birth_date", read->birth_date);
	json_open(j, "known", '{');
	json_id(j, "id", id);
	write_names(j, known);
	json_close(j, '}');
	json_close(j, '}');
}

#define IDENTITY(record)                                                       \
	&(const struct identity)                                               \
	{                                                                      \
		(record)->first_name, (record)->last_name,                     \
		    (record)->usual_name, (record)->birth_date                 \
	}

static void
write_probable_staff(struct json *j, const struct import_analysis *a,
    const struct plan_staff *s)
{
	const struct known_staff *k = a->state->school.staff.items;

	while (k->known.id != s->person.id)
		k++;
	write_probable(j, "staff", s->row.key, IDENTITY(&s->row), k->known.id,
	    IDENTITY(&k->now));
}

static void
write_probable_learner(struct json *j, const struct import_analysis *a,
    const struct plan_learner *l)
{
	const struct known_learner *k = a->state->school.learners.items;

	while (k->known.id != l->person.id)
		k++;
	write_probable(j, "learners", l->row.siecle_id, IDENTITY(&l->row),
	    k->known.id, IDENTITY(&k->now));
}

static void
write_probables(struct json *j, const struct import_analysis *a)
{
	const struct plan_staff *s = a->plan.staff.items;
	const struct plan_learner *l = a->plan.learners.items;

	json_open(j, "probable", '[');
	for (size_t i = 0; i < a->plan.staff.count; i++)
		if (s[i].person.fate == PLAN_PROBABLE)
			write_probable_staff(j, a, &s[i]);
	for (size_t i = 0; i < a->plan.learners.count; i++)
		if (l[i].person.fate == PLAN_PROBABLE)
			write_probable_learner(j, a, &l[i]);
	json_close(j, ']');
}

static const char *
make_head(const struct import_analysis *a)
{
	struct text t = text_in(a->arena);
	struct json j = json_in(&t);

	json_open(&j, NULL, '{');
	json_text(&j, "uai", a->state->school.uai);
	json_text(&j, "school_year",
	    arena_print(a->arena, "%d-%d", a->state->school.year,
		a->state->school.year + 1));
	write_all_counts(&j, &a->plan);
	json_open(&j, "to_confirm", '[');
	for (size_t i = 0; i < a->confirm_count; i++)
		json_text(&j, NULL, import_confirm_code(a->confirm[i]));
	json_close(&j, ']');
	write_mefs(&j, a);
	write_probables(&j, a);
	json_close(&j, '}');
	return text_string(&t);
}

/* --- lines --- */

struct line {
	const char *kind;
	const char *key;
	const char *first, *last;
	const struct plan_person *person;
};

static void
write_line(struct json *j, struct arena *a, const struct line *l)
{
	const struct plan_person *p = l->person;
	const struct plan_change *c = p->changes.items;

	if (p->fate == PLAN_SAME)
		return;
	json_open(j, NULL, '{');
	json_text(j, "kind", l->kind);
	json_int(j, "line", p->line);
	json_text(j, "key", l->key);
	json_text(j, "name",
	    l->first == NULL ? l->last
			     : arena_print(a, "%s %s", l->last, l->first));
	json_text(j, "fate", fates[p->fate]);
	json_text(j, "login", p->fate == PLAN_CREATED ? p->login : NULL);
	json_text(j, "why", p->why);
	json_open(j, "changes", '[');
	for (size_t i = 0; i < p->changes.count; i++) {
		json_open(j, NULL, '{');
		json_text(j, "field", c[i].field);
		json_text(j, "from", c[i].from);
		json_text(j, "to", c[i].to);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
}

static void
write_structure(struct json *j, const struct import_analysis *a,
    const struct plan_structure *s)
{
	const struct plan_person as = { .fate = s->fate, .line = s->line };

	write_line(j, a->arena,
	    &(struct line){ .kind = s->group ? "groups" : "classes",
		.key = s->code,
		.last = s->label,
		.person = &as });
}

static const char *
make_lines(const struct import_analysis *a)
{
	const struct plan_staff *s = a->plan.staff.items;
	const struct plan_learner *l = a->plan.learners.items;
	const struct plan_guardian *g = a->plan.guardians.items;
	const struct plan_structure *k = a->plan.structures.items;
	struct text t = text_in(a->arena);
	struct json j = json_in(&t);

	json_open(&j, NULL, '[');
	for (size_t i = 0; i < a->plan.structures.count; i++)
		write_structure(&j, a, &k[i]);
	for (size_t i = 0; i < a->plan.staff.count; i++)
		write_line(&j, a->arena,
		    &(struct line){ "staff", s[i].row.id, s[i].row.first_name,
			shown(s[i].row.usual_name, s[i].row.last_name),
			&s[i].person });
	for (size_t i = 0; i < a->plan.learners.count; i++)
		write_line(&j, a->arena,
		    &(struct line){ "learners", l[i].row.siecle_id,
			l[i].row.first_name,
			shown(l[i].row.usual_name, l[i].row.last_name),
			&l[i].person });
	for (size_t i = 0; i < a->plan.guardians.count; i++)
		write_line(&j, a->arena,
		    &(struct line){ "guardians", g[i].row.guardian_key,
			g[i].row.first_name,
			shown(g[i].row.usual_name, g[i].row.last_name),
			&g[i].person });
	json_close(&j, ']');
	return text_string(&t);
}

static const char *
make_anomalies(const struct import_analysis *a)
{
	const struct anomaly *n = a->plan.anomalies.items;
	struct text t = text_in(a->arena);
	struct json j = json_in(&t);

	json_open(&j, NULL, '[');
	for (size_t i = 0; i < a->plan.anomalies.count; i++) {
		json_open(&j, NULL, '{');
		json_text(&j, "kind",
		    import_kind_names[import_anomaly_kind(a, i)]);
		json_int(&j, "line", n[i].line);
		json_text(&j, "code", n[i].code);
		json_text(&j, "who", or_empty(n[i].who));
		json_text(&j, "what", or_empty(n[i].what.in[0]));
		json_text(&j, "what_en", or_empty(n[i].what.in[1]));
		json_bool(&j, "refused", n[i].refused);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	return text_string(&t);
}

/* Only of the files given: a file without a stamp has null. */
static const char *
make_stamps(const struct import_analysis *a)
{
	struct text t = text_in(a->arena);
	struct json j = json_in(&t);
	const struct plan *p = &a->plan;

	json_open(&j, NULL, '{');
	if (a->files[SIECLE_STAFF].upload != NULL)
		json_text(&j, "staff", p->stamps[SIECLE_STAFF]);
	if (a->files[SIECLE_LEARNERS].upload != NULL)
		json_text(&j, "learners", p->stamps[SIECLE_LEARNERS]);
	if (a->files[SIECLE_GUARDIANS].upload != NULL)
		json_text(&j, "guardians", p->stamps[SIECLE_GUARDIANS]);
	if (p->stamps[SIECLE_NOMENCLATURE] != NULL)
		json_text(&j, "nomenclature", p->stamps[SIECLE_NOMENCLATURE]);
	if (p->stamps[SIECLE_STRUCTURES] != NULL)
		json_text(&j, "structures", p->stamps[SIECLE_STRUCTURES]);
	json_close(&j, '}');
	return text_string(&t);
}

void
import_preview_make(const struct import_analysis *a, struct import_preview *out)
{
	out->head = make_head(a);
	out->lines = make_lines(a);
	out->anomalies = make_anomalies(a);
	out->stamps = make_stamps(a);
}
