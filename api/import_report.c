/*
 * The report of an import, to keep and to print (M-031): every line and every
 * anomaly, in words for people.
 */
#include <string.h>

#include "csv_form.h"
#include "import.h"

static const char *
french(const char *code)
{
	static const char *const words[][2] = {
		{ "staff", "Personnels" },
		{ "learners", "Élèves" },
		{ "guardians", "Responsables" },
		{ "classes", "Classes" },
		{ "groups", "Groupes" },
		{ "labels", "Nomenclatures" },
		{ "created", "Créé" },
		{ "changed", "Modifié" },
		{ "returning", "De retour" },
		{ "leaving", "Parti" },
		{ "probable", "À confirmer" },
		{ "conflict", "Contradictoire" },
		{ "refused", "Refusé" },
		{ "left_out", "Non importé" },
		{ "anomaly", "Anomalie" },
		{ "anomaly_refused", "Anomalie : fiche écartée" },
		{ "left", "Sorti de l'établissement" },
		{ "no_division", "Sans classe" },
		{ "function", "Fonction sans compte" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (code != NULL && strcmp(code, words[i][0]) == 0)
			return words[i][1];
	return code;
}

static void
write_report(struct csv *csv, const struct rows *r)
{
	static const char *const heads[] = { "Fichier", "Ligne", "Identifiant",
		"Nom", "Sort", "Identifiant de connexion", "Motif",
		"Changements" };
	static const char *const names[] = { "kind", "line", "key", "name",
		"fate", "login", "why", "changes" };
	enum { COLUMNS = sizeof(names) / sizeof(names[0]) };
	const char *cell;
	int at[COLUMNS];

	for (int k = 0; k < COLUMNS; k++) {
		at[k] = rows_column(r, names[k]);
		csv_text(csv, heads[k]);
	}
	csv_end(csv);
	for (size_t i = 0; i < r->count; i++) {
		/* An import of nothing new has one row, of nothing. */
		if (cell_null(r, i, at[0]))
			continue;
		for (int k = 0; k < COLUMNS; k++) {
			cell = cell_text(r, i, at[k]);
			csv_text(csv,
			    k == 0 || k == 4 || k == 6 ? french(cell) : cell);
		}
		csv_end(csv);
	}
}

enum fault
import_report(struct ctx *c)
{
	struct db *db = c->db;
	struct csv_form form;
	struct text *t;
	struct rows r;
	struct csv csv;
	int64_t id;

	TRY(path_id(c, 0, &id));
	TRY(csv_form_read(c, &form));
	TRY(db_run(db, &r, Q_IMPORT_REPORT, PARAMS(p_int(id))));
	if (r.count == 0)
		return FAULT_ABSENT;
	t = reply_file(c, csv_form_type(form),
	    arena_print(c->arena, "import_%.10s.csv",
		row_text(&r, 0, "created_at")));
	csv = csv_begin(t, form);
	write_report(&csv, &r);
	if (csv.lossy)
		reply_header(c, "x-lossy", "1");
	return FAULT_NONE;
}
