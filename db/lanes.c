#include <stdlib.h>
#include <string.h>

#include "lane_own.h"

void
lanes_wake(struct lanes *ls)
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

static bool
writing_hoped(const struct lanes *ls)
{
	size_t i;

	for (i = 0; i < ls->count; i++)
		if (ls->lane[i].exclusive && lane_hoped(&ls->lane[i]))
			return true;
	return false;
}

void
lanes_wake_hopeless(struct lanes *ls)
{
	while (ls->line != NULL && !writing_hoped(ls))
		lanes_wake(ls);
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
		if (l->exclusive || !lane_serves(l))
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

	*away = !writing_hoped(ls);
	for (i = 0; i < ls->count; i++) {
		l = &ls->lane[i];
		if (!l->exclusive || l->borrowed || !lane_serves(l))
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
	lane_renew(l);
	lanes_wake(ls);
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
		n += lane_serves(&ls->lane[i]);
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
		why = arena_print(a,
		    "PostgreSQL runs with %s off: what is"
		    " confirmed could be lost",
		    PQgetvalue(r, 0, 0));
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
