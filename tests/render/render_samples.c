/*
 * Write the documents that tests/render/files_test.mjs opens with other
 * programs: render_samples <folder>.  Names of files say what is in them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../api/render/grades.h"
#include "../../api/render/interim.h"
#include "../../api/render/radar.h"
#include "../../api/render/slips.h"
#include "sample.h"

static const char *folder;

static void
save(const char *name, const struct text *t)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "wb");
	if (f == NULL || fwrite(t->bytes, 1, t->length, f) != t->length ||
	    fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

static void
save_pdf(struct arena *a, const char *name, const struct interim_document *d,
    size_t n)
{
	struct text out;

	if (render_interims_pdf(a, d, n, &out) != FAULT_NONE) {
		fprintf(stderr, "%s: refused\n", name);
		exit(1);
	}
	save(name, &out);
}

static void
save_prints(struct arena *a)
{
	const struct framework_view *f = sample_melec();
	struct interim_document d = sample_document(a, f, 0, 3);
	struct interim_document class[30];

	save_pdf(a, "one.pdf", &d, 1);
	d = sample_document(a, f, 4, 4);
	save_pdf(a, "four.pdf", &d, 1);
	d = sample_document(a, f, 0, 1);
	save_pdf(a, "first.pdf", &d, 1);
	for (int i = 0; i < 30; i++)
		class[i] = sample_document(a, f, i, 2);
	save_pdf(a, "class.pdf", class, 30);
	for (int i = 0; i < 8; i++)
		class[i] = sample_document(a, f, 1, (size_t)i + 1);
	save_pdf(a, "learner.pdf", class, 8);
	d = sample_document(a, sample_wide(a, 60), 2, 8);
	save_pdf(a, "sixty.pdf", &d, 1);
	d = sample_document(a, sample_wide(a, 0), 2, 2);
	save_pdf(a, "none.pdf", &d, 1);
}

static void
save_ne(struct arena *a)
{
	struct interim_document d = sample_document(a, sample_melec(), 0, 2);
	struct position *p = arena_array(a, MELEC, sizeof(*p));
	struct interim_view v[2] = { d.interims[0], d.interims[1] };

	for (size_t i = 0; i < MELEC; i++)
		p[i].set = true;
	v[0].positions = v[1].positions = p;
	d.interims = v;
	d.radar = sample_radar(a, &d);
	save_pdf(a, "ne.pdf", &d, 1);
}

/* Texts of every kind a keyboard, an import or an enemy can send. */
static void
save_hostile(struct arena *a)
{
	struct interim_document d = sample_document(a, sample_melec(), 0, 2);
	struct interim_view v[2] = { d.interims[0], d.interims[1] };

	v[1].findings =
	    "Emoji \xf0\x9f\x91\x8d\xf0\x9f\x9a\x80 fin. "
	    "Caractères bidi \xe2\x80\xae inversés \x01\x02 contrôle.\n"
	    "שלום עולם est de l'hébreu, مرحبا بالعالم de l'arabe.\n"
	    "漢字 sans police, œuvre ≥ 3 ☐ ☒ ✓ — 5ᵉ.\r\nOctet "
	    "\xff perdu.";
	v[1].advice = "<script>alert(1)</script> & \"guillemets\" (a) \\(b";
	d.interims = v;
	d.learner = (struct learner_view){ "Camille",
		"<script>alert(1)</script>", NULL };
	save_pdf(a, "hostile.pdf", &d, 1);
	d.learner.last_name = "=CMD|' /C calc'!A0";
	d.school.name =
	    "Établissement régional d'enseignement adapté et "
	    "lycée polyvalent des métiers du bâtiment et des travaux publics";
	v[1].author = NULL;
	v[1].advice = "";
	save_pdf(a, "formula.pdf", &d, 1);
	d.learner.first_name = "דוד";
	d.learner.last_name = "لَيْلَى";
	save_pdf(a, "rtl.pdf", &d, 1);
}

/* Every text at the longest the API accepts, without a blank to break at. */
static void
save_limits(struct arena *a)
{
	struct interim_document d = sample_document(a, sample_wide(a, 4), 2, 6);
	struct competency_view *c =
	    (struct competency_view *)d.framework->competencies;
	char *title = arena_take(a, 1001), *name = arena_take(a, 201);

	memset(title, 'W', 1000);
	memset(name, 'M', 200);
	c[1].title = title;
	c[1].code = "COMPETENCE-NUMERO-123456789";
	d.learner = (struct learner_view){ name, name, "2010-01-01" };
	d.school = (struct school_view){ name, "0999001W", name };
	d.class_name = name;
	d.grade = "13.50";
	save_pdf(a, "limits.pdf", &d, 1);
}

/* 100 000 characters, in one paragraph and in many. */
static void
save_long(struct arena *a)
{
	struct interim_document d = sample_document(a, sample_melec(), 0, 2);
	struct interim_view v[2] = { d.interims[0], d.interims[1] };
	struct text one = text_in(a), many = text_in(a);

	for (int i = 1; one.length < 100000; i++)
		text_print(&one,
		    "Le constat numéro %d est assez long pour "
		    "passer la ligne. ",
		    i);
	for (int i = 1; many.length < 100000; i++)
		text_print(&many, "Conseil %d : relire la fiche.\n", i);
	v[1].findings = text_string(&one);
	v[1].advice = text_string(&many);
	d.interims = v;
	save_pdf(a, "long.pdf", &d, 1);
}

static void
save_radars(struct arena *a)
{
	struct interim_document d = sample_document(a, sample_melec(), 0, 3);
	struct text out;

	render_radar_svg(a, d.radar, &out);
	save("radar.svg", &out);
	render_radar_png(a, d.radar, 800, &out);
	save("radar.png", &out);
}

static void
save_grades(struct arena *a)
{
	static const int bp[MELEC] = { 2500, 2500, 2500, 2500 };
	static const int spread[MELEC] = { 1111, 2222, 2037, 4630 };
	static const int part[MELEC] = { 2500 };
	static const int levels[3][4] = { { 4, 3, 3, 2 }, { 2, 1, 1, 4 },
		{ 4, 4, 4, 4 } };
	struct position p[3][MELEC] = { 0 };
	struct grade_row r[] = {
		{ "990000001AB", "D'ARTAGNAN-LŒUVRE", "", "Zoë", "2010-01-17",
		    "2E1", "BCP-MELEC", "T1", "2025-12-05", 1350, "", p[0],
		    bp },
		{ "991000002CD", "=CMD|' /C calc'!A0", "+33;BELL", "@SUM(A1)",
		    "2010-04-03", "2MELEC", "BCP-MELEC", "T1", "2025-12-05",
		    1000, "", p[1], spread },
		{ "991000003CD", "-2+3", "\t=1+1", "GUILLEMET \"DOUBLE\"", NULL,
		    "2MELEC", "BCP-MELEC", "T1", NULL, GRADE_NONE, "N.Not",
		    p[2], part },
		{ "", "NGUYỄN", NULL, "Thị Hồng", "2010-04-30", "2MELEC",
		    "BCP-MELEC", "T1", NULL, GRADE_NONE, "N.Not", NULL, NULL },
	};
	struct grades_document d = { "2MELEC", sample_melec(), grade_default(),
		r, 4, "2025-12-05" };
	struct text out;

	for (int i = 0; i < 3; i++)
		for (int k = 0; k < MELEC; k++) {
			p[i][k].set = true;
			if (k >= 4)
				continue;
			p[i][k].level = (enum level)levels[i][k];
			p[i][k].objective = k == 1 ? OBJECTIVE_INTERMEDIATE
						   : OBJECTIVE_TERMINAL;
		}
	if (render_grades_xlsx(a, &d, &out) != FAULT_NONE)
		exit(1);
	save("grades.xlsx", &out);
}

/* Slips of ordinary, long and hostile names, on two pages. */
static void
save_slips(struct arena *a)
{
	static const char *const names[][2] = { { "Zoé", "MARTIN" },
		{ "Marie-Françoise Alexandrine",
		    "LE BRAZ DE KERGUÉLEN-MONTMORENCY" },
		{ "Aïssatou", "N’DIAYE" }, { "Thị Hồng", "NGUYỄN" },
		{ "Jean-Baptiste", "VAN DER STRAETEN-PONTHOZ" },
		{ "<script>alert(1)</script>", "=CMD|' /C calc'!A0" },
		{ "İlker", "ÇELİK" },
		{ "Wolfeschlegelsteinhausenberger",
		    "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM" },
		{ "דוד", "لَيْلَى" } };
	struct slip_view slips[9];
	struct slips_document d = { .school_name =
					"Lycée polyvalent des métiers du "
					"bâtiment Marie-Curie de Saint-Étienne",
		.site = "https://acquis.lycee-marie-curie.example",
		.slips = slips,
		.count = 9 };
	struct text out;

	for (int i = 0; i < 9; i++)
		slips[i] = (struct slip_view){ .first_name = names[i][0],
			.last_name = names[i][1],
			.class_code = i == 3 ? NULL : "2MELEC1",
			.login = i == 4 ? "jb.vanderstraeten-p2" : "zoe.martin",
			.code = "7K3Q-M9FD-2XTB",
			.url = "https://acquis.lycee-marie-curie.example/#"
			       "/activation?school=0999001W&login=zoe.martin"
			       "&code=7K3Q-M9FD-2XTB",
			.expires_at = "2026-12-22T09:00:00Z" };
	if (render_slips_pdf(a, &d, &out) != FAULT_NONE)
		exit(1);
	save("slips.pdf", &out);
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_open();

	if (argc != 2 || render_open() != FAULT_NONE)
		return 1;
	folder = argv[1];
	save_prints(a);
	save_ne(a);
	save_hostile(a);
	save_limits(a);
	save_long(a);
	save_radars(a);
	save_grades(a);
	save_slips(a);
	arena_close(a);
	return 0;
}
