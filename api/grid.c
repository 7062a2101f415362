#include <stdlib.h>
#include <string.h>

#include "body.h"
#include "grid.h"

static const struct criterion *
criterion_of(const struct grid *g, size_t place)
{
	return &g->framework->criteria[g->item[place] - 1];
}

/* The competency of an item, itself or that of its criterion. */
static const struct competency *
competency_of(const struct grid *g, size_t place)
{
	int number = g->item[place] < 0 ? -g->item[place]
					: criterion_of(g, place)->competency;

	return &g->framework->competencies[number - 1];
}

static const char *
id_of(const struct grid *g, size_t place)
{
	return g->item[place] < 0 ? competency_of(g, place)->id
				  : criterion_of(g, place)->id;
}

static int
by_id(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
make_index(struct grid *g)
{
	size_t i;

	g->live = 0;
	for (i = 0; i < g->count; i++) {
		if (g->dropped[i])
			continue;
		g->index[g->live].id = id_of(g, i);
		g->index[g->live++].place = (int)i;
	}
	qsort(g->index, g->live, sizeof(g->index[0]), by_id);
}

enum fault
grid_read(struct ctx *c, const struct rows *r, size_t row, struct grid *g)
{
	int places[GRID_MAX];
	size_t i, n;

	TRY(framework_by_key(c, row_int(r, row, "framework_key"),
	    &g->framework));
	memset(g->dropped, 0, sizeof(g->dropped));
	g->count =
	    cell_ints(r, row, rows_column(r, "items"), g->item, GRID_MAX);
	n = cell_ints(r, row, rows_column(r, "dropped"), places, GRID_MAX);
	for (i = 0; i < n; i++)
		if (places[i] >= 1 && (size_t)places[i] <= g->count)
			g->dropped[places[i] - 1] = true;
	make_index(g);
	return FAULT_NONE;
}

int
grid_find(const struct grid *g, const char *id, bool whole)
{
	size_t low = 0, high = g->live, middle;
	int order, place;

	while (low < high) {
		middle = low + (high - low) / 2;
		order = strcmp(id, g->index[middle].id);
		if (order == 0) {
			place = g->index[middle].place;
			return (g->item[place] < 0) == whole ? place : -1;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return -1;
}

void
grid_write_items(const struct grid *g, struct json *j)
{
	const struct competency *competency;
	bool whole;
	size_t i;

	json_open(j, "items", '[');
	for (i = 0; i < g->count; i++) {
		whole = g->item[i] < 0;
		competency = competency_of(g, i);
		json_open(j, NULL, '{');
		json_text(j, "id", id_of(g, i));
		json_text(j, "kind", whole ? "competency" : "criterion");
		json_text(j, "competency_id", competency->id);
		json_text(j, "code", competency->code);
		json_text(j, "title",
		    whole ? competency->title : criterion_of(g, i)->title);
		json_bool(j, "removed", g->dropped[i]);
		json_close(j, '}');
	}
	json_close(j, ']');
}

const char *
grid_code(const struct grid *g, enum mark mark)
{
	return mark == MARK_EMPTY ? NULL : g->framework->results[mark].code;
}

void
grid_write_marks(const struct grid *g, struct json *j, const char *line,
    size_t n)
{
	enum mark mark;
	size_t i;

	json_open(j, "marks", '[');
	for (i = 0; i < g->count; i++) {
		mark = g->dropped[i] ? MARK_EMPTY : mark_at(line, n, i);
		json_text(j, NULL, grid_code(g, mark));
	}
	json_close(j, ']');
}

size_t
grid_filled(const struct grid *g, const char *line, size_t n)
{
	size_t i, filled = 0;

	for (i = 0; i < g->count && i < n; i++)
		if (!g->dropped[i] && mark_at(line, n, i) != MARK_EMPTY)
			filled++;
	return filled;
}

/* The item of an id of that kind, 0 if there is none. */
static int
item_number(const struct framework *f, const char *id, bool whole)
{
	const struct competency *competency;
	const struct criterion *criterion;

	if (id == NULL)
		return 0;
	if (whole) {
		competency = framework_competency(f, id);
		return competency == NULL ? 0 : -competency->number;
	}
	criterion = framework_criterion(f, id);
	return criterion == NULL ? 0 : criterion->number;
}

/* The place of an item, a new one at the end if need be; -1: no room. */
static int
place_for(struct grid *g, int item)
{
	size_t i;

	for (i = 0; i < g->count; i++)
		if (g->item[i] == item)
			return (int)i;
	if (g->count == GRID_MAX)
		return -1;
	g->item[g->count] = item;
	g->dropped[g->count] = true;
	return (int)g->count++;
}

static enum fault
too_many(struct ctx *c, const char *at)
{
	return fault_say(c, at, FAULT_VALUE,
	    say(c, "Une grille a 400 éléments au plus, retirés compris",
		"A grid has 400 items at most, removed ones included"));
}

static enum fault
put_item(struct ctx *c, struct grid *g, const cJSON *m, bool whole,
    const char *at)
{
	int item = item_number(g->framework, cJSON_GetStringValue(m), whole);
	int place;

	if (item == 0)
		return fault_say(c, at, FAULT_VALUE,
		    say(c, "Inconnu de ce référentiel",
			"Not in this framework"));
	place = place_for(g, item);
	if (place < 0)
		return too_many(c, at);
	if (!g->dropped[place])
		return fault_say(c, at, FAULT_VALUE,
		    say(c, "Déjà dans la liste", "Already in the list"));
	g->dropped[place] = false;
	return FAULT_NONE;
}

/* One of the two lists takes the place of the items of its kind. */
static enum fault
change_kind(struct ctx *c, struct grid *g, const char *name, bool whole)
{
	const cJSON *list, *m;
	enum fault worst = FAULT_NONE, fault;
	size_t i;

	if (body_member(c->body, name) == NULL)
		return FAULT_NONE;
	TRY(body_array(c, c->body, "", name, 0, GRID_MAX, &list));
	for (i = 0; i < g->count; i++)
		if ((g->item[i] < 0) == whole)
			g->dropped[i] = true;
	i = 0;
	cJSON_ArrayForEach(m, list) {
		fault = put_item(c, g, m, whole,
		    arena_print(c->arena, "/%s/%zu", name, i++));
		if (fault != FAULT_NONE)
			worst = fault;
	}
	return worst;
}

enum fault
grid_change(struct ctx *c, struct grid *g)
{
	enum fault criteria = change_kind(c, g, "criterion_ids", false);
	enum fault competencies = change_kind(c, g, "competency_ids", true);

	TRY(criteria);
	TRY(competencies);
	make_index(g);
	if (g->live == 0)
		return fault_say(c, "/criterion_ids", FAULT_VALUE,
		    say(c, "Choisissez au moins un critère ou une compétence",
			"Choose a criterion or a competency at least"));
	return FAULT_NONE;
}

bool
grid_same(const struct grid *a, const struct grid *b)
{
	return a->count == b->count &&
	       memcmp(a->dropped, b->dropped,
		   a->count * sizeof(a->dropped[0])) == 0;
}

struct param
grid_items(struct ctx *c, const struct grid *g)
{
	int64_t items[GRID_MAX];
	size_t i;

	for (i = 0; i < g->count; i++)
		items[i] = g->item[i];
	return p_ints_in(c->arena, items, g->count);
}

struct param
grid_dropped(struct ctx *c, const struct grid *g)
{
	int64_t places[GRID_MAX];
	size_t i, n = 0;

	for (i = 0; i < g->count; i++)
		if (g->dropped[i])
			places[n++] = (int64_t)i + 1;
	return p_ints_in(c->arena, places, n);
}
