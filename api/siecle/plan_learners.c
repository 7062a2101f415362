#include <string.h>

#include "planning.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct plan_field fields[] = {
	{ "siecle_id", offsetof(struct learner_record, siecle_id), false },
	{ "ine", offsetof(struct learner_record, ine), true },
	{ "ine_bea", offsetof(struct learner_record, ine_bea), true },
	{ "elenoet", offsetof(struct learner_record, elenoet), true },
	{ "last_name", offsetof(struct learner_record, last_name), false },
	{ "usual_name", offsetof(struct learner_record, usual_name), false },
	{ "first_name", offsetof(struct learner_record, first_name), false },
	{ "birth_date", offsetof(struct learner_record, birth_date), true },
	{ "sex", offsetof(struct learner_record, sex), true },
	{ "track", offsetof(struct learner_record, track), false },
	{ "left_on", offsetof(struct learner_record, left_on), false },
	{ "email", offsetof(struct learner_record, email), true },
};

/* Whom a record is, among the known learners. */
struct match {
	size_t known;
	bool probable;
	bool conflict;
};

struct matching {
	const struct learner_record *records;
	size_t count;
	const struct known_learner *known;
	size_t known_count;
	struct match *matches; /* one for each record */
	bool *claimed;         /* one for each known learner */
	struct index by_id, by_ine, by_bea;
};

static const char *
name_key(struct planning *p, const char *last, const struct learner_record *l)
{
	if (last == NULL || l->first_name == NULL || l->birth_date == NULL)
		return NULL;
	return arena_print(p->arena, "%s|%s|%s", planning_fold(p, last),
	    planning_fold(p, l->first_name), l->birth_date);
}

static void
name_side(struct planning *p, struct list *side, size_t i,
    const struct learner_record *l)
{
	*(struct named *)list_add(side) = (struct named){ .index = i,
		.key = name_key(p, l->last_name, l),
		.usual_key = name_key(p, l->usual_name, l),
		.number = l->ine };
}

static void
known_index(struct planning *p, struct matching *m)
{
	m->by_id = index_in(p->arena);
	m->by_ine = index_in(p->arena);
	m->by_bea = index_in(p->arena);
	for (size_t i = 0; i < m->known_count; i++) {
		index_add(&m->by_id, m->known[i].now.siecle_id, i);
		index_add(&m->by_ine, m->known[i].now.ine, i);
		index_add(&m->by_bea, m->known[i].now.ine_bea, i);
	}
	index_sort(&m->by_id);
	index_sort(&m->by_ine);
	index_sort(&m->by_bea);
}

/* Another INE, another name and another birth date: another person. */
static bool
is_stranger(struct planning *p, const struct learner_record *r,
    const struct learner_record *k)
{
	if (r->ine == NULL || k->ine == NULL || strcmp(r->ine, k->ine) == 0)
		return false;
	if (siecle_same(r->birth_date, k->birth_date))
		return false;
	return strcmp(planning_fold(p, r->last_name),
		   planning_fold(p, k->last_name)) != 0;
}

/* 1. ELEVE_ID, unless the INE says it is somebody else. */
static void
match_id(struct planning *p, struct matching *m, size_t i)
{
	const struct learner_record *r = &m->records[i];
	size_t by_id, by_ine;

	m->matches[i].known = NOBODY;
	if (!index_only(&m->by_id, r->siecle_id, &by_id))
		return;
	m->matches[i].known = by_id;
	m->claimed[by_id] = true;
	if (r->refused)
		return;
	if (index_only(&m->by_ine, r->ine, &by_ine)) {
		m->matches[i].conflict = by_ine != by_id;
		m->claimed[by_ine] = true;
	} else {
		m->matches[i].conflict =
		    is_stranger(p, r, &m->known[by_id].now);
	}
}

/* 2. The INE, then the former one.  A refused record keeps its person in. */
static void
match_ine(struct planning *p, struct matching *m, size_t i)
{
	const struct learner_record *r = &m->records[i];
	struct match *match = &m->matches[i];
	size_t known;

	if (match->known != NOBODY)
		return;
	if (!index_only(&m->by_ine, r->ine, &known) &&
	    !index_only(&m->by_bea, r->ine_bea, &known))
		return;
	if (r->ine != NULL && m->known[known].now.ine != NULL &&
	    strcmp(r->ine, m->known[known].now.ine) != 0)
		return;
	match->known = known;
	match->conflict = m->claimed[known] && !r->refused;
	match->probable = !m->known[known].known.imported &&
			  !planning_said(&p->request->same, r->siecle_id);
	m->claimed[known] = true;
}

/* 3. Names and birth date: only a proposal. */
static void
match_names(struct planning *p, struct matching *m)
{
	struct list records = list_of(p->arena, sizeof(struct named));
	struct list known = list_of(p->arena, sizeof(struct named));
	const struct learner_record *r = m->records;
	size_t *pairs;

	pairs = arena_array(p->arena, m->count + 1, sizeof(*pairs));
	for (size_t i = 0; i < m->count; i++) {
		pairs[i] = NOBODY;
		if (m->matches[i].known == NOBODY && !r[i].refused &&
		    learner_active(&r[i], p->request->today) &&
		    !planning_said(&p->request->other, r[i].siecle_id))
			name_side(p, &records, i, &r[i]);
	}
	for (size_t i = 0; i < m->known_count; i++)
		if (!m->claimed[i])
			name_side(p, &known, i, &m->known[i].now);
	planning_pair(p, &records, &known, pairs);
	for (size_t i = 0; i < m->count; i++) {
		if (pairs[i] == NOBODY)
			continue;
		m->matches[i].known = pairs[i];
		m->matches[i].probable =
		    !planning_said(&p->request->same, r[i].siecle_id);
		m->claimed[pairs[i]] = true;
	}
}

static void
match_all(struct planning *p, struct matching *m)
{
	known_index(p, m);
	for (size_t i = 0; i < m->count; i++)
		match_id(p, m, i);
	for (size_t i = 0; i < m->count; i++)
		match_ine(p, m, i);
	match_names(p, m);
}

static bool
holds(const struct list *texts, const char *text)
{
	const char *const *t = texts->items;

	for (size_t i = 0; i < texts->count; i++)
		if (siecle_same(t[i], text))
			return true;
	return false;
}

static const char *
first_text(const struct list *texts)
{
	return texts->count == 0 ? NULL : *(const char *const *)texts->items;
}

/* Of several classes, the present one if it is among them, else the first. */
static const char *
class_of(const struct learner_record *r, const struct learner_record *now)
{
	const char *present = now == NULL ? NULL : first_text(&now->divisions);

	if (present != NULL && holds(&r->divisions, present))
		return present;
	return first_text(&r->divisions);
}

static const char *
joined(struct planning *p, const struct list *texts)
{
	const char *const *t = texts->items;
	const char *out = NULL;

	for (size_t i = 0; i < texts->count; i++)
		out = out == NULL ? t[i]
				  : arena_print(p->arena, "%s, %s", out, t[i]);
	return out;
}

static bool
same_texts(const struct list *a, const struct list *b)
{
	const char *const *t = a->items;

	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!holds(b, t[i]))
			return false;
	return true;
}

static void
enrol(struct planning *p, enum plan_fate fate, size_t learner, bool group,
    const char *code)
{
	*(struct plan_enrolment *)list_add(&p->plan->enrolments) =
	    (struct plan_enrolment){ fate, learner, group, code };
}

/* Where somebody is to be, and where she was and is no more. */
static void
enrolments(struct planning *p, size_t at, const char *class_code,
    const struct list *groups, const struct learner_record *now)
{
	const char *was = now == NULL ? NULL : first_text(&now->divisions);
	const char *const *g = groups->items;

	if (class_code != NULL)
		enrol(p,
		    siecle_same(was, class_code) ? PLAN_SAME : PLAN_CREATED, at,
		    false, class_code);
	if (was != NULL && !siecle_same(was, class_code))
		enrol(p, PLAN_LEAVING, at, false, was);
	for (size_t i = 0; i < groups->count; i++)
		enrol(p,
		    now != NULL && holds(&now->groups, g[i]) ? PLAN_SAME
							     : PLAN_CREATED,
		    at, true, g[i]);
	if (now == NULL)
		return;
	g = now->groups.items;
	for (size_t i = 0; i < now->groups.count; i++)
		if (!holds(groups, g[i]))
			enrol(p, PLAN_LEAVING, at, true, g[i]);
}

static struct plan_learner *
plan_add(struct planning *p, const struct learner_record *row)
{
	struct plan_learner *l = list_add(&p->plan->learners);

	l->row = *row;
	l->person.line = row->line;
	l->person.changes = list_of(p->arena, sizeof(struct plan_change));
	return l;
}

static const char *
login_for(struct planning *p, const struct learner_record *r)
{
	return planning_login(p, r->first_name,
	    r->usual_name != NULL ? r->usual_name : r->last_name);
}

/* Somebody known, to be here from now on. */
static void
plan_known(struct planning *p, struct plan_learner *l,
    const struct known_learner *k, const struct match *m)
{
	const struct learner_record none = {
		.divisions = list_of(p->arena, sizeof(const char *)),
		.groups = list_of(p->arena, sizeof(const char *)),
	};
	const struct learner_record *now = k->known.active ? &k->now : &none;
	struct list *changes = &l->person.changes;

	planning_merge(p, &l->row, &k->now, fields, COUNT(fields), changes);
	l->class_code = class_of(&l->row, now);
	if (!siecle_same(first_text(&now->divisions), l->class_code))
		planning_change(changes, "class", first_text(&now->divisions),
		    l->class_code);
	if (!same_texts(&now->groups, &l->row.groups))
		planning_change(changes, "groups", joined(p, &now->groups),
		    joined(p, &l->row.groups));
	l->person.fate =
	    m->probable ? PLAN_PROBABLE : planning_fate(&k->known, changes);
	if (m->probable)
		return;
	if (l->person.login == NULL)
		l->person.login = login_for(p, &l->row);
	enrolments(p, p->plan->learners.count - 1, l->class_code,
	    &l->row.groups, now);
}

/* Somebody known who goes: the row as it is, and the day if it is told. */
static void
plan_leaving(struct planning *p, struct plan_learner *l,
    const struct known_learner *k, const char *left_on)
{
	struct list none = list_of(p->arena, sizeof(const char *));

	l->row = k->now;
	if (left_on != NULL)
		l->row.left_on = left_on;
	l->person.fate = PLAN_LEAVING;
	l->person.id = k->known.id;
	l->person.login = k->known.login;
	enrolments(p, p->plan->learners.count - 1, NULL, &none, &k->now);
}

static void
conflict_tell(struct planning *p, const struct learner_record *r)
{
	planning_tell(p, "identity_conflict", r->line,
	    siecle_who(p->arena, r->last_name, r->first_name, r->siecle_id),
	    WORDS("Ses identifiants (ELEVE_ID et INE) désignent deux élèves : "
		  "rien "
		  "n'est changé.",
		"The identifiers (ELEVE_ID and INE) are those of two learners: "
		"nothing is changed."));
}

static void
plan_record(struct planning *p, const struct matching *m, size_t i)
{
	const struct learner_record *r = &m->records[i];
	const struct match *match = &m->matches[i];
	const struct known_learner *k = NULL;
	struct plan_learner *l = plan_add(p, r);
	bool here = learner_active(r, p->request->today);

	if (match->known != NOBODY)
		k = &m->known[match->known];
	if (k != NULL) {
		l->person.id = k->known.id;
		l->person.login = k->known.login;
	}
	if (r->refused) {
		l->person.fate = PLAN_REFUSED;
	} else if (match->conflict) {
		l->person.fate = PLAN_CONFLICT;
		conflict_tell(p, r);
	} else if (here && k != NULL) {
		plan_known(p, l, k, match);
	} else if (here) {
		l->person.fate = PLAN_CREATED;
		l->class_code = class_of(r, NULL);
		l->person.login = login_for(p, r);
		enrolments(p, p->plan->learners.count - 1, l->class_code,
		    &r->groups, NULL);
	} else if (k != NULL && k->known.active && k->known.imported &&
		   !match->probable) {
		plan_leaving(p, l, k, r->left_on);
		l->person.line = r->line;
	} else {
		l->person.fate = PLAN_LEFT_OUT;
		l->person.why = r->left_on != NULL && strcmp(r->left_on,
							  p->request->today) < 0
				    ? "left"
				    : "no_division";
	}
}

static const char *
person_key(struct planning *p, const struct learner_record *l)
{
	return arena_print(p->arena, "%s|%s",
	    planning_fold(p,
		l->usual_name != NULL ? l->usual_name : l->last_name),
	    planning_fold(p, l->first_name));
}

static bool
is_here(const struct plan_learner *l)
{
	return l->person.fate == PLAN_SAME || l->person.fate == PLAN_CREATED ||
	       l->person.fate == PLAN_CHANGED ||
	       l->person.fate == PLAN_RETURNING;
}

/* Learners a person could take for one another. */
static void
homonyms(struct planning *p)
{
	const struct plan_learner *l = p->plan->learners.items, *x, *y;
	const struct index_entry *e;
	struct index names = index_in(p->arena);

	for (size_t i = 0; i < p->plan->learners.count; i++)
		if (is_here(&l[i]))
			index_add(&names, person_key(p, &l[i].row), i);
	index_sort(&names);
	e = names.entries.items;
	for (size_t i = 1; i < names.entries.count; i++) {
		if (strcmp(e[i].key, e[i - 1].key) != 0)
			continue;
		x = &l[e[i - 1].value];
		y = &l[e[i].value];
		planning_tell(p, "homonyms", y->person.line,
		    siecle_who(p->arena, y->row.last_name, y->row.first_name,
			y->row.siecle_id),
		    siecle_same(x->row.birth_date, y->row.birth_date)
			? WORDS_OF(p->arena,
			      "Même nom, même prénom et même date de naissance "
			      "que l'élève %s.",
			      "The same names and birth date as learner %s.",
			      x->row.siecle_id)
			: WORDS_OF(p->arena,
			      "Même nom et même prénom que l'élève %s.",
			      "The same names as learner %s.",
			      x->row.siecle_id));
	}
}

/* Everybody known and here, when no learner file is given. */
static void
everybody_stays(struct planning *p)
{
	const struct known_learner *k = p->state->learners.items;
	struct plan_learner *l;

	for (size_t i = 0; i < p->state->learners.count; i++) {
		if (!k[i].known.active)
			continue;
		l = plan_add(p, &k[i].now);
		l->person.fate = PLAN_SAME;
		l->person.line = 0;
		l->person.id = k[i].known.id;
		l->person.login = k[i].known.login;
		l->class_code = first_text(&k[i].now.divisions);
	}
}

void
planning_learners(struct planning *p)
{
	struct matching m = {
		.known = p->state->learners.items,
		.known_count = p->state->learners.count,
	};

	if (p->files->learners == NULL) {
		everybody_stays(p);
		return;
	}
	m.records = p->files->learners->learners.items;
	m.count = p->files->learners->learners.count;
	m.matches = arena_array(p->arena, m.count + 1, sizeof(*m.matches));
	m.claimed =
	    arena_array(p->arena, m.known_count + 1, sizeof(*m.claimed));
	match_all(p, &m);
	for (size_t i = 0; i < m.count; i++)
		plan_record(p, &m, i);
	for (size_t i = 0; i < m.known_count; i++)
		if (!m.claimed[i] && m.known[i].known.active &&
		    m.known[i].known.imported)
			plan_leaving(p, plan_add(p, &m.known[i].now),
			    &m.known[i], NULL);
	homonyms(p);
}
