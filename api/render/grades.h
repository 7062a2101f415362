/*
 * Grades of a class, to take away as CSV and XLSX (M-250, R-20).
 *
 * One row for each learner, in the order given: class, name, first name,
 * birth date.  Levels are written as codes, never as signs: "-" and "+" are
 * formulas to a spreadsheet.  The XLSX computes each note again with live
 * formulas, so that a teacher can check it and try other weights.
 */
#ifndef ACQUIS_RENDER_GRADES_H
#define ACQUIS_RENDER_GRADES_H

#include "../../domain/grade.h"
#include "csv.h"
#include "document.h"

struct grade_row {
	const char *ine;
	const char *last_name;
	const char *usage_name;
	const char *first_name;
	const char *birth_date;
	const char *class_code;
	const char *framework_code;
	const char *term;    /* T1 */
	const char *date;    /* of the assessment; NULL: none */
	int value;           /* the grade as saved, or GRADE_NONE */
	const char *mention; /* why there is none: N.Not, NE */
	const struct position *positions; /* framework order; NULL: none */
	const int *weight_bp;             /* framework order; NULL: none */
};

struct grades_document {
	const char *class_code;
	const struct framework_view *framework;
	struct grade_rules rules;
	const struct grade_row *rows;
	size_t row_count;
	const char *date; /* of the newest assessment: dates the file */
};

/*
 * The note of each learner.  *lossy tells that windows-1252 lost something
 * (the answer then has X-Lossy: 1).
 */
enum fault render_grades_csv(struct arena *, const struct grades_document *,
    struct csv_form, struct text *out, bool *lossy);

/* Each learner with the level and weight of each competency, raw, note. */
enum fault render_grade_details_csv(struct arena *,
    const struct grades_document *, struct csv_form, struct text *out,
    bool *lossy);

/* The weights behind the notes, one row for each competency of a learner. */
enum fault render_weights_csv(struct arena *, const struct grades_document *,
    struct csv_form, struct text *out, bool *lossy);

/*
 * The same as a workbook.  Passes on what grade_propose() refuses about the
 * rules or the weights of a row.
 */
enum fault render_grades_xlsx(struct arena *, const struct grades_document *,
    struct text *out);

/* "NE", "1" to "4", "" when not set; "I", "T" or "". */
const char *grades_level_code(const struct position *);
const char *grades_objective_code(const struct position *);

#endif
