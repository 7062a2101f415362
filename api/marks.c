#include <stdlib.h>
#include <string.h>

#include "../domain/utf8.h"
#include "body.h"
#include "evaluation.h"
#include "grid.h"
#include "lock.h"
#include "page.h"

/*
 * Saving cells is two round trips.  The first takes the evaluation, if it is
 * as it was read and not frozen, and holds the lines concerned; the second
 * writes them and commits.  In between nothing is asked of the base.
 */

#define CELLS_MAX 5000
#define COMMENTS_MAX 400
#define COMMENT_MAX 2000

struct cell {
	int64_t learner; /* 0: no id of ours */
	const char *item;
	const char *code; /* NULL: to be emptied */
	bool whole;       /* the item is a competency */
};

struct remark {
	int64_t learner;
	const char *text;
};

/* The line of a learner, as stored and as it is to be. */
struct line {
	int64_t learner;
	size_t row; /* of the lines held */
	char marks[GRID_MAX + 1];
	size_t n;
	const char *comment;
	bool named[GRID_MAX]; /* cells that were sent */
	bool commented;
	bool changed;
};

struct save {
	int64_t evaluation;
	int64_t revision; /* that was read */
	bool dry_run;
	struct cell *cells;
	size_t cells_count;
	struct remark *remarks;
	size_t remarks_count;
	int64_t *learners; /* named anywhere, each once, in order */
	size_t learners_count;
	struct rows touched, facts, held, lock;
	struct grid *grid;
	struct line *lines;
	size_t changed; /* cells and comments */
	int64_t filled; /* of the whole evaluation */
};

/* --- what was sent --- */

static const char *
at(struct ctx *c, const char *list, size_t i, const char *member)
{
	return arena_print(c->arena, "/%s/%zu%s", list, i, member);
}

static enum fault
read_member(struct cell *cell, const cJSON *m, unsigned int *seen)
{
	static const char *const names[] = { "learner_id", "criterion_id",
		"competency_id", "mark" };
	const char *text = cJSON_GetStringValue(m);
	unsigned int k;

	for (k = 0; k < 4; k++)
		if (strcmp(m->string, names[k]) == 0)
			break;
	if (k == 4)
		return FAULT_FIELD;
	*seen |= 1u << k;
	if (text == NULL && !(k == 3 && cJSON_IsNull(m)))
		return FAULT_VALUE;
	if (k == 0 && !id_read(text, &cell->learner))
		cell->learner = 0;
	if (k == 1 || k == 2) {
		cell->item = text;
		cell->whole = k == 2;
	}
	if (k == 3)
		cell->code = text;
	return FAULT_NONE;
}

/* A learner, a mark, and either a criterion or a competency. */
static enum fault
read_cell(struct ctx *c, struct cell *cell, const cJSON *object, size_t i)
{
	unsigned int seen = 0;
	enum fault fault;
	const cJSON *m;

	if (!cJSON_IsObject(object))
		return fault_at(c, at(c, "marks", i, ""), FAULT_VALUE);
	cJSON_ArrayForEach(m, object) {
		fault = read_member(cell, m, &seen);
		if (fault != FAULT_NONE)
			return fault_at(c,
			    arena_print(c->arena, "/marks/%zu/%s", i,
				m->string),
			    fault);
	}
	if (seen != (1u | 2u | 8u) && seen != (1u | 4u | 8u))
		return fault_say(c, at(c, "marks", i, ""), FAULT_VALUE,
		    say(c,
			"Un apprenant, un critère ou une compétence, et un"
			" résultat",
			"A learner, a criterion or a competency, and a mark"));
	return FAULT_NONE;
}

static enum fault
read_remark(struct ctx *c, struct remark *r, const cJSON *object, size_t i)
{
	const char *place = at(c, "comments", i, "");
	const cJSON *learner, *text;

	TRY(body_only(c, object, place, "learner_id comment"));
	learner = body_member(object, "learner_id");
	text = body_member(object, "comment");
	if (!cJSON_IsString(learner))
		return fault_at(c, at(c, "comments", i, "/learner_id"),
		    FAULT_VALUE);
	if (!id_read(learner->valuestring, &r->learner))
		r->learner = 0;
	r->text = "";
	if (cJSON_IsNull(text))
		return FAULT_NONE;
	return body_text(c, object, place, "comment", 0, COMMENT_MAX, &r->text);
}

static enum fault
read_list(struct ctx *c, const char *name, size_t most, const cJSON **out)
{
	*out = NULL;
	if (body_member(c->body, name) == NULL)
		return FAULT_NONE;
	return body_array(c, c->body, "", name, 0, most, out);
}

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void
gather_learners(struct ctx *c, struct save *s)
{
	size_t n = 0, i;

	s->learners = arena_array(c->arena,
	    s->cells_count + s->remarks_count + 1, sizeof(*s->learners));
	for (i = 0; i < s->cells_count; i++)
		s->learners[n++] = s->cells[i].learner;
	for (i = 0; i < s->remarks_count; i++)
		s->learners[n++] = s->remarks[i].learner;
	qsort(s->learners, n, sizeof(*s->learners), by_number);
	for (i = 0; i < n; i++)
		if (i == 0 || s->learners[i] != s->learners[i - 1])
			s->learners[s->learners_count++] = s->learners[i];
}

static enum fault
read_all(struct ctx *c, struct save *s)
{
	const cJSON *cells, *remarks, *m;

	TRY(body_only(c, c->body, "", "marks comments"));
	if (c->body->child == NULL)
		return fault_at(c, "", FAULT_VALUE);
	TRY(read_list(c, "marks", CELLS_MAX, &cells));
	TRY(read_list(c, "comments", COMMENTS_MAX, &remarks));
	s->cells = arena_array(c->arena, (size_t)cJSON_GetArraySize(cells) + 1,
	    sizeof(*s->cells));
	s->remarks = arena_array(c->arena,
	    (size_t)cJSON_GetArraySize(remarks) + 1, sizeof(*s->remarks));
	cJSON_ArrayForEach(m, cells) {
		TRY(read_cell(c, &s->cells[s->cells_count], m, s->cells_count));
		s->cells_count++;
	}
	cJSON_ArrayForEach(m, remarks) {
		TRY(read_remark(c, &s->remarks[s->remarks_count], m,
		    s->remarks_count));
		s->remarks_count++;
	}
	gather_learners(c, s);
	return FAULT_NONE;
}

/* --- what is there --- */

static void
make_lines(struct ctx *c, struct save *s)
{
	int learner = rows_column(&s->held, "learner_id");
	int marks = rows_column(&s->held, "marks");
	int comment = rows_column(&s->held, "comment");
	struct line *line;
	size_t i;

	s->lines = arena_array(c->arena, s->held.count + 1, sizeof(*s->lines));
	for (i = 0; i < s->held.count; i++) {
		line = &s->lines[i];
		line->learner = cell_int(&s->held, i, learner);
		line->row = i;
		line->comment = cell_text(&s->held, i, comment);
		line->n = cell_length(&s->held, i, marks);
		if (line->n > GRID_MAX)
			line->n = GRID_MAX;
		memcpy(line->marks, cell_text(&s->held, i, marks), line->n);
	}
}

static enum fault
load(struct ctx *c, struct save *s)
{
	struct db *db = c->db;

	db_queue(db, NULL, Q_INTERIM_RELOCK, PARAMS_NONE);
	db_queue(db, &s->touched, Q_EVALUATION_TOUCH,
	    PARAMS(p_int(s->evaluation), p_int(s->revision)));
	db_queue(db, &s->facts, Q_EVALUATION_FACTS,
	    PARAMS(p_int(s->evaluation)));
	db_queue(db, &s->held, Q_SHEET_HOLD,
	    PARAMS(p_int(s->evaluation),
		p_ints(s->learners, s->learners_count)));
	TRY(db_run(db, &s->lock, Q_EVALUATION_LOCK,
	    PARAMS(p_int(s->evaluation),
		p_ints(s->learners, s->learners_count))));
	if (s->facts.count == 0)
		return FAULT_ABSENT;
	s->filled = row_int(&s->facts, 0, "filled");
	s->grid = arena_take(c->arena, sizeof(*s->grid));
	TRY(grid_read(c, &s->facts, 0, s->grid));
	make_lines(c, s);
	return FAULT_NONE;
}

/* Theirs, and not locked: the evaluation, or a line that is named. */
static enum fault
may_save(struct ctx *c, const struct save *s)
{
	size_t i;

	if (!row_bool(&s->facts, 0, "seen"))
		return FAULT_ABSENT;
	if (!row_bool(&s->facts, 0, "taught"))
		return FAULT_ROLE;
	if (row_bool(&s->facts, 0, "locked"))
		return lock_fault(c, &s->lock);
	for (i = 0; i < s->held.count; i++)
		if (row_bool(&s->held, i, "frozen"))
			return lock_fault(c, &s->lock);
	return FAULT_NONE;
}

/* --- one put into the other --- */

static int
line_order(const void *key, const void *line)
{
	int64_t learner = *(const int64_t *)key;
	int64_t other = ((const struct line *)line)->learner;

	return (learner > other) - (learner < other);
}

static struct line *
line_of(const struct save *s, int64_t learner)
{
	return bsearch(&learner, s->lines, s->held.count, sizeof(*s->lines),
	    line_order);
}

static enum fault
no_line(struct ctx *c, const char *pointer, bool there)
{
	return fault_say(c, pointer, FAULT_VALUE,
	    there ? say(c, "Vous n'enseignez pas à cet apprenant",
			"You do not teach this learner")
		  : say(c, "Cet apprenant n'est pas dans la grille",
			"This learner is not in the grid"));
}

/*
 * Where a cell goes.  Only what is in sight may be written, and only for
 * learners one teaches.
 */
static enum fault
find_cell(struct ctx *c, const struct save *s, size_t i, struct line **line,
    int *place, enum mark *mark)
{
	const struct cell *cell = &s->cells[i];

	*line = line_of(s, cell->learner);
	if (*line == NULL || !row_bool(&s->held, (*line)->row, "taught"))
		return no_line(c, at(c, "marks", i, "/learner_id"),
		    *line != NULL);
	*place = grid_find(s->grid, cell->item, cell->whole);
	if (*place < 0)
		return fault_say(c,
		    at(c, "marks", i,
			cell->whole ? "/competency_id" : "/criterion_id"),
		    FAULT_VALUE,
		    say(c, "N'est pas dans la grille", "Not in the grid"));
	*mark = MARK_EMPTY;
	if (cell->code != NULL &&
	    !framework_mark(s->grid->framework, cell->code, mark))
		return fault_say(c, at(c, "marks", i, "/mark"), FAULT_VALUE,
		    say(c, "Ce résultat n'est pas de l'échelle du référentiel",
			"Not a result of the scale of the framework"));
	return FAULT_NONE;
}

static enum fault
put_cell(struct ctx *c, struct save *s, size_t i)
{
	struct line *line;
	enum mark mark, before;
	int place;

	TRY(find_cell(c, s, i, &line, &place, &mark));
	if (line->named[place])
		return fault_say(c, at(c, "marks", i, ""), FAULT_VALUE,
		    say(c, "Cette case est donnée deux fois",
			"This cell is given twice"));
	line->named[place] = true;
	before = mark_at(line->marks, line->n, (size_t)place);
	if (mark == before)
		return FAULT_NONE;
	mark_set(line->marks, &line->n, GRID_MAX, (size_t)place, mark);
	s->filled += (mark != MARK_EMPTY) - (before != MARK_EMPTY);
	s->changed++;
	line->changed = true;
	return FAULT_NONE;
}

static enum fault
put_remark(struct ctx *c, struct save *s, size_t i)
{
	const struct remark *r = &s->remarks[i];
	struct line *line = line_of(s, r->learner);

	if (line == NULL || !row_bool(&s->held, line->row, "taught"))
		return no_line(c, at(c, "comments", i, "/learner_id"),
		    line != NULL);
	if (line->commented)
		return fault_say(c, at(c, "comments", i, ""), FAULT_VALUE,
		    say(c, "Cet apprenant est donné deux fois",
			"This learner is given twice"));
	line->commented = true;
	if (strcmp(line->comment, r->text) == 0)
		return FAULT_NONE;
	line->comment = r->text;
	s->changed++;
	line->changed = true;
	return FAULT_NONE;
}

/* All of it or nothing: every bad cell is told, as far as there is room. */
static enum fault
put_all(struct ctx *c, struct save *s)
{
	enum fault worst = FAULT_NONE, fault;
	size_t i;

	for (i = 0; i < s->cells_count; i++)
		if ((fault = put_cell(c, s, i)) != FAULT_NONE)
			worst = fault;
	for (i = 0; i < s->remarks_count; i++)
		if ((fault = put_remark(c, s, i)) != FAULT_NONE)
			worst = fault;
	return worst;
}

/* --- somebody was faster --- */

static void
conflict(struct json *j, const char *pointer, const char *mine,
    const char *theirs)
{
	json_open(j, NULL, '{');
	json_text(j, "pointer", pointer);
	json_text(j, "sent", mine);
	json_text(j, "stored", theirs);
	json_close(j, '}');
}

/* Cells whose stored value is not the one sent; bad ones are not told now. */
static enum fault
stale(struct ctx *c, struct save *s)
{
	struct text t = text_in(c->arena);
	struct json j = json_in(&t);
	enum mark mark, stored;
	struct line *line;
	int place;
	size_t i;

	json_int(&j, "current_revision", row_int(&s->facts, 0, "revision"));
	json_open(&j, "conflicts", '[');
	for (i = 0; i < s->cells_count; i++) {
		if (find_cell(c, s, i, &line, &place, &mark) != FAULT_NONE)
			continue;
		stored = mark_at(line->marks, line->n, (size_t)place);
		if (stored != mark)
			conflict(&j, at(c, "marks", i, "/mark"),
			    s->cells[i].code, grid_code(s->grid, stored));
	}
	for (i = 0; i < s->remarks_count; i++) {
		line = line_of(s, s->remarks[i].learner);
		if (line != NULL &&
		    strcmp(line->comment, s->remarks[i].text) != 0)
			conflict(&j, at(c, "comments", i, "/comment"),
			    s->remarks[i].text, line->comment);
	}
	json_close(&j, ']');
	c->errors_count = 0;
	c->more = text_string(&t);
	return FAULT_STALE;
}

/* --- stored and told --- */

static void
store(struct ctx *c, const struct save *s)
{
	size_t room = s->held.count, n = 0, i;
	int64_t *learners = arena_array(c->arena, room, sizeof(*learners));
	int64_t *revisions = arena_array(c->arena, room, sizeof(*revisions));
	const char **marks = arena_array(c->arena, room, sizeof(*marks));
	const char **comments = arena_array(c->arena, room, sizeof(*comments));
	struct db *db = c->db;

	for (i = 0; i < s->held.count; i++) {
		if (!s->lines[i].changed)
			continue;
		learners[n] = s->lines[i].learner;
		revisions[n] = row_int(&s->held, i, "revision");
		marks[n] = s->lines[i].marks; /* ends with a NUL */
		comments[n++] = s->lines[i].comment;
	}
	db_queue(db, NULL, Q_SHEET_SAVE,
	    PARAMS(p_int(s->evaluation), p_ints(learners, n), p_texts(marks, n),
		p_texts(comments, n), p_ints(revisions, n), p_int((int64_t)n)));
}

static void
reply(struct ctx *c, const struct save *s, int64_t revision)
{
	struct json j = json_in(reply_json(c, 200));

	reply_revision(c, revision);
	json_open(&j, NULL, '{');
	json_int(&j, "revision", revision);
	json_int(&j, "filled", s->filled);
	json_int(&j, "expected",
	    row_int(&s->facts, 0, "lines") * (int64_t)s->grid->live);
	json_int(&j, "changed", (int64_t)s->changed);
	json_close(&j, '}');
}

enum fault
marks_change(struct ctx *c)
{
	struct save *s = arena_take(c->arena, sizeof(*s));

	TRY(path_id(c, 0, &s->evaluation));
	TRY(query_flag(c, "dry_run", &s->dry_run));
	TRY(read_all(c, s));
	TRY(match_revision(c, &s->revision));
	TRY(load(c, s));
	TRY(may_save(c, s));
	if (s->touched.count == 0)
		return stale(c, s);
	TRY(put_all(c, s));
	if (s->dry_run || s->changed == 0) {
		reply(c, s, s->revision);
		db_rollback(c->db);
		return FAULT_NONE;
	}
	store(c, s);
	reply(c, s, s->revision + 1);
	return FAULT_NONE;
}
