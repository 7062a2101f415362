#include <string.h>

#include "draft.h"
#include "learner_facts.h"
#include "positions.h"
#include "prose.h"

#define REVISION_ANY (-1)

/* "*" is whatever stands; anything else is a revision, 0 where there is none.
 */
static enum fault
match_draft(struct ctx *c, int64_t *revision)
{
	if (c->headers.if_match != NULL &&
	    strcmp(c->headers.if_match, "*") == 0) {
		*revision = REVISION_ANY;
		return FAULT_NONE;
	}
	return match_revision(c, revision);
}

static struct params
draft_params(struct ctx *c, const struct learner_facts *l)
{
	struct db *db = c->db;

	return PARAMS(p_int(l->id), p_text(l->framework->id),
	    p_int(l->framework->key));
}

static void
write_missing(struct json *j, const struct framework *f,
    const struct position *p)
{
	json_open(j, "missing", '[');
	for (size_t i = 0; i < f->competencies_count; i++)
		if (!p[i].set)
			json_text(j, NULL, f->competencies[i].id);
	json_close(j, ']');
}

static void
reply_draft(struct ctx *c, const struct learner_facts *l, const struct rows *r)
{
	struct json j = json_in(reply_json(c, 200));
	struct position p[POSITION_MAX];
	const char *findings = row_text(r, 0, "findings");
	const char *advice = row_text(r, 0, "advice");

	positions_unpack(l->framework, row_text(r, 0, "positions"), p);
	json_open(&j, NULL, '{');
	json_raw(&j, "learner", l->ref);
	json_text(&j, "framework_id", l->framework->id);
	json_int(&j, "revision", row_int(r, 0, "revision"));
	positions_write(&j, l->framework, p, false);
	json_text(&j, "findings", findings == NULL ? "" : findings);
	json_text(&j, "advice", advice == NULL ? "" : advice);
	write_missing(&j, l->framework, p);
	json_raw(&j, "evaluations", row_text(r, 0, "evaluations"));
	json_bool(&j, "evaluations_changed", row_bool(r, 0, "changed"));
	json_raw(&j, "author", row_text(r, 0, "author"));
	json_text(&j, "modified_at", row_text(r, 0, "modified_at"));
	json_close(&j, '}');
	reply_revision(c, row_int(r, 0, "revision"));
}

enum fault
draft_get(struct ctx *c)
{
	struct learner_facts l;
	struct rows r;

	TRY(learner_prepared(c, &l));
	TRY(db_run(c->db, &r, Q_DRAFT_GET, draft_params(c, &l)));
	reply_draft(c, &l, &r);
	return FAULT_NONE;
}

/* 412, with what If-Match has to say. */
static enum fault
stale(struct ctx *c, const struct rows *now)
{
	c->more = arena_print(c->arena, "\"current_revision\":%lld",
	    (long long)row_int(now, 0, "revision"));
	return FAULT_STALE;
}

enum fault
draft_put(struct ctx *c)
{
	struct position p[POSITION_MAX] = { { false } };
	const char *findings, *advice, *packed;
	struct rows before, saved, after;
	struct learner_facts l;
	struct db *db = c->db;
	struct seen seen;
	int64_t revision;

	TRY(match_draft(c, &revision));
	TRY(body_only(c, c->body, "", "positions findings advice evaluations"));
	TRY(learner_taught(c, &l));
	TRY(body_positions(c, c->body, l.framework, p));
	TRY(body_prose(c, c->body, "", "findings", PROSE_MAX, &findings));
	TRY(body_prose(c, c->body, "", "advice", PROSE_MAX, &advice));
	TRY(body_seen(c, c->body, &seen));
	packed = positions_pack(c, l.framework, p);
	db_queue(db, &before, Q_DRAFT_GET, draft_params(c, &l));
	db_queue(db, &saved, Q_DRAFT_PUT,
	    PARAMS(p_int(l.id), p_int(l.framework->key), p_int(revision),
		p_text(packed), p_text(findings), p_text(advice),
		seen_ids(c, &seen), seen_revisions(c, &seen),
		p_text(l.framework->id)));
	db_queue(db, &after, Q_DRAFT_GET, draft_params(c, &l));
	TRY(db_flush(db));
	if (saved.count == 0)
		return stale(c, &after);
	db_queue(db, NULL, Q_DRAFT_NOTE,
	    PARAMS(p_int(l.id), p_int(row_int(&after, 0, "revision")),
		p_text(row_text(&before, 0, "positions")), p_text(packed)));
	reply_draft(c, &l, &after);
	return FAULT_NONE;
}

enum fault
draft_delete(struct ctx *c)
{
	struct learner_facts l;
	struct db *db = c->db;
	struct rows r, now;
	int64_t revision;

	TRY(match_draft(c, &revision));
	TRY(learner_taught(c, &l));
	db_queue(db, &r, Q_DRAFT_DELETE,
	    PARAMS(p_int(l.id), p_int(l.framework->key), p_int(revision)));
	db_queue(db, &now, Q_DRAFT_GET, draft_params(c, &l));
	TRY(db_flush(db));
	if (r.count == 0 && revision > 0)
		return stale(c, &now);
	if (row_int(&now, 0, "revision") > 0)
		return stale(c, &now);
	reply_empty(c, 204);
	return FAULT_NONE;
}
