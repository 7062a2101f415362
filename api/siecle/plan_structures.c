#include <string.h>

#include "planning.h"

/* Labels by code, from every file that has some. */
static struct index
labels_index(struct planning *p, const struct list *records)
{
	const struct label_record *r = records->items;
	struct index ix = index_in(p->arena);

	for (size_t i = 0; i < records->count; i++)
		index_add(&ix, r[i].code, i);
	index_sort(&ix);
	return ix;
}

/* The first record under a code, or NULL. */
static const struct label_record *
label_of(const struct list *records, const struct index *ix, const char *code)
{
	const struct label_record *r = records->items;
	const struct index_entry *e;
	size_t n;

	e = index_find(ix, code, &n);
	return n == 0 ? NULL : &r[e->value];
}

/* Trainings and subjects: sts_emp's own, with the nomenclature's beside. */
static void
plan_labels(struct planning *p)
{
	const struct labels_file *n = p->files->nomenclature;
	const struct label_record *r;

	if (p->files->staff != NULL) {
		p->plan->subjects = p->files->staff->subjects;
		p->plan->mefs = p->files->staff->mefs;
	}
	if (n == NULL)
		return;
	r = n->subjects.items;
	for (size_t i = 0; i < n->subjects.count; i++)
		if (r[i].code != NULL)
			*(struct subject_record *)list_add(&p->plan->subjects) =
			    (struct subject_record){ r[i].code,
				    r[i].short_label, r[i].label };
	r = n->mefs.items;
	for (size_t i = 0; i < n->mefs.count; i++)
		if (r[i].code != NULL)
			*(struct mef_record *)list_add(&p->plan->mefs) =
			    (struct mef_record){ r[i].code, r[i].label };
}

static const char *
mef_label(struct planning *p, const char *mef)
{
	const struct mef_record *m = p->plan->mefs.items;

	for (size_t i = 0; mef != NULL && i < p->plan->mefs.count; i++)
		if (siecle_same(m[i].code, mef) && m[i].label != NULL)
			return m[i].label;
	return NULL;
}

static struct plan_structure *
plan_add(struct planning *p, bool group, const char *code)
{
	struct plan_structure *s = list_add(&p->plan->structures);

	s->group = group;
	s->code = code;
	s->label = code;
	s->classes = list_of(p->arena, sizeof(const char *));
	return s;
}

/* Compare with the known one of the same code. */
static void
settle(struct planning *p, struct plan_structure *s, const struct index *known)
{
	const struct known_structure *k = p->state->structures.items;
	size_t at;

	s->fate = PLAN_CREATED;
	s->mef_label = mef_label(p, s->mef);
	if (!s->group)
		s->suggestion =
		    suggest(p->arena, s->code, s->label, s->mef, s->mef_label);
	if (!index_only(known, s->code, &at))
		return;
	k += at;
	s->id = k->id;
	if (s->mef == NULL)
		s->mef = k->mef;
	if (!k->active)
		s->fate = PLAN_RETURNING;
	else if (siecle_same(k->label, s->label) && siecle_same(k->mef, s->mef))
		s->fate = PLAN_SAME;
	else
		s->fate = PLAN_CHANGED;
}

static struct index
known_index(struct planning *p, bool group)
{
	const struct known_structure *k = p->state->structures.items;
	struct index ix = index_in(p->arena);

	for (size_t i = 0; i < p->state->structures.count; i++)
		if (k[i].group == group)
			index_add(&ix, k[i].code, i);
	index_sort(&ix);
	return ix;
}

/* Classes or groups of sts_emp; those it no longer has are closed. */
static void
of_staff_file(struct planning *p, bool group, const struct index *known)
{
	const struct known_structure *k = p->state->structures.items;
	const struct list *list =
	    group ? &p->files->staff->groups : &p->files->staff->classes;
	const struct structure_record *r = list->items;
	struct index seen = index_in(p->arena);
	struct plan_structure *s;
	size_t n;

	for (size_t i = 0; i < list->count; i++) {
		if (r[i].refused)
			continue;
		index_add(&seen, r[i].code, i);
		s = plan_add(p, group, r[i].code);
		s->line = r[i].line;
		s->label = r[i].label;
		s->classes = r[i].classes;
		if (r[i].mefs.count > 0)
			s->mef = *(const char *const *)r[i].mefs.items;
		settle(p, s, known);
	}
	index_sort(&seen);
	for (size_t i = 0; i < p->state->structures.count; i++) {
		index_find(&seen, k[i].code, &n);
		if (n > 0 || k[i].group != group || !k[i].active)
			continue;
		s = plan_add(p, group, k[i].code);
		s->label = k[i].label;
		s->mef = k[i].mef;
		s->id = k[i].id;
		s->fate = PLAN_LEAVING;
	}
}

/* Is the code planned, or known and open while sts_emp is not given? */
static bool
is_open(struct planning *p, const struct index *planned,
    const struct index *known, const char *code)
{
	const struct known_structure *k = p->state->structures.items;
	size_t n, at;

	index_find(planned, code, &n);
	if (n > 0)
		return true;
	return p->files->staff == NULL && index_only(known, code, &at) &&
	       k[at].active;
}

static void
unknown_code(struct planning *p, bool group, const char *code,
    const struct learner_record *l, const struct index *known)
{
	static const struct list none;
	const struct labels_file *f = p->files->structures;
	const struct list *labels = f == NULL ? &none
				    : group   ? &f->groups
					      : &f->classes;
	struct index ix = labels_index(p, labels);
	const struct label_record *found = label_of(labels, &ix, code);
	struct plan_structure *s = plan_add(p, group, code);

	s->line = l->line;
	if (found != NULL && found->label != NULL)
		s->label = found->label;
	s->mef = found != NULL ? found->mef : NULL;
	if (s->mef == NULL && !group)
		s->mef = l->mef;
	settle(p, s, known);
	planning_tell(p, "structure_unknown", l->line, code,
	    group
		? WORDS("Ce groupe n'est pas dans le fichier des enseignants.",
		      "This group is not in the file of the teachers.")
		: WORDS("Cette classe n'est pas dans le fichier des "
			"enseignants.",
		      "This class is not in the file of the teachers."));
}

/* Codes that only learners mention: taken in, and told. */
static void
of_learner_file(struct planning *p, bool group, const struct index *known)
{
	const struct learner_record *l = p->files->learners->learners.items;
	const struct plan_structure *s = p->plan->structures.items;
	struct index planned = index_in(p->arena);
	struct index news = index_in(p->arena);
	const struct index_entry *e;
	const struct list *codes;
	const char *const *code;

	for (size_t i = 0; i < p->plan->structures.count; i++)
		if (s[i].group == group && s[i].fate != PLAN_LEAVING)
			index_add(&planned, s[i].code, i);
	index_sort(&planned);
	for (size_t i = 0; i < p->files->learners->learners.count; i++) {
		codes = group ? &l[i].groups : &l[i].divisions;
		code = codes->items;
		if (l[i].refused || !learner_active(&l[i], p->request->today))
			continue;
		for (size_t c = 0; c < codes->count; c++)
			if (!is_open(p, &planned, known, code[c]))
				index_add(&news, code[c], i);
	}
	index_sort(&news);
	e = news.entries.items;
	for (size_t i = 0; i < news.entries.count; i++)
		if (i == 0 || strcmp(e[i].key, e[i - 1].key) != 0)
			unknown_code(p, group, e[i].key, &l[e[i].value], known);
}

/* Learners whose training nothing names. */
static void
unknown_mefs(struct planning *p)
{
	const struct learner_record *l = p->files->learners->learners.items;
	const struct mef_record *m = p->plan->mefs.items;
	struct index named = index_in(p->arena);
	size_t n;

	if (p->plan->mefs.count == 0)
		return;
	for (size_t i = 0; i < p->plan->mefs.count; i++)
		index_add(&named, m[i].code, i);
	index_sort(&named);
	for (size_t i = 0; i < p->files->learners->learners.count; i++) {
		index_find(&named, l[i].mef, &n);
		if (n == 0 && l[i].mef != NULL && !l[i].refused &&
		    learner_active(&l[i], p->request->today))
			planning_tell(p, "mef_unknown", l[i].line,
			    siecle_who(p->arena, l[i].last_name,
				l[i].first_name, l[i].siecle_id),
			    WORDS("La formation (MEF) n'est décrite nulle "
				  "part.",
				"The training (MEF) is described nowhere."));
	}
}

void
planning_structures(struct planning *p)
{
	struct index classes = known_index(p, false);
	struct index groups = known_index(p, true);

	plan_labels(p);
	if (p->files->staff != NULL) {
		of_staff_file(p, false, &classes);
		of_staff_file(p, true, &groups);
	}
	if (p->files->learners != NULL) {
		of_learner_file(p, false, &classes);
		of_learner_file(p, true, &groups);
		unknown_mefs(p);
	}
}

/* Services and head teachers. */

static const char *
service_key(struct planning *p, int64_t staff, const struct plan_service *s)
{
	return arena_print(p->arena, "%lld|%d%d|%s|%s", (long long)staff,
	    s->head, s->group, s->code, s->subject == NULL ? "" : s->subject);
}

static bool
is_here(const struct plan_staff *s)
{
	return s->person.fate == PLAN_SAME || s->person.fate == PLAN_CREATED ||
	       s->person.fate == PLAN_CHANGED ||
	       s->person.fate == PLAN_RETURNING;
}

/* The services and head-teacherships of the file, each once. */
static struct list
services_of_file(struct planning *p)
{
	const struct plan_staff *staff = p->plan->staff.items;
	const struct service_record *r = p->files->staff->services.items;
	const struct head_record *h = p->files->staff->heads.items;
	struct list out = list_of(p->arena, sizeof(struct plan_service));
	struct index keys = index_in(p->arena);
	size_t at;

	for (size_t i = 0; i < p->plan->staff.count; i++)
		if (is_here(&staff[i]))
			index_add(&keys, staff[i].row.key, i);
	index_sort(&keys);
	for (size_t i = 0; i < p->files->staff->services.count; i++)
		if (!r[i].refused && index_only(&keys, r[i].staff, &at))
			*(struct plan_service *)list_add(&out) =
			    (struct plan_service){ .staff = at,
				    .group = r[i].group,
				    .code = r[i].code,
				    .subject = r[i].subject,
				    .modality = r[i].modality };
	for (size_t i = 0; i < p->files->staff->heads.count; i++)
		if (siecle_code_ok(h[i].class_code) &&
		    (h[i].to == NULL ||
			strcmp(h[i].to, p->request->today) >= 0) &&
		    index_only(&keys, h[i].staff, &at))
			*(struct plan_service *)list_add(&out) =
			    (struct plan_service){ .staff = at,
				    .head = true,
				    .code = h[i].class_code,
				    .from = h[i].from,
				    .to = h[i].to };
	return out;
}

/* Which known services stay: those named again, and those of the undecided. */
static void
services_settle(struct planning *p, struct list *services, bool *kept)
{
	const struct plan_staff *staff = p->plan->staff.items;
	const struct known_service *k = p->state->services.items;
	struct plan_service *s = services->items, as;
	struct index known = index_in(p->arena), keys = index_in(p->arena);
	const struct index_entry *e;
	const char *key;
	size_t at, n;

	for (size_t i = 0; i < p->state->services.count; i++) {
		as = (struct plan_service){ .head = k[i].head,
			.group = k[i].group,
			.code = k[i].code,
			.subject = k[i].subject };
		index_add(&known, service_key(p, k[i].staff_id, &as), i);
	}
	index_sort(&known);
	for (size_t i = 0; i < services->count; i++)
		index_add(&keys,
		    arena_print(p->arena, "%zu/%s", s[i].staff,
			service_key(p, 0, &s[i])),
		    i);
	index_sort(&keys);
	e = keys.entries.items;
	for (size_t i = 0; i < keys.entries.count; i++) {
		if (i > 0 && strcmp(e[i].key, e[i - 1].key) == 0)
			continue;
		as = s[e[i].value];
		as.fate = PLAN_CREATED;
		key = service_key(p, staff[as.staff].person.id, &as);
		index_find(&known, key, &n);
		if (staff[as.staff].person.id != 0 && n > 0 &&
		    index_only(&known, key, &at)) {
			as.fate = PLAN_SAME;
			kept[at] = true;
		}
		*(struct plan_service *)list_add(&p->plan->services) = as;
	}
}

void
planning_services(struct planning *p)
{
	const struct plan_staff *staff = p->plan->staff.items;
	const struct known_service *k = p->state->services.items;
	struct list services = services_of_file(p);
	struct index ids = index_in(p->arena);
	bool *kept;
	size_t at;

	kept =
	    arena_array(p->arena, p->state->services.count + 1, sizeof(*kept));
	services_settle(p, &services, kept);
	for (size_t i = 0; i < p->plan->staff.count; i++)
		if (staff[i].person.id != 0 &&
		    (is_here(&staff[i]) ||
			staff[i].person.fate == PLAN_LEAVING))
			index_add(&ids,
			    arena_print(p->arena, "%lld",
				(long long)staff[i].person.id),
			    i);
	index_sort(&ids);
	for (size_t i = 0; i < p->state->services.count; i++) {
		if (kept[i] ||
		    !index_only(&ids,
			arena_print(p->arena, "%lld", (long long)k[i].staff_id),
			&at))
			continue;
		*(struct plan_service *)list_add(&p->plan->services) =
		    (struct plan_service){ .fate = PLAN_LEAVING,
			    .staff = at,
			    .head = k[i].head,
			    .group = k[i].group,
			    .code = k[i].code,
			    .subject = k[i].subject };
	}
}
