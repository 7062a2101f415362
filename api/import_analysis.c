#include <string.h>

#include "import_analysis.h"
#include "siecle/export_file.h"
#include "siecle/zip.h"

const char *const import_kind_names[SIECLE__MAX] = {
	[SIECLE_STAFF] = "staff",
	[SIECLE_LEARNERS] = "learners",
	[SIECLE_GUARDIANS] = "guardians",
	[SIECLE_NOMENCLATURE] = "labels",
	[SIECLE_STRUCTURES] = "labels",
};

/* The files as read; what is not given is not pointed to. */
struct reading {
	struct import_analysis *a;
	struct plan_files files;
	struct staff_file staff;
	struct learner_file learners;
	struct guardian_file guardians;
	struct labels_file nomenclature;
	struct labels_file structures;
};

void
import_progress(struct import_progress *p, const char *step, int percent)
{
	atomic_store(&p->step, step);
	atomic_store(&p->percent, percent);
}

bool
import_class_open(const struct plan_structure *s)
{
	return !s->group && s->mef != NULL && s->fate != PLAN_LEAVING;
}

bool
import_mef_first(const struct import_analysis *a, size_t place)
{
	const struct plan_structure *s = a->plan.structures.items;

	if (!import_class_open(&s[place]))
		return false;
	for (size_t i = 0; i < place; i++)
		if (import_class_open(&s[i]) &&
		    strcmp(s[i].mef, s[place].mef) == 0)
			return false;
	return true;
}

const char *
import_confirm_code(enum fault fault)
{
	switch ((int)fault) {
	case FAULT_ENCODING_SUSPECT:
		return "suspect_encoding";
	case FAULT_MASS_DEPARTURE:
		return "mass_departure";
	case FAULT_OLDER_EXPORT:
		return "older_export";
	default:
		return NULL;
	}
}

/* Once each, however many files want it. */
static void
to_confirm(struct import_analysis *a, enum fault fault)
{
	for (size_t i = 0; i < a->confirm_count; i++)
		if (a->confirm[i] == fault)
			return;
	a->confirm[a->confirm_count++] = fault;
}

/* --- what was sent --- */

/* "both.zip/ElevesSansAdresses.xml" */
static const char *
name_in(struct arena *a, const struct import_upload *u,
    const struct upload_file *f)
{
	if (f->input.zipped == NULL)
		return u->name;
	return arena_print(a, "%s/%s", u->name == NULL ? "" : u->name,
	    f->name == NULL ? "?" : f->name);
}

static enum fault
take_file(struct import_analysis *a, const struct import_upload *u,
    const struct upload_file *f)
{
	struct import_file *to = &a->files[f->kind];

	if (to->upload != NULL) {
		a->problem = (struct siecle_problem){ FAULT_GIVEN_TWICE, 0,
			export_say(a->arena,
			    "Deux fichiers donnent %s : n'en envoyez qu'un.",
			    "Two files give %s: send only one.",
			    export_words(f->kind)) };
		return FAULT_GIVEN_TWICE;
	}
	*to = (struct import_file){ .upload = u,
		.input = f->input,
		.name = name_in(a->arena, u, f) };
	return FAULT_NONE;
}

/* The first of the kinds its field is for. */
static enum siecle_kind
kind_expected(const struct import_upload *u)
{
	int i;

	for (i = 0; (u->kinds & 1u << i) == 0; i++)
		;
	return (enum siecle_kind)i;
}

/* An archive may hold more than what its field is for, but not without it. */
static enum fault
check_field(struct import_analysis *a, const struct import_upload *u,
    const struct list *files)
{
	const struct upload_file *f = files->items;

	if (u->kinds == 0)
		return FAULT_NONE;
	for (size_t i = 0; i < files->count; i++)
		if ((u->kinds & 1u << f[i].kind) != 0)
			return FAULT_NONE;
	a->problem = (struct siecle_problem){ FAULT_WRONG_FILE, 0,
		export_instead(a->arena, f[0].kind, kind_expected(u)) };
	return FAULT_WRONG_FILE;
}

/* What was given instead is said with what is wanted there. */
static enum fault
refused_stranger(struct import_analysis *a, const struct import_upload *u,
    enum fault fault)
{
	struct words given = a->problem.detail, wanted;

	if (fault != FAULT_WRONG_FILE || u->kinds == 0)
		return fault;
	wanted = export_words(kind_expected(u));
	a->problem.detail = WORDS(arena_print(a->arena, "%s On attend ici %s.",
				      given.in[0], wanted.in[0]),
	    arena_print(a->arena, "%s Wanted here is %s.", given.in[1],
		wanted.in[1]));
	return fault;
}

static enum fault
open_upload(struct import_analysis *a, struct import_upload *u)
{
	struct siecle_input in = { .bytes = u->bytes, .length = u->length };
	const struct upload_file *f;
	struct list files;
	enum fault fault;

	a->field = u->field;
	fault = upload_open(a->arena, &in, &files, &a->problem);
	if (fault != FAULT_NONE)
		return refused_stranger(a, u, fault);
	TRY(check_field(a, u, &files));
	f = files.items;
	u->kind = f[0].kind;
	for (size_t i = 0; i < files.count; i++)
		TRY(take_file(a, u, &f[i]));
	return FAULT_NONE;
}

/* --- what it holds --- */

static enum fault
read_as(struct reading *r, enum siecle_kind kind, const struct siecle_input *in)
{
	struct arena *a = r->a->arena;
	struct siecle_problem *problem = &r->a->problem;

	switch (kind) {
	case SIECLE_STAFF:
		r->files.staff = &r->staff;
		return staff_file_read(a, in, &r->staff, problem);
	case SIECLE_LEARNERS:
		r->files.learners = &r->learners;
		return learner_file_read(a, in, &r->learners, problem);
	case SIECLE_GUARDIANS:
		r->files.guardians = &r->guardians;
		return guardian_file_read(a, in, &r->guardians, problem);
	case SIECLE_NOMENCLATURE:
		r->files.nomenclature = &r->nomenclature;
		return nomenclature_file_read(a, in, &r->nomenclature, problem);
	case SIECLE_STRUCTURES:
		r->files.structures = &r->structures;
		return structures_file_read(a, in, &r->structures, problem);
	case SIECLE__MAX:
		break;
	}
	return FAULT_INTERNAL;
}

static enum fault
read_file(struct reading *r, enum siecle_kind kind)
{
	const struct import_file *f = &r->a->files[kind];
	struct siecle_input in = f->input;
	enum fault fault;

	if (f->upload == NULL)
		return FAULT_NONE;
	r->a->field = f->upload->field;
	fault = read_as(r, kind, &in);
	if (fault != FAULT_ENCODING_SUSPECT)
		return fault;
	to_confirm(r->a, fault);
	in.encoding_confirmed = true;
	return read_as(r, kind, &in);
}

static const struct export_header *
header_of(const struct reading *r, enum siecle_kind kind)
{
	const struct export_header *const headers[SIECLE__MAX] = {
		[SIECLE_STAFF] = &r->staff.header,
		[SIECLE_LEARNERS] = &r->learners.header,
		[SIECLE_GUARDIANS] = &r->guardians.header,
		[SIECLE_NOMENCLATURE] = &r->nomenclature.header,
		[SIECLE_STRUCTURES] = &r->structures.header,
	};

	return r->a->files[kind].upload == NULL ? NULL : headers[kind];
}

/*
 * The field to blame for what the plan refuses: the one of the first file that
 * is not of this school and year, or else of the first file.
 */
static const char *
field_to_blame(const struct reading *r, enum fault fault)
{
	const struct school_state *s = &r->a->state->school;
	const struct export_header *h;
	const char *field = NULL;

	for (int i = SIECLE__MAX - 1; i >= 0; i--) {
		h = header_of(r, (enum siecle_kind)i);
		if (h == NULL)
			continue;
		field = r->a->files[i].upload->field;
		if (fault == FAULT_OTHER_SCHOOL && strcmp(h->uai, s->uai) != 0)
			return field;
		if (fault == FAULT_OTHER_YEAR && h->year != s->year)
			return field;
	}
	return field;
}

/* Again and again, until nothing is left that a confirmation lets pass. */
static enum fault
make_plan(struct reading *r)
{
	struct import_analysis *a = r->a;
	enum fault fault;

	for (;;) {
		fault = plan_make(a->arena, &r->files, &a->state->school,
		    &a->request, &a->plan, &a->problem);
		if (fault == FAULT_MASS_DEPARTURE &&
		    !a->request.departure_confirmed)
			a->request.departure_confirmed = true;
		else if (fault == FAULT_OLDER_EXPORT &&
			 !a->request.older_confirmed)
			a->request.older_confirmed = true;
		else
			return fault;
		to_confirm(a, fault);
	}
}

static void
keep_facts(struct reading *r)
{
	const struct export_header *h;

	for (int i = 0; i < SIECLE__MAX; i++) {
		h = header_of(r, (enum siecle_kind)i);
		r->a->files[i].stamp = h == NULL ? NULL : h->stamp;
	}
	r->a->anomalies[SIECLE_STAFF] = r->staff.anomalies.count;
	r->a->anomalies[SIECLE_LEARNERS] = r->learners.anomalies.count;
	r->a->anomalies[SIECLE_GUARDIANS] = r->guardians.anomalies.count;
}

/* Its bytes once inflated: what reading it takes. */
static size_t
weight(const struct import_file *f)
{
	if (f->upload == NULL)
		return 0;
	return f->input.zipped == NULL ? f->input.length
				       : f->input.zipped->length;
}

static enum fault
read_files(struct reading *r)
{
	const struct import_file *files = r->a->files;
	size_t done = 0, all = 1;

	for (int i = 0; i < SIECLE__MAX; i++)
		all += weight(&files[i]);
	for (int i = 0; i < SIECLE__MAX; i++) {
		if (atomic_load(&r->a->progress->stop))
			return FAULT_CONFLICT;
		TRY(read_file(r, (enum siecle_kind)i));
		done += weight(&files[i]);
		import_progress(r->a->progress, "reading",
		    (int)(done * IMPORT_READ_PERCENT / all));
	}
	return FAULT_NONE;
}

static enum fault
read_all(struct reading *r)
{
	struct import_analysis *a = r->a;

	import_progress(a->progress, "reading", 0);
	for (size_t i = 0; i < a->upload_count; i++)
		TRY(open_upload(a, &a->uploads[i]));
	TRY(read_files(r));
	import_progress(a->progress, "planning", IMPORT_READ_PERCENT);
	return FAULT_NONE;
}

void
import_analyse(void *arg)
{
	struct import_analysis *a = arg;
	struct reading r = { .a = a };

	a->fault = read_all(&r);
	if (a->fault != FAULT_NONE)
		return;
	a->fault = make_plan(&r);
	if (a->fault != FAULT_NONE)
		a->field = field_to_blame(&r, a->fault);
	else
		keep_facts(&r);
	import_progress(a->progress, "writing", IMPORT_PLANNED_PERCENT);
}

enum siecle_kind
import_anomaly_kind(const struct import_analysis *a, size_t place)
{
	const struct anomaly *n = a->plan.anomalies.items;
	size_t end = 0;

	for (int i = 0; i < SIECLE__MAX; i++) {
		end += a->anomalies[i];
		if (place < end)
			return (enum siecle_kind)i;
	}
	/* Told by the plan itself. */
	return strcmp(n[place].code, "person_without_address") == 0 ||
		       strcmp(n[place].code, "link_orphan") == 0
		   ? SIECLE_GUARDIANS
		   : SIECLE_LEARNERS;
}
