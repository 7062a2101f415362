#include <string.h>

#include <qrencode.h>
#include <sodium.h>

#include "body.h"
#include "factor.h"
#include "json.h"
#include "password.h"
#include "session.h"
#include "totp.h"

#define CODES 10
#define CODE_LONGEST 32

enum fault
factor_get(struct ctx *c)
{
	struct db *db = c->db;
	struct rows r;
	struct json j;

	TRY(db_run(db, &r, Q_FACTOR_OWN, PARAMS_NONE));
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	json_text(&j, "state", row_text(&r, 0, "state"));
	json_bool(&j, "required", row_bool(&r, 0, "required"));
	json_text(&j, "confirmed_at", row_text(&r, 0, "confirmed_at"));
	json_int(&j, "recovery_codes_left", row_int(&r, 0, "codes_left"));
	json_close(&j, '}');
	return FAULT_NONE;
}

/* --- enrolling --- */

/* Everything but letters and digits as %XX. */
static const char *
encoded(struct ctx *c, const char *s)
{
	struct text t = text_in(c->arena);

	for (; *s != '\0'; s++)
		if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXY"
			   "Z0123456789-._",
			*s) != NULL)
			text_char(&t, *s);
		else
			text_print(&t, "%%%02X", (unsigned char)*s);
	return text_string(&t);
}

/* Rows of 0 and 1: the page draws them. */
static enum fault
write_qr(struct ctx *c, struct json *j, const char *words)
{
	QRcode *qr = QRcode_encodeString8bit(words, 0, QR_ECLEVEL_M);
	char *row;
	int x, y;

	if (qr == NULL)
		return FAULT_INTERNAL;
	json_open(j, "qr", '[');
	for (y = 0; y < qr->width; y++) {
		row = arena_take(c->arena, (size_t)qr->width + 1);
		for (x = 0; x < qr->width; x++)
			row[x] =
			    (char)('0' + (qr->data[y * qr->width + x] & 1));
		json_text(j, NULL, row);
	}
	json_close(j, ']');
	QRcode_free(qr);
	return FAULT_NONE;
}

enum fault
factor_begin(struct ctx *c)
{
	unsigned char secret[TOTP_SECRET];
	char base32[TOTP_SECRET / 5 * 8 + 1];
	struct db *db = c->db;
	const char *uri;
	struct rows r;
	struct json j;

	randombytes_buf(secret, sizeof(secret));
	TRY(db_run(db, &r, Q_FACTOR_BEGIN,
	    PARAMS(p_bytes(secret, sizeof(secret)))));
	if (!row_bool(&r, 0, "done"))
		return FAULT_CONFLICT;
	totp_base32(secret, base32);
	uri = arena_print(c->arena,
	    "otpauth://totp/Acquis:%s?secret=%s&issuer=Acquis%%20%s",
	    encoded(c, row_text(&r, 0, "login")), base32,
	    encoded(c, row_text(&r, 0, "school")));
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	json_text(&j, "secret", base32);
	json_text(&j, "uri", uri);
	TRY(write_qr(c, &j, uri));
	json_close(&j, '}');
	c->reply.no_store = true;
	return FAULT_NONE;
}

/* --- codes --- */

struct answer {
	struct param step; /* of a telephone's code */
	struct param code; /* digest of one on paper */
	bool confirmed;    /* was there a second factor already? */
};

static enum fault
wrong(struct ctx *c)
{
	return fault_say(c, "/code", FAULT_VALUE,
	    say(c, "Code incorrect ou déjà utilisé",
		"Wrong code, or one that was used"));
}

/* Blanks and hyphens are for reading, and so are capitals. */
static const char *
plain(struct ctx *c, const char *s)
{
	char *out = arena_take(c->arena, strlen(s) + 1), *p = out;

	for (; *s != '\0'; s++)
		if (*s != ' ' && *s != '-')
			*p++ = *s >= 'A' && *s <= 'Z' ? (char)(*s + 32) : *s;
	return out;
}

static bool
is_telephones(const char *code)
{
	return strlen(code) == TOTP_DIGITS &&
	       strspn(code, "0123456789") == TOTP_DIGITS;
}

/* What the person typed, against the telephone; a try is counted. */
static enum fault
read_answer(struct ctx *c, struct answer *out)
{
	unsigned char secret[TOTP_SECRET];
	struct db *db = c->db;
	const char *code;
	struct rows r;
	int64_t step;

	TRY(body_text(c, c->body, "", "code", TOTP_DIGITS, CODE_LONGEST,
	    &code));
	code = plain(c, code);
	TRY(db_run(db, &r, Q_FACTOR_TRY, PARAMS_NONE));
	if (row_bool(&r, 0, "throttled"))
		return FAULT_RATE;
	if (row_null(&r, 0, "secret"))
		return FAULT_CONFLICT;
	*out =
	    (struct answer){ p_null(), p_null(), row_bool(&r, 0, "confirmed") };
	if (!is_telephones(code)) {
		out->code = p_digest(c, code);
		return FAULT_NONE;
	}
	sodium_hex2bin(secret, sizeof(secret), row_text(&r, 0, "secret"),
	    2 * TOTP_SECRET, NULL, NULL, NULL);
	if (!totp_step(secret, row_int(&r, 0, "step"), code, &step))
		return wrong(c);
	out->step = p_int(step);
	return FAULT_NONE;
}

/* Ten to be kept on paper, and what the base keeps of them. */
static struct param
make_codes(struct ctx *c, const char *codes[CODES])
{
	const char *digests[CODES];
	struct param digest;
	char *hex;
	int i;

	for (i = 0; i < CODES; i++) {
		do
			codes[i] = password_random(c->arena);
		while (is_telephones(plain(c, codes[i])));
		digest = p_digest(c, plain(c, codes[i]));
		hex = arena_take(c->arena, 2 * digest.length + 3);
		hex[0] = '\\';
		hex[1] = 'x';
		sodium_bin2hex(hex + 2, 2 * digest.length + 1,
		    (const unsigned char *)digest.bytes, digest.length);
		digests[i] = hex;
	}
	return p_texts_in(c->arena, digests, CODES);
}

static void
reply_codes(struct ctx *c, const char *codes[CODES])
{
	struct json j = json_in(reply_json(c, 200));
	int i;

	json_open(&j, NULL, '{');
	json_open(&j, "recovery_codes", '[');
	for (i = 0; i < CODES; i++)
		json_text(&j, NULL, codes[i]);
	json_close(&j, ']');
	json_close(&j, '}');
	c->reply.no_store = true;
}

static const char *
language(const struct ctx *c)
{
	return c->language == LANGUAGE_EN ? "en" : "fr";
}

enum fault
factor_confirm(struct ctx *c)
{
	const char *codes[CODES];
	struct db *db = c->db;
	struct param digests;
	struct answer a;
	struct rows r;

	TRY(body_only(c, c->body, "", "code"));
	TRY(read_answer(c, &a));
	if (a.confirmed)
		return FAULT_CONFLICT;
	if (a.step.kind == PARAM_NULL)
		return wrong(c);
	digests = make_codes(c, codes);
	TRY(db_run(db, &r, Q_FACTOR_CONFIRM,
	    PARAMS(a.step, digests, p_digest(c, session_token(c)),
		p_text(language(c)))));
	if (!row_bool(&r, 0, "done"))
		return wrong(c);
	reply_codes(c, codes);
	return FAULT_NONE;
}

enum fault
factor_answer(struct ctx *c)
{
	const char *token = session_secret(c);
	struct db *db = c->db;
	struct answer a;
	struct rows r;

	TRY(body_only(c, c->body, "", "code"));
	TRY(read_answer(c, &a));
	TRY(db_run(db, &r, Q_FACTOR_PASS,
	    PARAMS(a.step, a.code, p_digest(c, session_token(c)),
		p_digest(c, token))));
	return row_bool(&r, 0, "done") ? session_renew(c, token) : wrong(c);
}

/* --- with the password once more --- */

static enum fault
prove(struct ctx *c)
{
	const char *password;

	TRY(body_only(c, c->body, "", "password"));
	TRY(body_text(c, c->body, "", "password", 1, 128, &password));
	return password_prove(c, password, "/password", NULL);
}

enum fault
factor_renew(struct ctx *c)
{
	const char *codes[CODES];
	struct db *db = c->db;
	struct rows r;

	TRY(prove(c));
	TRY(db_run(db, &r, Q_FACTOR_RENEW, PARAMS(make_codes(c, codes))));
	if (!row_bool(&r, 0, "done"))
		return FAULT_CONFLICT;
	reply_codes(c, codes);
	return FAULT_NONE;
}

enum fault
factor_remove(struct ctx *c)
{
	struct db *db = c->db;
	struct rows r;

	TRY(prove(c));
	TRY(db_run(db, &r, Q_FACTOR_DROP,
	    PARAMS(p_null(), p_digest(c, session_token(c)),
		p_text(language(c)))));
	if (!row_bool(&r, 0, "done"))
		return FAULT_CONFLICT;
	reply_empty(c, 204);
	return FAULT_NONE;
}

enum fault
account_factor_delete(struct ctx *c)
{
	struct db *db = c->db;
	struct rows r;
	int64_t id;

	TRY(path_id(c, 0, &id));
	TRY(db_run(db, &r, Q_FACTOR_DROP,
	    PARAMS(p_int(id), p_digest(c, session_token(c)),
		p_text(language(c)))));
	if (id == db->person_id)
		return FAULT_OWN_RIGHTS;
	if (!row_bool(&r, 0, "known"))
		return FAULT_ABSENT;
	reply_empty(c, 204);
	return FAULT_NONE;
}
