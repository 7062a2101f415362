#include <string.h>

#include "import_analysis.h"

const char *const import_part_names[PART__MAX] = {
	[PART_STAFF] = "staff",
	[PART_LEARNERS] = "learners",
	[PART_GUARDIANS] = "guardians",
	[PART_LABELS] = "labels",
};

/* The files as read; what is not given is not pointed to. */
struct reading {
	struct import_analysis *a;
	struct plan_files files;
	struct staff_file staff;
	struct learner_file learners;
	struct guardian_file guardians;
	struct labels_file labels;
};

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

static enum fault
read_labels(struct reading *r, const struct siecle_input *in)
{
	struct import_analysis *a = r->a;
	enum siecle_kind kind;

	TRY(export_kind(a->arena, in, &kind, &a->problem));
	if (kind == SIECLE_STRUCTURES) {
		r->files.structures = &r->labels;
		return structures_file_read(a->arena, in, &r->labels,
		    &a->problem);
	}
	/* Any other than Nomenclature.xml is refused by its reader. */
	r->files.nomenclature = &r->labels;
	return nomenclature_file_read(a->arena, in, &r->labels, &a->problem);
}

static enum fault
read_as(struct reading *r, enum import_part part, const struct siecle_input *in)
{
	struct import_analysis *a = r->a;

	switch (part) {
	case PART_STAFF:
		r->files.staff = &r->staff;
		return staff_file_read(a->arena, in, &r->staff, &a->problem);
	case PART_LEARNERS:
		r->files.learners = &r->learners;
		return learner_file_read(a->arena, in, &r->learners,
		    &a->problem);
	case PART_GUARDIANS:
		r->files.guardians = &r->guardians;
		return guardian_file_read(a->arena, in, &r->guardians,
		    &a->problem);
	case PART_LABELS:
		return read_labels(r, in);
	case PART__MAX:
		break;
	}
	return FAULT_INTERNAL;
}

static enum fault
read_file(struct reading *r, enum import_part part)
{
	struct import_file *f = &r->a->files[part];
	struct siecle_input in = { .bytes = f->bytes, .length = f->length };
	enum fault fault;

	if (f->bytes == NULL)
		return FAULT_NONE;
	r->a->part = part;
	fault = read_as(r, part, &in);
	if (fault != FAULT_ENCODING_SUSPECT)
		return fault;
	to_confirm(r->a, fault);
	in.encoding_confirmed = true;
	return read_as(r, part, &in);
}

static const struct export_header *
header_of(const struct reading *r, enum import_part part)
{
	switch (part) {
	case PART_STAFF:
		return r->files.staff == NULL ? NULL : &r->staff.header;
	case PART_LEARNERS:
		return r->files.learners == NULL ? NULL : &r->learners.header;
	case PART_GUARDIANS:
		return r->files.guardians == NULL ? NULL : &r->guardians.header;
	case PART_LABELS:
		return r->a->files[part].bytes == NULL ? NULL
						       : &r->labels.header;
	case PART__MAX:
		break;
	}
	return NULL;
}

/* The first file that is not of this school and year, or else the first. */
static enum import_part
part_to_blame(const struct reading *r, enum fault fault)
{
	const struct school_state *s = &r->a->state->school;
	const struct export_header *h;
	int i, first = PART__MAX;

	for (i = PART__MAX - 1; i >= 0; i--) {
		h = header_of(r, (enum import_part)i);
		if (h == NULL)
			continue;
		first = i;
		if (fault == FAULT_OTHER_SCHOOL && strcmp(h->uai, s->uai) != 0)
			return (enum import_part)i;
		if (fault == FAULT_OTHER_YEAR && h->year != s->year)
			return (enum import_part)i;
	}
	return (enum import_part)first;
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

	for (int i = 0; i < PART__MAX; i++) {
		h = header_of(r, (enum import_part)i);
		r->a->files[i].stamp = h == NULL ? NULL : h->stamp;
	}
	r->a->anomalies[PART_STAFF] = r->staff.anomalies.count;
	r->a->anomalies[PART_LEARNERS] = r->learners.anomalies.count;
	r->a->anomalies[PART_GUARDIANS] = r->guardians.anomalies.count;
}

void
import_analyse(void *arg)
{
	struct import_analysis *a = arg;
	struct reading r = { .a = a };

	for (int i = 0; i < PART__MAX; i++) {
		a->fault = read_file(&r, (enum import_part)i);
		if (a->fault != FAULT_NONE)
			return;
	}
	a->fault = make_plan(&r);
	if (a->fault != FAULT_NONE)
		a->part = part_to_blame(&r, a->fault);
	else
		keep_facts(&r);
}

enum import_part
import_anomaly_part(const struct import_analysis *a, size_t place)
{
	const struct anomaly *n = a->plan.anomalies.items;
	size_t end = 0;

	for (int i = 0; i < PART__MAX; i++) {
		end += a->anomalies[i];
		if (place < end)
			return (enum import_part)i;
	}
	/* Told by the plan itself. */
	return strcmp(n[place].code, "person_without_address") == 0 ||
		       strcmp(n[place].code, "link_orphan") == 0
		   ? PART_GUARDIANS
		   : PART_LEARNERS;
}
