/*
 * Base: PostgreSQL as the tool sees it, one statement after the other.
 *
 * Statements are those of db/queries, parameters and rows those of db/db.h:
 *
 *	struct base *db = base_open();
 *	struct rows r;
 *
 *	base_begin(db);
 *	r = base_run(db, Q_FRAMEWORK_VERSIONS, PARAMS(p_text(id)));
 *	base_commit(db);
 *	base_close(db);
 *
 * Whatever the base refuses ends the program, which undoes the transaction.
 * Rows and what is taken from the arena are good until base_close().
 */
#ifndef ACQUIS_BASE_H
#define ACQUIS_BASE_H

#include <libpq-fe.h>

#include "../db/arena.h"
#include "../db/db.h"

struct base {
	PGconn *connection;
	struct arena *arena;
	struct base_result *results; /* to give back */
};

/*
 * Connect as $ACQUIS_OWNER_URL says.  While a base is open no other run of
 * the tool works on the same one: the second waits here for the first.
 */
struct base *base_open(void);
void base_close(struct base *);

void base_begin(struct base *);
void base_commit(struct base *);

struct rows base_run(struct base *, enum query, struct params);

/* For what is no statement of db/queries; `what` names it in a refusal. */
struct rows base_text(struct base *, const char *what, const char *sql,
    struct params);

/*
 * COPY … TO STDOUT, row after row: each with the line end that PostgreSQL
 * writes after it, good until the function returns.
 */
void base_copy_out(struct base *, const char *what, const char *sql,
    void (*row)(void *arg, const char *bytes, size_t n), void *arg);

/* COPY … FROM STDIN: begun, a row, ended. */
void base_copy_in(struct base *, const char *what, const char *sql);
void base_copy_row(struct base *, const char *bytes, size_t n);
void base_copy_end(struct base *, const char *what);

#endif
