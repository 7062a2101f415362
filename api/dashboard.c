#include <stdlib.h>
#include <string.h>

#include "dashboard.h"
#include "digest.h"
#include "framework.h"
#include "json.h"
#include "positions.h"

/*
 * Items of a grid are numbers of criteria, or of whole competencies below
 * zero; a line of the table is made of either.
 */
struct column {
	const char *marks;
	size_t length;
	size_t filled;
	size_t expected;
	size_t row;
	/* what it is sorted by */
	bool taken;
	int64_t moment;  /* of the last change, 0: not asked for */
	const char *day; /* ISO 8601 */
	int64_t id;
};

/* JSON of a mark, and the comma after it. */
struct piece {
	const char *bytes;
	size_t length;
};

struct dashboard {
	struct ctx *ctx;
	const struct framework *framework;
	struct rows head, evaluations, positions;
	/* asked */
	const char *unit_codes[QUERY_MAX];
	size_t unit_count;
	uint64_t units; /* all of them: every bit */
	const char *complexity_codes[QUERY_MAX];
	size_t complexity_count;
	/* found */
	struct column *columns;
	size_t count;
	size_t bar;
	size_t *per_complexity;
	unsigned char *cells;   /* lines of count marks */
	struct position *said;  /* one row a row of positions */
	struct piece *interims; /* members, one a row of positions */
	struct piece pieces[MARK__MAX];
	size_t longest; /* of the pieces */
};

/* --- what was asked --- */

static enum fault
unknown_code(struct ctx *c, const char *name)
{
	return fault_at(c, arena_print(c->arena, "?%s", name), FAULT_PARAMETER);
}

static enum fault
read_units(struct dashboard *d)
{
	const struct framework *f = d->framework;
	size_t i, u;

	d->unit_count = query_all(d->ctx, "unit", d->unit_codes, QUERY_MAX);
	d->units = d->unit_count == 0 ? UINT64_MAX : 0;
	for (i = 0; i < d->unit_count; i++) {
		for (u = 0; u < f->units_count; u++)
			if (strcmp(f->units[u].code, d->unit_codes[i]) == 0)
				break;
		if (u == f->units_count)
			return unknown_code(d->ctx, "unit");
		d->units |= UINT64_C(1) << u;
	}
	return FAULT_NONE;
}

static enum fault
read_complexities(struct dashboard *d)
{
	d->complexity_count =
	    query_all(d->ctx, "complexity", d->complexity_codes, QUERY_MAX);
	for (size_t i = 0; i < d->complexity_count; i++)
		if (framework_complexity(d->framework,
			d->complexity_codes[i]) == NULL)
			return unknown_code(d->ctx, "complexity");
	return FAULT_NONE;
}

/* --- what was found --- */

static size_t
lines_of(const struct framework *f)
{
	return f->criteria_count + f->competencies_count;
}

/* The line of an item of a grid; lines_of() where there is none. */
static size_t
line_of(const struct framework *f, int item)
{
	if (item > 0 && (size_t)item <= f->criteria_count)
		return (size_t)item - 1;
	if (item < 0 && (size_t)-item <= f->competencies_count)
		return f->criteria_count + (size_t)-item - 1;
	return lines_of(f);
}

/*
 * The same for a grid made with another version of the framework: what has
 * the same id is the same thing.
 */
static size_t
line_across(const struct framework *f, const struct framework *of, int item)
{
	const struct criterion *r;
	const struct competency *m;

	if (of == f || line_of(of, item) == lines_of(of))
		return line_of(f, item);
	if (item > 0) {
		r = framework_criterion(f, of->criteria[item - 1].id);
		return r == NULL ? lines_of(f) : line_of(f, r->number);
	}
	m = framework_competency(f, of->competencies[-item - 1].id);
	return m == NULL ? lines_of(f) : line_of(f, -m->number);
}

/* The next number of a PostgreSQL array, and past it; false at its end. */
static bool
next_item(const char **s, int *item)
{
	bool below;
	int n = 0;

	while (**s == '{' || **s == ',')
		(*s)++;
	if (**s == '}' || **s == '\0')
		return false;
	below = **s == '-';
	for (*s += below; **s >= '0' && **s <= '9'; (*s)++)
		n = n * 10 + (**s - '0');
	*item = below ? -n : n;
	return true;
}

static bool
is_dropped(const char *dropped, int place)
{
	int item;

	while (next_item(&dropped, &item))
		if (item == place)
			return true;
	return false;
}

/* Put the marks of one evaluation where they belong. */
static void
fill_column(struct dashboard *d, size_t at, const struct framework *of,
    const char *items, const char *dropped)
{
	struct column *column = &d->columns[at];
	bool none_dropped = dropped[1] == '}';
	enum mark mark;
	size_t line;
	int item, place;

	for (place = 1; next_item(&items, &item); place++) {
		if (!none_dropped && is_dropped(dropped, place))
			continue;
		column->expected++;
		if ((size_t)place > column->length ||
		    !mark_read(column->marks[place - 1], &mark) ||
		    mark == MARK_EMPTY)
			continue;
		column->filled++;
		line = line_across(d->framework, of, item);
		if (line < lines_of(d->framework))
			d->cells[line * d->count + at] = (unsigned char)mark;
	}
}

static bool
wanted(const struct dashboard *d, const char *complexity)
{
	if (d->complexity_count == 0)
		return true;
	for (size_t i = 0; i < d->complexity_count; i++)
		if (complexity != NULL &&
		    strcmp(complexity, d->complexity_codes[i]) == 0)
			return true;
	return false;
}

/*
 * Those already taken into an interim assessment first (M-196), then in the
 * order of the settings: by day, or by the moment of the last change (M-197).
 */
static int
column_order(const void *a, const void *b)
{
	const struct column *x = a, *y = b;
	int by_day;

	if (x->taken != y->taken)
		return x->taken ? -1 : 1;
	if (x->moment != y->moment)
		return x->moment < y->moment ? -1 : 1;
	by_day = x->moment != 0 ? 0 : strcmp(x->day, y->day);
	return by_day != 0 ? by_day : (x->id > y->id) - (x->id < y->id);
}

/* Which rows are columns; the counts are before the filter (M-195). */
static void
choose_columns(struct dashboard *d)
{
	const struct rows *r = &d->evaluations;
	int complexity = rows_column(r, "complexity");
	int taken = rows_column(r, "taken");
	int marks = rows_column(r, "marks");
	int moment = rows_column(r, "moment");
	int day = rows_column(r, "assessed_on");
	int id = rows_column(r, "id");
	const struct complexity *level;
	const char *code;

	d->columns =
	    arena_array(d->ctx->arena, r->count + 1, sizeof(*d->columns));
	d->per_complexity = arena_array(d->ctx->arena,
	    d->framework->complexities_count + 1, sizeof(size_t));
	for (size_t i = 0; i < r->count; i++) {
		code = cell_text(r, i, complexity);
		level = code == NULL ? NULL
				     : framework_complexity(d->framework, code);
		if (level != NULL)
			d->per_complexity[level - d->framework->complexities]++;
		if (!wanted(d, code))
			continue;
		if (cell_bool(r, i, taken))
			d->bar++;
		d->columns[d->count++] = (struct column){ .row = i,
			.taken = cell_bool(r, i, taken),
			.moment = cell_int(r, i, moment),
			.day = cell_text(r, i, day),
			.id = cell_int(r, i, id),
			.marks = cell_text(r, i, marks),
			.length = cell_length(r, i, marks) };
	}
	qsort(d->columns, d->count, sizeof(*d->columns), column_order);
}

static enum fault
fill_cells(struct dashboard *d)
{
	const struct rows *r = &d->evaluations;
	int key = rows_column(r, "framework_key");
	int items = rows_column(r, "items");
	int dropped = rows_column(r, "dropped");
	const struct framework *of;
	size_t row;

	choose_columns(d);
	d->cells =
	    arena_take(d->ctx->arena, lines_of(d->framework) * d->count + 1);
	for (size_t i = 0; i < d->count; i++) {
		row = d->columns[i].row;
		of = d->framework;
		if (cell_int(r, row, key) != of->key)
			TRY(framework_by_key(d->ctx, cell_int(r, row, key),
			    &of));
		fill_column(d, i, of, cell_text(r, row, items),
		    cell_text(r, row, dropped));
	}
	return FAULT_NONE;
}

static enum fault
read_positions(struct dashboard *d)
{
	const struct rows *r = &d->positions;
	size_t n = d->framework->competencies_count;
	const struct framework *of;

	d->said =
	    arena_array(d->ctx->arena, r->count * n + 1, sizeof(*d->said));
	for (size_t i = 0; i < r->count; i++) {
		of = d->framework;
		if (row_int(r, i, "framework_key") != of->key)
			TRY(framework_by_key(d->ctx,
			    row_int(r, i, "framework_key"), &of));
		positions_across(d->framework, of, row_text(r, i, "positions"),
		    &d->said[i * n]);
	}
	return FAULT_NONE;
}

/* --- what is answered --- */

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

static void
write_evaluations(struct json *j, const struct dashboard *d)
{
	const struct rows *r = &d->evaluations;
	int id = rows_column(r, "id"), title = rows_column(r, "title");
	int complexity = rows_column(r, "complexity");
	int context = rows_column(r, "context");
	int level = rows_column(r, "class_level");
	int assessed = rows_column(r, "assessed_on");
	int taken = rows_column(r, "taken");
	struct author_columns author = author_columns(r);
	size_t row;

	json_open(j, "evaluations", '[');
	for (size_t i = 0; i < d->count; i++) {
		row = d->columns[i].row;
		json_open(j, NULL, '{');
		json_text(j, "id", cell_text(r, row, id));
		json_text(j, "title", cell_text(r, row, title));
		json_text(j, "complexity", cell_text(r, row, complexity));
		json_text(j, "context", cell_text(r, row, context));
		json_text(j, "class_level", cell_text(r, row, level));
		json_text(j, "assessed_on", cell_text(r, row, assessed));
		json_bool(j, "taken", cell_bool(r, row, taken));
		write_author(j, r, row, author);
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
	       lines_of(d->framework) * (192 + d->count * d->longest);
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

static enum fault
load(struct dashboard *d)
{
	const char *framework = query_text(d->ctx, "framework");
	struct db *db = d->ctx->db;
	int64_t id;

	TRY(path_id(d->ctx, 0, &id));
	db_queue(db, &d->head, Q_DASHBOARD_HEAD,
	    PARAMS(p_int(id), p_text(framework)));
	db_queue(db, &d->evaluations, Q_DASHBOARD_EVALUATIONS, PARAMS_NONE);
	db_queue(db, &d->positions, Q_DASHBOARD_POSITIONS, PARAMS_NONE);
	TRY(db_flush(db));
	if (d->head.count == 0)
		return FAULT_ABSENT;
	return framework_by_key(d->ctx, row_int(&d->head, 0, "framework_key"),
	    &d->framework);
}

enum fault
dashboard_get(struct ctx *c)
{
	struct dashboard *d = arena_take(c->arena, sizeof(*d));

	d->ctx = c;
	TRY(load(d));
	TRY(read_units(d));
	TRY(read_complexities(d));
	TRY(fill_cells(d));
	TRY(read_positions(d));
	write_dashboard(d);
	return FAULT_NONE;
}
