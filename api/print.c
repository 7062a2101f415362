#include <string.h>

#include "digest.h"
#include "learner_facts.h"
#include "positions.h"
#include "print.h"
#include "render/interim.h"
#include "render/radar.h"
#include "task.h"
#include "view.h"

#define PNG_LEAST 200
#define PNG_MOST 2000
#define PNG_SIZE 800

/* Rows of interim_print, and what each says, oldest to newest. */
struct prints {
	struct ctx *ctx;
	struct rows rows;
	const struct framework *framework; /* of the row that is printed */
	const struct framework_view *view;
	struct interim_view *interims; /* one a row */
};

/* Drawing, on a task thread: all in the arena of the request. */
struct drawing {
	struct arena *arena;
	const struct interim_document *documents;
	size_t count;
	const struct radar_view *radar;
	int side; /* of a PNG, pixels */
	struct text out;
	enum fault fault;
};

static void
draw_pdf(void *arg)
{
	struct drawing *d = arg;

	d->fault =
	    render_interims_pdf(d->arena, d->documents, d->count, &d->out);
}

static void
draw_svg(void *arg)
{
	struct drawing *d = arg;

	d->fault = render_radar_svg(d->arena, d->radar, &d->out);
}

static void
draw_png(void *arg)
{
	struct drawing *d = arg;

	d->fault = render_radar_png(d->arena, d->radar, d->side, &d->out);
}

static enum fault
draw(struct ctx *c, struct drawing *d, void (*fn)(void *), const char *type,
    const char *name)
{
	d->arena = c->arena;
	task_run(c, fn, d);
	TRY(d->fault);
	*reply_file(c, type, name) = d->out;
	reply_digest(c);
	return FAULT_NONE;
}

/* --- what is on the paper --- */

/* Positions of an older version of the framework are read as the newer. */
static enum fault
fill_interim(struct prints *p, size_t row)
{
	const struct framework *f = p->framework, *of = f;
	struct position *positions = arena_array(p->ctx->arena,
	    f->competencies_count + 1, sizeof(*positions));
	const struct rows *r = &p->rows;

	if (row_int(r, row, "framework_key") != f->key)
		TRY(framework_by_key(p->ctx, row_int(r, row, "framework_key"),
		    &of));
	positions_across(f, of, row_text(r, row, "positions"), positions);
	p->interims[row] = (struct interim_view){
		.date = row_text(r, row, "day"),
		.author = row_text(r, row, "author"),
		.revision = (int)row_int(r, row, "revision"),
		.state = INTERIM_LOOK_CONFIRMED,
		.findings = row_text(r, row, "findings"),
		.advice = row_text(r, row, "advice"),
		.positions = positions,
	};
	return FAULT_NONE;
}

/* Everything that `last` and the rows before it down to `first` need. */
static enum fault
fill_run(struct prints *p, size_t first, size_t last)
{
	TRY(framework_by_key(p->ctx, row_int(&p->rows, last, "framework_key"),
	    &p->framework));
	p->view = view_framework(p->ctx->arena, p->framework);
	for (size_t i = first; i <= last; i++)
		TRY(fill_interim(p, i));
	return FAULT_NONE;
}

/* From two assessments on (M-235). */
static const struct radar_view *
radar_of(struct prints *p, size_t first, size_t last)
{
	struct radar_view *v;

	if (first == last)
		return NULL;
	v = arena_take(p->ctx->arena, sizeof(*v));
	*v = view_radar(p->ctx->arena, p->framework, p->view,
	    p->interims[last].date, p->interims[last].positions,
	    p->interims[last - 1].date, p->interims[last - 1].positions);
	return v;
}

static struct interim_document
document_of(struct prints *p, size_t first, size_t last)
{
	const struct rows *r = &p->rows;

	return (struct interim_document){
		.school = { row_text(r, last, "school_name"),
		    row_text(r, last, "uai"), row_text(r, last, "city") },
		.learner = { row_text(r, last, "first_name"),
		    row_text(r, last, "last_name"),
		    row_text(r, last, "birth_date") },
		.framework = p->view,
		.class_name = row_text(r, last, "class_name"),
		.interims = &p->interims[first],
		.interim_count = last - first + 1,
		.radar = radar_of(p, first, last),
		.grade = row_text(r, last, "grade"),
	};
}

static enum fault
load(struct ctx *c, struct prints *p, enum query query, struct params params)
{
	p->ctx = c;
	TRY(db_run(c->db, &p->rows, query, params));
	if (p->rows.count == 0)
		return FAULT_ABSENT;
	p->interims =
	    arena_array(c->arena, p->rows.count, sizeof(*p->interims));
	return FAULT_NONE;
}

/* The same to be taken away: of whom one follows, not of all one reads. */
static enum fault
load_export(struct ctx *c, struct prints *p, enum query query,
    struct params params)
{
	TRY(load(c, p, query, params));
	return row_bool(&p->rows, 0, "followed") ? FAULT_NONE : FAULT_ROLE;
}

static const char *
file_name(struct ctx *c, const char *what, const struct rows *r, size_t row)
{
	return arena_print(c->arena, "%s %s %s %s.pdf", what,
	    row_text(r, row, "last_name"), row_text(r, row, "first_name"),
	    row_text(r, row, "day"));
}

enum fault
interim_pdf(struct ctx *c)
{
	struct interim_document document;
	struct drawing d = { .documents = &document, .count = 1 };
	struct db *db = c->db;
	struct prints p;
	size_t last;
	int64_t id;

	TRY(path_id(c, 0, &id));
	TRY(load_export(c, &p, Q_PRINT_INTERIM, PARAMS(p_int(id))));
	last = p.rows.count - 1;
	TRY(fill_run(&p, 0, last));
	document = document_of(&p, 0, last);
	return draw(c, &d, draw_pdf, "application/pdf",
	    file_name(c, "Bilan", &p.rows, last));
}

/* One document an assessment, each with those before it. */
enum fault
learner_interims_pdf(struct ctx *c)
{
	struct interim_document *documents;
	struct learner_facts l;
	struct drawing d = { .count = 0 };
	struct db *db = c->db;
	struct prints p;

	TRY(learner_facts(c, &l));
	TRY(load_export(c, &p, Q_PRINT_LEARNER,
	    PARAMS(p_int(l.id), p_text(query_text(c, "framework")))));
	documents = arena_array(c->arena, p.rows.count, sizeof(*documents));
	TRY(fill_run(&p, 0, p.rows.count - 1));
	for (; d.count < p.rows.count; d.count++)
		documents[d.count] = document_of(&p, 0, d.count);
	d.documents = documents;
	return draw(c, &d, draw_pdf, "application/pdf",
	    file_name(c, "Bilans", &p.rows, p.rows.count - 1));
}

/* The last row of the learner of a row. */
static size_t
last_of_learner(const struct rows *r, size_t row)
{
	int64_t learner = row_int(r, row, "learner_id");

	for (row++; row < r->count; row++)
		if (row_int(r, row, "learner_id") != learner)
			break;
	return row - 1;
}

enum fault
class_latest_pdf(struct ctx *c)
{
	struct interim_document *documents;
	struct drawing d = { .count = 0 };
	struct db *db = c->db;
	size_t first, last;
	struct prints p;
	int64_t id;

	TRY(path_id(c, 0, &id));
	TRY(load_export(c, &p, Q_PRINT_CLASS, PARAMS(p_int(id))));
	documents = arena_array(c->arena, p.rows.count, sizeof(*documents));
	for (first = 0; first < p.rows.count; first = last + 1) {
		last = last_of_learner(&p.rows, first);
		TRY(fill_run(&p, first, last));
		documents[d.count++] = document_of(&p, first, last);
	}
	d.documents = documents;
	return draw(c, &d, draw_pdf, "application/pdf",
	    arena_print(c->arena, "Derniers bilans %s.pdf",
		row_text(&p.rows, 0, "class_name")));
}

/* --- pictures --- */

static enum fault
load_radar(struct ctx *c, struct drawing *d)
{
	struct db *db = c->db;
	struct prints p;
	int64_t id;

	TRY(path_id(c, 0, &id));
	TRY(load(c, &p, Q_PRINT_INTERIM, PARAMS(p_int(id))));
	if (p.rows.count < 2)
		return fault_detail(c, FAULT_ABSENT,
		    say(c, "Le radar se trace à partir de deux bilans.",
			"A radar needs two assessments."));
	TRY(fill_run(&p, p.rows.count - 2, p.rows.count - 1));
	d->radar = radar_of(&p, p.rows.count - 2, p.rows.count - 1);
	return FAULT_NONE;
}

enum fault
interim_radar_svg(struct ctx *c)
{
	struct drawing d = { .radar = NULL };

	TRY(load_radar(c, &d));
	return draw(c, &d, draw_svg, "image/svg+xml", NULL);
}

enum fault
interim_radar_png(struct ctx *c)
{
	struct drawing d = { .radar = NULL };
	int64_t side;

	TRY(query_int(c, "size", PNG_LEAST, PNG_MOST, PNG_SIZE, &side));
	d.side = (int)side;
	TRY(load_radar(c, &d));
	return draw(c, &d, draw_png, "image/png", NULL);
}

/* What is being prepared over the last one confirmed, if any (G-06). */
enum fault
draft_radar_svg(struct ctx *c)
{
	struct position now[POSITION_MAX];
	struct drawing d = { .radar = NULL };
	const struct interim_view *before;
	struct learner_facts l;
	struct radar_view v;
	struct db *db = c->db;
	struct rows draft;
	struct prints p = { .ctx = c };

	TRY(learner_prepared(c, &l));
	db_queue(db, &draft, Q_DRAFT_GET,
	    PARAMS(p_int(l.id), p_text(l.framework->id),
		p_int(l.framework->key)));
	db_queue(db, &p.rows, Q_PRINT_LEARNER,
	    PARAMS(p_int(l.id), p_text(l.framework->id)));
	TRY(db_flush(db));
	p.framework = l.framework;
	p.view = view_framework(c->arena, l.framework);
	p.interims =
	    arena_array(c->arena, p.rows.count + 1, sizeof(*p.interims));
	before = &p.interims[p.rows.count];
	if (p.rows.count > 0) {
		TRY(fill_interim(&p, p.rows.count - 1));
		before = &p.interims[p.rows.count - 1];
	}
	positions_unpack(l.framework, row_text(&draft, 0, "positions"), now);
	v = view_radar(c->arena, l.framework, p.view,
	    row_text(&draft, 0, "modified_at"), now, before->date,
	    before->positions);
	d.radar = &v;
	return draw(c, &d, draw_svg, "image/svg+xml", NULL);
}
