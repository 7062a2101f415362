#include <string.h>

#include "weighting.h"

/* An integer array into an int array; what is missing is zero. */
static void
read_weights(const struct rows *r, size_t row, const char *name, int *bp)
{
	memset(bp, 0, POSITION_MAX * sizeof(*bp));
	if (!row_null(r, row, name))
		cell_ints(r, row, rows_column(r, name), bp, POSITION_MAX);
}

static enum fault
read_rules(const char *table, int64_t factor, const char *rounding,
    struct grade_rules *rules)
{
	const struct scale *scale = grade_scale(table);

	if (scale == NULL || !grade_policy_read(rounding, &rules->policy))
		return FAULT_INTERNAL;
	rules->scale = *scale;
	rules->intermediate_bp = (int)factor;
	return grade_rules_ok(rules);
}

enum fault
weighting_rules(const struct rows *r, size_t row, struct grade_rules *rules)
{
	return read_rules(row_text(r, row, "value_table"),
	    row_int(r, row, "intermediate_factor_bp"),
	    row_text(r, row, "rounding"), rules);
}

static enum fault
read_saved(const struct rows *r, size_t row, struct weighting *w)
{
	if (row_null(r, row, "value"))
		return FAULT_NONE;
	w->saved = true;
	w->saved_value = (int)row_int(r, row, "value");
	w->saved_raw = (int)row_int(r, row, "hundredths");
	w->saved_revision = row_int(r, row, "grade_revision");
	w->saved_origin = row_text(r, row, "grade_origin");
	w->saved_positions = row_text(r, row, "grade_positions");
	w->saved_at = row_text(r, row, "saved_at");
	w->saved_author = row_text(r, row, "grade_author");
	read_weights(r, row, "grade_weights", w->saved_bp);
	return read_rules(row_text(r, row, "grade_table"),
	    row_int(r, row, "grade_factor"), row_text(r, row, "grade_rounding"),
	    &w->saved_rules);
}

enum fault
weighting_model(struct ctx *c, const struct framework *f,
    uint64_t amount[POSITION_MAX])
{
	struct weight_unit *parts;
	const struct unit *u;
	size_t i, k, n = 0;

	parts = arena_array(c->arena,
	    f->units_count * f->competencies_count + 1, sizeof(*parts));
	for (u = f->units; u < f->units + f->units_count; u++) {
		for (i = 0; i < f->competencies_count; i++) {
			k = (size_t)(u - f->units);
			if (!(f->competencies[i].units >> k & 1))
				continue;
			parts[n++] = (struct weight_unit){ .competency = i,
				.coefficient_centi = u->coefficient_centi,
				.weight_bp =
				    u->weighted ? u->weight_bp[i] : -1 };
		}
	}
	return weight_model(parts, n, f->competencies_count, amount);
}

/* Share of the model that was assessed, -1 without a model. */
static int
coverage(struct ctx *c, const struct weighting *w)
{
	size_t n = w->framework->competencies_count;
	uint64_t amount[POSITION_MAX];
	int bp[POSITION_MAX];

	if (weighting_model(c, w->framework, amount) != FAULT_NONE)
		return -1;
	weight_apportion(amount, n, bp);
	return weight_coverage(bp, w->positions, n);
}

enum fault
weighting_read(struct ctx *c, const struct rows *r, size_t row,
    struct weighting *w)
{
	size_t i, n;

	memset(w, 0, sizeof(*w));
	TRY(framework_by_key(c, row_int(r, row, "framework_key"),
	    &w->framework));
	n = w->framework->competencies_count;
	w->id = row_int(r, row, "id");
	w->version = row_int(r, row, "version");
	w->revision = row_int(r, row, "revision");
	w->unlocked = strcmp(row_text(r, row, "state"), "unlocked") == 0;
	w->latest = row_bool(r, row, "latest");
	w->teaches = row_bool(r, row, "teaches");
	w->shown = row_bool(r, row, "learners_see_grade");
	w->confirmed_at = row_text(r, row, "confirmed_at");
	w->packed = row_text(r, row, "positions");
	if (!position_read(w->packed, n, w->positions))
		return FAULT_INTERNAL;
	w->origin = row_text(r, row, "origin");
	read_weights(r, row, "weights", w->bp);
	/* Given for an earlier revision: what is NE now weighs nothing. */
	for (i = 0; i < n; i++)
		if (!position_assessed(&w->positions[i]))
			w->bp[i] = 0;
	w->coverage_bp = coverage(c, w);
	TRY(weighting_rules(r, row, &w->rules));
	return read_saved(r, row, w);
}

/* --- the answer --- */

static bool
same_rules(const struct grade_rules *a, const struct grade_rules *b)
{
	return strcmp(a->scale.id, b->scale.id) == 0 &&
	       a->intermediate_bp == b->intermediate_bp &&
	       a->policy == b->policy;
}

static const char *
state_of(const struct weighting *w, const struct grade *g)
{
	if (w->saved && w->saved_revision != w->revision)
		return "stale";
	if (g->state == GRADE_NOT_GRADABLE)
		return "not_gradable";
	if (g->state == GRADE_INCOMPLETE)
		return "incomplete";
	if (w->saved && memcmp(w->bp, w->saved_bp, sizeof(w->bp)) == 0 &&
	    same_rules(&w->rules, &w->saved_rules))
		return "saved";
	return "proposed";
}

static void
write_saved(struct json *j, const struct weighting *w)
{
	if (!w->saved) {
		json_null(j, "saved_grade");
		return;
	}
	json_open(j, "saved_grade", '{');
	json_hundredths(j, "value", w->saved_value);
	json_hundredths(j, "raw", w->saved_raw);
	json_int(j, "revision", w->saved_revision);
	json_text(j, "state",
	    w->saved_revision == w->revision ? "saved" : "stale");
	json_text(j, "saved_at", w->saved_at);
	json_raw(j, "author", w->saved_author);
	json_close(j, '}');
}

static void
write_weights(struct json *j, const struct weighting *w)
{
	const struct framework *f = w->framework;
	size_t i;

	json_open(j, "weights", '[');
	for (i = 0; i < f->competencies_count; i++) {
		if (!position_assessed(&w->positions[i]))
			continue;
		json_open(j, NULL, '{');
		json_text(j, "competency_id", f->competencies[i].id);
		json_hundredths(j, "percent", w->bp[i]);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
write_grade(struct json *j, const struct grade *g)
{
	if (g->state != GRADE_PROPOSED) {
		json_null(j, "grade");
		return;
	}
	json_open(j, "grade", '{');
	json_hundredths(j, "value", g->value);
	json_hundredths(j, "raw", g->raw);
	json_close(j, '}');
}

void
weighting_write(struct json *j, const char *name, const struct weighting *w)
{
	size_t n = w->framework->competencies_count;
	struct grade g = { .state = GRADE_INCOMPLETE };

	/* Kept weights were checked when they came in. */
	if (grade_propose(w->bp, w->positions, n, &w->rules, &g) != FAULT_NONE)
		g.state = GRADE_INCOMPLETE;
	json_open(j, name, '{');
	json_id(j, "interim_id", w->id);
	json_int(j, "version", w->version);
	write_weights(j, w);
	json_text(j, "origin", w->origin);
	json_hundredths(j, "remainder", weight_remainder(w->bp, n));
	if (w->coverage_bp < 0)
		json_null(j, "coverage");
	else
		json_hundredths(j, "coverage", w->coverage_bp);
	write_grade(j, &g);
	write_saved(j, w);
	json_text(j, "state", state_of(w, &g));
	json_close(j, '}');
}

/* --- writing --- */

/* Refused before anything is computed; checked on the row that is held. */
static enum fault
writable(struct ctx *c, const struct weighting *w)
{
	int64_t version;

	if (!w->teaches)
		return FAULT_ROLE;
	if (c->headers.if_match != NULL) {
		TRY(match_revision(c, &version));
		if (version != w->version) {
			c->more = arena_print(c->arena,
			    "\"current_revision\":%lld", (long long)w->version);
			return FAULT_STALE;
		}
	}
	if (w->unlocked)
		return fault_detail(c, FAULT_LOCKED,
		    say(c,
			"Le bilan est débloqué : sa note attend qu'il soit "
			"confirmé de nouveau.",
			"The assessment is unlocked: its grade waits until it "
			"is confirmed again."));
	return w->latest ? FAULT_NONE : FAULT_NOT_LATEST;
}

enum fault
weighting_hold(struct ctx *c, struct weighting *w)
{
	struct db *db = c->db;
	struct rows r;
	int64_t id;

	TRY(path_id(c, 0, &id));
	db_queue(db, NULL, Q_INTERIM_HOLD, PARAMS(p_ints(&id, 1)));
	TRY(db_run(db, &r, Q_WEIGHTING_GET, PARAMS(p_ints(&id, 1))));
	if (r.count == 0)
		return FAULT_ABSENT;
	TRY(weighting_read(c, &r, 0, w));
	return writable(c, w);
}

enum fault
weighting_left(struct ctx *c, int remainder_bp, enum fault fault)
{
	char decimal[DECIMAL_ROOM];

	decimal_write(remainder_bp, decimal);
	c->more = arena_print(c->arena, "\"remainder\":\"%s\"", decimal);
	return fault;
}

struct param
weighting_param(struct ctx *c, const struct weighting *w)
{
	size_t n = w->framework->competencies_count, i;
	int64_t *bp = arena_array(c->arena, n + 1, sizeof(*bp));

	for (i = 0; i < n; i++)
		bp[i] = w->bp[i];
	return p_ints_in(c->arena, bp, n);
}

enum fault
weighting_store(struct ctx *c, struct weighting *w)
{
	struct db *db = c->db;
	struct rows r;
	struct json j;

	TRY(db_run(db, &r, Q_WEIGHTING_PUT,
	    PARAMS(p_ints(&w->id, 1), weighting_param(c, w),
		p_text(w->origin))));
	w->version = row_int(&r, 0, "version");
	if (w->origin == NULL)
		w->origin = "typed";
	reply_revision(c, w->version);
	j = json_in(reply_json(c, 200));
	weighting_write(&j, NULL, w);
	return FAULT_NONE;
}
