#include "sample.h"
#include "../../api/render/palette.h"

static const struct competency_view melec_competencies[MELEC] = {
	{ "C1", "Analyser les conditions de l'opération et son contexte" },
	{ "C2", "Organiser l'opération dans son contexte" },
	{ "C3", "Définir une installation à l'aide de solutions préétablies" },
	{ "C4", "Réaliser une installation de manière éco-responsable" },
	{ "C5", "Contrôler les grandeurs caractéristiques de l'installation" },
	{ "C6", "Régler, paramétrer les matériels de l'installation" },
	{ "C7", "Valider le fonctionnement de l'installation" },
	{ "C8", "Diagnostiquer un dysfonctionnement" },
	{ "C9", "Remplacer un matériel électrique" },
	{ "C10", "Exploiter les outils numériques dans le contexte "
		 "professionnel" },
	{ "C11", "Compléter les documents liés aux opérations" },
	{ "C12", "Communiquer entre professionnels sur l'opération" },
	{ "C13", "Communiquer avec le client/usager sur l'opération" },
};

static const size_t u2[] = { 0, 2, 9, 10 };
static const size_t u31[] = { 1, 3, 4, 5, 6, 11, 12 };
static const size_t u32[] = { 7, 8 };

static const struct unit_view melec_units[] = {
	{ "U2", "Préparation des opérations à réaliser", u2, 4 },
	{ "U31", "Réalisation et mise en service d'une installation", u31, 7 },
	{ "U32", "Maintenance d'une installation", u32, 2 },
};

static const struct radar_sector melec_sectors[] = {
	{ "Préparation", 2 },
	{ "Réalisation", 2 },
	{ "Mise en service", 3 },
	{ "Maintenance", 2 },
	{ "Communication", 4 },
};

static const size_t melec_axes[MELEC] = { 0, 2, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11,
	12 };

static const struct level_look looks[LEVEL_LOOKS] = {
	{ "NE", "Compétence non évaluée", 0x9fc0ea, 0x111111 },
	{ "−−", "Compétence non acquise", 0xc5405a, 0xffffff },
	{ "−", "Compétence en cours d'acquisition, non stabilisée", 0xe9982f,
	    0x111111 },
	{ "+", "Compétence partiellement acquise", 0xc6efa8, 0x111111 },
	{ "++", "Compétence totalement acquise et transférable", 0x0a4a22,
	    0xffffff },
};

const struct framework_view *
sample_melec(void)
{
	static struct framework_view f = {
		.title = "Baccalauréat professionnel Métiers de l'électricité "
			 "et de ses environnements connectés",
		.short_title = "Bac Pro MELEC",
		.scale_title = "Niveaux d'acquisition de la compétence",
		.competencies = melec_competencies,
		.competency_count = MELEC,
		.units = melec_units,
		.unit_count = 3,
	};

	for (size_t i = 0; i < LEVEL_LOOKS; i++)
		f.looks[i] = looks[i];
	return &f;
}

const struct framework_view *
sample_wide(struct arena *a, size_t n)
{
	struct framework_view *f = arena_take(a, sizeof(*f));
	struct competency_view *c = arena_array(a, n, sizeof(*c));
	struct unit_view *u = arena_array(a, 3, sizeof(*u));
	size_t *members = arena_array(a, n, sizeof(*members));

	*f = *sample_melec();
	for (size_t i = 0; i < n; i++) {
		c[i].code = arena_print(a, "C%zu.%zu", i / 10 + 1, i % 10 + 1);
		c[i].title = arena_print(a,
		    "Contribuer à des actions de "
		    "fidélisation de la clientèle et de développement de la "
		    "relation client à distance, dans un cadre omnicanal "
		    "(situation professionnelle n° %zu)",
		    i + 1);
		members[i] = i;
	}
	for (size_t i = 0; i < 3; i++) {
		size_t from = n * i / 3, to = n * (i + 1) / 3;

		u[i] = (struct unit_view){ arena_print(a, "U%zu", i + 1),
			"Fidélisation de la clientèle et développement de la "
			"relation client",
			members + from, to - from };
	}
	f->competencies = c;
	f->competency_count = n;
	f->units = u;
	f->unit_count = n == 0 ? 0 : 3;
	return f;
}

/* Levels rise with time; some stay NE, some are intermediate. */
static const struct position *
positions(struct arena *a, size_t n, int seed, size_t interim)
{
	struct position *p = arena_array(a, n, sizeof(*p));

	for (size_t i = 0; i < n; i++) {
		int level = (int)((i * 5 + (size_t)seed * 3) % 4) +
			    (int)((interim + i) / 2 % 3);

		p[i].set = true;
		if ((i * 7 + (size_t)seed) % 5 > interim + 1)
			continue;
		p[i].level = level > 4   ? LEVEL_4
			     : level < 1 ? LEVEL_1
					 : (enum level)level;
		p[i].objective = (i + interim) % 3 == 0 ? OBJECTIVE_INTERMEDIATE
							: OBJECTIVE_TERMINAL;
	}
	return p;
}

struct radar_view *
sample_radar(struct arena *a, const struct interim_document *doc)
{
	struct radar_view *v = arena_take(a, sizeof(*v));
	size_t n = doc->framework->competency_count;
	struct radar_axis *axes = arena_array(a, n, sizeof(*axes));
	struct position *now = arena_array(a, n, sizeof(*now));
	struct position *then = arena_array(a, n, sizeof(*then));
	const struct interim_view *last =
	    &doc->interims[doc->interim_count - 1];

	for (size_t i = 0; i < n; i++) {
		size_t k = n == MELEC ? melec_axes[i] : i;

		axes[i].code = doc->framework->competencies[k].code;
		axes[i].title = doc->framework->competencies[k].title;
		now[i] = last->positions[k];
		if (doc->interim_count > 1)
			then[i] = last[-1].positions[k];
	}
	v->axes = axes;
	v->axis_count = n;
	if (n == MELEC) {
		v->sectors = melec_sectors;
		v->sector_count = 5;
	}
	v->last = (struct radar_series){ last->date, now };
	if (doc->interim_count > 1)
		v->before = (struct radar_series){ last[-1].date, then };
	v->looks = doc->framework->looks;
	return v;
}

static const struct learner_view learners[] = {
	{ "Zoë", "D'ARTAGNAN-LŒUVRE", "2010-01-17" },
	{ "Éric", "ÉTIENNE", "2010-02-28" },
	{ "Aïssatou", "N’DIAYE", "2010-06-21" },
	{ "Marie-Françoise", "LE BRAZ DE KERGUÉLEN", "2010-07-14" },
	{ "Li", "WOLFESCHLEGELSTEINHAUSENBERGERDORFF", "2010-10-10" },
	{ "İlker", "ÇELİK", "2010-11-11" },
};

struct interim_document
sample_document(struct arena *a, const struct framework_view *f, int seed,
    size_t interims)
{
	static const char *const dates[] = { "2025-10-02", "2025-12-05",
		"2026-02-13", "2026-04-03", "2026-06-12", "2026-10-01",
		"2026-11-20", "2027-01-29" };
	struct interim_view *v = arena_array(a, interims, sizeof(*v));
	struct interim_document doc = {
		.school = { "Lycée des métiers Jacques-Prévert", "0999001W",
		    "Nancy" },
		.learner = learners[seed % 6],
		.framework = f,
		.class_name = "2de MELEC groupe 1",
		.interims = v,
		.interim_count = interims,
	};

	for (size_t i = 0; i < interims; i++)
		v[i] = (struct interim_view){ .date = dates[i],
			.author = "Mme Claire MOREL",
			.revision = 1,
			.state = INTERIM_LOOK_CONFIRMED,
			.findings =
			    "Zoë s'est bien investie dans les travaux "
			    "d'atelier : les câblages sont soignés, conformes "
			    "aux schémas, et les essais sont préparés avec "
			    "méthode. La mise en service reste guidée ; le "
			    "choix des appareils de mesure n'est pas encore "
			    "autonome.",
			.advice =
			    "Relire la fiche « mesurer en sécurité » "
			    "avant chaque intervention, et s'entraîner à "
			    "expliquer à voix haute le diagnostic.\n"
			    "Objectif de la prochaine période : mener seule "
			    "une mise en service complète.",
			.positions =
			    positions(a, f->competency_count, seed, i) };
	if (interims > 1)
		doc.radar = sample_radar(a, &doc);
	return doc;
}
