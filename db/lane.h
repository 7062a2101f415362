/*
 * Lanes: connections to PostgreSQL in pipeline mode.
 *
 * A lane carries batches.  A batch is statements sent together and one Sync;
 * its results come back in one piece.  Requests that only read share lanes,
 * many batches being under way at once; a request that writes borrows an
 * exclusive lane for the length of its transaction.  Every statement is one
 * of db/queries/, prepared when the lane connects.
 *
 * Lanes know neither Kore nor coroutines: the host tells them how to watch a
 * socket and how to wait.  The server's host is api/worker.c; that of the
 * command-line tool is tool/host.c, which polls.
 *
 * When the server goes away, batches under way fail with FAULT_UNAVAILABLE
 * (FAULT_UNKNOWN for one that held a COMMIT), and the lane tries again with
 * growing delays for as long as it takes.  When it is there and says nothing
 * for longer than a batch has patience, the same is said of its batches, and
 * the lane serves nobody until it has answered them.
 */
#ifndef ACQUIS_LANE_H
#define ACQUIS_LANE_H

#include <stdbool.h>
#include <stddef.h>

#include <libpq-fe.h>

#include "arena.h"
#include "query.h"

/* More than any handler sends at once, `enter` and COMMIT included. */
#define BATCH_MAX 16

struct lane;

struct lane_host {
	/*
	 * Watch a socket, level-triggered, for reading and perhaps writing;
	 * lane_ready() is to be called when it is ready.  Called again
	 * whenever what is wanted changes.
	 */
	void (*watch)(struct lane *, int fd, bool write);
	/* No more; `closed` when libpq has closed it, by whatever number. */
	void (*unwatch)(struct lane *, int fd, bool closed);
	/* The one waiting for a batch or for a lane may go on. */
	void (*wake)(void *waiter);
	/* Call lane_tick() in about so many milliseconds. */
	void (*later)(struct lane *, int milliseconds);
};

struct param {
	enum { PARAM_NULL, PARAM_TEXT, PARAM_BYTES } kind;
	const char *bytes;
	size_t length;
};

/* One statement of a batch and, once it is done, its result. */
struct step {
	enum query query; /* Q__MAX: `text` instead */
	const char *text; /* BEGIN, COMMIT, ROLLBACK: nothing else */
	const struct param *params;
	size_t n;
	PGresult *result; /* NULL until done, or if skipped */
};

struct batch {
	struct step steps[BATCH_MAX];
	size_t count;
	size_t answered; /* results in so far */
	bool commits;    /* holds a COMMIT: loss is "unknown" */
	int patience;    /* milliseconds without an answer */
	bool abandoned;  /* the lane's own: stands for one given up */
	bool done;
	bool lost;   /* the connection went away meanwhile */
	bool warned; /* a notice came with it: see db.c */
	void *waiter;
	struct batch *next;
};

/*
 * n lanes to the same server.  They belong to the worker and are closed with
 * lanes_close(), which accepts NULL.  Connecting goes on in the background.
 */
struct lanes *lanes_open(const char *conninfo, size_t shared, size_t exclusive,
    const struct lane_host *);
void lanes_close(struct lanes *);

/* The least loaded shared lane that is connected, or NULL. */
struct lane *lanes_shared(struct lanes *);

/*
 * A free exclusive lane, or NULL: then `waiter` stands in line (unless none
 * is to be hoped for, which *away tells) and is woken when it should ask
 * again.  lanes_leave() takes it out of the line.
 */
struct lane *lanes_borrow(struct lanes *, void *waiter, bool *away);
void lanes_leave(struct lanes *, void *waiter);
void lanes_return(struct lanes *, struct lane *);

/* Waiters in line and batches under way, for /metrics. */
size_t lanes_waiting(const struct lanes *);
size_t lanes_pending(const struct lanes *);
size_t lanes_connected(const struct lanes *);

/*
 * Send a batch.  It must stay in place until batch->done; false when the lane
 * is not connected, and then nothing was sent.
 */
bool lane_send(struct lane *, struct batch *);

/* For hosts: the socket is ready, a delay is over. */
void lane_ready(struct lane *, bool readable, bool writable);
void lane_tick(struct lane *);

/* The first bytes of a lane, for a host's own use (an event of Kore). */
#define LANE_HOST_BYTES 64

/*
 * How often the lane was lost.  A transaction is over when this is no longer
 * what it was at BEGIN, even if the lane is up again.
 */
unsigned int lane_losses(const struct lane *);

/*
 * Break the connection: for a transaction whose state cannot be known.  Not
 * to be used while a COMMIT is under way.
 */
void lane_break(struct lane *);

/*
 * Connect once and prepare every statement, to learn at start that the base
 * and the statements agree.  NULL when all is well, else one sentence that
 * belongs to the arena.
 */
const char *lanes_check(struct arena *, const char *conninfo);

#endif
