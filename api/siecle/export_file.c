#include <string.h>
#include <strings.h>

#include "../../domain/uai.h"
#include "export_file.h"

static const struct {
	const char *root;
	struct words name; /* what a person calls it */
} kinds[] = {
	[SIECLE_STAFF] = { "STS_EDT",
	    { { "le fichier des enseignants sts_emp (STSWEB, Mise à jour > "
		"Exports "
		"> Emploi du temps)",
		"the file of the teachers, sts_emp (STSWEB, Mise à jour > "
		"Exports > Emploi du temps)" } } },
	[SIECLE_LEARNERS] = { "BEE_ELEVES",
	    { { "le fichier des élèves ElevesSansAdresses.xml (SIECLE)",
		"the file of the learners, ElevesSansAdresses.xml "
		"(SIECLE)" } } },
	[SIECLE_GUARDIANS] = { "BEE_RESPONSABLES",
	    { { "le fichier des responsables ResponsablesAvecAdresses.xml "
		"(SIECLE)",
		"the file of the guardians, ResponsablesAvecAdresses.xml "
		"(SIECLE)" } } },
	[SIECLE_NOMENCLATURE] = { "BEE_NOMENCLATURES",
	    { { "le fichier Nomenclature.xml (SIECLE)",
		"the file Nomenclature.xml (SIECLE)" } } },
	[SIECLE_STRUCTURES] = { "BEE_STRUCTURES",
	    { { "le fichier Structures.xml (SIECLE)",
		"the file Structures.xml (SIECLE)" } } },
};
_Static_assert(sizeof(kinds) / sizeof(kinds[0]) == SIECLE__MAX,
    "every kind needs its root");

/* Recognised, and of no use here. */
static const struct {
	const char *root;
	struct words name;
} others[] = {
	{ "EDT_STS",
	    { { "le fichier emp_sts, qui va du logiciel d'emploi du temps "
		"vers STSWEB : c'est le mauvais sens. Il faut celui que "
		"STSWEB produit",
		"the file emp_sts, which goes from the timetable software to "
		"STSWEB: the wrong way. What is needed is the one that STSWEB "
		"makes" } } },
	{ "BEE_COMMUN",
	    { { "le fichier Communs.xml", "the file Communs.xml" } } },
	{ "BEE_COMMUNS",
	    { { "le fichier Communs.xml", "the file Communs.xml" } } },
	{ "BEE_GEOGRAPHIQUE", { { "le fichier Geographique.xml",
				  "the file Geographique.xml" } } },
	{ "BEE_ETABLISSEMENTS", { { "le fichier Etablissements.xml",
				    "the file Etablissements.xml" } } },
};

struct reading {
	struct export_header header;
	const struct export_reader *inner;
};

/* The export that has this root, or SIECLE__MAX. */
static enum siecle_kind
kind_of(const char *root)
{
	for (int i = 0; i < SIECLE__MAX; i++)
		if (strcmp(kinds[i].root, root) == 0)
			return (enum siecle_kind)i;
	return SIECLE__MAX;
}

struct words
export_words(enum siecle_kind kind)
{
	return kinds[kind].name;
}

struct words
export_say(struct arena *a, const char *french, const char *english,
    struct words of)
{
	return WORDS(arena_print(a, french, of.in[0]),
	    arena_print(a, english, of.in[1]));
}

static struct words
instead(struct arena *a, struct words given, enum siecle_kind wanted)
{
	struct words w = export_words(wanted);

	return WORDS(arena_print(a,
			 "Le fichier donné est %s. On attend ici %s.",
			 given.in[0], w.in[0]),
	    arena_print(a, "The file given is %s. Wanted here is %s.",
		given.in[1], w.in[1]));
}

struct words
export_instead(struct arena *a, enum siecle_kind given, enum siecle_kind wanted)
{
	return instead(a, export_words(given), wanted);
}

static struct words
given_words(struct arena *a, const char *root)
{
	enum siecle_kind kind = kind_of(root);

	if (kind != SIECLE__MAX)
		return kinds[kind].name;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcmp(others[i].root, root) == 0)
			return others[i].name;
	return WORDS_OF(a, "un fichier XML de racine « %s »",
	    "an XML file whose root is \"%s\"", root);
}

static void
on_root(struct xml *x, const char *root, void *data)
{
	struct reading *r = data;
	struct arena *a = xml_arena(x);

	if (strcasecmp(root, "html") == 0)
		xml_refuse(x, FAULT_HTML_PAGE,
		    WORDS("Ce fichier est une page web.",
			"This file is a web page."));
	else if (kind_of(root) != r->header.kind)
		xml_refuse(x, FAULT_WRONG_FILE,
		    instead(a, given_words(a, root), r->header.kind));
}

static void
on_kind_root(struct xml *x, const char *root, void *data)
{
	enum siecle_kind *kind = data;

	*kind = kind_of(root);
	if (*kind != SIECLE__MAX)
		xml_stop(x);
	else
		xml_refuse(x, FAULT_WRONG_FILE,
		    export_say(xml_arena(x), "Le fichier donné est %s.",
			"The file given is %s.",
			given_words(xml_arena(x), root)));
}

static void
on_nothing(struct xml *x, void *data)
{
	(void)x;
	(void)data;
}

/* Four digits, or 0. */
static int
year_of(const char *text)
{
	if (text == NULL || strlen(text) != 4 ||
	    strspn(text, "0123456789") != 4)
		return 0;
	return (text[0] - '0') * 1000 + (text[1] - '0') * 100 +
	       (text[2] - '0') * 10 + (text[3] - '0');
}

static void
on_open(struct xml *x, void *data)
{
	struct reading *r = data;

	if (xml_below(x, "PARAMETRES") == NULL)
		r->inner->open(x, r->inner->data);
	else if (r->header.kind != SIECLE_STAFF)
		return;
	else if (xml_at(x, "PARAMETRES/UAJ"))
		r->header.uai = xml_attribute(x, "CODE");
	else if (xml_at(x, "PARAMETRES/ANNEE_SCOLAIRE"))
		r->header.year = year_of(xml_attribute(x, "ANNEE"));
}

/* "15/09/2025 07:30:00" as "2025-09-15 07:30:00". */
static const char *
stamp_of(struct arena *a, const char *text)
{
	const char *day = siecle_date(a, text);
	const char *time = text == NULL ? NULL : strchr(text, ' ');

	if (day == NULL || time == NULL || strlen(time) > 9)
		return day;
	return arena_print(a, "%s%s", day, time);
}

static void
on_close(struct xml *x, void *data)
{
	struct reading *r = data;

	if (xml_below(x, "PARAMETRES") == NULL)
		r->inner->close(x, r->inner->data);
	else if (r->header.kind == SIECLE_STAFF)
		return;
	else if (xml_at(x, "PARAMETRES/UAJ"))
		r->header.uai = xml_text(x);
	else if (xml_at(x, "PARAMETRES/ANNEE_SCOLAIRE"))
		r->header.year = year_of(xml_text(x));
	else if (xml_at(x, "PARAMETRES/DATE_EXPORT"))
		r->header.day = siecle_date(xml_arena(x), xml_text(x));
	else if (xml_at(x, "PARAMETRES/HORODATAGE"))
		r->header.stamp = stamp_of(xml_arena(x), xml_text(x));
}

static enum fault
header_check(struct arena *a, struct export_header *h,
    struct siecle_problem *problem)
{
	struct siecle_problem out = { 0 };

	if (h->uai == NULL || !uai_ok(h->uai)) {
		out.fault = FAULT_NO_UAI;
		out.detail =
		    WORDS("Le fichier ne dit pas de quel établissement il "
			  "vient (code UAI absent ou faux).",
			"The file does not say which school it is of (UAI code "
			"missing or wrong).");
	} else if (h->year == 0) {
		out.fault = FAULT_NO_YEAR;
		out.detail =
		    WORDS("Le fichier ne dit pas de quelle année scolaire "
			  "il est.",
			"The file does not say which school year it is of.");
	}
	if (out.fault != FAULT_NONE) {
		*problem = out;
		return out.fault;
	}
	if (h->stamp == NULL)
		h->stamp = h->day;
	h->reference =
	    h->day != NULL ? h->day : arena_print(a, "%04d-09-01", h->year);
	return FAULT_NONE;
}

enum fault
export_read(struct arena *a, const struct siecle_input *in,
    enum siecle_kind kind, const struct export_reader *inner,
    struct export_header *header, struct siecle_problem *problem)
{
	struct reading r = { .header.kind = kind, .inner = inner };
	const struct xml_reader outer = { on_root, on_open, on_close, &r };

	TRY(xml_read(a, in, &outer, problem));
	TRY(header_check(a, &r.header, problem));
	*header = r.header;
	return FAULT_NONE;
}

enum fault
export_kind(struct arena *a, const struct siecle_input *in,
    enum siecle_kind *kind, struct siecle_problem *problem)
{
	const struct xml_reader reader = { on_kind_root, on_nothing, on_nothing,
		kind };

	return xml_read(a, in, &reader, problem);
}
