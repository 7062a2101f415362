#include "grades.h"

static const char *const level_codes[LEVEL_LOOKS] = { "NE", "1", "2", "3",
	"4" };

const char *
grades_level_code(const struct position *p)
{
	return p->set ? level_codes[p->level] : "";
}

const char *
grades_objective_code(const struct position *p)
{
	if (!position_assessed(p))
		return "";
	return p->objective == OBJECTIVE_INTERMEDIATE ? "I" : "T";
}

static void
header(struct csv *csv, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		csv_text(csv, names[i]);
}

enum fault
render_grades_csv(struct arena *arena, const struct grades_document *doc,
    struct csv_form form, struct text *out, bool *lossy)
{
	static const char *const names[] = { "INE", "Nom", "Nom d'usage",
		"Prénom", "Né(e) le", "Division", "Diplôme", "Période",
		"Date du bilan", "Note /20", "Mention" };
	struct csv csv;

	*out = text_in(arena);
	csv = csv_begin(out, form);
	header(&csv, names, sizeof(names) / sizeof(names[0]));
	csv_end(&csv);
	for (size_t i = 0; i < doc->row_count; i++) {
		const struct grade_row *r = &doc->rows[i];

		csv_text(&csv, r->ine);
		csv_text(&csv, r->last_name);
		csv_text(&csv, r->usage_name);
		csv_text(&csv, r->first_name);
		csv_date(&csv, r->birth_date);
		csv_text(&csv, r->class_code);
		csv_text(&csv, r->framework_code);
		csv_text(&csv, r->term);
		csv_date(&csv, r->date);
		csv_hundredths(&csv, r->value);
		csv_text(&csv, r->mention);
		csv_end(&csv);
	}
	*lossy = csv.lossy;
	return FAULT_NONE;
}

/* The raw note of a row, GRADE_NONE when its weights are not complete. */
static enum fault
raw_note(const struct grades_document *doc, const struct grade_row *r, int *raw)
{
	struct grade grade;

	*raw = GRADE_NONE;
	if (r->positions == NULL || r->weight_bp == NULL)
		return FAULT_NONE;
	TRY(grade_propose(r->weight_bp, r->positions,
	    doc->framework->competency_count, &doc->rules, &grade));
	*raw = grade.raw;
	return FAULT_NONE;
}

static void
detail_header(struct csv *csv, const struct framework_view *f)
{
	static const char *const names[] = { "INE", "Nom", "Prénom",
		"Date du bilan" };
	static const char *const kinds[] = { "niveau", "visée", "poids (%)" };
	struct arena *a = csv->out->arena;

	header(csv, names, sizeof(names) / sizeof(names[0]));
	for (size_t i = 0; i < f->competency_count; i++)
		for (size_t k = 0; k < 3; k++)
			csv_text(csv, arena_print(a, "%s %s",
					  f->competencies[i].code, kinds[k]));
	csv_text(csv, "Note brute /20");
	csv_text(csv, "Note /20");
	csv_end(csv);
}

enum fault
render_grade_details_csv(struct arena *arena, const struct grades_document *doc,
    struct csv_form form, struct text *out, bool *lossy)
{
	static const struct position none;
	struct text made = text_in(arena);
	struct csv csv = csv_begin(&made, form);

	detail_header(&csv, doc->framework);
	for (size_t i = 0; i < doc->row_count; i++) {
		const struct grade_row *r = &doc->rows[i];
		int raw;

		TRY(raw_note(doc, r, &raw));
		csv_text(&csv, r->ine);
		csv_text(&csv, r->last_name);
		csv_text(&csv, r->first_name);
		csv_date(&csv, r->date);
		for (size_t k = 0; k < doc->framework->competency_count; k++) {
			const struct position *p =
			    r->positions == NULL ? &none : &r->positions[k];

			csv_text(&csv, grades_level_code(p));
			csv_text(&csv, grades_objective_code(p));
			csv_hundredths(&csv,
			    position_assessed(p) && r->weight_bp != NULL
				? r->weight_bp[k]
				: GRADE_NONE);
		}
		csv_hundredths(&csv, raw);
		csv_hundredths(&csv, r->value);
		csv_end(&csv);
	}
	*out = made;
	*lossy = csv.lossy;
	return FAULT_NONE;
}

static void
weight_row(struct csv *csv, const struct grade_row *r, const char *code,
    size_t which)
{
	const struct position *p = &r->positions[which];

	csv_text(csv, r->ine);
	csv_text(csv, r->last_name);
	csv_text(csv, r->first_name);
	csv_text(csv, code);
	csv_text(csv, grades_level_code(p));
	csv_text(csv, grades_objective_code(p));
	csv_hundredths(csv,
	    position_assessed(p) ? r->weight_bp[which] : GRADE_NONE);
	csv_end(csv);
}

enum fault
render_weights_csv(struct arena *arena, const struct grades_document *doc,
    struct csv_form form, struct text *out, bool *lossy)
{
	static const char *const names[] = { "INE", "Nom", "Prénom",
		"Compétence", "Niveau", "Visée", "Pondération (%)" };
	const struct framework_view *f = doc->framework;
	struct csv csv;

	*out = text_in(arena);
	csv = csv_begin(out, form);
	header(&csv, names, sizeof(names) / sizeof(names[0]));
	csv_end(&csv);
	for (size_t i = 0; i < doc->row_count; i++) {
		const struct grade_row *r = &doc->rows[i];

		if (r->positions == NULL || r->weight_bp == NULL)
			continue;
		for (size_t k = 0; k < f->competency_count; k++)
			weight_row(&csv, r, f->competencies[k].code, k);
	}
	*lossy = csv.lossy;
	return FAULT_NONE;
}
