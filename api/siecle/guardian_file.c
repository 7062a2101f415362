#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "guardian_file.h"

#define RECORDS_MAX 100000

#define LINK "DONNEES/RESPONSABLES/RESPONSABLE_ELEVE"
#define ADULT "DONNEES/PERSONNES/PERSONNE"
#define ADDRESS "DONNEES/ADRESSES/ADRESSE"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct raw_adult {
	struct adult_record adult;
	const char *name; /* NOM, alone before 2016 */
	const char *home, *mobile, *work;
};

struct raw_link {
	struct link_record link;
	const char *resp_legal;
};

struct address {
	const char *id;
	const char *lines[4];
	const char *postcode;
	const char *town;
	const char *town_abroad;
	const char *country;
};

#define AT(field) offsetof(struct adult_record, field)

static const struct xml_field adult_fields[] = {
	{ "NOM", offsetof(struct raw_adult, name) },
	{ "NOM_DE_FAMILLE", AT(last_name) },
	{ "NOM_USAGE", AT(usual_name) },
	{ "PRENOM", AT(first_name) },
	{ "LC_CIVILITE", AT(title) },
	{ "TEL_PERSONNEL", offsetof(struct raw_adult, home) },
	{ "TEL_PORTABLE", offsetof(struct raw_adult, mobile) },
	{ "TEL_PROFESSIONNEL", offsetof(struct raw_adult, work) },
	{ "MEL", AT(email) },
	{ "ADRESSE_ID", AT(address_id) },
};

static const struct xml_field link_fields[] = {
	{ "ELEVE_ID", offsetof(struct link_record, learner) },
	{ "PERSONNE_ID", offsetof(struct link_record, adult) },
	{ "CODE_PARENTE", offsetof(struct link_record, parent_code) },
	{ "NIVEAU_RESPONSABILITE", offsetof(struct link_record, level) },
	{ "RESP_LEGAL", offsetof(struct raw_link, resp_legal) },
};

static const struct xml_field address_fields[] = {
	{ "LIGNE1_ADRESSE", offsetof(struct address, lines[0]) },
	{ "LIGNE2_ADRESSE", offsetof(struct address, lines[1]) },
	{ "LIGNE3_ADRESSE", offsetof(struct address, lines[2]) },
	{ "LIGNE4_ADRESSE", offsetof(struct address, lines[3]) },
	{ "CODE_POSTAL", offsetof(struct address, postcode) },
	{ "LIBELLE_POSTAL", offsetof(struct address, town) },
	{ "COMMUNE_ETRANGERE", offsetof(struct address, town_abroad) },
	{ "LL_PAYS", offsetof(struct address, country) },
};

_Static_assert(offsetof(struct raw_adult, adult) == 0, "fields count on it");
_Static_assert(offsetof(struct raw_link, link) == 0, "fields count on it");

struct reading {
	struct arena *arena;
	struct guardian_file file;
	struct raw_adult adult; /* the one being read */
	struct address address; /* the one being read */
	struct list links;      /* of struct raw_link */
	struct list addresses;  /* of struct address */
};

static void
on_open(struct xml *x, void *data)
{
	struct reading *r = data;

	if (xml_at(x, ADULT))
		r->adult = (struct raw_adult){
			.adult = { .line = xml_line(x),
			    .guardian_key = xml_attribute(x, "PERSONNE_ID") }
		};
	else if (xml_at(x, LINK))
		((struct raw_link *)list_add(&r->links))->link.line =
		    xml_line(x);
	else if (xml_at(x, ADDRESS))
		r->address =
		    (struct address){ .id = xml_attribute(x, "ADRESSE_ID") };
	if (r->links.count > RECORDS_MAX || r->file.adults.count > RECORDS_MAX)
		xml_refuse(x, FAULT_XML_LIMIT,
		    WORDS("Le fichier compte plus de 100 000 responsables.",
			"The file has more than 100,000 guardians."));
}

static void
adult_close(struct reading *r)
{
	struct adult_record *p = &r->adult.adult;

	if (p->last_name == NULL)
		p->last_name = r->adult.name;
	if (p->last_name == NULL)
		p->last_name = p->usual_name;
	if (siecle_same(p->last_name, p->usual_name))
		p->usual_name = NULL;
	if (p->title != NULL && (strcasecmp(p->title, "MME") == 0 ||
				    strcasecmp(p->title, "MLLE") == 0))
		p->title = "Mme";
	else if (p->title != NULL && (strcasecmp(p->title, "M.") == 0 ||
					 strcasecmp(p->title, "M") == 0))
		p->title = "M.";
	else
		p->title = NULL;
	p->phone = r->adult.mobile;
	if (p->phone == NULL)
		p->phone = r->adult.home;
	if (p->phone == NULL)
		p->phone = r->adult.work;
	*(struct adult_record *)list_add(&r->file.adults) = *p;
}

static void
on_close(struct xml *x, void *data)
{
	struct reading *r = data;
	struct raw_link *links = r->links.items;

	if (xml_at(x, ADULT))
		adult_close(r);
	else if (xml_at(x, ADDRESS))
		*(struct address *)list_add(&r->addresses) = r->address;
	else if (xml_below(x, ADULT) != NULL)
		xml_fill(x, ADULT, adult_fields, COUNT(adult_fields),
		    &r->adult);
	else if (xml_below(x, LINK) != NULL)
		xml_fill(x, LINK, link_fields, COUNT(link_fields),
		    &links[r->links.count - 1]);
	else if (xml_below(x, ADDRESS) != NULL)
		xml_fill(x, ADDRESS, address_fields, COUNT(address_fields),
		    &r->address);
}

static void
about_adult(struct reading *r, struct adult_record *p, const char *code,
    struct words what)
{
	p->refused = true;
	anomaly_add(&r->file.anomalies,
	    &(struct anomaly){ .code = code,
		.line = p->line,
		.what = what,
		.refused = true,
		.who = siecle_who(r->arena, p->last_name, p->first_name,
		    p->guardian_key) });
}

static void
about_link(struct reading *r, struct link_record *l, const char *code,
    struct words what, bool refused)
{
	l->refused |= refused;
	anomaly_add(&r->file.anomalies,
	    &(struct anomaly){ .code = code,
		.line = l->line,
		.what = what,
		.refused = refused,
		.who = arena_print(r->arena, "PERSONNE_ID %s, ELEVE_ID %s",
		    l->adult == NULL ? "?" : l->adult,
		    l->learner == NULL ? "?" : l->learner) });
}

static void
address_join(struct reading *r, struct adult_record *p,
    const struct index *addresses)
{
	const struct address *list = r->addresses.items, *from;
	const char *lines = NULL;
	size_t at;

	if (!index_only(addresses, p->address_id, &at))
		return;
	from = &list[at];
	for (size_t i = 0; i < COUNT(from->lines); i++) {
		if (from->lines[i] == NULL)
			continue;
		lines = lines == NULL ? from->lines[i]
				      : arena_print(r->arena, "%s\n%s", lines,
					    from->lines[i]);
	}
	p->address = lines;
	p->postcode = from->postcode;
	p->town = from->town != NULL ? from->town : from->town_abroad;
	p->country = from->country;
}

static struct index
adults_finish(struct reading *r)
{
	struct adult_record *p = r->file.adults.items;
	const struct address *a = r->addresses.items;
	struct index ids = index_in(r->arena);
	struct index addresses = index_in(r->arena);
	size_t n;

	for (size_t i = 0; i < r->addresses.count; i++)
		index_add(&addresses, a[i].id, i);
	for (size_t i = 0; i < r->file.adults.count; i++)
		index_add(&ids, p[i].guardian_key, i);
	index_sort(&addresses);
	index_sort(&ids);
	for (size_t i = 0; i < r->file.adults.count; i++) {
		address_join(r, &p[i], &addresses);
		index_find(&ids, p[i].guardian_key, &n);
		if (!siecle_id_ok(p[i].guardian_key))
			about_adult(r, &p[i], "id_invalid",
			    WORDS("L'identifiant PERSONNE_ID n'est pas un "
				  "nombre.",
				"The identifier PERSONNE_ID is not a number."));
		else if (n > 1)
			about_adult(r, &p[i], "id_duplicate",
			    WORDS("Plusieurs personnes portent ce PERSONNE_ID.",
				"Several people have this PERSONNE_ID."));
		else if (p[i].last_name == NULL)
			about_adult(r, &p[i], "name_missing",
			    WORDS("Le nom est absent.",
				"The last name is missing."));
	}
	return ids;
}

static bool
one_of(const char *text, const char *const *known)
{
	for (; *known != NULL; known++)
		if (strcmp(text, *known) == 0)
			return true;
	return false;
}

/*
 * Legal is level 1, or without a level, first or second by RESP_LEGAL.  An
 * unknown code gives no right.
 */
static void
link_judge(struct reading *r, struct link_record *l, const char *resp_legal)
{
	static const char *const levels[] = { "1", "2", "3", NULL };
	static const char *const ranks[] = { "0", "1", "2", NULL };
	static const char *const parents[] = { "10", "20", "37", "38", "39",
		"41", "42", "50", "51", "70", "90", NULL };
	bool unknown = false, ranked;

	if (l->parent_code != NULL && !one_of(l->parent_code, parents)) {
		l->parent_code = NULL;
		unknown = true;
	}
	if (l->level != NULL) {
		if (!one_of(l->level, levels)) {
			l->level = "3";
			unknown = true;
		}
		l->legal = strcmp(l->level, "1") == 0;
	} else if (resp_legal != NULL) {
		unknown |= !one_of(resp_legal, ranks);
		ranked = strcmp(resp_legal, "1") == 0 ||
			 strcmp(resp_legal, "2") == 0;
		l->legal = ranked;
		l->rank = ranked ? resp_legal[0] - '0' : 0;
		l->level = ranked ? "1" : "3";
	} else {
		l->level = "3";
		about_link(r, l, "link_incomplete",
		    WORDS("Ni niveau de responsabilité ni rang : simple "
			  "contact.",
			"Neither a level of responsibility nor a rank: a "
			"contact only."),
		    false);
	}
	if (unknown)
		about_link(r, l, "link_code_unknown",
		    WORDS("Un code de ce lien est inconnu : il ne donne aucun "
			  "droit.",
			"A code of this link is unknown: it gives no right."),
		    false);
}

/* By learner; the ranks of old files first, then the code, then the person. */
static int
link_order(const void *a, const void *b)
{
	const struct link_record *const *pa = a, *const *pb = b;
	const struct link_record *x = *pa, *y = *pb;
	size_t n, m;
	int order;

	order = strcmp(x->learner, y->learner);
	if (order == 0)
		order = y->legal - x->legal;
	if (order == 0)
		order = x->rank - y->rank;
	if (order == 0)
		order = strcmp(x->parent_code ? x->parent_code : "99",
		    y->parent_code ? y->parent_code : "99");
	n = strlen(x->adult);
	m = strlen(y->adult);
	if (order == 0)
		order = (n > m) - (n < m);
	if (order == 0)
		order = strcmp(x->adult, y->adult);
	if (order == 0)
		order = x->line - y->line;
	if (order == 0) /* one long line: as they come */
		order = (x > y) - (x < y);
	return order;
}

/* In an old file two adults may claim one rank: the later is a contact. */
static void
demote_links(struct reading *r, struct link_record **by, size_t count)
{
	const char *learner = "";
	int claimed = 0;

	for (size_t i = 0; i < count; i++) {
		if (strcmp(learner, by[i]->learner) != 0)
			claimed = 0;
		learner = by[i]->learner;
		if (by[i]->rank == 0)
			continue;
		if (by[i]->rank == claimed) {
			by[i]->legal = false;
			by[i]->level = "3";
			by[i]->rank = 0;
			about_link(r, by[i], "several_resp_legal",
			    WORDS("Ce rang de responsable légal est déjà pris "
				  ": "
				  "simple contact.",
				"This rank of legal guardian is taken already: "
				"a contact only."),
			    false);
			continue;
		}
		claimed = by[i]->rank;
	}
}

/* Number the adults of each learner, legal ones first. */
static void
rank_links(struct link_record **by, size_t count)
{
	const char *learner = "";
	int rank = 0;

	for (size_t i = 0; i < count; i++) {
		if (strcmp(learner, by[i]->learner) != 0)
			rank = 0;
		learner = by[i]->learner;
		by[i]->rank = ++rank;
	}
}

/* Refuse the later of two links between the same persons. */
static void
refuse_doubles(struct reading *r)
{
	struct link_record *l = r->file.links.items;
	struct index pairs = index_in(r->arena);
	const struct index_entry *e;

	for (size_t i = 0; i < r->file.links.count; i++)
		if (!l[i].refused)
			index_add(&pairs,
			    arena_print(r->arena, "%s %s", l[i].learner,
				l[i].adult),
			    i);
	index_sort(&pairs);
	e = pairs.entries.items;
	for (size_t i = 1; i < pairs.entries.count; i++)
		if (strcmp(e[i].key, e[i - 1].key) == 0)
			about_link(r, &l[e[i].value], "link_duplicate",
			    WORDS("Ce lien est écrit deux fois.",
				"This link is written twice."),
			    true);
}

static void
links_finish(struct reading *r, const struct index *adults)
{
	const struct raw_link *raw = r->links.items;
	struct link_record *l, **by;
	size_t n, count = 0;

	for (size_t i = 0; i < r->links.count; i++) {
		l = list_add(&r->file.links);
		*l = raw[i].link;
		index_find(adults, l->adult, &n);
		if (n == 0 || !siecle_id_ok(l->learner))
			about_link(r, l, "link_orphan",
			    WORDS("Ce lien vise une personne que le fichier ne "
				  "décrit"
				  " pas.",
				"This link is to a person the file does not "
				"describe."),
			    true);
		else
			link_judge(r, l, raw[i].resp_legal);
	}
	refuse_doubles(r);
	l = r->file.links.items;
	by = arena_array(r->arena, r->file.links.count + 1, sizeof(*by));
	for (size_t i = 0; i < r->file.links.count; i++)
		if (!l[i].refused)
			by[count++] = &l[i];
	qsort(by, count, sizeof(*by), link_order);
	demote_links(r, by, count);
	qsort(by, count, sizeof(*by), link_order);
	rank_links(by, count);
}

enum fault
guardian_file_read(struct arena *a, const struct siecle_input *in,
    struct guardian_file *out, struct siecle_problem *problem)
{
	struct reading r = {
		.arena = a,
		.file.adults = list_of(a, sizeof(struct adult_record)),
		.file.links = list_of(a, sizeof(struct link_record)),
		.file.anomalies = anomalies_in(a),
		.links = list_of(a, sizeof(struct raw_link)),
		.addresses = list_of(a, sizeof(struct address)),
	};
	const struct export_reader reader = { on_open, on_close, &r };
	struct index adults;

	TRY(export_read(a, in, SIECLE_GUARDIANS, &reader, &r.file.header,
	    problem));
	adults = adults_finish(&r);
	links_finish(&r, &adults);
	*out = r.file;
	return FAULT_NONE;
}
