#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "framework_shape.h"

#define ID_MAX 64

enum kind {
	TEXT,   /* a string that is not empty */
	NUMBER, /* a whole number, not negative */
	TRUTH,
	TEXTS, /* an array of strings */
	OBJECT,
	LIST, /* an array of objects */
};

enum flag {
	NULLABLE = 1,
	OPTIONAL = 2,
	SOURCED = 4, /* may say where it was read: src, inferred, basis, note */
};

struct shape {
	const char *name;
	enum kind kind;
	unsigned int flags;
	const char *words;  /* the only ones, spaces between, or NULL: any */
	const char *refers; /* array that holds what the text is the id of */
	const struct shape *members;
};

/* A member: name and kind, then flags, and by name what else there is. */
#define M(...)                                                                 \
	{                                                                      \
		.name = __VA_ARGS__                                            \
	}
#define END                                                                    \
	{                                                                      \
		.name = NULL                                                   \
	}

/* clang-format off */
static const struct shape provenance[] = {
	M("src", TEXTS, OPTIONAL, .refers = "documents"),
	M("inferred", TRUTH, OPTIONAL),
	M("basis", TEXT, OPTIONAL),
	M("note", TEXT, OPTIONAL),
	END
};

static const struct shape option[] = {
	M("code", TEXT), M("title", TEXT), M("sibling_ids", TEXTS), END
};

static const struct shape family[] = { M("title", TEXT), END };

static const struct shape edition[] = {
	M("text", TEXT),
	M("status", TEXT, .words = "in_force legacy"),
	M("replaces", TEXT, NULLABLE),
	END
};

static const struct shape document_[] = {
	M("id", TEXT), M("title", TEXT), M("publisher", TEXT),
	M("url", TEXT, NULLABLE), M("locator", TEXT, NULLABLE),
	M("authority", TEXT,
	    .words = "official official-copy tool-guide third-party"),
	M("used_for", TEXT),
	END
};

static const struct shape source[] = {
	M("summary", TEXT), M("documents", LIST, .members = document_), END
};

static const struct shape labels[] = {
	M("domain", TEXT, NULLABLE), M("task", TEXT, NULLABLE),
	M("group", TEXT, NULLABLE), M("competency", TEXT, NULLABLE),
	M("criterion", TEXT, NULLABLE), M("unit", TEXT, NULLABLE),
	M("complexity", TEXT, NULLABLE), M("modifier", TEXT, NULLABLE),
	END
};

static const struct shape track[] = {
	M("code", TEXT, .words = "school apprentice"),
	M("title", TEXT),
	M("activity_sheets", TEXT, .words = "per_week per_period"),
	M("workplace_mentor", TEXT),
	M("mentor_account_created_by", TEXT),
	M("mentor_may_edit_liaison_sheet", TRUTH),
	M("lsl_export", TRUTH, NULLABLE),
	END
};

static const struct shape class_level[] = {
	M("id", TEXT), M("code", TEXT), M("title", TEXT),
	M("order", NUMBER),
	END
};

static const struct shape complexity_level[] = {
	M("id", TEXT), M("code", TEXT), M("title", TEXT),
	M("order", NUMBER), M("context_marker", TRUTH),
	END
};

static const struct shape level[] = {
	M("code", TEXT), M("title", TEXT),
	M("value", NUMBER, NULLABLE | OPTIONAL),
	M("color", TEXT, NULLABLE | OPTIONAL,
	    .words = "red orange light_green dark_green blue grey"),
	M("symbol", TEXT, OPTIONAL),
	M("fill", TEXT, OPTIONAL),
	END
};

static const struct shape scale[] = {
	M("code", TEXT), M("title", TEXT),
	M("levels", LIST, .members = level),
	END
};

static const struct shape scales[] = {
	M("result", OBJECT, SOURCED, .members = scale),
	M("position", OBJECT, SOURCED, .members = scale),
	M("objective", OBJECT, SOURCED, .members = scale),
	M("lsl", OBJECT, SOURCED, .members = scale),
	END
};

static const struct shape domain[] = {
	M("id", TEXT), M("code", TEXT), M("title", TEXT),
	M("short_title", TEXT), M("order", NUMBER),
	M("aptitude", TEXT, OPTIONAL),
	END
};

static const struct shape responsibility[] = {
	M("people", TRUTH), M("means", TRUTH), M("result", TRUTH), END
};

static const struct shape task[] = {
	M("id", TEXT), M("code", TEXT), M("title", TEXT),
	M("domain_id", TEXT, .refers = "domains"),
	M("group_id", TEXT, NULLABLE, .refers = "groups"),
	M("order", NUMBER),
	M("autonomy", TEXT, NULLABLE, .words = "full partial"),
	M("responsibility", OBJECT, NULLABLE, .members = responsibility),
	END
};

static const struct shape competency[] = {
	M("id", TEXT), M("code", TEXT), M("aliases", TEXTS),
	M("title", TEXT), M("title_variants", TEXTS),
	M("kind", TEXT, .words = "group competency"),
	M("parent_id", TEXT, NULLABLE, .refers = "groups"),
	M("domain_id", TEXT, NULLABLE, .refers = "domains"),
	M("assessable", TRUTH), M("certified", TRUTH),
	M("shared_key", TEXT, NULLABLE), M("order", NUMBER),
	M("details", TEXTS),
	M("details_src", TEXTS, .refers = "documents"),
	END
};

static const struct shape descriptor[] = {
	M("level", NUMBER), M("text", TEXT), END
};

static const struct shape criterion[] = {
	M("id", TEXT),
	M("competency_id", TEXT, .refers = "competencies"),
	M("title", TEXT), M("order", NUMBER), M("indicators", TEXTS),
	M("descriptors", LIST, .members = descriptor),
	M("descriptors_note", TEXT, OPTIONAL),
	END
};

static const struct shape modifier[] = {
	M("id", TEXT),
	M("kind", TEXT, .words = "complexity hazard"),
	M("competency_id", TEXT, .refers = "competencies"),
	M("title", TEXT), M("order", NUMBER),
	END
};

static const struct shape attitude[] = {
	M("id", TEXT), M("code", TEXT), M("title", TEXT),
	M("order", NUMBER),
	M("competency_ids", TEXTS, .refers = "competencies"),
	END
};

static const struct shape exam[] = {
	M("code", TEXT), M("title", TEXT),
	M("coefficient_centi", NUMBER, NULLABLE),
	M("coefficient_status", TEXT,
	    .words = "official reported inferred unknown"),
	M("mode", TEXT, NULLABLE, .words = "ccf final both"),
	M("duration_min", NUMBER, NULLABLE),
	END
};

static const struct shape member[] = {
	M("competency_id", TEXT, .refers = "competencies"),
	M("weight_bp", NUMBER, NULLABLE),
	END
};

static const struct shape unit[] = {
	M("id", TEXT), M("code", TEXT), M("title", TEXT),
	M("order", NUMBER),
	M("exam", OBJECT, .members = exam),
	M("weights_status", TEXT, .words = "official reported inferred none"),
	M("weights_src", TEXTS, .refers = "documents"),
	M("weights_note", TEXT, NULLABLE),
	M("competencies", LIST, SOURCED, .members = member),
	M("task_ids", TEXTS, .refers = "tasks"),
	M("tasks_inferred", TRUTH, OPTIONAL),
	END
};

static const struct shape link[] = {
	M("task_id", TEXT, .refers = "tasks"),
	M("competency_id", TEXT, .refers = "competencies"),
	M("strength", NUMBER),
	END
};

static const struct shape sector[] = {
	M("domain_id", TEXT, .refers = "domains"),
	M("axis_ids", TEXTS),
	END
};

static const struct shape radar[] = {
	M("axis_kind", TEXT, .words = "competency group"),
	M("sectors", LIST, .members = sector),
	END
};

static const struct shape framework[] = {
	M("format", TEXT, .words = "competency-framework/1"),
	M("id", TEXT), M("id_prefix", TEXT), M("code", TEXT),
	M("title", TEXT), M("short_title", TEXT),
	M("diploma", TEXT, .words = "bac_pro cap"),
	M("level", NUMBER),
	M("rncp", TEXT, NULLABLE),
	M("option", OBJECT, NULLABLE, .members = option),
	M("family", OBJECT, NULLABLE | SOURCED, .members = family),
	M("edition", OBJECT, SOURCED, .members = edition),
	M("source", OBJECT, .members = source),
	M("labels", OBJECT, .members = labels),
	M("tracks", LIST, SOURCED, .members = track),
	M("class_levels", LIST, SOURCED, .members = class_level),
	M("complexity_levels", LIST, SOURCED, .members = complexity_level),
	M("scales", OBJECT, .members = scales),
	M("domains", LIST, SOURCED, .members = domain),
	M("tasks", LIST, SOURCED, .members = task),
	M("competencies", LIST, SOURCED, .members = competency),
	M("criteria", LIST, SOURCED, .members = criterion),
	M("modifiers", LIST, SOURCED, .members = modifier),
	M("attitudes", LIST, SOURCED, .members = attitude),
	M("units", LIST, SOURCED, .members = unit),
	M("task_competencies", LIST, SOURCED, .members = link),
	M("radar", OBJECT, SOURCED, .members = radar),
	END
};
/* clang-format on */

struct reading {
	struct arena *arena;
	const cJSON *root;
};

static const char *object_wrong(const struct reading *, const char *where,
    const cJSON *, const struct shape *members, bool sourced);

static const char *
text_of(const cJSON *object, const char *name)
{
	return cJSON_GetStringValue(
	    cJSON_GetObjectItemCaseSensitive(object, name));
}

/* Elements of the document's arrays have an id, links name their ends. */
const char *
framework_place(struct arena *a, const char *outer, const char *array,
    size_t at, const cJSON *element)
{
	const char *id = text_of(element, "id");
	const char *place;

	place = arena_print(a, "%s%s%s[%zu]", outer == NULL ? "" : outer,
	    outer == NULL ? "" : ".", array, at);
	if (id == NULL || strlen(id) > ID_MAX)
		return place;
	return arena_print(a, "%s \"%s\"", place, id);
}

static bool
listed(const char *words, const char *s)
{
	size_t n = strlen(s), length;

	for (; *words != '\0'; words += length + strspn(words + length, " ")) {
		length = strcspn(words, " ");
		if (length == n && memcmp(words, s, n) == 0)
			return true;
	}
	return false;
}

/* The array a reference leads into, and the kind its element has. */
static const cJSON *
target(const struct reading *r, const char *refers, const char **kind)
{
	const cJSON *in = r->root;
	const char *name = refers;

	*kind = NULL;
	if (strcmp(refers, "documents") == 0)
		in = cJSON_GetObjectItemCaseSensitive(in, "source");
	if (strcmp(refers, "competencies") == 0)
		*kind = "competency";
	if (strcmp(refers, "groups") == 0) {
		*kind = "group";
		name = "competencies";
	}
	return cJSON_GetObjectItemCaseSensitive(in, name);
}

static bool
resolves(const struct reading *r, const char *refers, const char *id)
{
	const char *kind, *name;
	const cJSON *element, *array = target(r, refers, &kind);

	cJSON_ArrayForEach(element, array) {
		name = text_of(element, "id");
		if (name == NULL || strcmp(name, id) != 0)
			continue;
		name = text_of(element, "kind");
		return kind == NULL ||
		       (name != NULL && strcmp(name, kind) == 0);
	}
	return false;
}

/* One sentence; `where` is NULL for the document itself. */
static const char *wrong(const struct reading *, const char *where,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

static const char *
wrong(const struct reading *r, const char *where, const char *format, ...)
{
	char what[400];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(what, sizeof(what), format, arguments);
	va_end(arguments);
	return arena_print(r->arena, "%s: %s",
	    where == NULL ? "document" : where, what);
}

static const char *
text_wrong(const struct reading *r, const char *where, const cJSON *value,
    const struct shape *s)
{
	const char *text = cJSON_GetStringValue(value);

	if (text == NULL)
		return wrong(r, where, "%s is not a text", s->name);
	if (*text == '\0')
		return wrong(r, where, "%s is empty", s->name);
	if (s->words != NULL && !listed(s->words, text))
		return wrong(r, where, "%s is \"%.80s\", not one of: %s",
		    s->name, text, s->words);
	if (s->refers != NULL && !resolves(r, s->refers, text))
		return wrong(r, where, "%s \"%.80s\" is not among the %s",
		    s->name, text, s->refers);
	return NULL;
}

static const char *
texts_wrong(const struct reading *r, const char *where, const cJSON *value,
    const struct shape *s)
{
	const char *message = NULL;
	const cJSON *text;

	if (!cJSON_IsArray(value))
		return wrong(r, where, "%s is not an array", s->name);
	cJSON_ArrayForEach(text, value)
		if (message == NULL)
			message = text_wrong(r, where, text, s);
	return message;
}

static const char *
list_wrong(const struct reading *r, const char *where, const cJSON *value,
    const struct shape *s)
{
	const char *message = NULL;
	const cJSON *element;
	size_t i = 0;

	if (!cJSON_IsArray(value))
		return wrong(r, where, "%s is not an array", s->name);
	cJSON_ArrayForEach(element, value) {
		message = object_wrong(r,
		    framework_place(r->arena, where, s->name, i++, element),
		    element, s->members, s->flags & SOURCED);
		if (message != NULL)
			break;
	}
	return message;
}

static bool
whole(const cJSON *value)
{
	return cJSON_IsNumber(value) && value->valueint >= 0 &&
	       value->valuedouble == value->valueint;
}

static const char *
value_wrong(const struct reading *r, const char *where, const cJSON *value,
    const struct shape *s)
{
	if (cJSON_IsNull(value) && s->flags & NULLABLE)
		return NULL;
	switch (s->kind) {
	case TEXT:
		return text_wrong(r, where, value, s);
	case NUMBER:
		return whole(value) ? NULL
				    : wrong(r, where,
					  "%s is not a whole number", s->name);
	case TRUTH:
		return cJSON_IsBool(value)
			   ? NULL
			   : wrong(r, where, "%s is not true or false",
				 s->name);
	case TEXTS:
		return texts_wrong(r, where, value, s);
	case OBJECT:
		where = where == NULL
			    ? s->name
			    : arena_print(r->arena, "%s.%s", where, s->name);
		return object_wrong(r, where, value, s->members,
		    s->flags & SOURCED);
	case LIST:
		return list_wrong(r, where, value, s);
	}
	abort();
}

static const char *
members_wrong(const struct reading *r, const char *where, const cJSON *object,
    const struct shape *s)
{
	const cJSON *value;
	const char *message;

	for (; s->name != NULL; s++) {
		value = cJSON_GetObjectItemCaseSensitive(object, s->name);
		if (value == NULL && s->flags & OPTIONAL)
			continue;
		if (value == NULL)
			return wrong(r, where, "%s is missing", s->name);
		message = value_wrong(r, where, value, s);
		if (message != NULL)
			return message;
	}
	return NULL;
}

static bool
known(const struct shape *s, const char *name)
{
	for (; s->name != NULL; s++)
		if (strcmp(s->name, name) == 0)
			return true;
	return false;
}

static const char *
object_wrong(const struct reading *r, const char *where, const cJSON *object,
    const struct shape *members, bool sourced)
{
	const char *message;
	const cJSON *m;

	if (!cJSON_IsObject(object))
		return wrong(r, where, "is not an object");
	cJSON_ArrayForEach(m, object)
		if (!known(members, m->string) &&
		    !(sourced && known(provenance, m->string)))
			return wrong(r, where,
			    "a member \"%.80s\" is not known", m->string);
	message = members_wrong(r, where, object, members);
	if (message == NULL && sourced)
		message = members_wrong(r, where, object, provenance);
	return message;
}

const char *
framework_shape(struct arena *a, const cJSON *document)
{
	struct reading r = { .arena = a, .root = document };

	return object_wrong(&r, NULL, document, framework, false);
}
