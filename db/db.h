/*
 * Db: the base as one request sees it.
 *
 * A request either reads (batches on a shared lane, each its own transaction
 * that starts with `enter`) or writes (one transaction on an exclusive lane,
 * which starts with `enter` and ends with db_commit() or db_release()).  The
 * handler does not see the difference: it queues statements and runs them.
 *
 *	struct rows learner, marks;
 *
 *	db_queue(db, &learner, Q_LEARNER_GET, PARAMS(p_int(id)));
 *	db_queue(db, &marks, Q_SHEET_LIST, PARAMS(p_int(id)));
 *	TRY(db_flush(db));            one round trip, `enter` included
 *
 * db_flush() is where a handler suspends.  Statements that do not need each
 * other's rows go out together.  Rows belong to the db and are good until
 * db_release().
 *
 * Faults: FAULT_SESSION, FAULT_ROLE, FAULT_CSRF, FAULT_SCOPE, FAULT_ADDRESS
 * from `enter`; FAULT_LOCKED, FAULT_DUPLICATE, FAULT_VALUE, FAULT_BUSY...
 * from what the tables forbid; FAULT_UNAVAILABLE when the base is away.
 */
#ifndef ACQUIS_DB_H
#define ACQUIS_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "../domain/fault.h"
#include "arena.h"
#include "lane.h"

enum db_mode {
	DB_READ,  /* shared lane, every batch entered */
	DB_WRITE, /* exclusive lane, one transaction */
	DB_OPEN,  /* exclusive lane, one transaction, nobody entered: sign-in,
		   * and the tool that works for the owner */
};

/* How a wait is done; see lane.h for the rest of the host. */
struct db_wait {
	/* Give way until woken. */
	void (*suspend)(void *waiter);
	void *waiter;
};

struct db {
	struct arena *arena;
	struct lanes *lanes;
	struct lane *lane;
	struct db_wait wait;
	enum db_mode mode;
	int patience;        /* of a batch, in milliseconds */
	struct step enter;   /* the first step of a batch */
	struct step whence;  /* the next, of a request that writes */
	struct batch *batch; /* being queued */
	struct rows *out[BATCH_MAX];
	size_t skip; /* steps of ours before the handler's */
	bool begun;
	unsigned int losses; /* of the lane, when the transaction began */
	bool broken;         /* the transaction cannot go on */
	bool denied;         /* a right or row-level security said no */
	bool again;          /* serialization: the whole may be replayed */
	/* Who entered, known after the first batch. */
	int64_t school_id;
	int64_t person_id;
	unsigned int roles;
	/* Results to give back. */
	PGresult **results;
	size_t results_count, results_room;
	/* What PostgreSQL said last, for the log; NULL: nothing. */
	const char *message;
	const char *constraint; /* of the last refused statement, or NULL */
};

struct rows {
	PGresult *result;
	size_t count;    /* rows */
	size_t affected; /* of INSERT, UPDATE, DELETE */
};

/* The most parameters a statement takes. */
#define PARAMS_MAX 16
struct params {
	struct param param[PARAMS_MAX];
	size_t n;
};

#define PARAMS(...)                                                            \
	((struct params){ .param = { __VA_ARGS__ },                            \
	    .n = sizeof((struct param[]){ __VA_ARGS__ }) /                     \
		 sizeof(struct param) })
#define PARAMS_NONE ((struct params){ .n = 0 })

/*
 * Parameters.  Texts are borrowed until the next db_flush().  Numbers are
 * written into the arena of the db.
 */
struct param p_text_of(const char *); /* NULL is SQL NULL */
struct param p_null(void);
struct param p_bytes_of(const void *, size_t);
struct param p_int_in(struct arena *, int64_t);
struct param p_bool_of(bool);
struct param p_ints_in(struct arena *, const int64_t *, size_t);
struct param p_texts_in(struct arena *, const char *const *, size_t);

/* In a handler, where `db` is in sight. */
#define p_text(s) p_text_of(s)
#define p_bytes(s, n) p_bytes_of(s, n)
#define p_bool(b) p_bool_of(b)
#define p_int(n) p_int_in(db->arena, n)
#define p_ints(a, n) p_ints_in(db->arena, a, n)
#define p_texts(a, n) p_texts_in(db->arena, a, n)

void db_start(struct db *, struct arena *, struct lanes *, struct db_wait,
    enum db_mode);

/* What the first step of each batch is; its params are kept by the caller. */
void db_enter(struct db *, enum query, const struct params *);

/* What comes after it: where a request that writes comes from. */
void db_whence(struct db *, enum query, const struct params *);

/* From now on statements may take half a minute: for imports. */
void db_be_patient(struct db *);

void db_queue(struct db *, struct rows *, enum query, struct params);
enum fault db_flush(struct db *);

/* db_queue() and db_flush() in one. */
enum fault db_run(struct db *, struct rows *, enum query, struct params);

/*
 * End a writing request well: what is queued goes out with the COMMIT.
 * FAULT_UNKNOWN when whether it was carried out could not be learnt.  A
 * reading request has nothing to commit.
 */
enum fault db_commit(struct db *);

/* Undo a writing transaction so that the handler may run again. */
void db_rollback(struct db *);

/* Give back rows and lane, rolling back what was not committed. */
void db_release(struct db *);

/*
 * Cells.  By name, for a few rows; by column, found once with
 * rows_column(), for many.  A NULL is NULL, 0 or false; row_null() tells.
 */
int rows_column(const struct rows *, const char *name);
const char *row_text(const struct rows *, size_t row, const char *name);
int64_t row_int(const struct rows *, size_t row, const char *name);
bool row_bool(const struct rows *, size_t row, const char *name);
bool row_null(const struct rows *, size_t row, const char *name);
const char *cell_text(const struct rows *, size_t row, int column);
size_t cell_length(const struct rows *, size_t row, int column);
int64_t cell_int(const struct rows *, size_t row, int column);
bool cell_bool(const struct rows *, size_t row, int column);
bool cell_null(const struct rows *, size_t row, int column);

/*
 * Read a PostgreSQL array of integers such as {1,-2,3}.  Writes at most room
 * of them and returns how many there are.
 */
size_t cell_ints(const struct rows *, size_t row, int column, int *out,
    size_t room);

#endif
