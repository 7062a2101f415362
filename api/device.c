#include <string.h>

#include "device.h"
#include "header.h"
#include "json.h"
#include "session.h"

#define COOKIE "__Host-device"
#define TOKEN_LENGTH 43
#define YEAR "31536000"

/* Most particular first: each says it is like the ones below as well. */
static const char *const browsers[][2] = {
	{ "Edg/", "Edge" },
	{ "EdgA/", "Edge" },
	{ "OPR/", "Opera" },
	{ "SamsungBrowser/", "Samsung Internet" },
	{ "Firefox/", "Firefox" },
	{ "FxiOS/", "Firefox" },
	{ "CriOS/", "Chrome" },
	{ "Chromium/", "Chromium" },
	{ "Chrome/", "Chrome" },
	{ "Safari/", "Safari" },
};
static const char *const systems[][2] = {
	{ "iPhone", "iPhone" },
	{ "iPad", "iPad" },
	{ "Android", "Android" },
	{ "CrOS", "ChromeOS" },
	{ "Windows", "Windows" },
	{ "Macintosh", "macOS" },
	{ "Linux", "Linux" },
};

static const char *
known_in(const char *agent, const char *const list[][2], size_t n)
{
	size_t i;

	for (i = 0; agent != NULL && i < n; i++)
		if (strstr(agent, list[i][0]) != NULL)
			return list[i][1];
	return NULL;
}

static bool
token_ok(const char *s)
{
	static const char signs[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

	return s != NULL && strlen(s) == TOKEN_LENGTH &&
	       strspn(s, signs) == TOKEN_LENGTH;
}

struct device
device_of(struct ctx *c)
{
	const char *agent = c->headers.user_agent;
	const char *token = header_cookie(c->arena, c->headers.cookie, COOKIE);

	return (struct device){
		.token = token_ok(token) ? token : session_secret(c),
		.browser = known_in(agent, browsers,
		    sizeof(browsers) / sizeof(browsers[0])),
		.system = known_in(agent, systems,
		    sizeof(systems) / sizeof(systems[0])),
	};
}

void
device_keep(struct ctx *c, const struct device *d)
{
	reply_header(c, "set-cookie",
	    arena_print(c->arena,
		COOKIE "=%s; Path=/; HttpOnly; Secure; SameSite=Lax"
		       "; Max-Age=" YEAR,
		d->token));
}

/* --- one's own --- */

static void
write_session(struct json *j, const struct rows *r, size_t i)
{
	json_open(j, NULL, '{');
	json_text(j, "id", row_text(r, i, "id"));
	json_text(j, "device_id", row_text(r, i, "device_id"));
	json_text(j, "browser", row_text(r, i, "browser"));
	json_text(j, "system", row_text(r, i, "system"));
	json_bool(j, "current", row_bool(r, i, "current"));
	json_text(j, "created_at", row_text(r, i, "created_at"));
	json_text(j, "seen_at", row_text(r, i, "seen_at"));
	json_text(j, "expires_at", row_text(r, i, "expires_at"));
	json_close(j, '}');
}

static void
write_device(struct json *j, const struct rows *r, size_t i)
{
	json_open(j, NULL, '{');
	json_text(j, "id", row_text(r, i, "id"));
	json_text(j, "browser", row_text(r, i, "browser"));
	json_text(j, "system", row_text(r, i, "system"));
	json_bool(j, "current", row_bool(r, i, "current"));
	json_bool(j, "noticed", row_bool(r, i, "noticed"));
	json_text(j, "first_seen_at", row_text(r, i, "first_seen_at"));
	json_text(j, "last_seen_at", row_text(r, i, "last_seen_at"));
	json_close(j, '}');
}

/* All of them: nobody has many. */
static enum fault
reply_all(struct ctx *c, enum query q,
    void (*write)(struct json *, const struct rows *, size_t))
{
	struct db *db = c->db;
	struct rows r;
	struct json j;
	size_t i;

	TRY(db_run(db, &r, q, PARAMS(p_digest(c, session_token(c)))));
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	json_open(&j, "items", '[');
	for (i = 0; i < r.count; i++)
		write(&j, &r, i);
	json_close(&j, ']');
	json_null(&j, "next");
	json_close(&j, '}');
	return FAULT_NONE;
}

enum fault
session_list(struct ctx *c)
{
	return reply_all(c, Q_SESSION_LIST, write_session);
}

enum fault
session_end(struct ctx *c)
{
	struct db *db = c->db;
	struct rows r;
	int64_t id;

	TRY(path_id(c, 0, &id));
	TRY(db_run(db, &r, Q_SESSION_END, PARAMS(p_int(id), p_null())));
	if (row_int(&r, 0, "ended") == 0)
		return FAULT_ABSENT;
	reply_empty(c, 204);
	return FAULT_NONE;
}

enum fault
session_end_others(struct ctx *c)
{
	struct db *db = c->db;

	TRY(db_run(db, NULL, Q_SESSION_END,
	    PARAMS(p_null(), p_digest(c, session_token(c)))));
	reply_empty(c, 204);
	return FAULT_NONE;
}

enum fault
device_list(struct ctx *c)
{
	return reply_all(c, Q_DEVICE_LIST, write_device);
}

static enum fault
act(struct ctx *c, enum query q)
{
	struct db *db = c->db;
	struct rows r;
	int64_t id;

	TRY(path_id(c, 0, &id));
	TRY(db_run(db, &r, q, PARAMS(p_int(id))));
	if (!row_bool(&r, 0, "done"))
		return FAULT_ABSENT;
	reply_empty(c, 204);
	return FAULT_NONE;
}

enum fault
device_delete(struct ctx *c)
{
	return act(c, Q_DEVICE_DROP);
}

enum fault
device_notice(struct ctx *c)
{
	return act(c, Q_DEVICE_NOTICE);
}
