#include <string.h>

#include "learner_file.h"

#define LEARNERS_MAX 20000
#define PLACES_MAX 64         /* classes, or groups, of one learner */
#define PLACES_ALL_MAX 200000 /* of all learners */

#define LEARNER "DONNEES/ELEVES/ELEVE"
#define PLACES "DONNEES/STRUCTURES/STRUCTURES_ELEVE"
#define PLACE PLACES "/STRUCTURE"

/* The pseudo-class SIECLE keeps departed learners in. */
#define CLASS_INACTIVE "Inactifs"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* As in the file, before it is judged. */
struct raw {
	struct learner_record learner;
	const char *name; /* NOM, alone before 2016 */
};

#define AT(field)                                                              \
	(offsetof(struct raw, learner) + offsetof(struct learner_record, field))

static const struct xml_field learner_fields[] = {
	{ "ID_NATIONAL", AT(ine) },
	{ "INE_BEA", AT(ine_bea) },
	{ "ELENOET", AT(elenoet) },
	{ "NOM", offsetof(struct raw, name) },
	{ "NOM_DE_FAMILLE", AT(last_name) },
	{ "NOM_USAGE", AT(usual_name) },
	{ "PRENOM", AT(first_name) },
	{ "DATE_NAISS", AT(birth_date) },
	{ "CODE_SEXE", AT(sex) },
	{ "CODE_MEF", AT(mef) },
	{ "CODE_STATUT", AT(status) },
	{ "DATE_ENTREE", AT(entered_on) },
	{ "DATE_SORTIE", AT(left_on) },
	{ "MEL", AT(email) },
};

/* A learner's tie to a class (D) or a group (G). */
struct place {
	int line;
	const char *learner; /* ELEVE_ID */
	const char *code;
	const char *type;
};

static const struct xml_field place_fields[] = {
	{ "CODE_STRUCTURE", offsetof(struct place, code) },
	{ "TYPE_STRUCTURE", offsetof(struct place, type) },
};

struct reading {
	struct arena *arena;
	struct learner_file file;
	struct raw raw;        /* the learner being read */
	const char *places_of; /* the learner whose places are read */
	struct place place;    /* the one being read */
	struct list places;    /* of struct place */
};

static void
on_open(struct xml *x, void *data)
{
	struct reading *r = data;

	if (xml_at(x, LEARNER)) {
		r->raw = (struct raw){
			.learner = { .line = xml_line(x),
			    .siecle_id = xml_attribute(x, "ELEVE_ID"),
			    .elenoet = xml_attribute(x, "ELENOET"),
			    .divisions =
				list_of(r->arena, sizeof(const char *)),
			    .groups = list_of(r->arena, sizeof(const char *)) }
		};
	} else if (xml_at(x, PLACES)) {
		r->places_of = xml_attribute(x, "ELEVE_ID");
	} else if (xml_at(x, PLACE)) {
		r->place = (struct place){ .line = xml_line(x),
			.learner = r->places_of };
	}
}

/* NOM alone stands for the family name, and for it only when it is alone. */
static void
names(struct learner_record *l, const char *name)
{
	if (l->last_name == NULL)
		l->last_name = name;
	if (l->last_name == NULL)
		l->last_name = l->usual_name;
	if (siecle_same(l->last_name, l->usual_name))
		l->usual_name = NULL;
}

static void
learner_close(struct xml *x, struct reading *r)
{
	struct learner_record *l = &r->raw.learner;

	names(l, r->raw.name);
	if (siecle_same(l->sex, "1"))
		l->sex = "M";
	else
		l->sex = siecle_same(l->sex, "2") ? "F" : NULL;
	if (l->status == NULL)
		l->status = "ST";
	l->track = strcmp(l->status, "AP") == 0 ? "apprentice" : "school";
	l->entered_on = siecle_date(r->arena, l->entered_on);
	l->left_on = siecle_date(r->arena, l->left_on);
	if (r->file.learners.count == LEARNERS_MAX)
		xml_refuse(x, FAULT_XML_LIMIT,
		    WORDS("Le fichier compte plus de 20 000 élèves.",
			"The file has more than 20,000 learners."));
	*(struct learner_record *)list_add(&r->file.learners) = *l;
}

static void
place_close(struct xml *x, struct reading *r)
{
	if (r->places.count == PLACES_ALL_MAX)
		xml_refuse(x, FAULT_XML_LIMIT,
		    WORDS("Le fichier compte plus de 200 000 affectations.",
			"The file has more than 200,000 enrolments."));
	*(struct place *)list_add(&r->places) = r->place;
}

static void
on_close(struct xml *x, void *data)
{
	struct reading *r = data;

	if (xml_at(x, LEARNER))
		learner_close(x, r);
	else if (xml_at(x, LEARNER "/ELENOET") &&
		 r->raw.learner.elenoet != NULL)
		return;
	else if (xml_below(x, LEARNER) != NULL)
		xml_fill(x, LEARNER, learner_fields, COUNT(learner_fields),
		    &r->raw);
	else if (xml_at(x, PLACE))
		place_close(x, r);
	else if (xml_below(x, PLACE) != NULL)
		xml_fill(x, PLACE, place_fields, COUNT(place_fields),
		    &r->place);
}

static void
about(struct reading *r, struct learner_record *l, const char *code,
    struct words what, bool refused)
{
	l->refused |= refused;
	anomaly_add(&r->file.anomalies,
	    &(struct anomaly){ .code = code,
		.line = l->line,
		.what = what,
		.refused = refused,
		.who = siecle_who(r->arena, l->last_name, l->first_name,
		    l->siecle_id) });
}

static bool
several(const struct index *ix, const char *key)
{
	size_t n;

	index_find(ix, key, &n);
	return n > 1;
}

/* What costs a learner the import. */
static void
refusals(struct reading *r, struct learner_record *l, const struct index *ids,
    const struct index *ines)
{
	if (!siecle_id_ok(l->siecle_id))
		about(r, l, "id_invalid",
		    WORDS("L'identifiant ELEVE_ID n'est pas un nombre.",
			"The identifier ELEVE_ID is not a number."),
		    true);
	else if (several(ids, l->siecle_id))
		about(r, l, "id_duplicate",
		    WORDS("Plusieurs élèves portent cet ELEVE_ID.",
			"Several learners have this ELEVE_ID."),
		    true);
	else if (several(ines, l->ine))
		about(r, l, "ine_duplicate",
		    WORDS("Plusieurs élèves portent cet INE.",
			"Several learners have this INE."),
		    true);
	else if (l->last_name == NULL)
		about(r, l, "name_missing",
		    WORDS("Le nom est absent.", "The last name is missing."),
		    true);
	else if (l->first_name == NULL)
		about(r, l, "first_name_missing",
		    WORDS("Le prénom est absent.",
			"The first name is missing."),
		    true);
}

static void
national_id(struct reading *r, struct learner_record *l)
{
	if (l->ine_bea != NULL && !siecle_ine_ok(l->ine_bea))
		l->ine_bea = NULL;
	if (l->ine == NULL)
		about(r, l, "ine_missing",
		    WORDS("L'INE est absent.", "The INE is missing."), false);
	else if (!siecle_ine_ok(l->ine)) {
		l->ine = NULL;
		about(r, l, "ine_missing",
		    WORDS("L'INE n'est pas formé comme il doit : il est "
			  "ignoré.",
			"The INE is not formed as it should be: it is "
			"ignored."),
		    false);
	}
}

/* What is only told. */
static void
warnings(struct reading *r, struct learner_record *l)
{
	const char *birth = l->birth_date;

	l->birth_date =
	    siecle_birth_date(r->arena, birth, r->file.header.reference);
	if (l->refused)
		return;
	national_id(r, l);
	if (birth == NULL)
		about(r, l, "birth_date_missing",
		    WORDS("La date de naissance est absente.",
			"The birth date is missing."),
		    false);
	else if (l->birth_date == NULL)
		about(r, l, "birth_date_invalid",
		    WORDS("La date de naissance n'est pas plausible : elle est "
			  "ignorée.",
			"The birth date is not plausible: it is ignored."),
		    false);
	if (l->sex == NULL)
		about(r, l, "sex_missing",
		    WORDS("Le sexe est absent.", "The sex is missing."), false);
	if (l->divisions.count == 0 && l->left_on == NULL)
		about(r, l, "no_division",
		    WORDS("L'élève n'a pas de classe.",
			"The learner has no class."),
		    false);
	if (l->divisions.count > 1)
		about(r, l, "two_divisions",
		    WORDS("L'élève a plusieurs classes.",
			"The learner has several classes."),
		    false);
}

static bool
holds(const struct list *texts, const char *text)
{
	const char *const *t = texts->items;

	for (size_t i = 0; i < texts->count; i++)
		if (strcmp(t[i], text) == 0)
			return true;
	return false;
}

static void
place_orphan(struct reading *r, const struct place *p)
{
	anomaly_add(&r->file.anomalies,
	    &(struct anomaly){ .code = "structure_orphan",
		.line = p->line,
		.who = siecle_who(r->arena, p->code, NULL, p->learner),
		.what = WORDS("Cette affectation concerne un élève absent du "
			      "fichier.",
		    "This enrolment is of a learner who is not in the "
		    "file.") });
}

/* Attach each class and group code to its learner. */
static void
places_join(struct reading *r, const struct index *ids)
{
	const struct place *p = r->places.items;
	struct learner_record *l = r->file.learners.items;
	const struct index_entry *e;
	struct list *to;
	size_t n;

	for (size_t i = 0; i < r->places.count; i++) {
		e = index_find(ids, p[i].learner, &n);
		if (n == 0)
			place_orphan(r, &p[i]);
		if (n == 0 || !siecle_code_ok(p[i].code) ||
		    strcmp(p[i].code, CLASS_INACTIVE) == 0)
			continue;
		if (siecle_same(p[i].type, "D")) {
			to = &l[e->value].divisions;
			r->file.classed++;
		} else if (siecle_same(p[i].type, "G")) {
			to = &l[e->value].groups;
		} else {
			continue;
		}
		if (to->count < PLACES_MAX && !holds(to, p[i].code))
			list_add_text(to, p[i].code);
	}
}

static void
finish(struct reading *r)
{
	struct learner_record *l = r->file.learners.items;
	struct index ids = index_in(r->arena), ines = index_in(r->arena);

	for (size_t i = 0; i < r->file.learners.count; i++) {
		index_add(&ids, l[i].siecle_id, i);
		index_add(&ines, l[i].ine, i);
	}
	index_sort(&ids);
	index_sort(&ines);
	places_join(r, &ids);
	for (size_t i = 0; i < r->file.learners.count; i++) {
		refusals(r, &l[i], &ids, &ines);
		warnings(r, &l[i]);
	}
}

enum fault
learner_file_read(struct arena *a, const struct siecle_input *in,
    struct learner_file *out, struct siecle_problem *problem)
{
	struct reading r = {
		.arena = a,
		.file.learners = list_of(a, sizeof(struct learner_record)),
		.file.anomalies = anomalies_in(a),
		.places = list_of(a, sizeof(struct place)),
	};
	const struct export_reader reader = { on_open, on_close, &r };

	TRY(export_read(a, in, SIECLE_LEARNERS, &reader, &r.file.header,
	    problem));
	finish(&r);
	if (r.file.classed == 0) {
		*problem = (struct siecle_problem){ FAULT_NO_STRUCTURES, 0,
			WORDS("Aucun élève n'a de classe dans ce fichier. "
			      "SIECLE ne "
			      "donne"
			      " les affectations que le lendemain de leur "
			      "saisie : "
			      "refaites l'export demain.",
			    "No learner has a class in this file. SIECLE gives "
			    "enrolments only the day after they were entered: "
			    "export again tomorrow.") };
		return FAULT_NO_STRUCTURES;
	}
	*out = r.file;
	return FAULT_NONE;
}

bool
learner_active(const struct learner_record *l, const char *day)
{
	return l->divisions.count > 0 &&
	       (l->left_on == NULL || strcmp(l->left_on, day) >= 0);
}
