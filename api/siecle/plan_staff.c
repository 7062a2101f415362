#include <string.h>

#include "planning.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct plan_field fields[] = {
	{ "staff_type", offsetof(struct staff_record, type), false },
	{ "staff_key", offsetof(struct staff_record, id), false },
	{ "last_name", offsetof(struct staff_record, last_name), false },
	{ "usual_name", offsetof(struct staff_record, usual_name), false },
	{ "first_name", offsetof(struct staff_record, first_name), false },
	{ "sex", offsetof(struct staff_record, sex), true },
	{ "birth_date", offsetof(struct staff_record, birth_date), true },
	{ "function", offsetof(struct staff_record, function), true },
};

/* Whom a record is, among the known staff. */
struct match {
	size_t known;
	bool probable;
};

static const char *
name_key(struct planning *p, const char *last, const char *first)
{
	if (last == NULL || first == NULL)
		return NULL;
	return arena_print(p->arena, "%s|%s", planning_fold(p, last),
	    planning_fold(p, first));
}

static void
name_side(struct planning *p, struct list *side, size_t i,
    const struct staff_record *s)
{
	*(struct named *)list_add(side) = (struct named){ .index = i,
		.key = name_key(p, s->last_name, s->first_name),
		.usual_key = name_key(p, s->usual_name, s->first_name) };
}

static bool
to_import(const struct staff_record *r)
{
	return !r->refused && r->role != NULL;
}

/* By (type, id). */
static void
match_keys(struct planning *p, const struct staff_record *r, size_t count,
    struct match *m, bool *claimed)
{
	const struct known_staff *k = p->state->staff.items;
	struct index keys = index_in(p->arena);

	for (size_t i = 0; i < p->state->staff.count; i++)
		if (k[i].now.id != NULL)
			index_add(&keys,
			    arena_print(p->arena, "%s:%s", k[i].now.type,
				k[i].now.id),
			    i);
	index_sort(&keys);
	for (size_t i = 0; i < count; i++) {
		m[i].known = NOBODY;
		if (index_only(&keys, r[i].key, &m[i].known) &&
		    (to_import(&r[i]) || r[i].refused))
			claimed[m[i].known] = true;
	}
}

/* By names, among those whom nothing else designates: only a proposal. */
static void
match_names(struct planning *p, const struct staff_record *r, size_t count,
    struct match *m, bool *claimed)
{
	const struct known_staff *k = p->state->staff.items;
	struct list records = list_of(p->arena, sizeof(struct named));
	struct list known = list_of(p->arena, sizeof(struct named));
	size_t *pairs;

	pairs = arena_array(p->arena, count + 1, sizeof(*pairs));
	for (size_t i = 0; i < count; i++) {
		pairs[i] = NOBODY;
		if (m[i].known == NOBODY && to_import(&r[i]) &&
		    !planning_said(&p->request->other, r[i].key))
			name_side(p, &records, i, &r[i]);
	}
	for (size_t i = 0; i < p->state->staff.count; i++)
		if (!claimed[i])
			name_side(p, &known, i, &k[i].now);
	planning_pair(p, &records, &known, pairs);
	for (size_t i = 0; i < count; i++) {
		if (pairs[i] == NOBODY)
			continue;
		m[i].known = pairs[i];
		m[i].probable = !planning_said(&p->request->same, r[i].key);
		claimed[pairs[i]] = true;
	}
}

static struct plan_staff *
plan_add(struct planning *p, const struct staff_record *row)
{
	struct plan_staff *s = list_add(&p->plan->staff);

	s->row = *row;
	s->person.line = row->line;
	s->person.changes = list_of(p->arena, sizeof(struct plan_change));
	return s;
}

static void
plan_record(struct planning *p, const struct staff_record *r,
    const struct match *m)
{
	const struct known_staff *k = p->state->staff.items;
	struct plan_staff *s = plan_add(p, r);

	if (m->known != NOBODY) {
		k += m->known;
		s->person.id = k->known.id;
		s->person.login = k->known.login;
	}
	if (r->refused) {
		s->person.fate = PLAN_REFUSED;
	} else if (r->role == NULL) {
		s->person.fate = PLAN_LEFT_OUT;
		s->person.why = "function";
	} else if (m->known == NOBODY) {
		s->person.fate = PLAN_CREATED;
		s->person.login = planning_login(p, r->first_name,
		    r->usual_name != NULL ? r->usual_name : r->last_name);
	} else {
		planning_merge(p, &s->row, &k->now, fields, COUNT(fields),
		    &s->person.changes);
		s->person.fate =
		    m->probable ? PLAN_PROBABLE
				: planning_fate(&k->known, &s->person.changes);
		if (s->person.login == NULL && !m->probable)
			s->person.login = planning_login(p, r->first_name,
			    r->usual_name != NULL ? r->usual_name
						  : r->last_name);
	}
}

void
planning_staff(struct planning *p)
{
	const struct known_staff *k = p->state->staff.items;
	const struct staff_record *r = p->files->staff->staff.items;
	size_t count = p->files->staff->staff.count;
	struct plan_staff *s;
	struct match *m;
	bool *claimed;

	m = arena_array(p->arena, count + 1, sizeof(*m));
	claimed =
	    arena_array(p->arena, p->state->staff.count + 1, sizeof(*claimed));
	match_keys(p, r, count, m, claimed);
	match_names(p, r, count, m, claimed);
	for (size_t i = 0; i < count; i++)
		plan_record(p, &r[i], &m[i]);
	for (size_t i = 0; i < p->state->staff.count; i++) {
		if (claimed[i] || !k[i].known.active || !k[i].known.imported)
			continue;
		s = plan_add(p, &k[i].now);
		s->person.fate = PLAN_LEAVING;
		s->person.line = 0;
		s->person.id = k[i].known.id;
		s->person.login = k[i].known.login;
	}
}
