#include <stdlib.h>
#include <string.h>

#include "body.h"
#include "evaluation.h"
#include "grid.h"
#include "lock.h"
#include "prose.h"

#define TITLE_MAX 300
#define CODE_MAX 16
#define LEARNERS_MAX 400

/* What a teacher tells of an evaluation besides its grid and its learners. */
struct facts {
	const char *title;
	const char *complexity;  /* NULL: none */
	const char *class_level; /* NULL: none */
	const char *assessed_on; /* NULL: today */
	bool visible;
};

/* Ids of a list, in the order given. */
struct ids {
	int64_t *id;
	size_t n;
};

static bool
sent(const struct ctx *c, const char *name)
{
	return body_member(c->body, name) != NULL;
}

/* A code, or null; a member that is missing leaves *out as it is. */
static enum fault
read_code(struct ctx *c, const char *name, const char **out)
{
	if (!sent(c, name))
		return FAULT_NONE;
	if (cJSON_IsNull(body_member(c->body, name))) {
		*out = NULL;
		return FAULT_NONE;
	}
	return body_text(c, c->body, "", name, 1, CODE_MAX, out);
}

/* The members that were sent, over what is there. */
static enum fault
read_facts(struct ctx *c, struct facts *f)
{
	if (sent(c, "title"))
		TRY(body_line(c, c->body, "", "title", TITLE_MAX, &f->title));
	TRY(read_code(c, "complexity", &f->complexity));
	TRY(read_code(c, "class_level", &f->class_level));
	if (sent(c, "assessed_on"))
		TRY(body_date(c, c->body, "", "assessed_on", &f->assessed_on));
	if (sent(c, "visible"))
		TRY(body_bool(c, c->body, "", "visible", &f->visible));
	return FAULT_NONE;
}

static bool
level_known(const struct framework *f, const char *code)
{
	size_t i;

	for (i = 0; i < f->class_levels_count; i++)
		if (strcmp(f->class_levels[i].code, code) == 0)
			return true;
	return false;
}

/*
 * Codes are those of the framework; the mark of a company review is no level
 * of difficulty.
 */
static enum fault
check_codes(struct ctx *c, const struct framework *f, const struct facts *facts)
{
	const struct complexity *complexity = NULL;

	if (facts->complexity != NULL) {
		complexity = framework_complexity(f, facts->complexity);
		if (complexity == NULL || complexity->company)
			return fault_say(c, "/complexity", FAULT_VALUE,
			    say(c,
				"Ce niveau de complexité n'est pas de ce"
				" référentiel",
				"Not a complexity of this framework"));
	}
	if (facts->class_level != NULL && !level_known(f, facts->class_level))
		return fault_say(c, "/class_level", FAULT_VALUE,
		    say(c, "Ce niveau de classe n'est pas de ce référentiel",
			"Not a class level of this framework"));
	return FAULT_NONE;
}

/* `days` is that of school_days.sql for the day that was sent. */
static enum fault
check_day(struct ctx *c, const struct rows *days)
{
	if (row_bool(days, 0, "fits"))
		return FAULT_NONE;
	return fault_say(c, "/assessed_on", FAULT_VALUE,
	    arena_print(c->arena,
		say(c, "La date doit être du %s au %s",
		    "The date must be from %s to %s"),
		row_text(days, 0, say(c, "first_fr", "first_en")),
		row_text(days, 0, say(c, "last_fr", "last_en"))));
}

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static const char *
learner_at(struct ctx *c, size_t i)
{
	return arena_print(c->arena, "/learner_ids/%zu", i);
}

/* What cannot be an id of ours is the id of nobody, whom nobody teaches. */
static enum fault
read_learners(struct ctx *c, struct ids *out)
{
	const cJSON *list, *m;
	int64_t *sorted;
	size_t i;

	*out = (struct ids){ NULL, 0 };
	if (!sent(c, "learner_ids"))
		return FAULT_NONE;
	TRY(body_array(c, c->body, "", "learner_ids", 0, LEARNERS_MAX, &list));
	out->id = arena_array(c->arena, LEARNERS_MAX, sizeof(*out->id));
	cJSON_ArrayForEach(m, list) {
		if (!id_read(cJSON_GetStringValue(m), &out->id[out->n]))
			return fault_at(c, learner_at(c, out->n), FAULT_VALUE);
		out->n++;
	}
	sorted = arena_array(c->arena, LEARNERS_MAX, sizeof(*sorted));
	memcpy(sorted, out->id, out->n * sizeof(*sorted));
	qsort(sorted, out->n, sizeof(*sorted), by_number);
	for (i = 1; i < out->n; i++)
		if (sorted[i] == sorted[i - 1])
			return fault_say(c, "/learner_ids", FAULT_VALUE,
			    say(c, "Un apprenant y est deux fois",
				"A learner is there twice"));
	return FAULT_NONE;
}

static enum fault
not_taught(struct ctx *c, size_t i)
{
	return fault_say(c, learner_at(c, i), FAULT_VALUE,
	    say(c, "Vous n'enseignez pas à cet apprenant",
		"You do not teach this learner"));
}

/* --- a new one --- */

static enum fault
check_all_taught(struct ctx *c, const struct rows *check)
{
	enum fault fault = FAULT_NONE;
	size_t i;

	for (i = 0; i < check->count; i++)
		if (!row_bool(check, i, "taught"))
			fault = not_taught(c, i);
	return fault;
}

static enum fault
find_framework(struct ctx *c, const struct framework **out)
{
	const char *id;
	enum fault fault;

	TRY(body_text(c, c->body, "", "framework_id", 1, 64, &id));
	fault = framework_by_id(c, id, out);
	if (fault == FAULT_ABSENT)
		return fault_say(c, "/framework_id", FAULT_VALUE,
		    say(c, "Référentiel inconnu", "Unknown framework"));
	return fault;
}

/* The level of the class of the first learner, where the framework has it. */
static void
default_level(const struct ctx *c, const struct framework *f,
    const struct rows *check, struct facts *facts)
{
	const char *level;

	if (sent(c, "class_level") || check->count == 0)
		return;
	level = row_text(check, 0, "class_level");
	if (level != NULL && level_known(f, level))
		facts->class_level = level;
}

enum fault
evaluation_create(struct ctx *c)
{
	struct grid *g = arena_take(c->arena, sizeof(*g));
	struct facts facts = { .visible = true };
	struct db *db = c->db;
	struct rows check, days, r;
	struct ids learners;

	TRY(body_only(c, c->body, "",
	    "title framework_id complexity"
	    " class_level assessed_on visible criterion_ids competency_ids"
	    " learner_ids"));
	if (!sent(c, "title"))
		return fault_at(c, "/title", FAULT_VALUE);
	TRY(read_facts(c, &facts));
	TRY(read_learners(c, &learners));
	db_queue(db, &check, Q_LEARNER_CHECK,
	    PARAMS(p_ints(learners.id, learners.n)));
	db_queue(db, &days, Q_SCHOOL_DAYS, PARAMS(p_text(facts.assessed_on)));
	TRY(find_framework(c, &g->framework));
	TRY(grid_change(c, g));
	TRY(check_codes(c, g->framework, &facts));
	TRY(check_day(c, &days));
	TRY(check_all_taught(c, &check));
	default_level(c, g->framework, &check, &facts);
	TRY(db_run(db, &r, Q_EVALUATION_ADD,
	    PARAMS(p_int(g->framework->key), p_text(facts.title),
		p_text(facts.complexity), p_text(facts.class_level),
		p_text(facts.assessed_on), p_bool(facts.visible),
		grid_items(c, g), p_ints(learners.id, learners.n))));
	TRY(evaluation_reply(c, row_int(&r, 0, "id"), 201, NULL));
	reply_header(c, "location",
	    arena_print(c->arena, "/api/v1/evaluations/%s",
		row_text(&r, 0, "id")));
	return FAULT_NONE;
}

/* --- a change --- */

struct edit {
	int64_t id;
	int64_t revision;    /* that was read */
	struct ids learners; /* wanted on the list, where it was sent */
	struct rows e, roster, check, days, lock;
	struct facts facts;
	struct grid *before, *after;
	struct ids join, leave;
	struct evaluation_moved moved;
};

/*
 * May it be changed at all?  In this order: is it there, is it the caller's,
 * is it locked, is it as it was read.
 */
static enum fault
may_edit(struct ctx *c, const struct edit *d)
{
	if (d->e.count == 0 || !row_bool(&d->e, 0, "seen"))
		return FAULT_ABSENT;
	if (!row_bool(&d->e, 0, "may_change"))
		return FAULT_ROLE;
	if (row_bool(&d->e, 0, "frozen"))
		return lock_fault(c, &d->lock);
	return FAULT_NONE;
}

static void
conflict(struct json *j, const char *name, const char *mine, const char *theirs)
{
	if (mine == theirs ||
	    (mine != NULL && theirs != NULL && strcmp(mine, theirs) == 0))
		return;
	json_open(j, NULL, '{');
	json_text(j, "pointer", name);
	json_text(j, "sent", mine);
	json_text(j, "stored", theirs);
	json_close(j, '}');
}

static void
conflict_visible(struct json *j, bool mine, bool theirs)
{
	if (mine == theirs)
		return;
	json_open(j, NULL, '{');
	json_text(j, "pointer", "/visible");
	json_bool(j, "sent", mine);
	json_bool(j, "stored", theirs);
	json_close(j, '}');
}

/* Somebody was faster: what there is, beside what was sent. */
static enum fault
stale(struct ctx *c, const struct edit *d)
{
	struct text t = text_in(c->arena);
	struct json j = json_in(&t);

	json_int(&j, "current_revision", row_int(&d->e, 0, "revision"));
	json_open(&j, "conflicts", '[');
	conflict(&j, "/title", d->facts.title, row_text(&d->e, 0, "title"));
	conflict(&j, "/complexity", d->facts.complexity,
	    row_text(&d->e, 0, "complexity"));
	conflict(&j, "/class_level", d->facts.class_level,
	    row_text(&d->e, 0, "class_level"));
	conflict(&j, "/assessed_on", d->facts.assessed_on,
	    row_text(&d->e, 0, "assessed_on"));
	conflict_visible(&j, d->facts.visible, row_bool(&d->e, 0, "visible"));
	json_close(&j, ']');
	c->more = text_string(&t);
	return FAULT_STALE;
}

static bool
wanted(const struct ids *ids, int64_t learner, size_t *at)
{
	for (*at = 0; *at < ids->n; ++*at)
		if (ids->id[*at] == learner)
			return true;
	return false;
}

static size_t
filled(const struct edit *d, const struct grid *g, size_t row)
{
	int column = rows_column(&d->roster, "marks");

	return grid_filled(g, cell_text(&d->roster, row, column),
	    cell_length(&d->roster, row, column));
}

/* Count what one line shows before and after. */
static void
move_marks(struct edit *d, size_t row, bool was, bool is)
{
	size_t before = was ? filled(d, d->before, row) : 0;
	size_t after = is ? filled(d, d->after, row) : 0;
	size_t both = 0, i;
	const char *line = row_text(&d->roster, row, "marks");

	for (i = 0; was && is && line[i] != '\0' && i < d->before->count; i++)
		if (line[i] != '.' && !d->before->dropped[i] &&
		    !d->after->dropped[i])
			both++;
	d->moved.hidden += before - both;
	d->moved.found += after - both;
}

/*
 * Who joins the list and who leaves it.  Only learners one teaches, but the
 * author may take off one who has left.
 */
static enum fault
change_list(struct ctx *c, struct edit *d)
{
	bool all = !sent(c, "learner_ids"), was, is;
	size_t n = d->roster.count, row, at;
	enum fault fault = FAULT_NONE;
	bool *known = arena_array(c->arena, d->learners.n + 1, sizeof(*known));

	d->join.id = arena_array(c->arena, d->learners.n + 1, sizeof(int64_t));
	d->leave.id = arena_array(c->arena, n + 1, sizeof(int64_t));
	for (row = 0; row < n; row++) {
		was = row_bool(&d->roster, row, "active");
		is = wanted(&d->learners,
		    row_int(&d->roster, row, "learner_id"), &at);
		if (is)
			known[at] = was;
		is = all ? was : is;
		move_marks(d, row, was, is);
		if (!was || is)
			continue;
		d->leave.id[d->leave.n++] =
		    row_int(&d->roster, row, "learner_id");
		if (!row_bool(&d->roster, row, "taught") &&
		    !row_bool(&d->e, 0, "own"))
			fault = fault_say(c, "/learner_ids", FAULT_VALUE,
			    say(c, "Vous ne pouvez retirer que vos apprenants",
				"You can take off your own learners only"));
	}
	for (at = 0; at < d->learners.n; at++) {
		if (known[at])
			continue;
		d->join.id[d->join.n++] = d->learners.id[at];
		if (!row_bool(&d->check, at, "taught"))
			fault = not_taught(c, at);
	}
	return fault;
}

static enum fault
load(struct ctx *c, struct edit *d)
{
	struct db *db = c->db;

	/* Held first: the others are read as they stay. */
	db_queue(db, NULL, Q_INTERIM_RELOCK, PARAMS_NONE);
	db_queue(db, &d->e, Q_EVALUATION_HOLD, PARAMS(p_int(d->id)));
	db_queue(db, &d->roster, Q_SHEET_ROSTER, PARAMS(p_int(d->id)));
	db_queue(db, &d->lock, Q_EVALUATION_LOCK,
	    PARAMS(p_int(d->id), p_ints(NULL, 0)));
	db_queue(db, &d->days, Q_SCHOOL_DAYS,
	    PARAMS(p_text(d->facts.assessed_on)));
	return db_run(db, &d->check, Q_LEARNER_CHECK,
	    PARAMS(p_ints(d->learners.id, d->learners.n)));
}

/* What was stored, then what was sent over it. */
static enum fault
merge(struct ctx *c, struct edit *d)
{
	d->facts = (struct facts){
		.title = row_text(&d->e, 0, "title"),
		.complexity = row_text(&d->e, 0, "complexity"),
		.class_level = row_text(&d->e, 0, "class_level"),
		.assessed_on = row_text(&d->e, 0, "assessed_on"),
		.visible = row_bool(&d->e, 0, "visible"),
	};
	return read_facts(c, &d->facts);
}

static void
store(struct ctx *c, const struct edit *d)
{
	const struct facts *f = &d->facts;
	struct db *db = c->db;

	db_queue(db, NULL, Q_EVALUATION_SET,
	    PARAMS(p_int(d->id), p_int(d->revision), p_text(f->title),
		p_text(f->complexity), p_text(f->class_level),
		p_text(f->assessed_on), p_bool(f->visible),
		grid_items(c, d->after), grid_dropped(c, d->after),
		p_int((int64_t)d->moved.hidden),
		p_int((int64_t)d->moved.found)));
	if (d->leave.n > 0)
		db_queue(db, NULL, Q_SHEET_LEAVE,
		    PARAMS(p_int(d->id), p_ints(d->leave.id, d->leave.n)));
	if (!grid_same(d->before, d->after))
		db_queue(db, NULL, Q_SHEET_TOUCH, PARAMS(p_int(d->id)));
	if (d->join.n > 0)
		db_queue(db, NULL, Q_SHEET_JOIN,
		    PARAMS(p_int(d->id), p_ints(d->join.id, d->join.n)));
}

enum fault
evaluation_change(struct ctx *c)
{
	struct edit *d = arena_take(c->arena, sizeof(*d));

	TRY(path_id(c, 0, &d->id));
	TRY(body_only(c, c->body, "",
	    "title complexity class_level"
	    " assessed_on visible criterion_ids competency_ids learner_ids"));
	if (c->body->child == NULL)
		return fault_at(c, "", FAULT_VALUE);
	TRY(read_facts(c, &d->facts));
	TRY(read_learners(c, &d->learners));
	TRY(match_revision(c, &d->revision));
	TRY(load(c, d));
	TRY(may_edit(c, d));
	TRY(merge(c, d));
	if (row_int(&d->e, 0, "revision") != d->revision)
		return stale(c, d);
	d->before = arena_take(c->arena, sizeof(*d->before));
	d->after = arena_take(c->arena, sizeof(*d->after));
	TRY(grid_read(c, &d->e, 0, d->before));
	*d->after = *d->before;
	TRY(grid_change(c, d->after));
	TRY(check_codes(c, d->before->framework, &d->facts));
	TRY(check_day(c, &d->days));
	TRY(change_list(c, d));
	store(c, d);
	return evaluation_reply(c, d->id, 200, &d->moved);
}

enum fault
evaluation_delete(struct ctx *c)
{
	struct edit *d = arena_take(c->arena, sizeof(*d));
	struct db *db = c->db;

	TRY(path_id(c, 0, &d->id));
	TRY(match_revision(c, &d->revision));
	db_queue(db, NULL, Q_INTERIM_RELOCK, PARAMS_NONE);
	db_queue(db, &d->e, Q_EVALUATION_HOLD, PARAMS(p_int(d->id)));
	TRY(db_run(db, &d->lock, Q_EVALUATION_LOCK,
	    PARAMS(p_int(d->id), p_ints(NULL, 0))));
	TRY(may_edit(c, d));
	if (row_int(&d->e, 0, "revision") != d->revision) {
		TRY(merge(c, d));
		return stale(c, d);
	}
	db_queue(db, NULL, Q_EVALUATION_DELETE,
	    PARAMS(p_int(d->id), p_int(d->revision)));
	reply_empty(c, 204);
	return FAULT_NONE;
}
