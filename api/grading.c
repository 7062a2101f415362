#include <string.h>

#include "../domain/interim.h"
#include "csv_form.h"
#include "grading.h"
#include "learner.h"
#include "render/grades.h"
#include "task.h"
#include "view.h"
#include "weighting.h"

/* A class with the last interim assessment of every learner. */
struct grading {
	struct rows class;
	struct rows learners;
	const struct framework *framework; /* NULL: no diploma yet */
	struct weighting **of; /* parallel to learners; NULL: none yet */
	int64_t version;       /* moves with every weight and grade */
};

/* Two round trips for a whole class, however many learners. */
static enum fault
grading_load(struct ctx *c, struct grading *g)
{
	struct db *db = c->db;
	struct weighting *w;
	struct rows r;
	size_t i, k, n = 0;
	int64_t id, *ids;

	memset(g, 0, sizeof(*g));
	TRY(path_id(c, 0, &id));
	db_queue(db, &g->class, Q_GRADING_CLASS, PARAMS(p_int(id)));
	TRY(db_run(db, &g->learners, Q_GRADING_LEARNERS, PARAMS(p_int(id))));
	if (g->class.count == 0)
		return FAULT_ABSENT;
	if (!row_null(&g->class, 0, "framework_id"))
		TRY(framework_by_id(c, row_text(&g->class, 0, "framework_id"),
		    &g->framework));
	ids = arena_array(c->arena, g->learners.count + 1, sizeof(*ids));
	g->of = arena_array(c->arena, g->learners.count + 1, sizeof(*g->of));
	for (i = 0; i < g->learners.count; i++)
		if (!row_null(&g->learners, i, "interim_id"))
			ids[n++] = row_int(&g->learners, i, "interim_id");
	TRY(db_run(db, &r, Q_WEIGHTING_GET, PARAMS(p_ints(ids, n))));
	for (k = 0; k < r.count; k++) {
		w = arena_take(c->arena, sizeof(*w));
		TRY(weighting_read(c, &r, k, w));
		g->version += w->version;
		for (i = 0; i < g->learners.count; i++)
			if (row_int(&g->learners, i, "interim_id") == w->id)
				g->of[i] = w;
	}
	return FAULT_NONE;
}

/* --- the window --- */

static void
write_competencies(struct json *j, const struct framework *f)
{
	size_t i;

	json_open(j, "competencies", '[');
	for (i = 0; i < f->competencies_count; i++) {
		json_open(j, NULL, '{');
		json_text(j, "id", f->competencies[i].id);
		json_text(j, "code", f->competencies[i].code);
		json_text(j, "title", f->competencies[i].title);
		json_close(j, '}');
	}
	json_close(j, ']');
}

/* As weak as the weakest figure it is made of. */
static const char *
model_status(const struct framework *f)
{
	const char *status = "official";
	size_t u;

	for (u = 0; u < f->units_count; u++) {
		if (strcmp(f->units[u].weights_status, "inferred") == 0)
			return "inferred";
		if (strcmp(f->units[u].weights_status, "official") != 0)
			status = "reported";
	}
	return status;
}

static void
write_model(struct ctx *c, struct json *j, const struct framework *f)
{
	uint64_t amount[POSITION_MAX];
	int bp[POSITION_MAX];
	size_t i;

	if (weighting_model(c, f, amount) != FAULT_NONE) {
		json_null(j, "model");
		return;
	}
	weight_apportion(amount, f->competencies_count, bp);
	json_open(j, "model", '{');
	json_text(j, "status", model_status(f));
	json_open(j, "weights", '[');
	for (i = 0; i < f->competencies_count; i++) {
		json_open(j, NULL, '{');
		json_text(j, "competency_id", f->competencies[i].id);
		json_hundredths(j, "percent", bp[i]);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
}

static void
write_positions(struct json *j, const struct weighting *w)
{
	const struct position *p;
	size_t i;

	json_open(j, "positions", '[');
	for (i = 0; w != NULL && i < w->framework->competencies_count; i++) {
		p = &w->positions[i];
		json_open(j, NULL, '{');
		if (position_assessed(p))
			json_int(j, "level", (int)p->level);
		else
			json_null(j, "level");
		json_text(j, "objective",
		    !position_assessed(p)                ? NULL
		    : p->objective == OBJECTIVE_TERMINAL ? "terminal"
							 : "intermediate");
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
write_row(struct ctx *c, struct json *j, const struct grading *g, size_t i)
{
	const struct weighting *w = g->of[i];

	json_open(j, NULL, '{');
	json_open(j, "learner", '{');
	learner_members(j, &g->learners, i);
	json_close(j, '}');
	if (w == NULL) {
		json_null(j, "assessment");
		write_positions(j, NULL);
		json_null(j, "profile");
		json_null(j, "weighting");
		json_close(j, '}');
		return;
	}
	json_open(j, "assessment", '{');
	json_id(j, "id", w->id);
	json_int(j, "revision", w->revision);
	json_int(j, "version", w->version);
	json_text(j, "state",
	    interim_state_code(
		w->unlocked ? INTERIM_UNLOCKED : INTERIM_CONFIRMED));
	json_text(j, "confirmed_at", w->confirmed_at);
	json_close(j, '}');
	write_positions(j, w);
	json_text(j, "profile",
	    arena_print(c->arena, "%d-%llx", w->framework->key,
		(unsigned long long)position_profile(w->positions,
		    w->framework->competencies_count)));
	weighting_write(j, "weighting", w);
	json_close(j, '}');
}

enum fault
grading_get(struct ctx *c)
{
	struct grading g;
	struct json j;
	size_t i;

	TRY(grading_load(c, &g));
	if (g.framework == NULL)
		return fault_detail(c, FAULT_CONFLICT,
		    say(c,
			"Cette classe n'est rattachée à aucun diplôme :"
			" demandez à l'administrateur de la rattacher.",
			"This class is attached to no diploma: ask the"
			" administrator to attach it."));
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	json_raw(&j, "class", row_text(&g.class, 0, "class"));
	json_text(&j, "framework_id", g.framework->id);
	json_open(&j, "policy", '{');
	json_text(&j, "value_table", row_text(&g.class, 0, "value_table"));
	json_int(&j, "intermediate_factor_bp",
	    row_int(&g.class, 0, "intermediate_factor_bp"));
	json_text(&j, "rounding", row_text(&g.class, 0, "rounding"));
	json_close(&j, '}');
	write_competencies(&j, g.framework);
	write_model(c, &j, g.framework);
	json_open(&j, "learners", '[');
	for (i = 0; i < g.learners.count; i++)
		write_row(c, &j, &g, i);
	json_close(&j, ']');
	json_close(&j, '}');
	return FAULT_NONE;
}

/* --- exports --- */

/*
 * Why a learner has no grade here: nothing assessed, not graded yet, or
 * graded for a revision that is no longer the one.
 */
static const char *
mention(const struct weighting *w)
{
	if (w != NULL && position_profile(w->positions,
			     w->framework->competencies_count) == 0)
		return "NE";
	return "N.Not";
}

static void
export_row(const struct grading *g, size_t i, struct grade_row *out)
{
	const struct weighting *w = g->of[i];
	const struct rows *r = &g->learners;
	bool graded = w != NULL && w->saved &&
		      w->saved_revision == w->revision && !w->unlocked;

	*out = (struct grade_row){ .ine = row_text(r, i, "ine"),
		.last_name = row_text(r, i, "family_name"),
		.usage_name = row_text(r, i, "usual_name"),
		.first_name = row_text(r, i, "first_name"),
		.birth_date = row_text(r, i, "birth_date"),
		.class_code = row_text(r, i, "class_code"),
		.framework_code = g->framework->code,
		.term = row_text(r, i, "term"),
		.date = w == NULL ? NULL : w->confirmed_at,
		.value = graded ? w->saved_value : GRADE_NONE,
		.mention = graded ? NULL : mention(w),
		.positions = w == NULL ? NULL : w->positions,
		.weight_bp = graded ? w->saved_bp : NULL };
}

static const char *
later(const char *a, const char *b)
{
	if (a == NULL || (b != NULL && strcmp(b, a) > 0))
		return b;
	return a;
}

static enum fault
export_document(struct ctx *c, struct grading *g, struct grades_document *d)
{
	struct grade_row *rows;
	size_t i;

	TRY(grading_load(c, g));
	if (g->framework == NULL)
		return FAULT_CONFLICT;
	rows = arena_array(c->arena, g->learners.count + 1, sizeof(*rows));
	*d = (struct grades_document){ .class_code =
					   row_text(&g->class, 0, "code"),
		.framework = view_framework(c->arena, g->framework),
		.rows = rows,
		.row_count = g->learners.count };
	TRY(weighting_rules(&g->class, 0, &d->rules));
	for (i = 0; i < g->learners.count; i++) {
		export_row(g, i, &rows[i]);
		d->date = later(d->date, rows[i].date);
	}
	return FAULT_NONE;
}

static const char *
file_name(struct ctx *c, const char *what, const char *code, const char *ending)
{
	char *name = arena_print(c->arena, "%s_%s%s", what, code, ending), *s;

	for (s = name; *s != '\0'; s++)
		if (!((*s >= '0' && *s <= '9') || (*s >= 'A' && *s <= 'Z') ||
			(*s >= 'a' && *s <= 'z') || *s == '_' || *s == '-' ||
			*s == '.'))
			*s = '_';
	return name;
}

static enum fault
reply_csv(struct ctx *c, const char *what,
    enum fault (*write)(struct arena *, const struct grades_document *,
	struct csv_form, struct text *, bool *lossy))
{
	struct grades_document d;
	struct csv_form form;
	struct grading g;
	struct text *t;
	bool lossy;

	TRY(csv_form_read(c, &form));
	TRY(export_document(c, &g, &d));
	t = reply_file(c, csv_form_type(form),
	    file_name(c, what, d.class_code, ".csv"));
	TRY(write(c->arena, &d, form, t, &lossy));
	if (lossy)
		reply_header(c, "x-lossy", "1");
	return reply_hashed(c);
}

enum fault
grades_csv(struct ctx *c)
{
	return reply_csv(c, "notes", render_grades_csv);
}

enum fault
grade_details_csv(struct ctx *c)
{
	return reply_csv(c, "notes_detail", render_grade_details_csv);
}

enum fault
weights_csv(struct ctx *c)
{
	return reply_csv(c, "ponderations", render_weights_csv);
}

struct workbook {
	struct arena *arena;
	const struct grades_document *document;
	struct text *out;
	enum fault fault;
};

static void
workbook_main(void *arg)
{
	struct workbook *b = arg;

	b->fault = render_grades_xlsx(b->arena, b->document, b->out);
}

enum fault
grades_xlsx(struct ctx *c)
{
	struct grades_document d;
	struct workbook b;
	struct grading g;

	TRY(export_document(c, &g, &d));
	b = (struct workbook){ c->arena, &d,
		reply_file(c,
		    "application/vnd.openxmlformats-officedocument"
		    ".spreadsheetml.sheet",
		    file_name(c, "notes", d.class_code, ".xlsx")),
		FAULT_NONE };
	task_run(c, workbook_main, &b);
	TRY(b.fault);
	return reply_hashed(c);
}
