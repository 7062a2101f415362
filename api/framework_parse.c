#include <stdlib.h>
#include <string.h>

#include "framework_parse.h"
#include "framework_tree.h"

#define UNITS_MAX 64

/* One document being read; arrays that are const in the framework. */
struct reading {
	struct arena *arena;
	const cJSON *root;
	struct framework *framework;
	struct competency *competencies;
	const cJSON **nodes; /* of the competencies, in their order */
};

static const char *
kept(struct reading *r, const cJSON *object, const char *name)
{
	return arena_text(r->arena, tree_word(object, name));
}

/* NULL where there is none. */
static const char *
kept_or_null(struct reading *r, const cJSON *object, const char *name)
{
	return arena_text(r->arena,
	    cJSON_GetStringValue(tree_member(object, name)));
}

static int
number(const cJSON *object, const char *name, int missing)
{
	const cJSON *n = tree_member(object, name);

	return cJSON_IsNumber(n) ? n->valueint : missing;
}

static int
by_order(const void *a, const void *b)
{
	const cJSON *const *x = a, *const *y = b;

	return number(*x, "order", 0) - number(*y, "order", 0);
}

/* The elements of an array of the document, in display order. */
static const cJSON **
ordered(struct reading *r, const char *name, size_t *n)
{
	const cJSON *array = tree_member(r->root, name), *element;
	size_t room = (size_t)cJSON_GetArraySize(array);
	const cJSON **out = arena_array(r->arena, room, sizeof(*out));

	*n = 0;
	cJSON_ArrayForEach(element, array)
		out[(*n)++] = element;
	qsort(out, *n, sizeof(*out), by_order);
	return out;
}

/* Number of the competency of an id; 0: none. */
static int
competency_number(const struct reading *r, const char *id)
{
	const struct competency *c;

	c = framework_competency(r->framework, id);
	return c == NULL ? 0 : c->number;
}

/* Does the node stand under the group, at any depth? */
static bool
stands_under(const struct reading *r, const cJSON *node, const char *group)
{
	int depth;

	for (depth = 0; node != NULL && depth < POSITION_MAX; depth++) {
		if (strcmp(tree_word(node, "parent_id"), group) == 0)
			return true;
		node = tree_node(r->root, tree_word(node, "parent_id"));
	}
	return false;
}

static bool
read_competencies(struct reading *r)
{
	size_t n, i, count = 0;
	const cJSON **all = ordered(r, "competencies", &n), *node;
	struct competency *c;

	r->competencies = arena_array(r->arena, n, sizeof(*r->competencies));
	r->nodes = arena_array(r->arena, n, sizeof(*r->nodes));
	for (i = 0; i < n; i++) {
		node = all[i];
		if (!cJSON_IsTrue(tree_member(node, "assessable")))
			continue;
		r->nodes[count] = node;
		c = &r->competencies[count++];
		c->number = (int)count;
		c->id = kept(r, node, "id");
		c->code = kept(r, node, "code");
		c->title = kept(r, node, "title");
		c->group = kept_or_null(r,
		    tree_node(r->root, tree_word(node, "parent_id")), "title");
		c->group_id = kept_or_null(r, node, "parent_id");
		c->domain_id = kept_or_null(r, node, "domain_id");
		c->domain = -1;
	}
	r->framework->competencies = r->competencies;
	r->framework->competencies_count = count;
	return count <= POSITION_MAX;
}

/* Competency by competency, so that those of one are neighbours. */
static bool
read_criteria(struct reading *r)
{
	size_t n, i, c, count = 0;
	const cJSON **all = ordered(r, "criteria", &n);
	struct criterion *out = arena_array(r->arena, n, sizeof(*out));
	struct competency *of;

	for (c = 0; c < r->framework->competencies_count; c++) {
		of = &r->competencies[c];
		of->first_criterion = (int)count + 1;
		for (i = 0; i < n; i++) {
			if (strcmp(tree_word(all[i], "competency_id"),
				of->id) != 0)
				continue;
			out[count].number = (int)count + 1;
			out[count].competency = of->number;
			out[count].id = kept(r, all[i], "id");
			out[count++].title = kept(r, all[i], "title");
			of->criteria_count++;
		}
	}
	r->framework->criteria = out;
	r->framework->criteria_count = count;
	return count <= CRITERIA_MAX;
}

static void
read_members(struct reading *r, const cJSON *node, struct unit *unit, size_t u)
{
	size_t n = r->framework->competencies_count;
	int *weights = arena_array(r->arena, n, sizeof(*weights)), c;
	const cJSON *m;

	cJSON_ArrayForEach(m, tree_member(node, "competencies")) {
		c = competency_number(r, tree_word(m, "competency_id"));
		if (c == 0)
			continue;
		weights[c - 1] = number(m, "weight_bp", 0);
		r->competencies[c - 1].units |= (uint64_t)1 << u;
		unit->weighted = cJSON_IsNumber(tree_member(m, "weight_bp"));
	}
	unit->weight_bp = weights;
}

static bool
read_units(struct reading *r)
{
	size_t n, u;
	const cJSON **all = ordered(r, "units", &n);
	struct unit *out = arena_array(r->arena, n, sizeof(*out));

	if (n > UNITS_MAX)
		return false;
	for (u = 0; u < n; u++) {
		out[u].code = kept(r, all[u], "code");
		out[u].title = kept(r, all[u], "title");
		out[u].weights_status = kept(r, all[u], "weights_status");
		out[u].coefficient_centi = number(tree_member(all[u], "exam"),
		    "coefficient_centi", -1);
		out[u].weights_status = kept(r, all[u], "weights_status");
		read_members(r, all[u], &out[u], u);
	}
	r->framework->units = out;
	r->framework->units_count = n;
	return true;
}

static void
read_group(struct reading *r, const cJSON *node, struct axis_group *out)
{
	size_t n = r->framework->competencies_count, c;
	int *numbers = arena_array(r->arena, n, sizeof(*numbers));

	out->code = kept(r, node, "code");
	out->title = kept(r, node, "title");
	for (c = 0; c < n; c++)
		if (stands_under(r, r->nodes[c], tree_word(node, "id")))
			numbers[out->count++] = (int)c + 1;
	out->competencies = numbers;
}

/* Groups as axes, where the radar has groups; *nodes runs parallel. */
static size_t
read_groups(struct reading *r, const cJSON ***nodes)
{
	size_t n, i, count = 0;
	const cJSON **all = ordered(r, "competencies", &n);
	struct axis_group *out = arena_array(r->arena, n, sizeof(*out));

	*nodes = all;
	if (strcmp(tree_word(tree_member(r->root, "radar"), "axis_kind"),
		"group") != 0)
		return 0;
	for (i = 0; i < n; i++) {
		if (strcmp(tree_word(all[i], "kind"), "group") != 0)
			continue;
		read_group(r, all[i], &out[count]);
		all[count++] = all[i];
	}
	r->framework->groups = out;
	r->framework->groups_count = count;
	return count;
}

/* Whatever stands on the axis belongs to the sector. */
static void
mark_sector(struct reading *r, int axis, int sector)
{
	const struct axis_group *g;
	size_t i;

	if (axis > 0) {
		r->competencies[axis - 1].domain = sector;
		return;
	}
	g = &r->framework->groups[-axis];
	for (i = 0; i < g->count; i++)
		r->competencies[g->competencies[i] - 1].domain = sector;
}

/* False where there is no such axis. */
static bool
axis_of(struct reading *r, const char *id, const cJSON **groups, size_t n,
    int *axis)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(tree_word(groups[i], "id"), id) == 0) {
			*axis = -(int)i;
			return true;
		}
	*axis = competency_number(r, id);
	return *axis > 0;
}

static const char *
domain_title(struct reading *r, const char *id)
{
	const cJSON *domain;

	cJSON_ArrayForEach(domain, tree_member(r->root, "domains"))
		if (strcmp(tree_word(domain, "id"), id) == 0)
			return kept(r, domain, "short_title");
	return "";
}

static void
read_sectors(struct reading *r)
{
	const cJSON *sectors =
	    tree_member(tree_member(r->root, "radar"), "sectors");
	const cJSON *sector, *id, **nodes;
	size_t groups = read_groups(r, &nodes), n = 0;
	struct sector *out;
	int *axes, axis;

	out = arena_array(r->arena, (size_t)cJSON_GetArraySize(sectors),
	    sizeof(*out));
	cJSON_ArrayForEach(sector, sectors) {
		const cJSON *ids = tree_member(sector, "axis_ids");

		axes = arena_array(r->arena, (size_t)cJSON_GetArraySize(ids),
		    sizeof(*axes));
		out[n].title = domain_title(r, tree_word(sector, "domain_id"));
		out[n].axes = axes;
		cJSON_ArrayForEach(id, ids) {
			if (!cJSON_IsString(id) ||
			    !axis_of(r, id->valuestring, nodes, groups, &axis))
				continue;
			axes[out[n].axes_count++] = axis;
			mark_sector(r, axis, (int)n);
		}
		n++;
	}
	r->framework->sectors = out;
	r->framework->sectors_count = n;
}

static void
read_years(struct reading *r)
{
	size_t n, i;
	const cJSON **all = ordered(r, "class_levels", &n);
	struct class_level *out = arena_array(r->arena, n, sizeof(*out));

	for (i = 0; i < n; i++) {
		out[i].code = kept(r, all[i], "code");
		out[i].title = kept(r, all[i], "title");
	}
	r->framework->class_levels = out;
	r->framework->class_levels_count = n;
}

static void
read_complexities(struct reading *r)
{
	size_t n, i;
	const cJSON **all = ordered(r, "complexity_levels", &n);
	struct complexity *out = arena_array(r->arena, n, sizeof(*out));

	for (i = 0; i < n; i++) {
		out[i].code = kept(r, all[i], "code");
		out[i].title = kept(r, all[i], "title");
		out[i].company =
		    cJSON_IsTrue(tree_member(all[i], "context_marker"));
	}
	r->framework->complexities = out;
	r->framework->complexities_count = n;
}

/* The levels of a scale stand in the order of our enums. */
static void
read_scale(struct reading *r, const char *name, struct scale_level *out,
    size_t n)
{
	const cJSON *scale = tree_member(tree_member(r->root, "scales"), name),
		    *level;

	cJSON_ArrayForEach(level, tree_member(scale, "levels")) {
		if (n-- == 0)
			return;
		out->code = kept(r, level, "code");
		out->title = kept(r, level, "title");
		out->symbol = kept_or_null(r, level, "symbol");
		out->color = kept_or_null(r, level, "color");
		out++;
	}
}

struct framework *
framework_parse(struct arena *arena, const cJSON *root)
{
	struct framework *f = arena_take(arena, sizeof(*f));
	struct reading r = { .arena = arena, .root = root, .framework = f };

	f->id = kept(&r, root, "id");
	f->code = kept(&r, root, "code");
	f->title = kept(&r, root, "title");
	f->short_title = kept(&r, root, "short_title");
	f->in_force = strcmp(tree_word(tree_member(root, "edition"), "status"),
			  "in_force") == 0;
	if (!read_competencies(&r) || !read_criteria(&r) || !read_units(&r))
		return NULL;
	read_sectors(&r);
	read_years(&r);
	read_complexities(&r);
	read_scale(&r, "result", f->results + MARK_1, MARK__MAX - 1);
	read_scale(&r, "position", f->levels,
	    sizeof(f->levels) / sizeof(f->levels[0]));
	f->levels_title = kept(&r,
	    tree_member(tree_member(root, "scales"), "position"), "title");
	return f;
}

const struct competency *
framework_competency(const struct framework *f, const char *id)
{
	size_t i;

	for (i = 0; i < f->competencies_count; i++)
		if (strcmp(f->competencies[i].id, id) == 0)
			return &f->competencies[i];
	return NULL;
}

const struct criterion *
framework_criterion(const struct framework *f, const char *id)
{
	size_t i;

	for (i = 0; i < f->criteria_count; i++)
		if (strcmp(f->criteria[i].id, id) == 0)
			return &f->criteria[i];
	return NULL;
}

const struct complexity *
framework_complexity(const struct framework *f, const char *code)
{
	size_t i;

	for (i = 0; i < f->complexities_count; i++)
		if (strcmp(f->complexities[i].code, code) == 0)
			return &f->complexities[i];
	return NULL;
}

bool
framework_mark(const struct framework *f, const char *code, enum mark *mark)
{
	int m;

	for (m = MARK_1; m < MARK__MAX; m++)
		if (f->results[m].code != NULL &&
		    strcmp(f->results[m].code, code) == 0) {
			*mark = (enum mark)m;
			return true;
		}
	return false;
}
