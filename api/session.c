#include <string.h>

#include <sodium.h>

#include "body.h"
#include "device.h"
#include "header.h"
#include "json.h"
#include "password.h"
#include "route.h"
#include "school_choice.h"
#include "session.h"

#define COOKIE "__Host-session"
#define TOKEN_BYTES 32

const char *
session_token(struct ctx *c)
{
	return header_cookie(c->arena, c->headers.cookie, COOKIE);
}

static const char *
base64(struct ctx *c, const unsigned char *bytes, size_t n)
{
	size_t room = sodium_base64_encoded_len(n,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);

	return sodium_bin2base64(arena_take(c->arena, room), room, bytes, n,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

const char *
session_secret(struct ctx *c)
{
	unsigned char secret[TOKEN_BYTES];

	randombytes_buf(secret, sizeof(secret));
	return base64(c, secret, sizeof(secret));
}

const char *
session_csrf(struct ctx *c, const char *token)
{
	static const char purpose[] = "acquis csrf";
	crypto_auth_hmacsha256_state s;
	unsigned char mac[crypto_auth_hmacsha256_BYTES];

	crypto_auth_hmacsha256_init(&s, (const unsigned char *)token,
	    strlen(token));
	crypto_auth_hmacsha256_update(&s, (const unsigned char *)purpose,
	    sizeof(purpose));
	crypto_auth_hmacsha256_final(&s, mac);
	return base64(c, mac, sizeof(mac));
}

struct param
p_digest(struct ctx *c, const char *token)
{
	unsigned char *hash;

	if (token == NULL)
		return p_null();
	hash = arena_take(c->arena, crypto_hash_sha256_BYTES);
	crypto_hash_sha256(hash, (const unsigned char *)token, strlen(token));
	return p_bytes_of(hash, crypto_hash_sha256_BYTES);
}

static void
set_cookie(struct ctx *c, const char *token)
{
	reply_header(c, "set-cookie",
	    arena_print(c->arena,
		COOKIE "=%s; Path=/; HttpOnly; Secure; SameSite=Lax%s", token,
		*token == '\0' ? "; Max-Age=0" : ""));
}

static void
write_session(struct ctx *c, struct text *t, const struct rows *r,
    const char *token)
{
	const char *stage = row_text(r, 0, "stage");
	struct json j = json_in(t);

	json_open(&j, NULL, '{');
	json_raw(&j, "person", row_text(r, 0, "person"));
	json_raw(&j, "school", row_text(r, 0, "school"));
	json_raw(&j, "roles", row_text(r, 0, "roles"));
	json_raw(&j, "frameworks", row_text(r, 0, "frameworks"));
	json_raw(&j, "learners", row_text(r, 0, "learners"));
	json_text(&j, "csrf_token", session_csrf(c, token));
	json_bool(&j, "password_change_required",
	    stage != NULL && strcmp(stage, "password") == 0);
	json_bool(&j, "second_factor_required",
	    stage != NULL && strcmp(stage, "factor") == 0);
	json_bool(&j, "enrolment_required",
	    stage != NULL && strcmp(stage, "enrol") == 0);
	json_int(&j, "idle_seconds", row_int(r, 0, "idle_seconds"));
	json_text(&j, "expires_at", row_text(r, 0, "expires_at"));
	json_close(&j, '}');
	c->reply.no_store = true;
}

/* Whom the new session belongs to: the same statement as for any other. */
static enum fault
enter_as(struct ctx *c, const char *token, struct rows *r)
{
	struct db *db = c->db;

	c->enter = (struct params){ .n = 3,
		.param = { p_digest(c, token),
		    p_int(access_roles(RESOURCE_SESSION, RIGHT_READ) |
			  ROLE_LIMITED),
		    p_text(c->request_id) } };
	db_enter(db, Q_ENTER, &c->enter);
	return db_run(db, r, Q_SESSION_GET, PARAMS(p_digest(c, token)));
}

enum fault
session_begin(struct ctx *c, const char *school_id, const char *person_id,
    const char *checked)
{
	const char *token = session_secret(c);
	struct device device = device_of(c);
	struct db *db = c->db;
	struct rows r;

	if (checked != NULL)
		db_queue(db, NULL, Q_PASSWORD_STANDS,
		    PARAMS(p_text(school_id), p_text(person_id),
			p_text(checked)));
	TRY(db_run(db, NULL, Q_SESSION_OPEN,
	    PARAMS(p_text(school_id), p_text(person_id), p_digest(c, token),
		p_digest(c, device.token), p_text(device.browser),
		p_text(device.system),
		p_text(c->language == LANGUAGE_EN ? "en" : "fr"))));
	TRY(enter_as(c, token, &r));
	set_cookie(c, token);
	device_keep(c, &device);
	write_session(c, reply_created(c, "/api/v1/session"), &r, token);
	return FAULT_NONE;
}

/* Count the try; whose account it is, and what opens it. */
static enum fault
begin(struct ctx *c, const char *school, const char *login, struct rows *r)
{
	struct device device = device_of(c);
	struct db *db = c->db;

	TRY(db_run(db, r, Q_SIGN_IN_BEGIN,
	    PARAMS(p_text(school), p_text(login), p_digest(c, device.token),
		p_text(c->headers.host))));
	return row_bool(r, 0, "throttled") ? FAULT_RATE : FAULT_NONE;
}

enum fault
session_renew(struct ctx *c, const char *token)
{
	struct rows r;

	TRY(enter_as(c, token, &r));
	set_cookie(c, token);
	write_session(c, reply_json(c, 200), &r, token);
	return FAULT_NONE;
}

enum fault
session_create(struct ctx *c)
{
	const char *login, *password, *school = NULL;
	struct db *db = c->db;
	struct rows r;
	bool right;

	TRY(body_only(c, c->body, "", "school login password"));
	TRY(body_text(c, c->body, "", "login", 1, 64, &login));
	TRY(body_text(c, c->body, "", "password", 1, 128, &password));
	if (body_member(c->body, "school") != NULL)
		TRY(body_text(c, c->body, "", "school", 8, 8, &school));
	TRY(begin(c, school, login, &r));
	if (school == NULL && row_null(&r, 0, "person_id")) {
		TRY(school_choose(c, login, password, &school));
		if (school != NULL)
			TRY(begin(c, school, login, &r));
	}
	TRY(password_check(c, row_text(&r, 0, "password"), password, &right));
	if (!right) {
		TRY(db_run(db, NULL, Q_TRACE_SIGN_IN_FAILED,
		    PARAMS(p_text(school), p_text(row_text(&r, 0, "school_id")),
			p_text(row_text(&r, 0, "person_id")))));
		return FAULT_CREDENTIALS;
	}
	return session_begin(c, row_text(&r, 0, "school_id"),
	    row_text(&r, 0, "person_id"), row_text(&r, 0, "password"));
}

enum fault
session_get(struct ctx *c)
{
	const char *token = session_token(c);
	struct db *db = c->db;
	struct rows r;

	TRY(db_run(db, &r, Q_SESSION_GET, PARAMS(p_digest(c, token))));
	write_session(c, reply_json(c, 200), &r, token);
	return FAULT_NONE;
}

enum fault
session_delete(struct ctx *c)
{
	struct db *db = c->db;

	TRY(db_run(db, NULL, Q_SESSION_CLOSE,
	    PARAMS(p_digest(c, session_token(c)))));
	set_cookie(c, "");
	reply_empty(c, 204);
	return FAULT_NONE;
}

/*
 * The work of hashing is done between transactions, so that no lane waits
 * for it.
 */
enum fault
password_put(struct ctx *c)
{
	const char *current, *next, *hash, *why, *token = session_token(c);
	struct password_owner owner;
	struct db *db = c->db;
	struct rows r;

	TRY(body_only(c, c->body, "", "current_password new_password"));
	TRY(body_text(c, c->body, "", "current_password", 1, 128, &current));
	TRY(body_text(c, c->body, "", "new_password", 8, 128, &next));
	TRY(password_prove(c, current, "/current_password", &owner));
	why = password_refused(c, next, &owner);
	if (why != NULL)
		return fault_say(c, "/new_password", FAULT_VALUE, why);
	TRY(password_hash(c, next, &hash));
	TRY(db_run(db, &r, Q_PASSWORD_SET,
	    PARAMS(p_int(db->person_id), p_text(hash), p_bool(false),
		p_digest(c, token))));
	if (!row_bool(&r, 0, "done"))
		return FAULT_ROLE;
	TRY(db_run(db, &r, Q_SESSION_GET, PARAMS(p_digest(c, token))));
	write_session(c, reply_json(c, 200), &r, token);
	return FAULT_NONE;
}

enum fault
account_reset(struct ctx *c)
{
	const char *password = password_random(c->arena), *hash;
	struct db *db = c->db;
	struct rows r, set;
	struct json j;
	int64_t id;

	if (c->body != NULL)
		TRY(body_only(c, c->body, "", ""));
	TRY(path_id(c, 0, &id));
	TRY(db_run(db, &r, Q_PERSON_ACCOUNT, PARAMS(p_int(id))));
	if (r.count == 0)
		return FAULT_ABSENT;
	if (id == db->person_id)
		return FAULT_OWN_RIGHTS;
	if (!row_bool(&r, 0, "managed"))
		return FAULT_ROLE;
	if (row_null(&r, 0, "login"))
		return FAULT_CONFLICT;
	TRY(password_hash(c, password, &hash));
	TRY(db_run(db, &set, Q_PASSWORD_SET,
	    PARAMS(p_int(id), p_text(hash), p_bool(true), p_null())));
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	json_text(&j, "login", row_text(&r, 0, "login"));
	json_text(&j, "password", password);
	json_text(&j, "expires_at", row_text(&set, 0, "expires_at"));
	json_close(&j, '}');
	c->reply.no_store = true;
	return FAULT_NONE;
}
