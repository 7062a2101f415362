#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <time.h>

#include <kore/kore.h>
#include <libpq-fe.h>
#include <sodium.h>

#include "../db/db.h"
#include "letter.h"
#include "mailer.h"
#include "smtp.h"

#define IDLE_SECONDS 1
#define STOP_SECONDS 20
#define SECRET_BYTES 32

/* Seconds until the next try: 30, 60, 120, … an hour. */
#define WAIT_FIRST 30
#define WAIT_LAST 3600

static const struct timespec idle = { .tv_sec = IDLE_SECONDS };

static struct smtp server;
static const char *site;

static pthread_t thread;
static bool started;
static atomic_bool stopping;

struct mailer {
	const char *database;
	PGconn *conn;
	struct arena *arena; /* of one mail */
};

/* --- settings --- */

static const char *
setting(const char *name)
{
	const char *value = getenv(name);

	return value == NULL || value[0] == '\0' ? NULL : value;
}

const char *
mailer_open(void)
{
	const char *tls = setting("ACQUIS_SMTP_TLS");

	server.url = setting("ACQUIS_SMTP_URL");
	server.user = setting("ACQUIS_SMTP_USER");
	server.password = setting("ACQUIS_SMTP_PASSWORD");
	server.ca = setting("ACQUIS_SMTP_CA");
	server.from = setting("ACQUIS_MAIL_FROM");
	server.plain = tls != NULL && strcmp(tls, "no") == 0;
	site = setting("ACQUIS_URL");
	if (server.url == NULL)
		return NULL;
	if (strncmp(server.url, "smtp://", 7) != 0 &&
	    strncmp(server.url, "smtps://", 8) != 0)
		return "ACQUIS_SMTP_URL is not smtp://host or smtps://host";
	if (server.from == NULL || !address_ok(server.from))
		return "ACQUIS_MAIL_FROM must be an address with"
		       " ACQUIS_SMTP_URL";
	if (site == NULL || strncmp(site, "http", 4) != 0 ||
	    site[strlen(site) - 1] == '/')
		return "ACQUIS_URL must be where people find the pages, such"
		       " as https://acquis.example";
	smtp_open();
	return NULL;
}

bool
mailer_ready(void)
{
	return server.url != NULL;
}

/* --- the base, asked by a thread that may wait --- */

static bool
connected(struct mailer *m)
{
	if (m->conn != NULL && PQstatus(m->conn) == CONNECTION_OK)
		return true;
	PQfinish(m->conn);
	m->conn = PQconnectdb(m->database);
	return PQstatus(m->conn) == CONNECTION_OK;
}

static bool
run(struct mailer *m, struct rows *r, enum query q, struct params p)
{
	const char *values[PARAMS_MAX];
	int lengths[PARAMS_MAX], formats[PARAMS_MAX];
	PGresult *result;
	size_t i;
	bool good;

	for (i = 0; i < p.n; i++) {
		values[i] =
		    p.param[i].kind == PARAM_NULL ? NULL : p.param[i].bytes;
		lengths[i] = (int)p.param[i].length;
		formats[i] = p.param[i].kind == PARAM_BYTES;
	}
	result = PQexecParams(m->conn, query_texts[q].sql, (int)p.n, NULL,
	    values, lengths, formats, 0);
	good = PQresultStatus(result) == PGRES_TUPLES_OK;
	if (good && r != NULL)
		*r = (struct rows){ .result = result,
			.count = (size_t)PQntuples(result) };
	else
		PQclear(result);
	return good;
}

/* --- one mail --- */

/* The secret of its link, made now: only its digest is ever kept. */
static bool
make_secret(struct mailer *m, const struct rows *r, struct letter *l)
{
	size_t room = sodium_base64_ENCODED_LEN(SECRET_BYTES,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	unsigned char bytes[SECRET_BYTES], hash[crypto_hash_sha256_BYTES];
	char *secret = arena_take(m->arena, room);

	if (row_null(r, 0, "link_id"))
		return true;
	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2base64(secret, room, bytes, sizeof(bytes),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	crypto_hash_sha256(hash, (unsigned char *)secret, strlen(secret));
	l->secret = secret;
	return run(m, NULL, Q_MAIL_LINK_SET,
	    PARAMS(p_int_in(m->arena, l->school_id),
		p_text_of(row_text(r, 0, "link_id")),
		p_bytes_of(hash, sizeof(hash))));
}

static struct letter
letter_of(const struct rows *r)
{
	return (struct letter){ .template = row_text(r, 0, "template"),
		.language = row_text(r, 0, "language"),
		.from = server.from,
		.address = row_text(r, 0, "address"),
		.name = row_text(r, 0, "name"),
		.login = row_text(r, 0, "login"),
		.school = row_text(r, 0, "school"),
		.site = site,
		.detail = row_text(r, 0, "detail"),
		.school_id = row_int(r, 0, "school_id"),
		.id = row_int(r, 0, "id"),
		.written = row_int(r, 0, "written") };
}

static int
seconds_until(int64_t tries)
{
	int wait = WAIT_FIRST;

	for (; tries > 1 && wait < WAIT_LAST; tries--)
		wait *= 2;
	return wait < WAIT_LAST ? wait : WAIT_LAST;
}

static bool
done(struct mailer *m, const struct letter *l, const char *reason, int later)
{
	return run(m, NULL, Q_MAIL_DONE,
	    PARAMS(p_int_in(m->arena, l->school_id), p_int_in(m->arena, l->id),
		p_text_of(reason),
		later == 0 ? p_null() : p_int_in(m->arena, later)));
}

/* It has left: as long as that is not written down it would leave again. */
static bool
done_at_last(struct mailer *m, const struct letter *l)
{
	while (!connected(m) || !done(m, l, NULL, 0)) {
		if (stopping)
			return false;
		nanosleep(&idle, NULL);
	}
	return true;
}

static bool
send_one(struct mailer *m, const struct rows *r)
{
	struct letter l = letter_of(r);
	struct text t = text_in(m->arena);
	char reason[SMTP_REASON_ROOM];
	enum smtp_end end;

	if (!address_ok(l.address))
		return done(m, &l, "not an address", 0);
	if (!make_secret(m, r, &l))
		return false;
	if (!letter_write(&l, &t))
		return done(m, &l, "no such letter", 0);
	end = smtp_send(&server, l.address, t.bytes, t.length, reason);
	if (end == SMTP_SENT)
		return done_at_last(m, &l);
	kore_log(LOG_WARNING, "mail %lld.%lld: %s", (long long)l.school_id,
	    (long long)l.id, reason);
	return done(m, &l, reason,
	    end == SMTP_REFUSED ? 0 : seconds_until(row_int(r, 0, "tries")));
}

/* False: nothing is due, or the base is away. */
static bool
turn(struct mailer *m)
{
	struct rows r = { .count = 0 };
	bool more;

	if (!connected(m))
		return false;
	m->arena = arena_open();
	more = run(m, &r, Q_MAIL_TAKE, PARAMS_NONE) && r.count == 1 &&
	       send_one(m, &r);
	PQclear(r.result);
	arena_close(m->arena);
	return more;
}

static void *
mailer_main(void *arg)
{
	struct mailer m = { .database = arg };

	while (!stopping)
		if (!turn(&m))
			nanosleep(&idle, NULL);
	PQfinish(m.conn);
	return NULL;
}

/* Signals are for the worker's own thread. */
void
mailer_start(const char *database)
{
	sigset_t all, before;

	if (!mailer_ready())
		return;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	started =
	    pthread_create(&thread, NULL, mailer_main, (void *)database) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* What is being sent is written down, or it would be sent again. */
void
mailer_stop(void)
{
	struct timespec end;

	if (!started)
		return;
	stopping = true;
	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += STOP_SECONDS;
	pthread_timedjoin_np(thread, NULL, &end);
	started = false;
}
