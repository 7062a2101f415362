#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "framework.h"
#include "framework_check.h"
#include "framework_shape.h"
#include "framework_tree.h"

#define ID_MAX 64
#define UNITS_MAX 64
#define WHOLE_BP 10000

/* One document being checked; the first thing found wrong ends it. */
struct check {
	struct arena *arena;
	const cJSON *root;
	const char *message;
};

/* Arrays whose elements have an id of their own, all of one space. */
static const char *const arrays[] = { "class_levels", "complexity_levels",
	"domains", "tasks", "competencies", "criteria", "modifiers",
	"attitudes", "units" };
#define ARRAYS (sizeof(arrays) / sizeof(arrays[0]))

static int
number(const cJSON *object, const char *name)
{
	return tree_member(object, name)->valueint;
}

static bool
same(const cJSON *a, const cJSON *b, const char *name)
{
	return strcmp(tree_word(a, name), tree_word(b, name)) == 0;
}

/* Always false, so that a check may end with it. */
static bool wrong(struct check *, const char *array, const cJSON *element,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

static bool
wrong(struct check *c, const char *array, const cJSON *element,
    const char *format, ...)
{
	const cJSON *other;
	char what[300];
	va_list arguments;
	size_t at = 0;

	va_start(arguments, format);
	vsnprintf(what, sizeof(what), format, arguments);
	va_end(arguments);
	if (element != NULL) {
		cJSON_ArrayForEach(other, tree_member(c->root, array)) {
			if (other == element)
				break;
			at++;
		}
		array = framework_place(c->arena, NULL, array, at, element);
	}
	c->message = arena_print(c->arena, "%s: %s", array, what);
	return false;
}

/* --- identifiers --- */

static bool
id_shape_ok(const char *id, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(id, prefix, n) == 0 && id[n] == '.' &&
	       strlen(id) <= ID_MAX &&
	       strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-.") ==
		   strlen(id);
}

static bool
head_ok(struct check *c, const char *id)
{
	const char *own = tree_word(c->root, "id");

	if (strcmp(own, id) != 0)
		return wrong(c, "document", NULL,
		    "id is \"%.80s\", not the name of the file", own);
	if (strlen(own) > ID_MAX)
		return wrong(c, "document", NULL, "id is longer than %d",
		    ID_MAX);
	return true;
}

static bool
code_ok(struct check *c, const char *array, const cJSON *element)
{
	const cJSON *other;

	if (tree_member(element, "code") == NULL)
		return true;
	for (other = element->next; other != NULL; other = other->next)
		if (same(element, other, "code"))
			return wrong(c, array, other,
			    "code \"%.40s\" is used twice",
			    tree_word(other, "code"));
	return true;
}

static bool
id_ok(struct check *c, size_t array, const cJSON *element)
{
	const char *prefix = tree_word(c->root, "id_prefix");
	const cJSON *other;
	size_t a;

	if (!id_shape_ok(tree_word(element, "id"), prefix))
		return wrong(c, arrays[array], element,
		    "an id is \"%.40s.\" and a-z 0-9 - . only, at most %d",
		    prefix, ID_MAX);
	for (a = array; a < ARRAYS; a++) {
		other = a == array ? element->next
				   : tree_member(c->root, arrays[a])->child;
		for (; other != NULL; other = other->next)
			if (same(element, other, "id"))
				return wrong(c, arrays[a], other,
				    "the id is used twice");
	}
	return code_ok(c, arrays[array], element);
}

static bool
ids_ok(struct check *c)
{
	const cJSON *element;
	size_t a;

	for (a = 0; a < ARRAYS; a++)
		cJSON_ArrayForEach(element, tree_member(c->root, arrays[a]))
			if (!id_ok(c, a, element))
				return false;
	return true;
}

/* --- order --- */

/* Do the two stand in one sequence?  Criteria are counted by competency. */
static bool
one_sequence(const char *array, const cJSON *a, const cJSON *b)
{
	if (strcmp(array, "criteria") == 0)
		return same(a, b, "competency_id");
	if (strcmp(array, "modifiers") == 0)
		return same(a, b, "competency_id") && same(a, b, "kind");
	return true;
}

static bool
order_ok(struct check *c, const char *array, const cJSON *element)
{
	int order = number(element, "order"), count = 0;
	const cJSON *other;

	cJSON_ArrayForEach(other, tree_member(c->root, array)) {
		if (!one_sequence(array, element, other))
			continue;
		count++;
		if (other != element && number(other, "order") == order)
			return wrong(c, array, element,
			    "order %d is used twice", order);
	}
	if (order < 1 || order > count)
		return wrong(c, array, element,
		    "order %d leaves a gap: there are %d of them", order,
		    count);
	return true;
}

static bool
orders_ok(struct check *c)
{
	const cJSON *element;
	size_t a;

	for (a = 0; a < ARRAYS; a++)
		cJSON_ArrayForEach(element, tree_member(c->root, arrays[a]))
			if (!order_ok(c, arrays[a], element))
				return false;
	return true;
}

/* --- competencies and criteria --- */

static bool
in_a_unit(const struct check *c, const char *id)
{
	const cJSON *unit, *m;

	cJSON_ArrayForEach(unit, tree_member(c->root, "units"))
		cJSON_ArrayForEach(m, tree_member(unit, "competencies"))
			if (strcmp(tree_word(m, "competency_id"), id) == 0)
				return true;
	return false;
}

static bool
rooted(const struct check *c, const cJSON *node)
{
	int depth = cJSON_GetArraySize(tree_member(c->root, "competencies"));

	while (node != NULL && depth-- > 0)
		node = tree_node(c->root, tree_word(node, "parent_id"));
	return node == NULL;
}

static bool
node_ok(struct check *c, const cJSON *node)
{
	bool competency = strcmp(tree_word(node, "kind"), "competency") == 0;

	if (cJSON_IsTrue(tree_member(node, "assessable")) != competency)
		return wrong(c, "competencies", node,
		    "assessable is true for competencies and for no group");
	if (!rooted(c, node))
		return wrong(c, "competencies", node,
		    "parent_id leads round in a circle");
	if (competency && cJSON_IsTrue(tree_member(node, "certified")) !=
			      in_a_unit(c, tree_word(node, "id")))
		return wrong(c, "competencies", node,
		    "certified does not say whether it is in a unit");
	return true;
}

static bool
competencies_ok(struct check *c)
{
	const cJSON *node;
	int count = 0;

	cJSON_ArrayForEach(node, tree_member(c->root, "competencies")) {
		if (!node_ok(c, node))
			return false;
		count += cJSON_IsTrue(tree_member(node, "assessable"));
	}
	if (count < 1 || count > POSITION_MAX)
		return wrong(c, "competencies", NULL,
		    "%d are assessable, and 1 to %d may be", count,
		    POSITION_MAX);
	count = cJSON_GetArraySize(tree_member(c->root, "criteria"));
	if (count < 1 || count > CRITERIA_MAX)
		return wrong(c, "criteria", NULL,
		    "there are %d, and 1 to %d may be", count, CRITERIA_MAX);
	return true;
}

/* Descriptors explain a position level; the shape says no more than that. */
static bool
criteria_ok(struct check *c)
{
	const cJSON *criterion, *d;
	int level;

	cJSON_ArrayForEach(criterion, tree_member(c->root, "criteria"))
		cJSON_ArrayForEach(d, tree_member(criterion, "descriptors")) {
			level = number(d, "level");
			if (level < 1 || level > 4)
				return wrong(c, "criteria", criterion,
				    "a descriptor is for level %d, not 1 to 4",
				    level);
		}
	return true;
}

/* --- scales --- */

/* A level as its scale wants it; value -1 is null, -2 anything. */
struct wanted {
	const char *scale;
	const char *code; /* NULL: any, once */
	int value;
};

/*
 * Marks and positions are stored by place (domain/mark.h, position.h), so
 * the places must hold what they stand for.
 */
static const struct wanted wanted[] = {
	{ "result", NULL, 0 },
	{ "result", NULL, 1 },
	{ "result", NULL, 2 },
	{ "result", NULL, 3 },
	{ "result", "not_assessable", -1 },
	{ "result", "absent", -1 },
	{ "position", "NE", -1 },
	{ "position", "1", 1 },
	{ "position", "2", 2 },
	{ "position", "3", 3 },
	{ "position", "4", 4 },
	{ "objective", "intermediate", -2 },
	{ "objective", "terminal", -2 },
	{ "lsl", "1", 1 },
	{ "lsl", "2", 2 },
	{ "lsl", "3", 3 },
	{ "lsl", "4", 4 },
};
#define WANTED (sizeof(wanted) / sizeof(wanted[0]))

static bool
value_ok(const struct wanted *w, const cJSON *level)
{
	const cJSON *value = tree_member(level, "value");

	if (w->value == -2)
		return true;
	if (w->value == -1)
		return value == NULL || cJSON_IsNull(value);
	return cJSON_IsNumber(value) && value->valueint == w->value;
}

static bool
level_ok(struct check *c, const char *scale, const struct wanted *w,
    const cJSON *level, int at)
{
	const char *where =
	    arena_print(c->arena, "scales.%s.levels[%d]", scale, at);
	const cJSON *other;

	if (w->code != NULL && strcmp(tree_word(level, "code"), w->code) != 0)
		return wrong(c, where, NULL, "code is \"%.40s\", not \"%s\"",
		    tree_word(level, "code"), w->code);
	for (other = level->next; other != NULL; other = other->next)
		if (same(level, other, "code"))
			return wrong(c, where, NULL,
			    "code \"%.40s\" is used twice",
			    tree_word(level, "code"));
	if (!value_ok(w, level))
		return wrong(c, where, NULL,
		    w->value < 0 ? "value is not null"
				 : "value is not the place of the level");
	if (strcmp(scale, "position") == 0 &&
	    tree_member(level, "symbol") == NULL)
		return wrong(c, where, NULL, "symbol is missing");
	return true;
}

static bool
scales_ok(struct check *c)
{
	const cJSON *level = NULL, *scales = tree_member(c->root, "scales");
	const char *scale = "";
	size_t i;
	int at = 0;

	for (i = 0; i <= WANTED; i++) {
		if (i == WANTED || strcmp(scale, wanted[i].scale) != 0) {
			if (level != NULL)
				return wrong(c, "scales", NULL,
				    "%s has more than %d levels", scale, at);
			if (i == WANTED)
				return true;
			scale = wanted[i].scale;
			level =
			    tree_member(tree_member(scales, scale), "levels")
				->child;
			at = 0;
		}
		if (level == NULL)
			return wrong(c, "scales", NULL, "%s has only %d levels",
			    scale, at);
		if (!level_ok(c, scale, &wanted[i], level, at++))
			return false;
		level = level->next;
	}
	return true;
}

/* --- units --- */

static bool
members_ok(struct check *c, const cJSON *unit)
{
	const cJSON *m, *other;

	cJSON_ArrayForEach(m, tree_member(unit, "competencies"))
		for (other = m->next; other != NULL; other = other->next)
			if (same(m, other, "competency_id"))
				return wrong(c, "units", unit,
				    "\"%s\" is in it twice",
				    tree_word(m, "competency_id"));
	return true;
}

static bool
weights_ok(struct check *c, const cJSON *unit)
{
	bool none = strcmp(tree_word(unit, "weights_status"), "none") == 0;
	const cJSON *m;
	int told = 0, n = 0;
	long long sum = 0;

	cJSON_ArrayForEach(m, tree_member(unit, "competencies")) {
		n++;
		if (cJSON_IsNull(tree_member(m, "weight_bp")))
			continue;
		told++;
		sum += number(m, "weight_bp");
	}
	if (n == 0)
		return wrong(c, "units", unit, "it has no competency");
	if (told != 0 && told != n)
		return wrong(c, "units", unit,
		    "some weights are null and some are not");
	if (told != 0 && sum != WHOLE_BP)
		return wrong(c, "units", unit, "weights sum to %lld, not %d",
		    sum, WHOLE_BP);
	if (none != (told == 0))
		return wrong(c, "units", unit,
		    none ? "weights_status is none, and there are weights"
			 : "weights_status is not none, and there are none");
	return true;
}

static bool
units_ok(struct check *c)
{
	const cJSON *units = tree_member(c->root, "units"), *unit;
	int n = cJSON_GetArraySize(units);

	if (n > UNITS_MAX)
		return wrong(c, "units", NULL, "there are %d, and %d may be", n,
		    UNITS_MAX);
	cJSON_ArrayForEach(unit, units)
		if (!members_ok(c, unit) || !weights_ok(c, unit))
			return false;
	return true;
}

/* --- matrix --- */

static bool
linked(const struct check *c, const char *end, const cJSON *element)
{
	const cJSON *link;

	cJSON_ArrayForEach(link, tree_member(c->root, "task_competencies"))
		if (strcmp(tree_word(link, end), tree_word(element, "id")) == 0)
			return true;
	return false;
}

static bool
link_ok(struct check *c, const cJSON *link)
{
	const cJSON *other;
	int strength = number(link, "strength");

	if (strength != 1 && strength != 2)
		return wrong(c, "task_competencies", link,
		    "strength is %d, not 1 or 2", strength);
	for (other = link->next; other != NULL; other = other->next)
		if (same(link, other, "task_id") &&
		    same(link, other, "competency_id"))
			return wrong(c, "task_competencies", other,
			    "\"%s\" and \"%s\" are linked twice",
			    tree_word(link, "task_id"),
			    tree_word(link, "competency_id"));
	return true;
}

static bool
matrix_ok(struct check *c)
{
	const cJSON *e;

	cJSON_ArrayForEach(e, tree_member(c->root, "task_competencies"))
		if (!link_ok(c, e))
			return false;
	cJSON_ArrayForEach(e, tree_member(c->root, "tasks"))
		if (!linked(c, "task_id", e))
			return wrong(c, "tasks", e, "it has no competency");
	cJSON_ArrayForEach(e, tree_member(c->root, "competencies"))
		if (cJSON_IsTrue(tree_member(e, "assessable")) &&
		    !linked(c, "competency_id", e))
			return wrong(c, "competencies", e, "it has no task");
	return true;
}

/* --- radar --- */

static int
times_an_axis(const struct check *c, const char *id)
{
	const cJSON *sector, *axis;
	int times = 0;

	cJSON_ArrayForEach(sector,
	    tree_member(tree_member(c->root, "radar"), "sectors"))
		cJSON_ArrayForEach(axis, tree_member(sector, "axis_ids"))
			times += strcmp(axis->valuestring, id) == 0;
	return times;
}

static bool
sector_ok(struct check *c, const cJSON *sector, const char *kind, int at)
{
	const char *where = arena_print(c->arena, "radar.sectors[%d]", at);
	const cJSON *axis, *node, *domain;
	int place = 0;

	cJSON_ArrayForEach(domain, tree_member(c->root, "domains"))
		if (strcmp(tree_word(domain, "id"),
			tree_word(sector, "domain_id")) == 0)
			place = number(domain, "order");
	if (place != at + 1)
		return wrong(c, where, NULL,
		    "\"%s\" is domain %d: sectors are domains in their order",
		    tree_word(sector, "domain_id"), place);
	cJSON_ArrayForEach(axis, tree_member(sector, "axis_ids")) {
		node = tree_node(c->root, axis->valuestring);
		if (node == NULL || strcmp(tree_word(node, "kind"), kind) != 0)
			return wrong(c, where, NULL,
			    "\"%.80s\" is no %s of the framework",
			    axis->valuestring, kind);
	}
	return true;
}

static bool
radar_ok(struct check *c)
{
	const cJSON *radar = tree_member(c->root, "radar"), *e;
	const char *kind = tree_word(radar, "axis_kind");
	int sectors = 0, axes = 0, times;

	cJSON_ArrayForEach(e, tree_member(radar, "sectors"))
		if (!sector_ok(c, e, kind, sectors++))
			return false;
	if (sectors != cJSON_GetArraySize(tree_member(c->root, "domains")))
		return wrong(c, "radar", NULL,
		    "there are %d sectors, one a domain is wanted", sectors);
	cJSON_ArrayForEach(e, tree_member(c->root, "competencies")) {
		if (strcmp(tree_word(e, "kind"), kind) != 0)
			continue;
		axes++;
		times = times_an_axis(c, tree_word(e, "id"));
		if (times != 1)
			return wrong(c, "competencies", e,
			    times == 0 ? "it is on no axis of the radar"
				       : "it is on two axes of the radar");
	}
	return axes > 0 || wrong(c, "radar", NULL, "it has no axis");
}

const char *
framework_check(struct arena *arena, const cJSON *document, const char *id)
{
	struct check c = { .arena = arena, .root = document };

	c.message = framework_shape(arena, document);
	if (c.message != NULL)
		return c.message;
	if (head_ok(&c, id) && ids_ok(&c) && orders_ok(&c) &&
	    competencies_ok(&c) && criteria_ok(&c) && scales_ok(&c) &&
	    units_ok(&c) && matrix_ok(&c) && radar_ok(&c))
		return NULL;
	return c.message;
}
