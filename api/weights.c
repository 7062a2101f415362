#include <string.h>

#include "body.h"
#include "problem.h"
#include "weighting.h"
#include "weights.h"

#define COPIES_MAX 100

/* One {"competency_id", "percent"} of the body. */
static enum fault
read_weight(struct ctx *c, const cJSON *item, size_t n, struct weighting *w,
    bool *given)
{
	const char *at = arena_print(c->arena, "/weights/%zu", n);
	const struct competency *k;
	const char *id, *percent;
	int bp;

	TRY(body_only(c, item, at, "competency_id percent"));
	TRY(body_text(c, item, at, "competency_id", 1, 64, &id));
	TRY(body_text(c, item, at, "percent", 1, 16, &percent));
	k = framework_competency(w->framework, id);
	if (k == NULL || given[k->number - 1])
		return fault_at(c,
		    arena_print(c->arena, "%s/competency_id", at), FAULT_VALUE);
	at = arena_print(c->arena, "%s/percent", at);
	if (weight_parse(percent, &bp) != FAULT_NONE)
		return fault_at(c, at, FAULT_WEIGHT_RANGE);
	if (bp > 0 && !position_assessed(&w->positions[k->number - 1]))
		return fault_at(c, at, FAULT_WEIGHT_NE);
	given[k->number - 1] = true;
	w->bp[k->number - 1] = bp;
	return FAULT_NONE;
}

static enum fault
over(struct ctx *c, const struct weighting *w)
{
	int left = weight_remainder(w->bp, w->framework->competencies_count);

	if (left >= 0)
		return FAULT_NONE;
	return weighting_left(c, left, FAULT_WEIGHT_OVER);
}

enum fault
weights_put(struct ctx *c)
{
	bool given[POSITION_MAX] = { false };
	const cJSON *weights, *item;
	struct weighting *w;
	size_t n = 0;

	TRY(body_only(c, c->body, "", "weights"));
	TRY(body_array(c, c->body, "", "weights", 0, 200, &weights));
	w = arena_take(c->arena, sizeof(*w));
	TRY(weighting_hold(c, w));
	memset(w->bp, 0, sizeof(w->bp));
	cJSON_ArrayForEach(item, weights)
		TRY(read_weight(c, item, n++, w, given));
	TRY(over(c, w));
	TRY(weight_ok(w->bp, w->positions, w->framework->competencies_count));
	w->origin = "typed";
	return weighting_store(c, w);
}

enum fault
weights_delete(struct ctx *c)
{
	struct weighting *w = arena_take(c->arena, sizeof(*w));

	TRY(weighting_hold(c, w));
	memset(w->bp, 0, sizeof(w->bp));
	w->origin = NULL;
	return weighting_store(c, w);
}

enum fault
weights_model(struct ctx *c)
{
	struct weighting *w = arena_take(c->arena, sizeof(*w));
	uint64_t amount[POSITION_MAX];

	if (c->body != NULL)
		TRY(body_only(c, c->body, "", ""));
	TRY(weighting_hold(c, w));
	TRY(weighting_model(c, w->framework, amount));
	TRY(weight_redistribute(amount, w->positions,
	    w->framework->competencies_count, w->bp));
	w->origin = "model_redistributed";
	return weighting_store(c, w);
}

/* --- copying --- */

struct copy {
	int64_t id;
	struct weighting *to; /* NULL: not there for the caller */
	enum fault fault;
	bool has_weights;
};

static enum fault
read_targets(struct ctx *c, struct copy *copies, size_t *n, bool *overwrite)
{
	const cJSON *ids, *item;
	size_t i;

	*overwrite = false;
	TRY(body_only(c, c->body, "", "interim_ids overwrite"));
	TRY(body_array(c, c->body, "", "interim_ids", 1, COPIES_MAX, &ids));
	if (body_member(c->body, "overwrite") != NULL)
		TRY(body_bool(c, c->body, "", "overwrite", overwrite));
	*n = 0;
	cJSON_ArrayForEach(item, ids) {
		if (!cJSON_IsString(item) ||
		    !id_read(item->valuestring, &copies[*n].id))
			return fault_at(c,
			    arena_print(c->arena, "/interim_ids/%zu", *n),
			    FAULT_VALUE);
		for (i = 0; i < *n; i++)
			if (copies[i].id == copies[*n].id)
				return fault_at(c,
				    arena_print(c->arena, "/interim_ids/%zu",
					*n),
				    FAULT_DUPLICATE);
		(*n)++;
	}
	return FAULT_NONE;
}

/* May the weights of `from` be those of this target? */
static enum fault
copy_fault(const struct weighting *from, struct copy *k, bool overwrite)
{
	const struct weighting *to = k->to;
	size_t n = from->framework->competencies_count;

	if (to == NULL || to->id == from->id)
		return FAULT_ABSENT;
	k->has_weights = weight_remainder(to->bp,
			     to->framework->competencies_count) < WEIGHT_WHOLE;
	if (!to->teaches)
		return FAULT_ROLE;
	if (to->unlocked)
		return FAULT_LOCKED;
	if (!to->latest)
		return FAULT_NOT_LATEST;
	if (to->framework->key != from->framework->key)
		return FAULT_PROFILE;
	TRY(weight_copy_ok(from->bp, from->positions, to->positions, n));
	return k->has_weights && !overwrite ? FAULT_CONFLICT : FAULT_NONE;
}

static void
write_codes(struct json *j, const char *name, const struct framework *f,
    uint64_t mask)
{
	size_t i;

	json_open(j, name, '[');
	for (i = 0; i < f->competencies_count; i++)
		if (mask >> i & 1)
			json_text(j, NULL, f->competencies[i].code);
	json_close(j, ']');
}

static void
write_profiles(struct json *j, const struct weighting *from,
    const struct copy *k)
{
	uint64_t missing = 0, extra = 0;

	if (k->fault == FAULT_PROFILE &&
	    k->to->framework->key == from->framework->key)
		weight_profiles(from->positions, k->to->positions,
		    from->framework->competencies_count, &missing, &extra);
	write_codes(j, "missing", from->framework, missing);
	write_codes(j, "extra", from->framework, extra);
}

static void
write_results(struct json *j, const struct weighting *from,
    const struct copy *copies, size_t n)
{
	const struct copy *k;

	json_open(j, "results", '[');
	for (k = copies; k < copies + n; k++) {
		json_open(j, NULL, '{');
		json_id(j, "interim_id", k->id);
		json_bool(j, "copied", k->fault == FAULT_NONE);
		json_bool(j, "has_weights", k->has_weights);
		json_text(j, "code",
		    k->fault == FAULT_NONE ? NULL : problem_of(k->fault)->code);
		write_profiles(j, from, k);
		if (k->fault == FAULT_NONE)
			weighting_write(j, "weighting", k->to);
		else
			json_null(j, "weighting");
		json_close(j, '}');
	}
	json_close(j, ']');
}

/* Nothing could be copied: the first reason, with all results beside it. */
static enum fault
refuse_all(struct ctx *c, const struct weighting *from,
    const struct copy *copies, size_t n)
{
	struct text t = text_in(c->arena);
	struct json j = json_in(&t);

	write_profiles(&j, from, &copies[0]);
	write_results(&j, from, copies, n);
	c->more = text_string(&t);
	return copies[0].fault == FAULT_PROFILE ? FAULT_PROFILE
						: FAULT_CONFLICT;
}

/* The source first, then the targets, each read from what is now held. */
static enum fault
read_held(struct ctx *c, int64_t source, struct copy *copies, size_t n,
    struct weighting *from)
{
	int64_t *ids = arena_array(c->arena, n + 1, sizeof(*ids));
	struct db *db = c->db;
	struct weighting *w;
	struct rows r;
	size_t i, k;

	ids[n] = source;
	for (i = 0; i < n; i++)
		ids[i] = copies[i].id;
	db_queue(db, NULL, Q_INTERIM_HOLD, PARAMS(p_ints(ids, n + 1)));
	TRY(db_run(db, &r, Q_WEIGHTING_GET, PARAMS(p_ints(ids, n + 1))));
	for (i = 0; i < r.count; i++) {
		w = arena_take(c->arena, sizeof(*w));
		TRY(weighting_read(c, &r, i, w));
		if (w->id == source)
			*from = *w;
		for (k = 0; k < n; k++)
			if (copies[k].id == w->id)
				copies[k].to = w;
	}
	if (from->framework == NULL)
		return FAULT_ABSENT;
	return from->teaches ? FAULT_NONE : FAULT_ROLE;
}

/* One statement for all targets: they have one profile, hence one answer. */
static enum fault
copy_to(struct ctx *c, const struct weighting *from, struct copy *copies,
    size_t n, size_t *done)
{
	int64_t *ids = arena_array(c->arena, n, sizeof(*ids));
	struct db *db = c->db;
	struct copy *k;
	struct rows r;
	size_t i;

	for (*done = 0, k = copies; k < copies + n; k++)
		if (k->fault == FAULT_NONE)
			ids[(*done)++] = k->id;
	if (*done == 0)
		return FAULT_NONE;
	TRY(db_run(db, &r, Q_WEIGHTING_PUT,
	    PARAMS(p_ints(ids, *done), weighting_param(c, from),
		p_text("copied"))));
	for (k = copies; k < copies + n; k++) {
		if (k->fault != FAULT_NONE)
			continue;
		memcpy(k->to->bp, from->bp, sizeof(from->bp));
		k->to->origin = "copied";
		for (i = 0; i < r.count; i++)
			if (row_int(&r, i, "id") == k->id)
				k->to->version = row_int(&r, i, "version");
	}
	return FAULT_NONE;
}

enum fault
weights_copy(struct ctx *c)
{
	struct copy *copies, *k;
	struct weighting *from;
	size_t n, done;
	bool overwrite;
	struct json j;
	int64_t id;

	TRY(path_id(c, 0, &id));
	copies = arena_array(c->arena, COPIES_MAX, sizeof(*copies));
	TRY(read_targets(c, copies, &n, &overwrite));
	from = arena_take(c->arena, sizeof(*from));
	TRY(read_held(c, id, copies, n, from));
	if (weight_remainder(from->bp, from->framework->competencies_count) !=
	    0)
		return FAULT_WEIGHT_SUM;
	for (k = copies; k < copies + n; k++)
		k->fault = copy_fault(from, k, overwrite);
	TRY(copy_to(c, from, copies, n, &done));
	if (done == 0)
		return refuse_all(c, from, copies, n);
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	write_results(&j, from, copies, n);
	json_close(&j, '}');
	return FAULT_NONE;
}
