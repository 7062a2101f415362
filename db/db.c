#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db.h"

/*
 * More than statement_timeout, for what takes a little and for the way: an
 * option of the connection (lane.c), and what import_patience.sql makes it.
 */
#define PATIENCE 3000
#define PATIENCE_LONG 35000

/* Its limits are options of the connection: lane.c. */
static const char begin_write[] = "BEGIN";

/* What PostgreSQL and our own functions raise, and what it means here. */
static const struct {
	const char *state; /* as many characters as count */
	enum fault fault;
	/* clang-format off */
} states[] = {
	{ "AQ401", FAULT_SESSION },
	{ "AQ403", FAULT_ROLE },
	{ "AQ404", FAULT_ABSENT },
	{ "AQ409", FAULT_CONFLICT },
	{ "AQ412", FAULT_STALE },
	{ "AQ423", FAULT_LOCKED },
	{ "AQCSR", FAULT_CSRF },
	{ "AQSCP", FAULT_SCOPE },
	{ "AQSUS", FAULT_SUSPENDED },
	{ "AQADR", FAULT_ADDRESS },
	{ "AQADM", FAULT_LAST_ADMINISTRATOR },
	{ "22", FAULT_VALUE },     /* data exception */
	{ "23505", FAULT_DUPLICATE },
	{ "23", FAULT_VALUE },     /* a constraint said no */
	{ "42501", FAULT_ABSENT }, /* row-level security: not yours */
	{ "40", FAULT_BUSY },      /* deadlock, serialization: replayed */
	{ "55P03", FAULT_BUSY },   /* lock_timeout */
	{ "57014", FAULT_UNAVAILABLE }, /* statement_timeout */
	{ "57P", FAULT_UNAVAILABLE },
	{ "53", FAULT_UNAVAILABLE },    /* disk, memory, connections */
	{ "08", FAULT_UNAVAILABLE },
	{ "25P03", FAULT_UNAVAILABLE }, /* idle in transaction too long */
	{ "25006", FAULT_UNAVAILABLE }, /* a standby: a switch is under way */
};
/* clang-format on */

static enum fault
state_fault(const char *state)
{
	size_t i;

	if (state == NULL)
		return FAULT_UNAVAILABLE; /* libpq's own: no connection */
	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (strncmp(state, states[i].state, strlen(states[i].state)) ==
		    0)
			return states[i].fault;
	return FAULT_INTERNAL;
}

struct param
p_text_of(const char *s)
{
	if (s == NULL)
		return p_null();
	return (struct param){ PARAM_TEXT, s, strlen(s) };
}

struct param
p_null(void)
{
	return (struct param){ PARAM_NULL, NULL, 0 };
}

struct param
p_bytes_of(const void *bytes, size_t n)
{
	return (struct param){ PARAM_BYTES, bytes == NULL ? "" : bytes, n };
}

struct param
p_int_in(struct arena *a, int64_t n)
{
	return p_text_of(arena_print(a, "%lld", (long long)n));
}

struct param
p_bool_of(bool b)
{
	return p_text_of(b ? "t" : "f");
}

struct param
p_ints_in(struct arena *a, const int64_t *v, size_t n)
{
	char *out = arena_take(a, n * 21 + 3), *at = out;
	size_t i;

	*at++ = '{';
	for (i = 0; i < n; i++)
		at += snprintf(at, 22, i == 0 ? "%lld" : ",%lld",
		    (long long)v[i]);
	*at = '}';
	return p_text_of(out);
}

struct param
p_texts_in(struct arena *a, const char *const *v, size_t n)
{
	size_t i, room = 3;
	const char *s;
	char *out, *at;

	for (i = 0; i < n; i++)
		room += v[i] == NULL ? 5 : 2 * strlen(v[i]) + 3;
	at = out = arena_take(a, room);
	*at++ = '{';
	for (i = 0; i < n; i++) {
		if (i > 0)
			*at++ = ',';
		if (v[i] == NULL) {
			memcpy(at, "NULL", 4);
			at += 4;
			continue;
		}
		*at++ = '"';
		for (s = v[i]; *s != '\0'; s++) {
			if (*s == '"' || *s == '\\')
				*at++ = '\\';
			*at++ = *s;
		}
		*at++ = '"';
	}
	*at = '}';
	return p_text_of(out);
}

void
db_start(struct db *db, struct arena *a, struct lanes *lanes,
    struct db_wait wait, enum db_mode mode)
{
	*db = (struct db){ .arena = a,
		.lanes = lanes,
		.wait = wait,
		.mode = mode,
		.patience = PATIENCE,
		.enter = { .query = Q__MAX },
		.whence = { .query = Q__MAX } };
}

void
db_enter(struct db *db, enum query query, const struct params *params)
{
	db->enter = (struct step){ .query = query,
		.params = params->param,
		.n = params->n };
}

void
db_whence(struct db *db, enum query query, const struct params *params)
{
	db->whence = (struct step){ .query = query,
		.params = params->param,
		.n = params->n };
}

void
db_be_patient(struct db *db)
{
	db_queue(db, NULL, Q_IMPORT_PATIENCE, PARAMS_NONE);
	db->patience = PATIENCE_LONG;
}

static void
step_text(struct db *db, const char *text)
{
	struct batch *b = db->batch;

	b->steps[b->count++] = (struct step){ .query = Q__MAX, .text = text };
}

/* The batch being queued, begun with what every batch begins with. */
static struct batch *
db_batch(struct db *db)
{
	struct batch *b;

	if (db->batch != NULL)
		return db->batch;
	b = db->batch = arena_take(db->arena, sizeof(*b));
	if (db->mode != DB_READ && !db->begun)
		step_text(db, begin_write);
	if (db->enter.query != Q__MAX && (db->mode == DB_READ || !db->begun))
		b->steps[b->count++] = db->enter;
	if (db->whence.query != Q__MAX && (db->mode == DB_READ || !db->begun))
		b->steps[b->count++] = db->whence;
	db->skip = b->count;
	return b;
}

void
db_queue(struct db *db, struct rows *out, enum query query,
    struct params params)
{
	struct batch *b = db_batch(db);
	struct param *copy;

	/* One place is kept for the COMMIT. */
	if (b->count >= BATCH_MAX - 1)
		abort();
	copy = arena_array(db->arena, params.n + 1, sizeof(*copy));
	memcpy(copy, params.param, params.n * sizeof(*copy));
	if (out != NULL)
		*out = (struct rows){ 0 };
	db->out[b->count] = out;
	b->steps[b->count++] =
	    (struct step){ .query = query, .params = copy, .n = params.n };
}

static enum fault
db_lane(struct db *db)
{
	bool away;

	if (db->mode == DB_READ) {
		db->lane = lanes_shared(db->lanes);
		return db->lane == NULL ? FAULT_UNAVAILABLE : FAULT_NONE;
	}
	while (db->lane == NULL) {
		/* One who was woken for another reason is still in line. */
		lanes_leave(db->lanes, db->wait.waiter);
		db->lane = lanes_borrow(db->lanes, db->wait.waiter, &away);
		if (db->lane != NULL)
			break;
		if (away)
			return FAULT_UNAVAILABLE;
		db->wait.suspend(db->wait.waiter);
	}
	return FAULT_NONE;
}

static void
db_keep(struct db *db, PGresult *r)
{
	PGresult **more;

	if (r == NULL)
		return;
	if (db->results_count == db->results_room) {
		db->results_room = db->results_room * 2 + 16;
		more = arena_array(db->arena, db->results_room, sizeof(*more));
		if (db->results_count > 0)
			memcpy(more, db->results,
			    db->results_count * sizeof(*more));
		db->results = more;
	}
	db->results[db->results_count++] = r;
}

static enum fault
step_fault(struct db *db, const PGresult *r)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);

	db->message = PQresultErrorMessage(r);
	db->constraint = PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME);
	if (state != NULL && strncmp(state, "40", 2) == 0)
		db->again = true;
	if (state != NULL && strcmp(state, "42501") == 0)
		db->denied = true;
	return state_fault(state);
}

/* The rows of each step, or the fault of the first that was refused. */
static enum fault
db_collect(struct db *db, struct batch *b)
{
	enum fault fault = FAULT_NONE;
	PGresult *r;
	size_t i;

	for (i = 0; i < b->count; i++) {
		r = b->steps[i].result;
		db_keep(db, r);
		if (fault != FAULT_NONE || r == NULL)
			continue;
		switch (PQresultStatus(r)) {
		case PGRES_TUPLES_OK:
		case PGRES_COMMAND_OK:
			if (i >= db->skip && db->out[i] != NULL)
				*db->out[i] =
				    (struct rows){ r, (size_t)PQntuples(r),
					    (size_t)strtoul(PQcmdTuples(r),
						NULL, 10) };
			break;
		default:
			fault = step_fault(db, r);
		}
	}
	if (fault == FAULT_NONE && b->answered < b->count)
		fault = FAULT_UNAVAILABLE;
	return fault;
}

static void
db_entered(struct db *db, const struct batch *b)
{
	struct rows r;
	size_t i;

	for (i = 0; i < db->skip && db->person_id == 0; i++) {
		if (b->steps[i].query != db->enter.query ||
		    b->steps[i].text != NULL)
			continue;
		r = (struct rows){ b->steps[i].result, 1, 0 };
		db->school_id = row_int(&r, 0, "school_id");
		db->person_id = row_int(&r, 0, "person_id");
		db->roles = (unsigned int)row_int(&r, 0, "roles");
	}
}

enum fault
db_flush(struct db *db)
{
	struct batch *b = db->batch;
	enum fault fault;

	if (b == NULL)
		return FAULT_NONE;
	db->batch = NULL;
	if (db->broken)
		return FAULT_UNAVAILABLE;
	TRY(db_lane(db));
	if (!db->begun)
		db->losses = lane_losses(db->lane);
	if (lane_losses(db->lane) != db->losses) {
		db->broken = true;
		return FAULT_UNAVAILABLE;
	}
	b->waiter = db->wait.waiter;
	b->patience = db->patience;
	if (!lane_send(db->lane, b))
		return FAULT_UNAVAILABLE;
	db->begun = db->mode != DB_READ;
	while (!b->done)
		db->wait.suspend(db->wait.waiter);
	fault = db_collect(db, b);
	if (b->lost && b->commits)
		fault = b->answered == b->count && fault == FAULT_NONE
			    ? FAULT_NONE
			    : FAULT_UNKNOWN;
	else if (b->lost && b->answered < b->count)
		fault = FAULT_UNAVAILABLE;
	else if (b->commits && b->warned)
		fault = FAULT_UNKNOWN;
	if (fault == FAULT_NONE)
		db_entered(db, b);
	if (fault != FAULT_NONE)
		db->broken = db->mode != DB_READ;
	if (b->lost)
		db->begun = false;
	return fault;
}

enum fault
db_run(struct db *db, struct rows *out, enum query query, struct params params)
{
	db_queue(db, out, query, params);
	return db_flush(db);
}

enum fault
db_commit(struct db *db)
{
	enum fault fault;
	struct batch *b;

	if (db->mode == DB_READ)
		return db_flush(db);
	if (!db->begun && db->batch == NULL)
		return FAULT_NONE;
	b = db_batch(db);
	step_text(db, "COMMIT");
	b->commits = true;
	db->out[b->count - 1] = NULL;
	fault = db_flush(db);
	if (fault == FAULT_NONE)
		db->begun = false;
	/* A transaction that had failed answers COMMIT with ROLLBACK. */
	if (fault == FAULT_NONE &&
	    strcmp(PQcmdStatus(b->steps[b->count - 1].result), "COMMIT") != 0)
		fault = FAULT_INTERNAL;
	return fault;
}

void
db_rollback(struct db *db)
{
	struct batch *b;

	db->batch = NULL;
	if (db->mode == DB_READ || !db->begun || db->lane == NULL) {
		db->broken = false;
		return;
	}
	db->broken = false;
	if (lane_losses(db->lane) != db->losses) {
		db->begun = false;
		return;
	}
	b = db->batch = arena_take(db->arena, sizeof(*b));
	db->skip = 1;
	step_text(db, "ROLLBACK");
	if (db_flush(db) != FAULT_NONE)
		lane_break(db->lane);
	db->begun = false;
	db->broken = false;
}

void
db_release(struct db *db)
{
	size_t i;

	db_rollback(db);
	if (db->mode != DB_READ && db->lane != NULL)
		lanes_return(db->lanes, db->lane);
	db->lane = NULL;
	for (i = 0; i < db->results_count; i++)
		PQclear(db->results[i]);
	db->results_count = 0;
}

int
rows_column(const struct rows *r, const char *name)
{
	int column = PQfnumber(r->result, name);

	/* A column the statement does not have is a mistake of ours. */
	if (column < 0)
		abort();
	return column;
}

const char *
cell_text(const struct rows *r, size_t row, int column)
{
	if (cell_null(r, row, column))
		return NULL;
	return PQgetvalue(r->result, (int)row, column);
}

size_t
cell_length(const struct rows *r, size_t row, int column)
{
	return (size_t)PQgetlength(r->result, (int)row, column);
}

int64_t
cell_int(const struct rows *r, size_t row, int column)
{
	return strtoll(PQgetvalue(r->result, (int)row, column), NULL, 10);
}

bool
cell_bool(const struct rows *r, size_t row, int column)
{
	return PQgetvalue(r->result, (int)row, column)[0] == 't';
}

bool
cell_null(const struct rows *r, size_t row, int column)
{
	return PQgetisnull(r->result, (int)row, column) == 1;
}

const char *
row_text(const struct rows *r, size_t row, const char *name)
{
	return cell_text(r, row, rows_column(r, name));
}

int64_t
row_int(const struct rows *r, size_t row, const char *name)
{
	return cell_int(r, row, rows_column(r, name));
}

bool
row_bool(const struct rows *r, size_t row, const char *name)
{
	return cell_bool(r, row, rows_column(r, name));
}

bool
row_null(const struct rows *r, size_t row, const char *name)
{
	return cell_null(r, row, rows_column(r, name));
}

size_t
cell_ints(const struct rows *r, size_t row, int column, int *out, size_t room)
{
	const char *s = PQgetvalue(r->result, (int)row, column);
	char *end;
	size_t n = 0;
	long v;

	while (*s != '\0') {
		if (*s != '-' && (*s < '0' || *s > '9')) {
			s++;
			continue;
		}
		v = strtol(s, &end, 10);
		if (n < room)
			out[n] = (int)v;
		n++;
		s = end;
	}
	return n;
}
