#include <string.h>

#include "labels_file.h"

/* Which list an element's records go to, and how its code is spelt. */
struct place {
	const char *path;
	const char *attribute;
	size_t list; /* offset in struct labels_file */
};

static const struct place places[] = {
	{ "DONNEES/MEFS/MEF", "CODE_MEF", offsetof(struct labels_file, mefs) },
	{ "DONNEES/MATIERES/MATIERE", "CODE_MATIERE",
	    offsetof(struct labels_file, subjects) },
	{ "DONNEES/DIVISIONS/DIVISION", "CODE_STRUCTURE",
	    offsetof(struct labels_file, classes) },
	{ "DONNEES/GROUPES/GROUPE", "CODE_STRUCTURE",
	    offsetof(struct labels_file, groups) },
};

#define PLACES (sizeof(places) / sizeof(places[0]))

static struct list *
list_at(struct labels_file *f, const struct place *p)
{
	return (struct list *)((char *)f + p->list);
}

static void
on_open(struct xml *x, void *data)
{
	struct labels_file *f = data;
	struct label_record *l;

	for (size_t i = 0; i < PLACES; i++) {
		if (!xml_at(x, places[i].path))
			continue;
		l = list_add(list_at(f, &places[i]));
		l->code = xml_attribute(x, places[i].attribute);
		if (l->code == NULL)
			l->code = xml_attribute(x, "CODE");
	}
}

/* The code as a child, labels from the best to the shortest, the MEF. */
static void
fill(struct xml *x, const char *name, const struct place *p,
    struct label_record *l)
{
	const char *text = xml_text(x);

	if (text == NULL)
		return;
	if (strcmp(name, p->attribute) == 0 && l->code == NULL)
		l->code = text;
	else if (strcmp(name, "LIBELLE_EDITION") == 0)
		l->label = text;
	else if (strcmp(name, "LIBELLE_LONG") == 0 && l->label == NULL)
		l->label = text;
	else if (strcmp(name, "LIBELLE_COURT") == 0)
		l->short_label = text;
	else if (strcmp(name, "MEF_APPARTENANCE/CODE_MEF") == 0 ||
		 strcmp(name, "MEFS_APPARTENANCE/MEF_APPARTENANCE/CODE_MEF") ==
		     0)
		l->mef = l->mef == NULL ? text : l->mef;
}

static void
on_close(struct xml *x, void *data)
{
	struct labels_file *f = data;
	const char *name;
	struct list *l;

	for (size_t i = 0; i < PLACES; i++) {
		name = xml_below(x, places[i].path);
		if (name == NULL)
			continue;
		l = list_at(f, &places[i]);
		fill(x, name, &places[i],
		    (struct label_record *)l->items + l->count - 1);
	}
}

static enum fault
read_kind(struct arena *a, const struct siecle_input *in, enum siecle_kind kind,
    struct labels_file *out, struct siecle_problem *problem)
{
	struct labels_file f = {
		.mefs = list_of(a, sizeof(struct label_record)),
		.subjects = list_of(a, sizeof(struct label_record)),
		.classes = list_of(a, sizeof(struct label_record)),
		.groups = list_of(a, sizeof(struct label_record)),
	};
	const struct export_reader reader = { on_open, on_close, &f };

	TRY(export_read(a, in, kind, &reader, &f.header, problem));
	*out = f;
	return FAULT_NONE;
}

enum fault
nomenclature_file_read(struct arena *a, const struct siecle_input *in,
    struct labels_file *out, struct siecle_problem *problem)
{
	return read_kind(a, in, SIECLE_NOMENCLATURE, out, problem);
}

enum fault
structures_file_read(struct arena *a, const struct siecle_input *in,
    struct labels_file *out, struct siecle_problem *problem)
{
	return read_kind(a, in, SIECLE_STRUCTURES, out, problem);
}
