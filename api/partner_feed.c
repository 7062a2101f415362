#include <string.h>

#include "framework.h"
#include "partner.h"
#include "terms.h"

/* The vocational subject, as SIECLE and PRONOTE have it. */
#define SUBJECT_CODE "071100"
#define TERMS_OPEN_MAX 5

struct feed {
	struct partner partner;
	struct partner_page page;
	struct rows terms;
	const char *period;           /* "current" or an id */
	int64_t since;                /* -1: a snapshot */
	int64_t term[TERMS_OPEN_MAX]; /* keys */
	size_t terms_count;
	size_t shown; /* row of the period told */
	bool one;     /* there is one to tell */
};

/* --- what is asked --- */

static enum fault
feed_read(struct ctx *c, struct feed *f)
{
	enum term_kind kind;
	int year, index;

	memset(f, 0, sizeof(*f));
	f->period = query_text(c, "period");
	if (f->period == NULL)
		f->period = "current";
	if (strcmp(f->period, "current") != 0 &&
	    !term_read(f->period, &year, &kind, &index))
		return fault_at(c, "?period", FAULT_PARAMETER);
	TRY(query_int(c, "since", 0, INT64_MAX / 2, -1, &f->since));
	return partner_page_read(c, &f->page,
	    arena_print(c->arena, "%s\n%lld", f->period, (long long)f->since));
}

/* The term asked for by name. */
static enum fault
period_named(struct ctx *c, struct feed *f)
{
	size_t i;

	for (i = 0; i < f->terms.count; i++)
		if (strcmp(row_text(&f->terms, i, "id"), f->period) == 0)
			break;
	if (i == f->terms.count)
		return FAULT_ABSENT;
	f->one = true;
	f->shown = i;
	switch (terms_state(&f->terms, i)) {
	case TERM_OPEN:
		f->term[f->terms_count++] = row_int(&f->terms, i, "key");
		break;
	case TERM_UPCOMING:
		break;
	case TERM_CLOSED:
	case TERM_STATE__MAX:
		return fault_detail(c, FAULT_TERM_CLOSED,
		    arena_print(c->arena,
			say(c, "La période %s est close depuis le %s.",
			    "Period %s has been closed since %s."),
			f->period, row_text(&f->terms, i, "closes_on")));
	}
	return FAULT_NONE;
}

/*
 * Every open term, each framework going by its own: one is told, of several
 * the items tell.
 */
static enum fault
period_current(struct feed *f)
{
	size_t i;

	for (i = 0; i < f->terms.count; i++) {
		if (terms_state(&f->terms, i) != TERM_OPEN ||
		    !row_bool(&f->terms, i, "applies") ||
		    f->terms_count == TERMS_OPEN_MAX)
			continue;
		f->term[f->terms_count++] = row_int(&f->terms, i, "key");
		f->shown = i;
	}
	f->one = f->terms_count == 1;
	return f->terms_count == 0 ? FAULT_TERM_NONE : FAULT_NONE;
}

/*
 * Tombstones go back to the beginning of the school year; a number that was
 * never given out comes from before a restore.
 */
static enum fault
since_ok(const struct feed *f)
{
	const struct partner *p = &f->partner;

	if (f->since >= 0 &&
	    (f->since < row_int(&p->head, 0, "partner_floor") ||
		f->since > p->rev))
		return FAULT_RESYNC;
	return FAULT_NONE;
}

/* --- what is answered --- */

static void
write_period(struct json *j, const struct rows *r, size_t row)
{
	json_open(j, "period", '{');
	json_text(j, "id", row_text(r, row, "period"));
	json_text(j, "kind", row_text(r, row, "kind"));
	json_int(j, "index", row_int(r, row, "index"));
	json_close(j, '}');
	json_open(j, "framework", '{');
	json_text(j, "code", row_text(r, row, "code"));
	json_text(j, "version", row_text(r, row, "version"));
	json_close(j, '}');
}

static void
write_author(struct json *j, const struct rows *r, size_t row)
{
	json_open(j, "author", '{');
	json_text(j, "sts_id", row_text(r, row, "staff_key"));
	json_text(j, "sts_type", row_text(r, row, "staff_type"));
	json_text(j, "last_name", row_text(r, row, "last_name"));
	json_text(j, "first_name", row_text(r, row, "first_name"));
	json_close(j, '}');
}

static void
write_position(struct json *j, const char *code, const struct position *p)
{
	json_open(j, NULL, '{');
	json_text(j, "code", code);
	if (position_assessed(p)) {
		json_int(j, "level", (int)p->level);
		json_text(j, "objective",
		    p->objective == OBJECTIVE_TERMINAL ? "terminal"
						       : "intermediate");
	} else {
		json_null(j, "level");
		json_null(j, "objective");
	}
	json_close(j, '}');
}

/* Every competency of the framework, in its order (M-256). */
static enum fault
write_positions(struct ctx *c, struct json *j, const struct rows *r, size_t row)
{
	struct position p[POSITION_MAX];
	const struct framework *f;
	size_t i;

	TRY(framework_by_key(c, row_int(r, row, "framework_key"), &f));
	if (!position_read(row_text(r, row, "positions"), f->competencies_count,
		p))
		return FAULT_INTERNAL;
	json_open(j, "competencies", '[');
	for (i = 0; i < f->competencies_count; i++)
		write_position(j, f->competencies[i].code, &p[i]);
	json_close(j, ']');
	return FAULT_NONE;
}

/* Advice and grade go to the school report; findings stay home (M-257). */
static enum fault
write_validated(struct ctx *c, struct json *j, const struct partner *p,
    const struct rows *r, size_t row)
{
	json_text(j, "state", "validated");
	json_text(j, "validated_at", row_text(r, row, "validated_at"));
	write_period(j, r, row);
	json_text(j, "subject_code", SUBJECT_CODE);
	json_raw(j, "learner", row_text(r, row, "learner"));
	write_author(j, r, row);
	json_text(j, "advice", row_text(r, row, "advice"));
	if (row_bool(&p->head, 0, "partner_findings"))
		json_text(j, "findings", row_text(r, row, "findings"));
	if (row_null(r, row, "grade")) {
		json_null(j, "grade");
	} else {
		json_open(j, "grade", '{');
		json_hundredths(j, "value", (int)row_int(r, row, "grade"));
		json_int(j, "scale", 20);
		json_close(j, '}');
	}
	return write_positions(c, j, r, row);
}

static enum fault
write_item(struct ctx *c, struct json *j, const struct partner *p,
    const struct rows *r, size_t row)
{
	json_open(j, NULL, '{');
	json_text(j, "id", row_text(r, row, "id"));
	json_int(j, "rev", row_int(r, row, "partner_rev"));
	if (row_null(r, row, "withdrawn_at")) {
		TRY(write_validated(c, j, p, r, row));
	} else {
		json_text(j, "state", "withdrawn");
		json_text(j, "withdrawn_at", row_text(r, row, "withdrawn_at"));
		write_period(j, r, row);
		json_raw(j, "learner", row_text(r, row, "learner"));
	}
	json_close(j, '}');
	return FAULT_NONE;
}

static void
write_term(struct json *j, const struct feed *f)
{
	const struct rows *r = &f->terms;

	if (!f->one) {
		json_null(j, "period");
		return;
	}
	json_open(j, "period", '{');
	json_text(j, "id", row_text(r, f->shown, "id"));
	json_text(j, "kind", row_text(r, f->shown, "kind"));
	json_int(j, "index", row_int(r, f->shown, "index"));
	json_text(j, "pull_state", term_state_code(terms_state(r, f->shown)));
	json_close(j, '}');
}

static enum fault
reply_page(struct ctx *c, const struct feed *f, const struct rows *r)
{
	const struct partner_page *page = &f->page;
	size_t i, n = r->count;
	struct json j;

	if (n > (size_t)page->limit)
		n = (size_t)page->limit;
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	partner_write_school(&j, &f->partner);
	write_term(&j, f);
	json_int(&j, "through_rev", page->at.through);
	json_open(&j, "items", '[');
	for (i = 0; i < n; i++)
		TRY(write_item(c, &j, &f->partner, r, i));
	json_close(&j, ']');
	partner_page_next(c, &j, &f->partner, page, r->count > n,
	    n == 0 ? 0 : row_int(r, n - 1, "partner_rev"),
	    n == 0 ? 0 : row_int(r, n - 1, "id"));
	json_close(&j, '}');
	return reply_hashed(c);
}

/*
 * Two round trips: the clock is read in the first and the items, up to it, in
 * the second.  What is committed in between has a higher number and waits
 * for the next `since`.
 */
enum fault
partner_assessments(struct ctx *c)
{
	struct db *db = c->db;
	struct feed f;
	struct rows r;
	bool current;

	TRY(feed_read(c, &f));
	current = strcmp(f.period, "current") == 0;
	db_queue(db, NULL, Q_INTERIM_RELOCK, PARAMS_NONE);
	db_queue(db, &f.terms, Q_TERM_LIST,
	    PARAMS(current ? p_null()
			   : p_text(arena_copy(c->arena, f.period, 4)),
		p_text(f.page.framework)));
	TRY(partner_open(c, &f.partner));
	TRY(since_ok(&f));
	TRY(partner_page_resume(c, &f.partner, &f.page));
	TRY(current ? period_current(&f) : period_named(c, &f));
	TRY(db_run(db, &r, Q_PARTNER_FEED,
	    PARAMS(p_ints(f.term, f.terms_count),
		f.since < 0 ? p_null() : p_int(f.since),
		p_int(f.page.at.through), p_int(f.page.at.rev),
		p_int(f.page.at.id), p_text(f.page.framework),
		p_texts(f.page.division, f.page.divisions),
		p_int(f.page.limit + 1), p_text(partner_asked(c)),
		p_text(c->address))));
	return reply_page(c, &f, &r);
}

enum fault
partner_assessment_get(struct ctx *c)
{
	struct db *db = c->db;
	struct partner p;
	struct rows r;
	struct json j;
	int64_t id;

	TRY(path_id(c, 0, &id));
	db_queue(db, NULL, Q_INTERIM_RELOCK, PARAMS_NONE);
	db_queue(db, &r, Q_PARTNER_ASSESSMENT,
	    PARAMS(p_int(id), p_text(partner_asked(c)), p_text(c->address)));
	TRY(partner_open(c, &p));
	if (r.count == 0 || terms_state(&r, 0) != TERM_OPEN)
		return FAULT_ABSENT;
	if (!row_null(&r, 0, "withdrawn_at"))
		return FAULT_GONE;
	j = json_in(reply_json(c, 200));
	TRY(write_item(c, &j, &p, &r, 0));
	return reply_hashed(c);
}
