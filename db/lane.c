#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lane.h"

/* Delays between attempts to connect, in milliseconds. */
#define RETRY_FIRST 50
#define RETRY_LAST 2000

enum lane_state {
	LANE_DOWN,       /* waiting before the next attempt */
	LANE_CONNECTING, /* libpq is at it */
	LANE_PREPARING,  /* statements are being prepared */
	LANE_UP
};

struct lane {
	/*
	 * The host's own words about this lane, first so that a host can
	 * find the lane from them: Kore wants its event here.
	 */
	_Alignas(max_align_t) unsigned char host_bytes[LANE_HOST_BYTES];
	struct lanes *lanes;
	PGconn *conn;
	int fd; /* watched, or -1 */
	bool writing;
	enum lane_state state;
	bool exclusive;
	bool borrowed;
	int delay;
	struct batch *first; /* under way, in order */
	struct batch **last;
	size_t pending;
	unsigned int losses;
};

struct line {
	void *waiter;
	struct line *next;
};

struct lanes {
	const struct lane_host *host;
	char *conninfo;
	struct line *line; /* those who wait for an exclusive lane */
	struct line **line_end;
	size_t count;
	struct lane lane[];
};

static void lane_down(struct lane *);

static void
lane_unwatch(struct lane *l)
{
	/* What libpq watches for itself now tells whether it closed ours. */
	if (l->fd >= 0)
		l->lanes->host->unwatch(l, l->fd,
		    PQsocket(l->conn) != l->fd);
	l->fd = -1;
}

static void
lane_watch(struct lane *l, bool write)
{
	int fd = PQsocket(l->conn);

	/*
	 * While it connects libpq may close a socket and get another of the
	 * same number: what is watched then is not what it was.
	 */
	if (fd == l->fd && write == l->writing
	    && l->state != LANE_CONNECTING)
		return;
	if (fd != l->fd)
		lane_unwatch(l);
	l->fd = fd;
	l->writing = write;
	if (fd >= 0)
		l->lanes->host->watch(l, fd, write);
}

/* Send what can be sent now and be told when the rest can. */
static bool
lane_flush(struct lane *l)
{
	int left = PQflush(l->conn);

	if (left < 0)
		return false;
	lane_watch(l, left > 0);
	return true;
}

/* A notice during a COMMIT may mean "not where it was promised". */
static void
lane_notice(void *arg, const PGresult *result)
{
	struct lane *l = arg;
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

	if (l->first != NULL && state != NULL && strcmp(state, "01000") == 0)
		l->first->warned = true;
}

/*
 * A lock is waited for half a second, a statement runs two, a transaction
 * that says nothing for five is ended; a peer that is gone is noticed in
 * three.  Statements are planned once: they find rows by key, and planning
 * would take longer than running.  What the operator's own string says wins.
 */
static PGconn *
connect_start(const char *conninfo)
{
	static const char *const names[] = { "options", "connect_timeout",
		"tcp_user_timeout", "application_name", "dbname", NULL };
	const char *values[] = {
		"-c lock_timeout=500 -c statement_timeout=2000"
		" -c idle_in_transaction_session_timeout=5000"
		" -c plan_cache_mode=force_generic_plan",
		"2", "3000", "acquis", conninfo, NULL
	};

	return PQconnectStartParams(names, values, 1);
}

static void
lane_connect(struct lane *l)
{
	l->conn = connect_start(l->lanes->conninfo);
	if (l->conn == NULL)
		abort();
	if (PQstatus(l->conn) == CONNECTION_BAD) {
		lane_down(l);
		return;
	}
	PQsetNoticeReceiver(l->conn, lane_notice, l);
	l->state = LANE_CONNECTING;
	lane_watch(l, true);
	l->lanes->host->later(l, RETRY_LAST * 2);
}

static void
batch_finish(struct lane *l, struct batch *b)
{
	l->first = b->next;
	if (l->first == NULL)
		l->last = &l->first;
	l->pending--;
	b->done = true;
	if (b->waiter != NULL)
		l->lanes->host->wake(b->waiter);
}

static void
wake_line(struct lanes *ls)
{
	struct line *w = ls->line;

	if (w == NULL)
		return;
	ls->line = w->next;
	if (ls->line == NULL)
		ls->line_end = &ls->line;
	ls->host->wake(w->waiter);
	free(w);
}

static void
lane_down(struct lane *l)
{
	struct batch *b;

	lane_unwatch(l);
	PQfinish(l->conn);
	l->conn = NULL;
	l->state = LANE_DOWN;
	l->losses++;
	while ((b = l->first) != NULL) {
		b->lost = true;
		batch_finish(l, b);
	}
	l->delay = l->delay == 0 ? RETRY_FIRST : l->delay * 2;
	if (l->delay > RETRY_LAST)
		l->delay = RETRY_LAST;
	l->lanes->host->later(l, l->delay);
	/* Nobody waits for lanes that are all away. */
	while (lanes_connected(l->lanes) == 0 && l->lanes->line != NULL)
		wake_line(l->lanes);
}

static bool
prepare_all(PGconn *conn)
{
	int q;

	for (q = 0; q < Q__MAX; q++)
		if (PQsendPrepare(conn, query_texts[q].name,
			query_texts[q].sql, 0, NULL) != 1)
			return false;
	return PQpipelineSync(conn) == 1;
}

static void
lane_connecting(struct lane *l)
{
	PostgresPollingStatusType poll = PQconnectPoll(l->conn);

	switch (poll) {
	case PGRES_POLLING_FAILED:
		fprintf(stderr, "acquis: base: %s", PQerrorMessage(l->conn));
		lane_down(l);
		return;
	case PGRES_POLLING_OK:
		break;
	case PGRES_POLLING_READING:
	case PGRES_POLLING_WRITING:
	case PGRES_POLLING_ACTIVE:
		lane_watch(l, poll == PGRES_POLLING_WRITING);
		return;
	}
	if (PQsetnonblocking(l->conn, 1) != 0
	    || PQenterPipelineMode(l->conn) != 1 || !prepare_all(l->conn)
	    || !lane_flush(l)) {
		lane_down(l);
		return;
	}
	l->state = LANE_PREPARING;
}

/* Results of the preparation; the Sync ends it. */
static void
lane_preparing(struct lane *l)
{
	PGresult *r;
	ExecStatusType status;

	while (!PQisBusy(l->conn)) {
		r = PQgetResult(l->conn);
		if (r == NULL && PQstatus(l->conn) == CONNECTION_BAD)
			return;
		if (r == NULL)
			continue;
		status = PQresultStatus(r);
		if (status == PGRES_FATAL_ERROR)
			fprintf(stderr, "acquis: prepare: %s",
			    PQresultErrorMessage(r));
		PQclear(r);
		if (status == PGRES_FATAL_ERROR) {
			lane_down(l);
			return;
		}
		if (status != PGRES_PIPELINE_SYNC)
			continue;
		l->state = LANE_UP;
		l->delay = 0;
		if (l->exclusive)
			wake_line(l->lanes);
		return;
	}
}

/*
 * Results come in order: one for each step with a NULL after it, then the
 * Sync that ends the batch.  A connection that is lost gives NULLs for ever.
 */
static void
lane_results(struct lane *l)
{
	struct batch *b;
	PGresult *r;
	int nothing = 0;

	while ((b = l->first) != NULL && nothing < 2
	    && !PQisBusy(l->conn)) {
		r = PQgetResult(l->conn);
		if (r == NULL) {
			nothing += PQstatus(l->conn) == CONNECTION_BAD;
			continue;
		}
		nothing = 0;
		if (PQresultStatus(r) == PGRES_PIPELINE_SYNC) {
			PQclear(r);
			batch_finish(l, b);
		} else if (b->answered < b->count) {
			b->steps[b->answered++].result = r;
		} else {
			PQclear(r);
		}
	}
}

void
lane_ready(struct lane *l, bool readable, bool writable)
{
	if (l->state == LANE_DOWN)
		return;
	if (l->state == LANE_CONNECTING) {
		lane_connecting(l);
		return;
	}
	if (writable && !lane_flush(l)) {
		lane_down(l);
		return;
	}
	if (!readable)
		return;
	/* Answers that came before the end are answers. */
	PQconsumeInput(l->conn);
	if (l->state == LANE_PREPARING)
		lane_preparing(l);
	if (l->state == LANE_UP)
		lane_results(l);
	if (l->state != LANE_DOWN && PQstatus(l->conn) == CONNECTION_BAD)
		lane_down(l);
}

void
lane_tick(struct lane *l)
{
	if (l->state == LANE_DOWN)
		lane_connect(l);
	else if (l->state == LANE_CONNECTING)
		lane_down(l);
}

unsigned int
lane_losses(const struct lane *l)
{
	return l->losses;
}

void
lane_break(struct lane *l)
{
	if (l->state != LANE_DOWN)
		lane_down(l);
}

static bool
step_send(PGconn *conn, const struct step *s)
{
	const char *values[16];
	int lengths[16], formats[16];
	size_t i;

	if (s->text != NULL)
		return PQsendQueryParams(conn, s->text, 0, NULL, NULL, NULL,
			   NULL, 0)
		    == 1;
	if (s->n > 16)
		abort();
	for (i = 0; i < s->n; i++) {
		values[i] = s->params[i].kind == PARAM_NULL
		    ? NULL
		    : s->params[i].bytes;
		lengths[i] = (int)s->params[i].length;
		formats[i] = s->params[i].kind == PARAM_BYTES;
	}
	return PQsendQueryPrepared(conn, query_texts[s->query].name,
		   (int)s->n, values, lengths, formats, 0)
	    == 1;
}

bool
lane_send(struct lane *l, struct batch *b)
{
	size_t i;

	if (l->state != LANE_UP)
		return false;
	b->next = NULL;
	b->done = b->lost = b->warned = false;
	b->answered = 0;
	for (i = 0; i < b->count; i++)
		if (!step_send(l->conn, &b->steps[i]))
			break;
	if (i < b->count || PQpipelineSync(l->conn) != 1) {
		lane_down(l);
		return false;
	}
	*l->last = b;
	l->last = &b->next;
	l->pending++;
	/* A loss here is reported through the batch, as any other. */
	if (!lane_flush(l))
		lane_down(l);
	return true;
}

struct lanes *
lanes_open(const char *conninfo, size_t shared, size_t exclusive,
    const struct lane_host *host)
{
	struct lanes *ls;
	struct lane *l;
	size_t i;

	ls = calloc(1, sizeof(*ls) + (shared + exclusive) * sizeof(*l));
	if (ls == NULL || (ls->conninfo = strdup(conninfo)) == NULL)
		abort();
	ls->host = host;
	ls->line_end = &ls->line;
	ls->count = shared + exclusive;
	for (i = 0; i < ls->count; i++) {
		l = &ls->lane[i];
		l->lanes = ls;
		l->exclusive = i >= shared;
		l->fd = -1;
		l->last = &l->first;
		lane_connect(l);
	}
	return ls;
}

void
lanes_close(struct lanes *ls)
{
	size_t i;

	if (ls == NULL)
		return;
	for (i = 0; i < ls->count; i++) {
		lane_unwatch(&ls->lane[i]);
		PQfinish(ls->lane[i].conn);
	}
	free(ls->conninfo);
	free(ls);
}

struct lane *
lanes_shared(struct lanes *ls)
{
	struct lane *l, *best = NULL;
	size_t i;

	for (i = 0; i < ls->count; i++) {
		l = &ls->lane[i];
		if (l->exclusive || l->state != LANE_UP)
			continue;
		if (best == NULL || l->pending < best->pending)
			best = l;
	}
	return best;
}

struct lane *
lanes_borrow(struct lanes *ls, void *waiter, bool *away)
{
	struct line *w;
	struct lane *l;
	size_t i;

	*away = lanes_connected(ls) == 0;
	for (i = 0; i < ls->count; i++) {
		l = &ls->lane[i];
		if (!l->exclusive || l->borrowed || l->state != LANE_UP)
			continue;
		l->borrowed = true;
		return l;
	}
	if (*away)
		return NULL;
	w = calloc(1, sizeof(*w));
	if (w == NULL)
		abort();
	w->waiter = waiter;
	*ls->line_end = w;
	ls->line_end = &w->next;
	return NULL;
}

void
lanes_leave(struct lanes *ls, void *waiter)
{
	struct line **at, *w;

	for (at = &ls->line; (w = *at) != NULL;) {
		if (w->waiter != waiter) {
			at = &w->next;
			continue;
		}
		*at = w->next;
		if (w->next == NULL)
			ls->line_end = at;
		free(w);
	}
}

void
lanes_return(struct lanes *ls, struct lane *l)
{
	l->borrowed = false;
	wake_line(ls);
}

size_t
lanes_waiting(const struct lanes *ls)
{
	const struct line *w;
	size_t n = 0;

	for (w = ls->line; w != NULL; w = w->next)
		n++;
	return n;
}

size_t
lanes_pending(const struct lanes *ls)
{
	size_t i, n = 0;

	for (i = 0; i < ls->count; i++)
		n += ls->lane[i].pending;
	return n;
}

size_t
lanes_connected(const struct lanes *ls)
{
	size_t i, n = 0;

	for (i = 0; i < ls->count; i++)
		n += ls->lane[i].state == LANE_UP;
	return n;
}

static const char *
check_settings(struct arena *a, PGconn *conn)
{
	PGresult *r;
	const char *why = NULL;

	if (PQserverVersion(conn) < 150000)
		return arena_print(a, "PostgreSQL 15 or later is needed");
	r = PQexec(conn, "SELECT name FROM pg_settings WHERE name IN ('fsync',"
	                 " 'full_page_writes', 'data_checksums')"
	                 " AND setting <> 'on'");
	if (PQntuples(r) > 0)
		why = arena_print(a, "PostgreSQL runs with %s off: what is"
		    " confirmed could be lost", PQgetvalue(r, 0, 0));
	PQclear(r);
	return why;
}

const char *
lanes_check(struct arena *a, const char *conninfo)
{
	const char *why = NULL;
	PGconn *conn;
	PGresult *r;
	int q;

	conn = PQconnectdb(conninfo);
	if (PQstatus(conn) != CONNECTION_OK)
		why = arena_text(a, PQerrorMessage(conn));
	else
		why = check_settings(a, conn);
	for (q = 0; why == NULL && q < Q__MAX; q++) {
		r = PQprepare(conn, query_texts[q].name, query_texts[q].sql, 0,
		    NULL);
		if (PQresultStatus(r) != PGRES_COMMAND_OK)
			why = arena_print(a, "db/queries/%s.sql: %s",
			    query_texts[q].name, PQresultErrorMessage(r));
		PQclear(r);
	}
	PQfinish(conn);
	return why;
}
