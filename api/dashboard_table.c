#include <stdlib.h>
#include <string.h>

#include "dashboard_table.h"
#include "positions.h"

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

size_t
dashboard_lines(const struct framework *f)
{
	return f->criteria_count + f->competencies_count;
}

/*
 * The line of an item of a grid: the number of a criterion, or of a whole
 * competency below zero; dashboard_lines() where there is none.
 */
static size_t
line_of(const struct framework *f, int item)
{
	if (item > 0 && (size_t)item <= f->criteria_count)
		return (size_t)item - 1;
	if (item < 0 && (size_t)-item <= f->competencies_count)
		return f->criteria_count + (size_t)-item - 1;
	return dashboard_lines(f);
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

	if (of == f || line_of(of, item) == dashboard_lines(of))
		return line_of(f, item);
	if (item > 0) {
		r = framework_criterion(f, of->criteria[item - 1].id);
		return r == NULL ? dashboard_lines(f) : line_of(f, r->number);
	}
	m = framework_competency(f, of->competencies[-item - 1].id);
	return m == NULL ? dashboard_lines(f) : line_of(f, -m->number);
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
		if (line < dashboard_lines(d->framework))
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
	d->cells = arena_take(d->ctx->arena,
	    dashboard_lines(d->framework) * d->count + 1);
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

/* --- all of it --- */

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
dashboard_read(struct dashboard *d)
{
	TRY(load(d));
	TRY(read_units(d));
	TRY(read_complexities(d));
	TRY(fill_cells(d));
	return read_positions(d);
}
