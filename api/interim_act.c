#include <string.h>

#include "../domain/date.h"
#include "interim.h"
#include "json.h"
#include "learner_facts.h"
#include "lock.h"
#include "positions.h"
#include "prose.h"

/* Everything a confirmation holds and compares. */
struct confirmation {
	struct ctx *ctx;
	int64_t learner_id;
	const struct framework *framework;
	struct seen told;        /* by the client */
	struct rows interims;    /* of the learner, held */
	struct rows evaluations; /* to be taken in, held */
	struct rows seen;        /* takeable_seen.sql */
};

/* If-Match where it was sent; `present` is what it has to say. */
static enum fault
match_optional(struct ctx *c, int64_t present)
{
	int64_t revision = present;

	c->more = arena_print(c->arena, "\"current_revision\":%lld",
	    (long long)present);
	if (c->headers.if_match != NULL)
		TRY(match_revision(c, &revision));
	if (revision != present)
		return FAULT_STALE;
	c->more = NULL;
	return FAULT_NONE;
}

/* 423, with who holds it and who can open it. */
static enum fault
locked(struct ctx *c, const struct interim_facts *i)
{
	const struct rows *r = &i->rows;
	struct text t = text_in(c->arena);
	struct json j = json_in(&t);

	json_open(&j, "lock", '{');
	json_text(&j, "interim_id", row_text(r, 0, "id"));
	json_text(&j, "learner_id", row_text(r, 0, "learner_id"));
	json_text(&j, "confirmed_at", row_text(r, 0, "confirmed"));
	json_raw(&j, "author", row_text(r, 0, "author"));
	lock_unlockers(&j);
	json_close(&j, '}');
	c->more = text_string(&t);
	return FAULT_LOCKED;
}

static enum fault
read_word(struct ctx *c, struct seen *told)
{
	const char *word;

	TRY(body_only(c, c->body, "", "confirmation evaluations"));
	TRY(body_text(c, c->body, "", "confirmation", 0, 64, &word));
	if (!interim_word_ok(word))
		return fault_at(c, "/confirmation", FAULT_CONFIRM_WORD);
	return body_seen(c, c->body, told);
}

/*
 * Second and third locks of a confirmation, and the comparison under them.
 * `seen` is what was kept; a client that says what it saw goes before it.
 */
static enum fault
hold_evaluations(struct confirmation *f, const char *seen)
{
	struct ctx *c = f->ctx;
	struct db *db = c->db;
	const char *framework = f->framework->id;

	db_queue(db, &f->evaluations, Q_TAKEABLE_EVALUATIONS,
	    PARAMS(p_int(f->learner_id), p_text(framework)));
	db_queue(db, NULL, Q_TAKEABLE_SHEETS,
	    PARAMS(p_int(f->learner_id), p_text(framework)));
	db_queue(db, &f->seen, Q_TAKEABLE_SEEN,
	    PARAMS(p_int(f->learner_id), p_text(framework), p_text(seen),
		seen_ids(c, &f->told), seen_revisions(c, &f->told)));
	TRY(db_flush(db));
	/* One that came after the locks was seen by nobody. */
	if (!row_bool(&f->seen, 0, "same") ||
	    row_int(&f->seen, 0, "count") != (int64_t)f->evaluations.count)
		return fault_detail(c, FAULT_STALE,
		    say(c,
			"Les évaluations ont changé depuis votre lecture : "
			"relisez-les, enregistrez le bilan, puis confirmez.",
			"The evaluations changed since you read them: read "
			"them again, save the assessment, then confirm."));
	return FAULT_NONE;
}

/* The revision with what it takes in; all of it goes out with the reply. */
static void
queue_revision(struct confirmation *f, int64_t id, int64_t revision,
    const char *positions, const char *findings, const char *advice)
{
	struct db *db = f->ctx->db;
	const char *taken = row_text(&f->seen, 0, "present");

	db_queue(db, NULL, Q_INTERIM_REVISION_ADD,
	    PARAMS(p_int(id), p_int(revision), p_text(positions),
		p_text(findings), p_text(advice), p_text(taken)));
	db_queue(db, NULL, Q_INTERIM_COVER_ADD,
	    PARAMS(p_int(id), p_int(revision), p_text(taken)));
	db_queue(db, NULL, Q_INTERIM_FREEZE,
	    PARAMS(p_int(id), p_int(revision), p_int(1)));
	db_queue(db, NULL, Q_INTERIM_SETTLE, PARAMS(p_int(id)));
	db_queue(db, NULL, Q_INTERIM_NOTE,
	    PARAMS(p_text("confirm"), p_int(id), p_int(f->learner_id), p_null(),
		p_text(arena_print(f->ctx->arena,
		    "{\"revision\":%lld,\"taken\":%s}", (long long)revision,
		    taken))));
}

/* First lock of a creation: of two who confirm, the second finds no draft. */
static enum fault
hold_draft(struct confirmation *f, struct rows *draft)
{
	struct ctx *c = f->ctx;
	struct db *db = c->db;

	db_queue(db, NULL, Q_INTERIM_RELOCK, PARAMS_NONE);
	db_queue(db, draft, Q_DRAFT_LOCK,
	    PARAMS(p_int(f->learner_id), p_int(f->framework->key)));
	db_queue(db, &f->interims, Q_INTERIM_LOCK,
	    PARAMS(p_int(f->learner_id), p_text(f->framework->id)));
	TRY(db_flush(db));
	if (draft->count == 0 && c->headers.if_match != NULL)
		return match_optional(c, 0);
	return draft->count == 0
		   ? FAULT_NONE
		   : match_optional(c, row_int(draft, 0, "revision"));
}

/* A draft that was never saved has no position at all. */
static enum fault
draft_complete(struct confirmation *f, const struct rows *draft)
{
	struct position p[POSITION_MAX];

	positions_unpack(f->framework,
	    draft->count == 0 ? NULL : row_text(draft, 0, "positions"), p);
	return positions_missing(f->ctx, f->framework, p);
}

enum fault
interim_create(struct ctx *c)
{
	struct confirmation f = { .ctx = c };
	enum interim_state next;
	struct learner_facts l;
	struct rows draft, made;
	struct db *db = c->db;
	int64_t id;

	TRY(read_word(c, &f.told));
	TRY(learner_taught(c, &l));
	TRY(interim_next(INTERIM_DRAFT, INTERIM_CONFIRM, db->roles, &next));
	f.learner_id = l.id;
	f.framework = l.framework;
	TRY(hold_draft(&f, &draft));
	TRY(draft_complete(&f, &draft));
	TRY(hold_evaluations(&f, row_text(&draft, 0, "seen")));
	db_queue(db, NULL, Q_SCHOOL_TICK, PARAMS_NONE);
	db_queue(db, &made, Q_INTERIM_ADD,
	    PARAMS(p_int(l.id), p_text(l.framework->id),
		p_int(l.framework->key)));
	db_queue(db, NULL, Q_DRAFT_DONE,
	    PARAMS(p_int(l.id), p_int(l.framework->key)));
	TRY(db_flush(db));
	id = row_int(&made, 0, "id");
	queue_revision(&f, id, 1, row_text(&draft, 0, "positions"),
	    row_text(&draft, 0, "findings"), row_text(&draft, 0, "advice"));
	return interim_reply(c, id, 201);
}

/* --- acts on one that is there --- */

/* The one of the path among those held. */
static size_t
held_row(const struct confirmation *f, int64_t id)
{
	size_t i;

	for (i = 0; i < f->interims.count; i++)
		if (row_int(&f->interims, i, "id") == id)
			break;
	return i;
}

/* First locks of an act; what was read before them is read again. */
static enum fault
hold_interims(struct ctx *c, const struct interim_facts *i,
    struct confirmation *f, size_t *row)
{
	struct db *db = c->db;

	f->ctx = c;
	f->framework = i->framework;
	f->learner_id = row_int(&i->rows, 0, "learner_id");
	db_queue(db, NULL, Q_INTERIM_RELOCK, PARAMS_NONE);
	db_queue(db, &f->interims, Q_INTERIM_LOCK,
	    PARAMS(p_int(f->learner_id), p_text(i->framework->id)));
	TRY(db_flush(db));
	*row = held_row(f, i->id);
	if (*row == f->interims.count)
		return FAULT_ABSENT;
	return FAULT_NONE;
}

enum fault
interim_confirm(struct ctx *c)
{
	struct confirmation f = { .ctx = c };
	struct position p[POSITION_MAX];
	enum interim_state next;
	struct interim_facts i;
	struct db *db = c->db;
	int64_t revision;
	size_t row;

	TRY(read_word(c, &f.told));
	TRY(interim_facts(c, &i));
	if (!row_bool(&i.rows, 0, "teaches"))
		return FAULT_ROLE;
	TRY(hold_interims(c, &i, &f, &row));
	if (interim_next(interim_state_of(&f.interims, row), INTERIM_CONFIRM,
		db->roles, &next) != FAULT_NONE)
		return FAULT_CONFLICT;
	TRY(match_optional(c, row_int(&f.interims, row, "version")));
	positions_unpack(f.framework, row_text(&f.interims, row, "positions"),
	    p);
	TRY(positions_missing(c, f.framework, p));
	TRY(hold_evaluations(&f, row_text(&f.interims, row, "seen")));
	revision = row_int(&f.interims, row, "revision") + 1;
	db_queue(db, NULL, Q_SCHOOL_TICK, PARAMS_NONE);
	db_queue(db, NULL, Q_INTERIM_CONFIRMED,
	    PARAMS(p_int(i.id), p_int(revision)));
	queue_revision(&f, i.id, revision,
	    row_text(&f.interims, row, "positions"),
	    row_text(&f.interims, row, "findings"),
	    row_text(&f.interims, row, "advice"));
	return interim_reply(c, i.id, 200);
}

/* A day, or an instant of which the day counts. */
static enum fault
read_end(struct ctx *c, int32_t *day, const char **text)
{
	const char *s;
	char only[DATE_ROOM];

	TRY(body_text(c, c->body, "", "expires_at", 10, 40, &s));
	memcpy(only, s, DATE_ROOM - 1);
	only[DATE_ROOM - 1] = '\0';
	if ((s[10] != '\0' && s[10] != 'T') || !date_read_iso(only, day))
		return fault_at(c, "/expires_at", FAULT_EXPIRY);
	*text = arena_text(c->arena, only);
	return FAULT_NONE;
}

/* Which of the two is wrong is in the fault. */
static enum fault
unlock_terms(struct ctx *c, int64_t today, const char **reason,
    const char **end)
{
	enum fault fault;
	int32_t day;

	TRY(body_only(c, c->body, "", "reason expires_at"));
	TRY(body_prose(c, c->body, "", "reason", 1000, reason));
	TRY(read_end(c, &day, end));
	fault = interim_unlock_ok(*reason, day, (int32_t)today);
	if (fault == FAULT_REASON)
		return fault_at(c, "/reason", fault);
	if (fault == FAULT_EXPIRY)
		return fault_at(c, "/expires_at", fault);
	return fault;
}

static const char *
unlock_note(struct ctx *c, int64_t revision, const char *reason,
    const char *end)
{
	struct text t = text_in(c->arena);
	struct json j = json_in(&t);

	json_open(&j, NULL, '{');
	json_int(&j, "revision", revision);
	json_text(&j, "reason", reason);
	json_text(&j, "until", end);
	json_close(&j, '}');
	return text_string(&t);
}

enum fault
interim_unlock(struct ctx *c)
{
	struct confirmation f = { .ctx = c };
	const char *reason = NULL, *end = NULL;
	enum interim_state next;
	struct interim_facts i;
	struct db *db = c->db;
	int64_t revision;
	size_t row;

	TRY(interim_facts(c, &i));
	TRY(unlock_terms(c, row_int(&i.rows, 0, "today"), &reason, &end));
	TRY(hold_interims(c, &i, &f, &row));
	TRY(interim_next(interim_state_of(&f.interims, row), INTERIM_UNLOCK,
	    db->roles, &next));
	TRY(match_optional(c, row_int(&f.interims, row, "version")));
	revision = row_int(&f.interims, row, "revision");
	db_queue(db, NULL, Q_INTERIM_FREEZE,
	    PARAMS(p_int(i.id), p_int(revision), p_int(-1)));
	db_queue(db, NULL, Q_INTERIM_UNLOCK,
	    PARAMS(p_int(i.id), p_text(reason), p_text(end)));
	db_queue(db, NULL, Q_INTERIM_SETTLE, PARAMS(p_int(i.id)));
	db_queue(db, NULL, Q_INTERIM_NOTE,
	    PARAMS(p_text("unlock"), p_int(i.id), p_int(f.learner_id), p_null(),
		p_text(unlock_note(c, revision, reason, end))));
	return interim_reply(c, i.id, 200);
}

/* RFC 7396: a member that is not there stays as it is. */
static enum fault
read_change(struct ctx *c, const struct framework *f, const char **positions,
    const char **findings, const char **advice)
{
	struct position p[POSITION_MAX];

	*positions = *findings = *advice = NULL;
	TRY(body_only(c, c->body, "", "positions findings advice"));
	if (body_member(c->body, "positions") != NULL) {
		TRY(body_positions(c, c->body, f, p));
		*positions = positions_pack(c, f, p);
	}
	if (body_member(c->body, "findings") != NULL)
		TRY(body_prose(c, c->body, "", "findings", PROSE_MAX,
		    findings));
	if (body_member(c->body, "advice") != NULL)
		TRY(body_prose(c, c->body, "", "advice", PROSE_MAX, advice));
	return FAULT_NONE;
}

enum fault
interim_change(struct ctx *c)
{
	const char *positions, *findings, *advice;
	struct confirmation f = { .ctx = c };
	enum interim_state next;
	struct interim_facts i;
	struct db *db = c->db;
	int64_t version;
	size_t row;

	TRY(interim_facts(c, &i));
	if (!row_bool(&i.rows, 0, "teaches"))
		return FAULT_ROLE;
	TRY(read_change(c, i.framework, &positions, &findings, &advice));
	TRY(hold_interims(c, &i, &f, &row));
	if (interim_next(interim_state_of(&f.interims, row), INTERIM_EDIT,
		db->roles, &next) != FAULT_NONE)
		return locked(c, &i);
	version = row_int(&f.interims, row, "version");
	TRY(match_optional(c, version));
	db_queue(db, NULL, Q_INTERIM_CHANGE,
	    PARAMS(p_int(i.id), p_int(version), p_text(positions),
		p_text(findings), p_text(advice)));
	return interim_reply(c, i.id, 200);
}
