#include <string.h>

#include "../../domain/fold.h"
#include "../../domain/login.h"
#include "planning.h"

void
planning_change(struct list *changes, const char *field, const char *from,
    const char *to)
{
	*(struct plan_change *)list_add(changes) =
	    (struct plan_change){ field, from, to };
}

void
planning_merge(struct planning *p, void *row, const void *now,
    const struct plan_field *fields, size_t count, struct list *changes)
{
	const char **to, *from;

	(void)p;
	for (size_t i = 0; i < count; i++) {
		to = (const char **)((char *)row + fields[i].offset);
		from = *(
		    const char *const *)((const char *)now + fields[i].offset);
		if (*to == NULL && fields[i].kept)
			*to = from;
		if (!siecle_same(from, *to))
			planning_change(changes, fields[i].name, from, *to);
	}
}

bool
planning_said(const struct list *answers, const char *key)
{
	const char *const *said = answers->items;

	for (size_t i = 0; i < answers->count; i++)
		if (siecle_same(said[i], key))
			return true;
	return false;
}

void
planning_tell(struct planning *p, const char *code, int line, const char *who,
    struct words what)
{
	anomaly_add(&p->plan->anomalies, &(struct anomaly){ .code = code,
					     .line = line,
					     .who = who,
					     .what = what });
}

enum plan_fate
planning_fate(const struct known *k, const struct list *changes)
{
	if (!k->active)
		return PLAN_RETURNING;
	return changes->count > 0 ? PLAN_CHANGED : PLAN_SAME;
}

/* A login that is taken, and the suffix to try next for that base. */
struct taken {
	const char *login;
	int next;
};

struct list
planning_logins_in(struct arena *a)
{
	return list_of(a, sizeof(struct taken));
}

/* Where a login is among those taken, or would be. */
static size_t
taken_at(const struct list *logins, const char *login, bool *found)
{
	const struct taken *t = logins->items;
	size_t low = 0, high = logins->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(t[middle].login, login) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*found = low < logins->count && strcmp(t[low].login, login) == 0;
	return low;
}

void
planning_login_taken(struct planning *p, const char *login)
{
	struct taken *t;
	size_t at;
	bool found;

	at = taken_at(&p->logins, login, &found);
	if (found)
		return;
	list_add(&p->logins);
	t = p->logins.items;
	memmove(t + at + 1, t + at, (p->logins.count - 1 - at) * sizeof(*t));
	t[at] = (struct taken){ login, 2 };
}

/* The only number filed under either key, or NOBODY. */
static size_t
only_one(const struct index *ix, const char *key, const char *other)
{
	const char *keys[] = { key, other };
	const struct index_entry *e;
	size_t only = NOBODY, n;

	for (size_t k = 0; k < 2; k++) {
		e = index_find(ix, keys[k], &n);
		for (size_t i = 0; i < n; i++) {
			if (only != NOBODY && only != e[i].value)
				return NOBODY;
			only = e[i].value;
		}
	}
	return only;
}

static struct index
names_index(struct planning *p, const struct list *side)
{
	const struct named *n = side->items;
	struct index ix = index_in(p->arena);

	for (size_t i = 0; i < side->count; i++) {
		index_add(&ix, n[i].key, i);
		index_add(&ix, n[i].usual_key, i);
	}
	index_sort(&ix);
	return ix;
}

void
planning_pair(struct planning *p, const struct list *records,
    const struct list *known, size_t *pairs)
{
	const struct named *r = records->items, *k = known->items;
	struct index by_record = names_index(p, records);
	struct index by_known = names_index(p, known);
	size_t at;

	for (size_t i = 0; i < records->count; i++) {
		at = only_one(&by_known, r[i].key, r[i].usual_key);
		if (at == NOBODY ||
		    only_one(&by_record, k[at].key, k[at].usual_key) != i)
			continue;
		if (r[i].number != NULL && k[at].number != NULL &&
		    strcmp(r[i].number, k[at].number) != 0)
			continue;
		pairs[r[i].index] = k[at].index;
	}
}

const char *
planning_fold(struct planning *p, const char *name)
{
	size_t n = strlen(name);
	char *out = arena_take(p->arena, n + 1);

	(void)fold_name(name, n, out);
	return out;
}

const char *
planning_login(struct planning *p, const char *first, const char *last)
{
	char base[LOGIN_ROOM], login[LOGIN_ROOM];
	struct taken *t;
	unsigned int k;
	size_t at;
	bool found;
	const char *out;

	if (!login_base(first, last, base))
		(void)login_base("compte", "", base); /* no Latin letter */
	at = taken_at(&p->logins, base, &found);
	t = p->logins.items;
	k = found ? (unsigned int)t[at].next : 1;
	login_suffix(base, k, login);
	while (taken_at(&p->logins, login, &found), found)
		login_suffix(base, ++k, login);
	out = arena_text(p->arena, login);
	planning_login_taken(p, out);
	at = taken_at(&p->logins, base, &found);
	if (found)
		((struct taken *)p->logins.items)[at].next = (int)k + 1;
	return out;
}
