#include <string.h>
#include <strings.h>

#include "staff_file.h"

#define STAFF_MAX 20000

#define PERSON "DONNEES/INDIVIDUS/INDIVIDU"
#define HEAD PERSON "/PROFS_PRINC/PROF_PRINC"
#define SUBJECT "NOMENCLATURES/MATIERES/MATIERE"
#define MEF "NOMENCLATURES/MEFS/MEF"
#define CLASS "DONNEES/STRUCTURE/DIVISIONS/DIVISION"
#define GROUP "DONNEES/STRUCTURE/GROUPES/GROUPE"
#define SERVICE "/SERVICES/SERVICE"
#define TEACHER SERVICE "/ENSEIGNANTS/ENSEIGNANT"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct xml_field person_fields[] = {
	{ "SEXE", offsetof(struct staff_record, sex) },
	{ "CIVILITE", offsetof(struct staff_record, title) },
	{ "NOM_USAGE", offsetof(struct staff_record, usual_name) },
	{ "NOM_PATRONYMIQUE", offsetof(struct staff_record, last_name) },
	{ "PRENOM", offsetof(struct staff_record, first_name) },
	{ "DATE_NAISSANCE", offsetof(struct staff_record, birth_date) },
	{ "GRADE", offsetof(struct staff_record, grade) },
	{ "FONCTION", offsetof(struct staff_record, function) },
};

static const struct xml_field head_fields[] = {
	{ "CODE_STRUCTURE", offsetof(struct head_record, class_code) },
	{ "DATE_DEBUT", offsetof(struct head_record, from) },
	{ "DATE_FIN", offsetof(struct head_record, to) },
};

struct reading {
	struct arena *arena;
	struct staff_file file;
	bool group;                    /* the structure being read is one */
	struct service_record service; /* the one being read */
	int teachers;                  /* of that service */
};

static void *
last(struct list *l)
{
	return (unsigned char *)l->items + l->size * (l->count - 1);
}

static const char *
staff_key(struct xml *x, const char **type)
{
	const char *id = xml_attribute(x, "ID");

	*type = xml_attribute(x, "TYPE");
	if (*type == NULL || strcasecmp(*type, "local") != 0)
		*type = "epp";
	else
		*type = "local";
	if (!siecle_id_ok(id))
		return NULL;
	return arena_print(xml_arena(x), "%s:%s", *type, id);
}

static void
person_open(struct xml *x, struct reading *r)
{
	struct staff_record *s = list_add(&r->file.staff);

	if (r->file.staff.count > STAFF_MAX)
		xml_refuse(x, FAULT_XML_LIMIT,
		    WORDS("Le fichier compte plus de 20 000 personnes.",
			"The file has more than 20,000 people."));
	s->line = xml_line(x);
	s->key = staff_key(x, &s->type);
	s->id = s->key == NULL ? NULL : strchr(s->key, ':') + 1;
}

static void
head_open(struct xml *x, struct reading *r)
{
	struct head_record *h = list_add(&r->file.heads);
	const struct staff_record *s = last(&r->file.staff);

	h->line = xml_line(x);
	h->staff = s->key;
}

static void
structure_open(struct xml *x, struct reading *r, bool group)
{
	struct staff_file *f = &r->file;
	struct structure_record *s;

	s = list_add(group ? &f->groups : &f->classes);
	s->line = xml_line(x);
	s->code = xml_attribute(x, "CODE");
	s->mefs = list_of(r->arena, sizeof(const char *));
	s->classes = list_of(r->arena, sizeof(const char *));
	r->group = group;
}

static struct structure_record *
structure(struct reading *r)
{
	return last(r->group ? &r->file.groups : &r->file.classes);
}

static void
service_open(struct xml *x, struct reading *r)
{
	r->service = (struct service_record){
		.line = xml_line(x),
		.group = r->group,
		.code = structure(r)->code,
		.subject = xml_attribute(x, "CODE_MATIERE"),
		.modality = xml_attribute(x, "CODE_MOD_COURS"),
	};
	r->teachers = 0;
}

static void
teacher_open(struct xml *x, struct reading *r)
{
	struct service_record *s = list_add(&r->file.services);
	const char *type;

	*s = r->service;
	s->line = xml_line(x);
	s->staff = staff_key(x, &type);
	r->teachers++;
}

static void
label_open(struct xml *x, struct reading *r)
{
	struct subject_record *s;
	struct mef_record *m;

	if (xml_at(x, SUBJECT)) {
		s = list_add(&r->file.subjects);
		s->code = xml_attribute(x, "CODE");
	} else {
		m = list_add(&r->file.mefs);
		m->code = xml_attribute(x, "CODE");
	}
}

static void
on_open(struct xml *x, void *data)
{
	struct reading *r = data;
	const char *code;

	if (xml_at(x, PERSON))
		person_open(x, r);
	else if (xml_at(x, HEAD))
		head_open(x, r);
	else if (xml_at(x, CLASS) || xml_at(x, GROUP))
		structure_open(x, r, xml_at(x, GROUP));
	else if (xml_at(x, CLASS SERVICE) || xml_at(x, GROUP SERVICE))
		service_open(x, r);
	else if (xml_at(x, CLASS TEACHER) || xml_at(x, GROUP TEACHER))
		teacher_open(x, r);
	else if (xml_at(x, SUBJECT) || xml_at(x, MEF))
		label_open(x, r);
	else if (xml_at(x, CLASS "/MEFS_APPARTENANCE/MEF")) {
		code = xml_attribute(x, "CODE");
		if (code != NULL)
			list_add_text(&structure(r)->mefs, code);
	} else if (xml_at(x, GROUP "/DIVISIONS_APPARTENANCE/"
				   "DIVISION_APPARTENANCE")) {
		code = xml_attribute(x, "CODE");
		if (code != NULL)
			list_add_text(&structure(r)->classes, code);
	}
}

static void
service_close(struct reading *r)
{
	if (r->teachers > 0)
		return;
	anomaly_add(&r->file.anomalies,
	    &(struct anomaly){ .code = "service_without_teacher",
		.line = r->service.line,
		.who = siecle_who(r->arena, r->service.code, NULL,
		    r->service.subject),
		.what =
		    WORDS("Aucun enseignant n'est indiqué pour cette matière.",
			"No teacher is told for this subject.") });
}

/* The best label wins: édition, then long, then court. */
static void
label_close(struct xml *x, struct reading *r)
{
	const char *text = xml_text(x);
	const char *name;
	struct subject_record *s = NULL;
	const char **label;

	name = xml_below(x, SUBJECT);
	if (name != NULL) {
		s = last(&r->file.subjects);
		label = &s->label;
	} else {
		name = xml_below(x, MEF);
		label = &((struct mef_record *)last(&r->file.mefs))->label;
	}
	if (text == NULL)
		return;
	if (s != NULL && strcmp(name, "LIBELLE_COURT") == 0)
		s->short_label = text;
	if (strcmp(name, "LIBELLE_EDITION") == 0)
		*label = text;
	else if (*label == NULL && strncmp(name, "LIBELLE_", 8) == 0)
		*label = text;
}

static void
discipline_close(struct xml *x, struct reading *r)
{
	struct staff_record *s = last(&r->file.staff);
	const char *text = xml_text(x);

	if (text == NULL)
		return;
	s->disciplines =
	    s->disciplines == NULL
		? text
		: arena_print(r->arena, "%s, %s", s->disciplines, text);
}

static void
on_close(struct xml *x, void *data)
{
	struct reading *r = data;

	if (xml_below(x, HEAD) != NULL)
		xml_fill(x, HEAD, head_fields, COUNT(head_fields),
		    last(&r->file.heads));
	else if (xml_at(x, PERSON "/DISCIPLINES/DISCIPLINE/LIBELLE_COURT"))
		discipline_close(x, r);
	else if (xml_below(x, PERSON) != NULL)
		xml_fill(x, PERSON, person_fields, COUNT(person_fields),
		    last(&r->file.staff));
	else if (xml_at(x, CLASS "/LIBELLE_LONG") ||
		 xml_at(x, GROUP "/LIBELLE_LONG"))
		structure(r)->label = xml_text(x);
	else if (xml_at(x, CLASS SERVICE) || xml_at(x, GROUP SERVICE))
		service_close(r);
	else if (xml_below(x, SUBJECT) != NULL || xml_below(x, MEF) != NULL)
		label_close(x, r);
}

/* ENS teaches; so does an individual without function but with both names. */
static const char *
role_of(const char *function)
{
	if (function == NULL || strcmp(function, "ENS") == 0 ||
	    strcmp(function, "EDU") == 0)
		return "teacher";
	return strcmp(function, "DIR") == 0 ? "head" : NULL;
}

/* CIVILITE wins over SEXE; an unknown code is no title. */
static void
title_and_sex(struct staff_record *s)
{
	const char *title = s->title, *sex = s->sex;

	s->title = NULL;
	s->sex = NULL;
	if (siecle_same(title, "1"))
		s->title = "M.";
	else if (siecle_same(title, "2") || siecle_same(title, "3"))
		s->title = "Mme";
	else if (title == NULL && siecle_same(sex, "1"))
		s->title = "M.";
	else if (title == NULL && siecle_same(sex, "2"))
		s->title = "Mme";
	if (siecle_same(sex, "1"))
		s->sex = "M";
	else if (siecle_same(sex, "2"))
		s->sex = "F";
}

static void
names(struct staff_record *s)
{
	if (s->last_name == NULL)
		s->last_name = s->usual_name;
	if (siecle_same(s->last_name, s->usual_name))
		s->usual_name = NULL;
}

static void
refuse(struct reading *r, struct staff_record *s, const char *code,
    struct words what)
{
	s->refused = true;
	anomaly_add(&r->file.anomalies,
	    &(struct anomaly){ .code = code,
		.line = s->line,
		.what = what,
		.refused = true,
		.who =
		    siecle_who(r->arena, s->last_name, s->first_name, s->id) });
}

static void
warn(struct reading *r, const struct staff_record *s, const char *code,
    struct words what)
{
	anomaly_add(&r->file.anomalies,
	    &(struct anomaly){ .code = code,
		.line = s->line,
		.what = what,
		.who =
		    siecle_who(r->arena, s->last_name, s->first_name, s->id) });
}

static void
person_finish(struct reading *r, struct staff_record *s,
    const struct index *ids)
{
	const char *birth = s->birth_date;
	size_t n;

	title_and_sex(s);
	names(s);
	s->role = role_of(s->function);
	s->birth_date =
	    siecle_birth_date(r->arena, birth, r->file.header.reference);
	index_find(ids, s->key, &n);
	if (s->key == NULL)
		refuse(r, s, "id_invalid",
		    WORDS("L'identifiant est absent ou n'est pas un nombre.",
			"The identifier is missing or is not a number."));
	else if (n > 1)
		refuse(r, s, "id_duplicate",
		    WORDS("Plusieurs personnes portent cet identifiant.",
			"Several people have this identifier."));
	else if (s->last_name == NULL)
		refuse(r, s, "name_missing",
		    WORDS("Le nom est absent.", "The last name is missing."));
	else if (s->first_name == NULL)
		refuse(r, s, "first_name_missing",
		    WORDS("Le prénom est absent.",
			"The first name is missing."));
	else if (s->role == NULL)
		warn(r, s, "function_without_account",
		    WORDS("Cette fonction ne donne pas de compte.",
			"This function gives no account."));
	else if (birth != NULL && s->birth_date == NULL)
		warn(r, s, "birth_date_invalid",
		    WORDS("La date de naissance n'est pas plausible.",
			"The birth date is not plausible."));
	else if (birth == NULL)
		warn(r, s, "birth_date_missing",
		    WORDS("La date de naissance est absente.",
			"The birth date is missing."));
}

static void
staff_finish(struct reading *r)
{
	struct staff_record *s = r->file.staff.items;
	struct index ids = index_in(r->arena);

	for (size_t i = 0; i < r->file.staff.count; i++)
		index_add(&ids, s[i].key, i);
	index_sort(&ids);
	for (size_t i = 0; i < r->file.staff.count; i++)
		person_finish(r, &s[i], &ids);
}

static void
about_structure(struct reading *r, const struct structure_record *s,
    const char *code, struct words what)
{
	anomaly_add(&r->file.anomalies,
	    &(struct anomaly){ .code = code,
		.line = s->line,
		.what = what,
		.who = s->code == NULL ? "" : s->code,
		.refused = s->refused });
}

/* Codes that are codes, once each; a label for all. */
static struct index
structures_finish(struct reading *r, struct list *list)
{
	struct structure_record *s = list->items;
	struct index codes = index_in(r->arena);
	const struct index_entry *e;
	size_t n;

	for (size_t i = 0; i < list->count; i++)
		index_add(&codes, s[i].code, i);
	index_sort(&codes);
	for (size_t i = 0; i < list->count; i++) {
		if (s[i].label == NULL)
			s[i].label = s[i].code;
		e = index_find(&codes, s[i].code, &n);
		s[i].refused = !siecle_code_ok(s[i].code);
		if (s[i].refused) {
			about_structure(r, &s[i], "id_invalid",
			    WORDS("Le code est absent ou dépasse 8 caractères.",
				"The code is missing or longer than 8 "
				"characters."));
		} else if (e->value != i) {
			s[i].refused = true;
			about_structure(r, &s[i], "id_duplicate",
			    WORDS("Ce code est déjà celui d'une structure lue "
				  "plus "
				  "haut.",
				"This code is already that of a class or group "
				"above."));
		}
	}
	return codes;
}

static void
group_classes_check(struct reading *r, const struct index *classes)
{
	struct structure_record *g = r->file.groups.items;
	const char *const *codes;
	size_t n;

	for (size_t i = 0; i < r->file.groups.count; i++) {
		codes = g[i].classes.items;
		for (size_t k = 0; k < g[i].classes.count; k++) {
			index_find(classes, codes[k], &n);
			if (n == 0)
				about_structure(r, &g[i], "link_orphan",
				    WORDS("Le groupe cite une classe que le "
					  "fichier "
					  "ne décrit pas.",
					"The group names a class the file does "
					"not describe."));
		}
	}
}

/* A service whose structure was refused goes with it. */
static void
services_check(struct reading *r)
{
	struct service_record *s = r->file.services.items;
	const struct staff_record *p = r->file.staff.items;
	struct index ids = index_in(r->arena);
	size_t n;

	for (size_t i = 0; i < r->file.staff.count; i++)
		index_add(&ids, p[i].key, i);
	index_sort(&ids);
	for (size_t i = 0; i < r->file.services.count; i++) {
		index_find(&ids, s[i].staff, &n);
		s[i].refused = n != 1 || !siecle_code_ok(s[i].code);
		if (n == 0)
			anomaly_add(&r->file.anomalies,
			    &(struct anomaly){ .code = "link_orphan",
				.line = s[i].line,
				.who = siecle_who(r->arena, s[i].code, NULL,
				    s[i].staff),
				.what = WORDS("Le fichier ne décrit pas cet "
					      "enseignant.",
				    "The file does not describe this "
				    "teacher.") });
	}
}

static void
no_services_check(struct reading *r, const struct list *list, bool group)
{
	const struct structure_record *s = list->items;
	const struct service_record *v = r->file.services.items;
	struct index with = index_in(r->arena);
	size_t n;

	for (size_t i = 0; i < r->file.services.count; i++)
		if (v[i].group == group)
			index_add(&with, v[i].code, i);
	index_sort(&with);
	for (size_t i = 0; i < list->count; i++) {
		index_find(&with, s[i].code, &n);
		if (n == 0 && !s[i].refused)
			about_structure(r, &s[i], "no_services",
			    WORDS("Aucun enseignant n'y est affecté dans "
				  "STSWEB.",
				"No teacher is assigned to it in STSWEB."));
	}
}

static void
heads_finish(struct reading *r)
{
	struct head_record *h = r->file.heads.items;

	for (size_t i = 0; i < r->file.heads.count; i++) {
		h[i].from = siecle_date(r->arena, h[i].from);
		h[i].to = siecle_date(r->arena, h[i].to);
	}
}

enum fault
staff_file_read(struct arena *a, const struct siecle_input *in,
    struct staff_file *out, struct siecle_problem *problem)
{
	struct reading r = {
		.arena = a,
		.file.staff = list_of(a, sizeof(struct staff_record)),
		.file.heads = list_of(a, sizeof(struct head_record)),
		.file.subjects = list_of(a, sizeof(struct subject_record)),
		.file.mefs = list_of(a, sizeof(struct mef_record)),
		.file.classes = list_of(a, sizeof(struct structure_record)),
		.file.groups = list_of(a, sizeof(struct structure_record)),
		.file.services = list_of(a, sizeof(struct service_record)),
		.file.anomalies = anomalies_in(a),
	};
	const struct export_reader reader = { on_open, on_close, &r };
	struct index classes;

	TRY(export_read(a, in, SIECLE_STAFF, &reader, &r.file.header, problem));
	staff_finish(&r);
	classes = structures_finish(&r, &r.file.classes);
	structures_finish(&r, &r.file.groups);
	group_classes_check(&r, &classes);
	services_check(&r);
	no_services_check(&r, &r.file.classes, false);
	no_services_check(&r, &r.file.groups, true);
	heads_finish(&r);
	*out = r.file;
	return FAULT_NONE;
}
