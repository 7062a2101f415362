#include <string.h>

#include "positions.h"

#define SEEN_MAX 1000

static const char *const objectives[] = {
	[OBJECTIVE_NONE] = NULL,
	[OBJECTIVE_INTERMEDIATE] = "intermediate",
	[OBJECTIVE_TERMINAL] = "terminal",
};

static bool
objective_read(const cJSON *m, enum objective *out)
{
	*out = OBJECTIVE_NONE;
	if (cJSON_IsNull(m))
		return true;
	if (!cJSON_IsString(m))
		return false;
	for (int i = OBJECTIVE_INTERMEDIATE; i <= OBJECTIVE_TERMINAL; i++)
		if (strcmp(m->valuestring, objectives[i]) == 0)
			*out = (enum objective)i;
	return *out != OBJECTIVE_NONE;
}

/* A level, or null for NE; a missing member is neither. */
static enum fault
read_level(struct ctx *c, const cJSON *object, const char *at, enum level *out)
{
	int64_t level = LEVEL_NE;

	if (!cJSON_IsNull(body_member(object, "level")))
		TRY(body_int(c, object, at, "level", LEVEL_1, LEVEL_4, &level));
	*out = (enum level)level;
	return FAULT_NONE;
}

static enum fault
read_position(struct ctx *c, const cJSON *object, const char *at,
    const struct framework *f, struct position *out)
{
	const struct competency *of;
	struct position p = { .set = true };
	const char *id;

	TRY(body_only(c, object, at, "competency_id level objective"));
	TRY(body_text(c, object, at, "competency_id", 1, 64, &id));
	of = framework_competency(f, id);
	if (of == NULL)
		return fault_say(c,
		    arena_print(c->arena, "%s/competency_id", at), FAULT_VALUE,
		    say(c, "Compétence inconnue dans ce référentiel",
			"No such competency in this framework"));
	if (out[of->number - 1].set)
		return fault_say(c,
		    arena_print(c->arena, "%s/competency_id", at), FAULT_VALUE,
		    say(c, "Compétence citée deux fois",
			"Competency listed twice"));
	TRY(read_level(c, object, at, &p.level));
	if (!objective_read(body_member(object, "objective"), &p.objective))
		return fault_at(c, arena_print(c->arena, "%s/objective", at),
		    FAULT_VALUE);
	if (position_ok(&p) != FAULT_NONE)
		return fault_at(c, at, FAULT_POSITION_SHAPE);
	out[of->number - 1] = p;
	return FAULT_NONE;
}

enum fault
body_positions(struct ctx *c, const cJSON *body, const struct framework *f,
    struct position *out)
{
	const cJSON *list, *m;
	size_t i = 0;

	TRY(body_array(c, body, "", "positions", 0, 200, &list));
	memset(out, 0, f->competencies_count * sizeof(*out));
	cJSON_ArrayForEach(m, list)
		TRY(read_position(c, m,
		    arena_print(c->arena, "/positions/%zu", i++), f, out));
	return FAULT_NONE;
}

void
positions_unpack(const struct framework *f, const char *packed,
    struct position *out)
{
	memset(out, 0, f->competencies_count * sizeof(*out));
	if (packed != NULL)
		position_read(packed, f->competencies_count, out);
}

void
positions_across(const struct framework *f, const struct framework *of,
    const char *packed, struct position *out)
{
	struct position other[POSITION_MAX];
	const struct competency *to;

	if (of == f) {
		positions_unpack(f, packed, out);
		return;
	}
	positions_unpack(of, packed, other);
	memset(out, 0, f->competencies_count * sizeof(*out));
	for (size_t i = 0; i < of->competencies_count; i++) {
		to = framework_competency(f, of->competencies[i].id);
		if (to != NULL)
			out[to->number - 1] = other[i];
	}
}

const char *
positions_pack(struct ctx *c, const struct framework *f,
    const struct position *p)
{
	char *out = arena_take(c->arena, POSITION_TEXT(f->competencies_count));

	position_write(p, f->competencies_count, out);
	return out;
}

void
positions_value(struct json *j, const struct position *p)
{
	if (position_assessed(p))
		json_int(j, "level", p->level);
	else
		json_null(j, "level");
	json_text(j, "objective", objectives[p->objective]);
}

void
positions_write(struct json *j, const struct framework *f,
    const struct position *p, bool whole)
{
	const struct competency *of;

	json_open(j, "positions", '[');
	for (size_t i = 0; i < f->competencies_count; i++) {
		of = &f->competencies[i];
		if (!p[i].set)
			continue;
		json_open(j, NULL, '{');
		json_text(j, "competency_id", of->id);
		if (whole) {
			json_text(j, "code", of->code);
			json_text(j, "title", of->title);
		}
		positions_value(j, &p[i]);
		json_close(j, '}');
	}
	json_close(j, ']');
}

enum fault
body_seen(struct ctx *c, const cJSON *body, struct seen *out)
{
	const cJSON *list, *m;
	const char *at;

	*out = (struct seen){ .told = false };
	if (body_member(body, "evaluations") == NULL)
		return FAULT_NONE;
	TRY(body_array(c, body, "", "evaluations", 0, SEEN_MAX, &list));
	out->told = true;
	out->ids = arena_array(c->arena, SEEN_MAX, sizeof(*out->ids));
	out->revisions =
	    arena_array(c->arena, SEEN_MAX, sizeof(*out->revisions));
	cJSON_ArrayForEach(m, list) {
		at = arena_print(c->arena, "/evaluations/%zu", out->count);
		TRY(body_only(c, m, at, "id revision"));
		TRY(body_id(c, m, at, "id", &out->ids[out->count]));
		TRY(body_int(c, m, at, "revision", 0, INT32_MAX,
		    &out->revisions[out->count]));
		out->count++;
	}
	return FAULT_NONE;
}

struct param
seen_ids(struct ctx *c, const struct seen *s)
{
	return s->told ? p_ints_in(c->arena, s->ids, s->count) : p_null();
}

struct param
seen_revisions(struct ctx *c, const struct seen *s)
{
	return s->told ? p_ints_in(c->arena, s->revisions, s->count) : p_null();
}

enum fault
positions_missing(struct ctx *c, const struct framework *f,
    const struct position *p)
{
	struct text codes = text_in(c->arena);
	struct json j = json_in(&codes);

	if (position_missing(p, f->competencies_count) == 0)
		return FAULT_NONE;
	json_open(&j, "missing", '[');
	for (size_t i = 0; i < f->competencies_count; i++) {
		if (p[i].set)
			continue;
		json_text(&j, NULL, f->competencies[i].code);
		fault_at(c,
		    arena_print(c->arena, "/positions/%s",
			f->competencies[i].id),
		    FAULT_POSITION_MISSING);
	}
	json_close(&j, ']');
	c->more = text_string(&codes);
	return FAULT_POSITION_MISSING;
}
