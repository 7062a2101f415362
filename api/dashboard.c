#include <string.h>

#include "dashboard.h"
#include "dashboard_table.h"
#include "digest.h"
#include "json.h"
#include "positions.h"

static void
write_learner(struct json *j, const struct rows *r)
{
	json_open(j, "learner", '{');
	json_text(j, "id", row_text(r, 0, "id"));
	json_text(j, "first_name", row_text(r, 0, "first_name"));
	json_text(j, "last_name", row_text(r, 0, "last_name"));
	json_text(j, "track", row_text(r, 0, "track"));
	json_text(j, "class_id", row_text(r, 0, "class_id"));
	json_text(j, "class_code", row_text(r, 0, "class_code"));
	json_close(j, '}');
}

static void
write_codes(struct json *j, const char *name, const char *const *codes,
    size_t n)
{
	json_open(j, name, '[');
	for (size_t i = 0; i < n; i++)
		json_text(j, NULL, codes[i]);
	json_close(j, ']');
}

static void
write_filters(struct json *j, const struct dashboard *d)
{
	json_open(j, "filters", '{');
	json_text(j, "framework", d->framework->id);
	write_codes(j, "units", d->unit_codes, d->unit_count);
	write_codes(j, "complexities", d->complexity_codes,
	    d->complexity_count);
	json_close(j, '}');
}

/* PostgreSQL keeps what is the same for all who look as an object. */
static void
open_card(struct json *j, const char *card)
{
	json_raw(j, NULL, card);
	/* It goes on: the brace at its end is taken back. */
	j->out->length--;
}

static void
write_evaluations(struct json *j, const struct dashboard *d)
{
	const struct rows *r = &d->evaluations;
	int card = rows_column(r, "card");

	json_open(j, "evaluations", '[');
	for (size_t i = 0; i < d->count; i++) {
		open_card(j, cell_text(r, d->columns[i].row, card));
		json_bool(j, "taken", d->columns[i].taken);
		json_int(j, "filled", (int64_t)d->columns[i].filled);
		json_int(j, "expected", (int64_t)d->columns[i].expected);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_int(j, "bar", (int64_t)d->bar);
}

static void
write_counts(struct json *j, const struct dashboard *d)
{
	const struct framework *f = d->framework;

	json_open(j, "counts", '{');
	for (size_t i = 0; i < f->complexities_count; i++)
		json_int(j, f->complexities[i].code,
		    (int64_t)d->per_complexity[i]);
	json_close(j, '}');
}

struct author_columns {
	int id;
	int first_name;
	int last_name;
};

static struct author_columns
author_columns(const struct rows *r)
{
	return (struct author_columns){ rows_column(r, "author_id"),
		rows_column(r, "first_name"), rows_column(r, "last_name") };
}

static void
write_author(struct json *j, const struct rows *r, size_t row,
    struct author_columns a)
{
	json_open(j, "author", '{');
	json_text(j, "id", cell_text(r, row, a.id));
	json_text(j, "first_name", cell_text(r, row, a.first_name));
	json_text(j, "last_name", cell_text(r, row, a.last_name));
	json_close(j, '}');
}

/* An assessment is named with each competency: its members, written once. */
static void
make_interims(struct dashboard *d)
{
	const struct rows *r = &d->positions;
	struct author_columns author = author_columns(r);
	int id = rows_column(r, "id");
	int confirmed = rows_column(r, "confirmed_at");
	struct text t;
	struct json j;

	d->interims =
	    arena_array(d->ctx->arena, r->count + 1, sizeof(*d->interims));
	for (size_t i = 0; i < r->count; i++) {
		/* That of the draft stays empty. */
		if (cell_null(r, i, id))
			continue;
		t = text_in(d->ctx->arena);
		j = json_in(&t);
		json_text(&j, "interim_id", cell_text(r, i, id));
		json_text(&j, "confirmed_at", cell_text(r, i, confirmed));
		write_author(&j, r, i, author);
		d->interims[i] = (struct piece){ t.bytes, t.length };
	}
}

static void
open_interim(struct json *j, const struct piece *members)
{
	json_open(j, NULL, '{');
	text_add(j->out, members->bytes, members->length);
	j->comma = true;
}

static void
write_interims(struct json *j, const struct dashboard *d)
{
	json_open(j, "interims", '[');
	for (size_t i = 0; i < d->positions.count; i++) {
		if (d->interims[i].length == 0)
			continue;
		open_interim(j, &d->interims[i]);
		json_close(j, '}');
	}
	json_close(j, ']');
}

/* A page has thousands of cells of seven kinds: each kind is written once. */
static void
make_pieces(struct dashboard *d)
{
	struct text t;
	struct json j;

	for (int m = MARK_EMPTY; m < MARK__MAX; m++) {
		t = text_in(d->ctx->arena);
		j = json_in(&t);
		json_text(&j, NULL,
		    m == MARK_EMPTY ? NULL : d->framework->results[m].code);
		text_char(&t, ',');
		d->pieces[m] = (struct piece){ t.bytes, t.length };
		if (t.length > d->longest)
			d->longest = t.length;
	}
}

static void
write_marks(struct json *j, const struct dashboard *d, const char *name,
    size_t line)
{
	const unsigned char *cell = &d->cells[line * d->count];
	const struct piece *piece;
	char *start, *at;

	json_open(j, name, '[');
	start = at = text_room(j->out, d->count * d->longest);
	for (size_t i = 0; i < d->count; i++) {
		piece = &d->pieces[cell[i]];
		memcpy(at, piece->bytes, piece->length);
		at += piece->length;
	}
	/* The last comma belongs to nothing. */
	if (at > start)
		j->out->length += (size_t)(at - start) - 1;
	json_close(j, ']');
}

static void
write_criteria(struct json *j, const struct dashboard *d,
    const struct competency *of)
{
	const struct criterion *r;

	json_open(j, "criteria", '[');
	for (int i = 0; i < of->criteria_count; i++) {
		r = &d->framework->criteria[of->first_criterion - 1 + i];
		json_open(j, NULL, '{');
		json_text(j, "id", r->id);
		json_text(j, "title", r->title);
		write_marks(j, d, "marks", (size_t)r->number - 1);
		json_close(j, '}');
	}
	json_close(j, ']');
}

/* Every position so far (M-204, M-216), then that of the draft. */
static void
write_positions(struct json *j, const struct dashboard *d, size_t index)
{
	size_t n = d->framework->competencies_count;
	const struct position *p, *draft = NULL;

	json_open(j, "positions", '[');
	for (size_t i = 0; i < d->positions.count; i++) {
		p = &d->said[i * n + index];
		if (!p->set)
			continue;
		if (d->interims[i].length == 0) {
			draft = p;
			continue;
		}
		open_interim(j, &d->interims[i]);
		positions_value(j, p);
		json_close(j, '}');
	}
	json_close(j, ']');
	if (draft == NULL) {
		json_null(j, "draft");
		return;
	}
	json_open(j, "draft", '{');
	positions_value(j, draft);
	json_close(j, '}');
}

static void
write_competency(struct json *j, const struct dashboard *d, size_t index)
{
	const struct framework *f = d->framework;
	const struct competency *of = &f->competencies[index];

	json_open(j, NULL, '{');
	json_text(j, "id", of->id);
	json_text(j, "code", of->code);
	json_text(j, "title", of->title);
	json_open(j, "units", '[');
	for (size_t u = 0; u < f->units_count; u++)
		if (of->units >> u & 1)
			json_text(j, NULL, f->units[u].code);
	json_close(j, ']');
	json_text(j, "domain_id", of->domain_id);
	json_text(j, "group_id", of->group_id);
	write_positions(j, d, index);
	write_marks(j, d, "whole_marks", f->criteria_count + index);
	write_criteria(j, d, of);
	json_close(j, '}');
}

/* About as long as it will be, so that it is not copied as it grows. */
static size_t
expected_length(const struct dashboard *d)
{
	return 4096 + d->count * 384 +
	       dashboard_lines(d->framework) * (192 + d->count * d->longest);
}

static void
write_dashboard(struct dashboard *d)
{
	struct json j = json_in(reply_json(d->ctx, 200));
	const struct framework *f = d->framework;

	make_pieces(d);
	make_interims(d);
	text_room(j.out, expected_length(d));
	json_open(&j, NULL, '{');
	write_learner(&j, &d->head);
	json_text(&j, "draft_access", row_text(&d->head, 0, "draft_access"));
	json_text(&j, "framework_id", f->id);
	write_filters(&j, d);
	write_evaluations(&j, d);
	write_counts(&j, d);
	write_interims(&j, d);
	json_open(&j, "competencies", '[');
	for (size_t i = 0; i < f->competencies_count; i++)
		if (d->units == UINT64_MAX ||
		    f->competencies[i].units & d->units)
			write_competency(&j, d, i);
	json_close(&j, ']');
	json_close(&j, '}');
	reply_digest(d->ctx);
}

enum fault
dashboard_get(struct ctx *c)
{
	struct dashboard *d = arena_take(c->arena, sizeof(*d));

	d->ctx = c;
	TRY(dashboard_read(d));
	write_dashboard(d);
	return FAULT_NONE;
}
