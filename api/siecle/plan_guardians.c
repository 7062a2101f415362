#include <string.h>

#include "planning.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct plan_field fields[] = {
	{ "last_name", offsetof(struct adult_record, last_name), false },
	{ "usual_name", offsetof(struct adult_record, usual_name), false },
	{ "first_name", offsetof(struct adult_record, first_name), false },
	{ "phone", offsetof(struct adult_record, phone), false },
	{ "email", offsetof(struct adult_record, email), false },
};

struct family {
	struct planning *p;
	struct index learners; /* ELEVE_ID to plan.learners */
	struct index adults;   /* PERSONNE_ID to the file's adults */
	struct index known;    /* PERSONNE_ID to the known guardians */
	size_t *places;        /* file's adult to plan.guardians, or NOBODY */
	bool *seen;            /* one for each known guardian */
	bool *kept;            /* one for each known link */
	struct index pairs;    /* "guardian learner" to the known links */
};

static bool
is_here(const struct plan_learner *l)
{
	return l->person.fate == PLAN_SAME || l->person.fate == PLAN_CREATED ||
	       l->person.fate == PLAN_CHANGED ||
	       l->person.fate == PLAN_RETURNING;
}

/* Undecided: what ties them to adults stays as it is. */
static bool
is_pending(const struct plan_learner *l)
{
	return l->person.fate == PLAN_REFUSED ||
	       l->person.fate == PLAN_CONFLICT ||
	       l->person.fate == PLAN_PROBABLE;
}

static struct plan_guardian *
plan_add(struct planning *p, const struct adult_record *row)
{
	struct plan_guardian *g = list_add(&p->plan->guardians);

	g->row = *row;
	g->person.line = row->line;
	g->person.changes = list_of(p->arena, sizeof(struct plan_change));
	return g;
}

/* An adult with a link to somebody here: plan it once. */
static size_t
plan_adult(struct family *f, size_t adult)
{
	struct planning *p = f->p;
	const struct adult_record *a = p->files->guardians->adults.items;
	const struct known_guardian *k = p->state->guardians.items;
	struct plan_guardian *g;
	size_t known;

	if (f->places[adult] != NOBODY)
		return f->places[adult];
	f->places[adult] = p->plan->guardians.count;
	a += adult;
	g = plan_add(p, a);
	if (a->address == NULL && a->postcode == NULL)
		planning_tell(p, "person_without_address", a->line,
		    siecle_who(p->arena, a->last_name, a->first_name,
			a->guardian_key),
		    WORDS("L'adresse est absente.", "The address is missing."));
	if (!index_only(&f->known, a->guardian_key, &known)) {
		g->person.fate = PLAN_CREATED;
		return f->places[adult];
	}
	k += known;
	f->seen[known] = true;
	g->person.id = k->known.id;
	g->person.login = k->known.login;
	planning_merge(p, &g->row, &k->now, fields, COUNT(fields),
	    &g->person.changes);
	g->person.fate = planning_fate(&k->known, &g->person.changes);
	return f->places[adult];
}

static const char *
pair_key(struct planning *p, int64_t guardian, int64_t learner)
{
	return arena_print(p->arena, "%lld %lld", (long long)guardian,
	    (long long)learner);
}

static bool
link_same(const struct known_link *k, const struct plan_link *l)
{
	return siecle_same(k->level, l->level) && k->legal == l->legal &&
	       k->rank == l->rank &&
	       siecle_same(k->parent_code, l->parent_code);
}

static void
plan_link(struct family *f, const struct link_record *r, size_t guardian,
    size_t learner)
{
	struct planning *p = f->p;
	const struct plan_guardian *g = p->plan->guardians.items;
	const struct plan_learner *s = p->plan->learners.items;
	const struct known_link *k = p->state->links.items;
	struct plan_link *l = list_add(&p->plan->links);
	size_t known;

	*l = (struct plan_link){ PLAN_CREATED, r->line, guardian, learner,
		r->level, r->parent_code, r->legal, r->rank };
	if (g[guardian].person.id == 0 || s[learner].person.id == 0)
		return;
	if (!index_only(&f->pairs,
		pair_key(p, g[guardian].person.id, s[learner].person.id),
		&known))
		return;
	f->kept[known] = true;
	l->fate = link_same(&k[known], l) ? PLAN_SAME : PLAN_CHANGED;
}

static void
links_of_file(struct family *f)
{
	struct planning *p = f->p;
	const struct guardian_file *file = p->files->guardians;
	const struct adult_record *a = file->adults.items;
	const struct link_record *r = file->links.items;
	const struct plan_learner *l = p->plan->learners.items;
	const struct index_entry *e;
	size_t n, adult, learner;

	for (size_t i = 0; i < file->links.count; i++) {
		if (r[i].refused)
			continue;
		e = index_find(&f->learners, r[i].learner, &n);
		if (n == 0) {
			planning_tell(p, "link_orphan", r[i].line,
			    arena_print(p->arena, "PERSONNE_ID %s, ELEVE_ID %s",
				r[i].adult, r[i].learner),
			    WORDS("Cet élève n'est pas dans l'établissement.",
				"This learner is not in the school."));
			continue;
		}
		learner = e->value;
		if (n != 1 || !is_here(&l[learner]) ||
		    !index_only(&f->adults, r[i].adult, &adult) ||
		    a[adult].refused)
			continue;
		plan_link(f, &r[i], plan_adult(f, adult), learner);
	}
}

/* Those of refused adults and undecided learners stay, the rest goes. */
static void
links_withdrawn(struct family *f, const struct index *learner_ids,
    const struct index *refused)
{
	struct planning *p = f->p;
	const struct known_link *k = p->state->links.items;
	const struct known_guardian *g = p->state->guardians.items;
	const struct plan_learner *l = p->plan->learners.items;
	struct index ids = index_in(p->arena);
	struct plan_link *out;
	size_t at, learner, n;

	for (size_t i = 0; i < p->state->guardians.count; i++)
		index_add(&ids,
		    arena_print(p->arena, "%lld", (long long)g[i].known.id), i);
	index_sort(&ids);
	for (size_t i = 0; i < p->state->links.count; i++) {
		if (f->kept[i] || !index_only(&ids,
				      arena_print(p->arena, "%lld",
					  (long long)k[i].guardian_id),
				      &at))
			continue;
		if (!index_only(learner_ids,
			arena_print(p->arena, "%lld",
			    (long long)k[i].learner_id),
			&learner))
			continue;
		index_find(refused, g[at].now.guardian_key, &n);
		if (n > 0 || is_pending(&l[learner]) || !g[at].known.imported) {
			f->seen[at] = true;
			continue;
		}
		if (!is_here(&l[learner]))
			continue;
		out = list_add(&p->plan->links);
		*out = (struct plan_link){ .fate = PLAN_LEAVING,
			.guardian = at,
			.learner = learner,
			.level = k[i].level,
			.parent_code = k[i].parent_code,
			.legal = k[i].legal,
			.rank = k[i].rank };
	}
}

/* A known guardian's place in the plan, added when nobody of the file is it. */
static size_t
known_place(struct family *f, size_t known)
{
	struct planning *p = f->p;
	const struct known_guardian *k = p->state->guardians.items;
	const struct plan_guardian *planned = p->plan->guardians.items;
	struct plan_guardian *g;

	k += known;
	for (size_t i = 0; i < p->plan->guardians.count; i++)
		if (planned[i].person.id == k->known.id)
			return i;
	g = plan_add(p, &k->now);
	g->person.line = 0;
	g->person.id = k->known.id;
	g->person.login = k->known.login;
	g->person.fate =
	    !f->seen[known] && k->known.imported ? PLAN_LEAVING : PLAN_SAME;
	f->seen[known] = true;
	return p->plan->guardians.count - 1;
}

static void
guardians_leaving(struct family *f)
{
	struct planning *p = f->p;
	const struct known_guardian *k = p->state->guardians.items;
	struct plan_link *l = p->plan->links.items;

	for (size_t i = 0; i < p->plan->links.count; i++)
		if (l[i].fate == PLAN_LEAVING)
			l[i].guardian = known_place(f, l[i].guardian);
	for (size_t i = 0; i < p->state->guardians.count; i++)
		if (!f->seen[i] && k[i].known.active && k[i].known.imported)
			known_place(f, i);
}

static void
indexes(struct family *f, struct index *learner_ids, struct index *refused)
{
	struct planning *p = f->p;
	const struct plan_learner *l = p->plan->learners.items;
	const struct adult_record *a = p->files->guardians->adults.items;
	const struct known_guardian *g = p->state->guardians.items;
	const struct known_link *k = p->state->links.items;

	for (size_t i = 0; i < p->plan->learners.count; i++) {
		if (l[i].person.line > 0 || p->files->learners == NULL)
			index_add(&f->learners, l[i].row.siecle_id, i);
		if (l[i].person.id != 0)
			index_add(learner_ids,
			    arena_print(p->arena, "%lld",
				(long long)l[i].person.id),
			    i);
	}
	for (size_t i = 0; i < p->files->guardians->adults.count; i++) {
		index_add(&f->adults, a[i].guardian_key, i);
		if (a[i].refused)
			index_add(refused, a[i].guardian_key, i);
		f->places[i] = NOBODY;
	}
	for (size_t i = 0; i < p->state->guardians.count; i++)
		index_add(&f->known, g[i].now.guardian_key, i);
	for (size_t i = 0; i < p->state->links.count; i++)
		index_add(&f->pairs,
		    pair_key(p, k[i].guardian_id, k[i].learner_id), i);
	index_sort(&f->learners);
	index_sort(learner_ids);
	index_sort(&f->adults);
	index_sort(refused);
	index_sort(&f->known);
	index_sort(&f->pairs);
}

void
planning_guardians(struct planning *p)
{
	struct arena *a = p->arena;
	struct index learner_ids = index_in(a), refused = index_in(a);
	struct family f = {
		.p = p,
		.learners = index_in(a),
		.adults = index_in(a),
		.known = index_in(a),
		.pairs = index_in(a),
		.places = arena_array(a, p->files->guardians->adults.count + 1,
		    sizeof(size_t)),
		.seen =
		    arena_array(a, p->state->guardians.count + 1, sizeof(bool)),
		.kept = arena_array(a, p->state->links.count + 1, sizeof(bool)),
	};

	indexes(&f, &learner_ids, &refused);
	links_of_file(&f);
	links_withdrawn(&f, &learner_ids, &refused);
	guardians_leaving(&f);
}
