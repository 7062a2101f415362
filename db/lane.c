#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lane_own.h"

/* The last of the delays between attempts to connect, in milliseconds. */
#define RETRY_LAST 2000

/* The most that connecting may take, and then preparing. */
#define CONNECT_LAST 2000

/* From this length on a row, or what is sent at once, is a rare one. */
#define BULK (256 * 1024)

#define NEVER LLONG_MAX

static void lane_down(struct lane *);

static long long
milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Ticks asked for before come all the same, and find it is too early. */
static void
lane_later(struct lane *l, int delay)
{
	l->due = milliseconds() + delay;
	l->lanes->host->later(l, delay);
}

void
lane_unwatch(struct lane *l)
{
	/* What libpq watches for itself now tells whether it closed ours. */
	if (l->fd >= 0)
		l->lanes->host->unwatch(l, l->fd, PQsocket(l->conn) != l->fd);
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
	if (fd == l->fd && write == l->writing && l->state != LANE_CONNECTING)
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
 * three, were it only to be listened to.  Statements are planned once: they
 * find rows by key, and planning would take longer than running.  What the
 * operator's own string says wins.
 */
static PGconn *
connect_start(const char *conninfo)
{
	static const char *const names[] = { "options", "connect_timeout",
		"tcp_user_timeout", "keepalives_idle", "keepalives_interval",
		"application_name", "dbname", NULL };
	const char *values[] = { "-c lock_timeout=500 -c statement_timeout=2000"
				 " -c idle_in_transaction_session_timeout=5000"
				 " -c plan_cache_mode=force_generic_plan",
		"2", "3000", "3", "1", "acquis", conninfo, NULL };

	return PQconnectStartParams(names, values, 1);
}

void
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
	l->bulky = false;
	lane_watch(l, true);
	lane_later(l, CONNECT_LAST);
}

static void
batch_finish(struct lane *l, struct batch *b)
{
	l->first = b->next;
	if (l->first == NULL)
		l->last = &l->first;
	l->pending--;
	l->heard = milliseconds();
	b->done = true;
	if (b->waiter != NULL)
		l->lanes->host->wake(b->waiter);
	if (b->abandoned)
		free(b);
}

bool
lane_serves(const struct lane *l)
{
	return l->state == LANE_UP && !l->stalled;
}

bool
lane_hoped(const struct lane *l)
{
	return lane_serves(l) ||
	       (l->state != LANE_UP && l->delay <= LANE_RETRY_FIRST);
}

static void
lane_down(struct lane *l)
{
	struct batch *b;

	lane_unwatch(l);
	PQfinish(l->conn);
	l->conn = NULL;
	l->state = LANE_DOWN;
	l->stalled = false;
	l->losses++;
	while ((b = l->first) != NULL) {
		b->lost = true;
		batch_finish(l, b);
	}
	l->delay = l->delay == 0 ? LANE_RETRY_FIRST : l->delay * 2;
	if (l->delay > RETRY_LAST)
		l->delay = RETRY_LAST;
	lane_later(l, l->delay);
	lanes_wake_hopeless(l->lanes);
}

/*
 * A base that is silent for longer than any statement may run is frozen, or
 * waits for its standby.  Those who wait are told that it is away.  The
 * connection stays: a COMMIT is not to be cancelled, and others in its place
 * would only wait with it.  What is left of each batch counts its answers.
 */
static void
lane_stall(struct lane *l)
{
	struct batch *b = l->first, *next, *left;

	fprintf(stderr, "acquis: base: no answer, %zu requests given up\n",
	    l->pending);
	l->stalled = true;
	l->losses++;
	l->last = &l->first;
	for (; b != NULL; b = next) {
		next = b->next;
		left = calloc(1, sizeof(*left));
		if (left == NULL)
			abort();
		left->abandoned = true;
		*l->last = left;
		l->last = &left->next;
		b->lost = b->done = true;
		if (b->waiter != NULL)
			l->lanes->host->wake(b->waiter);
	}
	lanes_wake_hopeless(l->lanes);
}

static bool
prepare_all(PGconn *conn)
{
	int q;

	for (q = 0; q < Q__MAX; q++)
		if (PQsendPrepare(conn, query_texts[q].name, query_texts[q].sql,
			0, NULL) != 1)
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
	if (PQsetnonblocking(l->conn, 1) != 0 ||
	    PQenterPipelineMode(l->conn) != 1 || !prepare_all(l->conn) ||
	    !lane_flush(l)) {
		lane_down(l);
		return;
	}
	l->state = LANE_PREPARING;
	lane_later(l, CONNECT_LAST);
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
		l->due = NEVER;
		if (l->exclusive)
			lanes_wake(l->lanes);
		return;
	}
}

/* Another one like it is there to do its work. */
static bool
lane_spared(const struct lane *l)
{
	const struct lane *other;
	size_t i;

	for (i = 0; i < l->lanes->count; i++) {
		other = &l->lanes->lane[i];
		if (other != l && other->exclusive == l->exclusive &&
		    lane_serves(other))
			return true;
	}
	return false;
}

void
lane_renew(struct lane *l)
{
	if (!l->bulky || l->borrowed || l->first != NULL || !lane_serves(l) ||
	    !lane_spared(l))
		return;
	lane_unwatch(l);
	PQfinish(l->conn);
	lane_connect(l);
}

static bool
is_bulk(const PGresult *r)
{
	int rows = PQntuples(r);

	return PQresultMemorySize(r) / (size_t)(rows < 1 ? 1 : rows) >= BULK;
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

	while ((b = l->first) != NULL && nothing < 2 && !PQisBusy(l->conn)) {
		r = PQgetResult(l->conn);
		if (r == NULL) {
			nothing += PQstatus(l->conn) == CONNECTION_BAD;
			continue;
		}
		nothing = 0;
		l->bulky |= is_bulk(r);
		if (PQresultStatus(r) == PGRES_PIPELINE_SYNC) {
			PQclear(r);
			batch_finish(l, b);
		} else if (b->answered < b->count) { /* none when abandoned */
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
	/* It speaks again, but in a transaction that is nobody's. */
	if (l->state != LANE_DOWN && (PQstatus(l->conn) == CONNECTION_BAD ||
					 (l->stalled && l->first == NULL)))
		lane_down(l);
	lane_renew(l);
}

static void
lane_look(struct lane *l)
{
	long long left;

	/* It may be we who are late: what has come meanwhile has come. */
	lane_ready(l, true, false);
	if (!lane_serves(l) || l->first == NULL)
		return;
	left = l->heard + l->first->patience - milliseconds();
	if (left > 0)
		lane_later(l, (int)left);
	else
		lane_stall(l);
}

void
lane_tick(struct lane *l)
{
	if (milliseconds() < l->due)
		return;
	l->due = NEVER;
	switch (l->state) {
	case LANE_DOWN:
		lane_connect(l);
		break;
	case LANE_CONNECTING:
	case LANE_PREPARING:
		lane_down(l);
		break;
	case LANE_UP:
		lane_look(l);
		break;
	}
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

static size_t
step_length(const struct step *s)
{
	size_t i, n = 0;

	for (i = 0; i < s->n; i++)
		n += s->params[i].length;
	return n;
}

static bool
step_send(PGconn *conn, const struct step *s)
{
	const char *values[16];
	int lengths[16], formats[16];
	size_t i;

	if (s->text != NULL)
		return PQsendQueryParams(conn, s->text, 0, NULL, NULL, NULL,
			   NULL, 0) == 1;
	if (s->n > 16)
		abort();
	for (i = 0; i < s->n; i++) {
		values[i] =
		    s->params[i].kind == PARAM_NULL ? NULL : s->params[i].bytes;
		lengths[i] = (int)s->params[i].length;
		formats[i] = s->params[i].kind == PARAM_BYTES;
	}
	return PQsendQueryPrepared(conn, query_texts[s->query].name, (int)s->n,
		   values, lengths, formats, 0) == 1;
}

bool
lane_send(struct lane *l, struct batch *b)
{
	size_t i, length = 0;

	if (!lane_serves(l))
		return false;
	b->next = NULL;
	b->done = b->lost = b->warned = false;
	b->answered = 0;
	for (i = 0; i < b->count; i++) {
		length += step_length(&b->steps[i]);
		if (!step_send(l->conn, &b->steps[i]))
			break;
	}
	l->bulky |= length >= BULK;
	if (i < b->count || PQpipelineSync(l->conn) != 1) {
		lane_down(l);
		return false;
	}
	if (l->first == NULL)
		l->heard = milliseconds();
	if (l->due == NEVER)
		lane_later(l, b->patience);
	*l->last = b;
	l->last = &b->next;
	l->pending++;
	/* A loss here is reported through the batch, as any other. */
	if (!lane_flush(l))
		lane_down(l);
	return true;
}
