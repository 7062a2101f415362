#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../api/siecle/upload.h"
#include "siecle.h"

#define UAI "0999001W"

struct siecle_input
sample(struct arena *a, const char *name)
{
	const char *folder = getenv("ACQUIS_SAMPLES");
	const char *path;
	char *bytes;
	long size;
	FILE *f;

	if (folder == NULL)
		folder = "tests/data/samples";
	path = arena_print(a, "%s/%s", folder, name);
	f = fopen(path, "rb");
	if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0) {
		fprintf(stderr, "no sample %s\n", path);
		exit(2);
	}
	rewind(f);
	bytes = arena_take(a, (size_t)size + 1);
	if (fread(bytes, 1, (size_t)size, f) != (size_t)size)
		exit(2);
	fclose(f);
	return (struct siecle_input){ .bytes = bytes, .length = (size_t)size };
}

struct school_state
empty_school(struct arena *a)
{
	return school_state_in(a, UAI, 2025);
}

/* Ids are given in the order of the plan, after those that exist. */
static int64_t
id_of(struct plan_person *p, int64_t *next)
{
	if (p->id == 0)
		p->id = ++*next;
	return p->id;
}

static bool
is_kept(const struct plan_person *p)
{
	return p->fate <= PLAN_LEAVING;
}

static void
keep_login(struct school_state *to, const struct plan_person *p)
{
	if (p->login != NULL)
		list_add_text(&to->logins, p->login);
}

static struct known
known_of(struct plan_person *p, int64_t *next)
{
	return (struct known){ .id = id_of(p, next),
		.imported = true,
		.active = p->fate != PLAN_LEAVING,
		.login = p->login };
}

static void
people_after(struct arena *a, struct school_state *to, const struct plan *plan,
    int64_t *next)
{
	struct plan_staff *s = plan->staff.items;
	struct plan_learner *l = plan->learners.items;
	struct plan_guardian *g = plan->guardians.items;
	struct known_learner *k;

	for (size_t i = 0; i < plan->staff.count; i++)
		if (is_kept(&s[i].person)) {
			*(struct known_staff *)list_add(&to->staff) =
			    (struct known_staff){ known_of(&s[i].person, next),
				    s[i].row };
			keep_login(to, &s[i].person);
		}
	for (size_t i = 0; i < plan->learners.count; i++) {
		if (!is_kept(&l[i].person))
			continue;
		k = list_add(&to->learners);
		k->known = known_of(&l[i].person, next);
		k->now = l[i].row;
		k->now.divisions = list_of(a, sizeof(const char *));
		if (l[i].class_code != NULL)
			list_add_text(&k->now.divisions, l[i].class_code);
		keep_login(to, &l[i].person);
	}
	for (size_t i = 0; i < plan->guardians.count; i++)
		if (is_kept(&g[i].person))
			*(struct known_guardian *)list_add(&to->guardians) =
			    (struct known_guardian){
				    known_of(&g[i].person, next), g[i].row
			    };
}

/* Nobody is deleted: who the plan does not mention stays as known. */
static void
others_after(struct school_state *to, const struct school_state *from)
{
	const struct known_staff *s = from->staff.items, *ts;
	const struct known_learner *l = from->learners.items, *tl;
	const struct known_guardian *g = from->guardians.items, *tg;
	size_t k;

	for (size_t i = 0; i < from->staff.count; i++) {
		ts = to->staff.items;
		for (k = 0; k < to->staff.count; k++)
			if (ts[k].known.id == s[i].known.id)
				break;
		if (k == to->staff.count)
			*(struct known_staff *)list_add(&to->staff) = s[i];
	}
	for (size_t i = 0; i < from->learners.count; i++) {
		tl = to->learners.items;
		for (k = 0; k < to->learners.count; k++)
			if (tl[k].known.id == l[i].known.id)
				break;
		if (k == to->learners.count)
			*(struct known_learner *)list_add(&to->learners) = l[i];
	}
	for (size_t i = 0; i < from->guardians.count; i++) {
		tg = to->guardians.items;
		for (k = 0; k < to->guardians.count; k++)
			if (tg[k].known.id == g[i].known.id)
				break;
		if (k == to->guardians.count)
			*(struct known_guardian *)list_add(&to->guardians) =
			    g[i];
	}
}

static void
ties_after(struct school_state *to, const struct plan *plan)
{
	const struct plan_staff *staff = plan->staff.items;
	const struct plan_learner *l = plan->learners.items;
	const struct plan_guardian *g = plan->guardians.items;
	const struct plan_structure *s = plan->structures.items;
	const struct plan_service *v = plan->services.items;
	const struct plan_link *k = plan->links.items;

	for (size_t i = 0; i < plan->structures.count; i++)
		*(struct known_structure *)list_add(&to->structures) =
		    (struct known_structure){ (int64_t)i + 1, s[i].group,
			    s[i].fate != PLAN_LEAVING, s[i].code, s[i].label,
			    s[i].mef };
	for (size_t i = 0; i < plan->services.count; i++)
		if (v[i].fate != PLAN_LEAVING)
			*(struct known_service *)list_add(&to->services) =
			    (struct known_service){ staff[v[i].staff].person.id,
				    v[i].group, v[i].code, v[i].subject,
				    v[i].head };
	for (size_t i = 0; i < plan->links.count; i++)
		if (k[i].fate != PLAN_LEAVING)
			*(struct known_link *)list_add(&to->links) =
			    (struct known_link){ g[k[i].guardian].person.id,
				    l[k[i].learner].person.id, k[i].level,
				    k[i].parent_code, k[i].legal, k[i].rank };
}

struct school_state
school_after(struct arena *a, const struct school_state *from,
    const struct plan *plan)
{
	struct school_state to = school_state_in(a, from->uai, from->year);
	const char *const *logins = from->logins.items;
	int64_t next = 1000000;

	next += (int64_t)(from->staff.count + from->learners.count +
			  from->guardians.count);
	to.staff_imported = from->staff_imported ||
			    plan->stamps[SIECLE_STAFF] != NULL ||
			    plan->staff.count > 0;
	for (int i = 0; i < SIECLE__MAX; i++)
		to.stamps[i] =
		    plan->stamps[i] != NULL ? plan->stamps[i] : from->stamps[i];
	for (size_t i = 0; i < from->logins.count; i++)
		list_add_text(&to.logins, logins[i]);
	people_after(a, &to, plan, &next);
	others_after(&to, from);
	ties_after(&to, plan);
	if (plan->staff.count == 0) {
		to.structures = from->structures;
		to.services = from->services;
	}
	if (plan->guardians.count == 0)
		to.links = from->links;
	return to;
}

/* The export of one kind in a sample, which may be an archive. */
static enum fault
sample_of(struct arena *a, const char *name, enum siecle_kind kind,
    struct siecle_input *out, struct siecle_problem *problem)
{
	struct siecle_input in = sample(a, name);
	const struct upload_file *f;
	struct list files;

	TRY(upload_open(a, &in, &files, problem));
	f = files.items;
	for (size_t i = 0; i < files.count; i++)
		if (f[i].kind == kind) {
			*out = f[i].input;
			return FAULT_NONE;
		}
	fprintf(stderr, "not in the sample %s\n", name);
	exit(2);
}

enum fault
plan_samples(struct arena *a, const char *staff, const char *learners,
    const char *guardians, const struct school_state *state,
    const struct plan_request *request, struct plan *plan,
    struct siecle_problem *problem)
{
	struct plan_files files = { 0 };
	struct staff_file s;
	struct learner_file l;
	struct guardian_file g;
	struct siecle_input in;

	if (staff != NULL) {
		TRY(sample_of(a, staff, SIECLE_STAFF, &in, problem));
		TRY(staff_file_read(a, &in, &s, problem));
		files.staff = &s;
	}
	if (learners != NULL) {
		TRY(sample_of(a, learners, SIECLE_LEARNERS, &in, problem));
		TRY(learner_file_read(a, &in, &l, problem));
		files.learners = &l;
	}
	if (guardians != NULL) {
		TRY(sample_of(a, guardians, SIECLE_GUARDIANS, &in, problem));
		TRY(guardian_file_read(a, &in, &g, problem));
		files.guardians = &g;
	}
	return plan_make(a, &files, state, request, plan, problem);
}

size_t
anomalies_of(const struct list *anomalies, const char *code)
{
	const struct anomaly *a = anomalies->items;
	size_t n = 0;

	for (size_t i = 0; i < anomalies->count; i++)
		n += strcmp(a[i].code, code) == 0;
	return n;
}
