#include <string.h>

#include <sodium.h>

#include "../domain/activation.h"
#include "activation.h"
#include "body.h"
#include "json.h"
#include "password.h"
#include "render/slips.h"
#include "session.h"
#include "task.h"

#define PEOPLE_MAX 500
#define DAYS_DEFAULT 30
#define DAYS_MAX 90
#define HEX_ROOM (2 * crypto_hash_sha256_BYTES + 1)

/*
 * The digest of a code, hexadecimal.  The person goes into it, so that all
 * codes of a stolen base cannot be tried at once.
 */
static char *
code_hash(struct ctx *c, int64_t person, const char *code)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	const char *s =
	    arena_print(c->arena, "%lld:%s", (long long)person, code);

	crypto_hash_sha256(hash, (const unsigned char *)s, strlen(s));
	return sodium_bin2hex(arena_take(c->arena, HEX_ROOM), HEX_ROOM, hash,
	    sizeof(hash));
}

/*
 * The page where a code is used, filled in.  All of it stands behind the #,
 * which a browser sends to nobody.
 */
static const char *
activation_url(struct ctx *c, const char *uai, const char *login,
    const char *code)
{
	return arena_print(c->arena,
	    "%s/#/activation?school=%s&login=%s&code=%s", site_address(c), uai,
	    login, code);
}

/* --- issued --- */

struct issue {
	const int64_t *people; /* NULL: the class */
	size_t count;
	int64_t class;
	int64_t days;
	bool keep; /* leave out who has chosen a password */
};

static enum fault
read_people(struct ctx *c, struct issue *in)
{
	const cJSON *list, *one;
	int64_t *ids;

	TRY(body_array(c, c->body, "", "person_ids", 1, PEOPLE_MAX, &list));
	ids = arena_array(c->arena, PEOPLE_MAX, sizeof(*ids));
	cJSON_ArrayForEach(one, list) {
		if (!cJSON_IsString(one) ||
		    !id_read(one->valuestring, &ids[in->count]))
			return fault_at(c,
			    arena_print(c->arena, "/person_ids/%zu", in->count),
			    FAULT_VALUE);
		in->count++;
	}
	in->people = ids;
	return FAULT_NONE;
}

static enum fault
read_issue(struct ctx *c, struct issue *in)
{
	*in = (struct issue){ .days = DAYS_DEFAULT };
	TRY(body_only(c, c->body, "",
	    "class_id person_ids days only_without_password"));
	if (body_member(c->body, "class_id") == NULL)
		TRY(read_people(c, in));
	else if (body_member(c->body, "person_ids") == NULL)
		TRY(body_id(c, c->body, "", "class_id", &in->class));
	else
		return fault_say(c, "/person_ids", FAULT_VALUE,
		    say(c, "Des personnes ou une classe, pas les deux",
			"People or a class, not both"));
	if (body_member(c->body, "days") != NULL)
		TRY(body_int(c, c->body, "", "days", 1, DAYS_MAX, &in->days));
	if (body_member(c->body, "only_without_password") != NULL)
		TRY(body_bool(c, c->body, "", "only_without_password",
		    &in->keep));
	return FAULT_NONE;
}

/* Everybody named is known, and the caller's to reset. */
static enum fault
check_people(const struct issue *in, const struct rows *r)
{
	size_t i, k;

	for (i = 0; i < in->count; i++) {
		for (k = 0; k < r->count; k++)
			if (row_int(r, k, "id") == in->people[i])
				break;
		if (k == r->count)
			return FAULT_ABSENT;
		if (!row_bool(r, k, "managed"))
			return FAULT_ROLE;
	}
	return FAULT_NONE;
}

static enum fault
load_people(struct ctx *c, const struct issue *in, struct rows *r)
{
	struct db *db = c->db;
	struct rows seen;

	if (in->people != NULL) {
		TRY(db_run(db, r, Q_ACTIVATION_PEOPLE,
		    PARAMS(p_ints(in->people, in->count), p_null())));
		return check_people(in, r);
	}
	db_queue(db, &seen, Q_CLASS_SEEN, PARAMS(p_int(in->class)));
	TRY(db_run(db, r, Q_ACTIVATION_PEOPLE,
	    PARAMS(p_null(), p_int(in->class))));
	return row_bool(&seen, 0, "seen") ? FAULT_NONE : FAULT_ABSENT;
}

/* Why somebody gets none, or NULL. */
static const char *
trouble(const struct issue *in, const struct rows *r, size_t row)
{
	const char *password = row_text(r, row, "password");

	if (!row_null(r, row, "trouble"))
		return row_text(r, row, "trouble");
	if (!row_bool(r, row, "managed"))
		return "not_allowed";
	return in->keep && password != NULL && strcmp(password, "own") == 0
		   ? "has_password"
		   : NULL;
}

static void
write_person(struct json *j, const struct rows *r, size_t row)
{
	json_open(j, "person", '{');
	json_text(j, "id", row_text(r, row, "id"));
	json_text(j, "first_name", row_text(r, row, "first_name"));
	json_text(j, "last_name", row_text(r, row, "last_name"));
	json_close(j, '}');
}

/* codes: one a row, NULL for who gets none. */
static void
write_issued(struct ctx *c, const struct issue *in, const struct rows *r,
    const struct rows *school, const char *const *codes)
{
	struct json j = json_in(reply_json(c, 200));
	size_t i;

	json_open(&j, NULL, '{');
	json_text(&j, "expires_at", row_text(school, 0, "expires_at"));
	json_open(&j, "items", '[');
	for (i = 0; i < r->count; i++) {
		if (codes[i] == NULL)
			continue;
		json_open(&j, NULL, '{');
		write_person(&j, r, i);
		json_text(&j, "class_code", row_text(r, i, "class_code"));
		json_text(&j, "login", row_text(r, i, "login"));
		json_text(&j, "code", codes[i]);
		json_text(&j, "url",
		    activation_url(c, row_text(school, 0, "uai"),
			row_text(r, i, "login"), codes[i]));
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_open(&j, "skipped", '[');
	for (i = 0; i < r->count; i++) {
		if (codes[i] != NULL)
			continue;
		json_open(&j, NULL, '{');
		write_person(&j, r, i);
		json_text(&j, "reason", trouble(in, r, i));
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
	c->reply.no_store = true;
}

enum fault
activation_issue(struct ctx *c)
{
	const char **codes, **hashes;
	struct rows r, school;
	struct db *db = c->db;
	struct issue in;
	int64_t *ids;
	uint64_t chance;
	size_t i, n = 0;
	char *code;

	TRY(read_issue(c, &in));
	TRY(load_people(c, &in, &r));
	ids = arena_array(c->arena, r.count + 1, sizeof(*ids));
	hashes = arena_array(c->arena, r.count + 1, sizeof(*hashes));
	codes = arena_array(c->arena, r.count + 1, sizeof(*codes));
	for (i = 0; i < r.count; i++) {
		if (trouble(&in, &r, i) != NULL)
			continue;
		code = arena_take(c->arena, ACTIVATION_ROOM);
		randombytes_buf(&chance, sizeof(chance));
		activation_write(chance, code);
		ids[n] = row_int(&r, i, "id");
		hashes[n] = code_hash(c, ids[n], code);
		codes[i] = code;
		n++;
	}
	TRY(db_run(db, &school, Q_ACTIVATION_ISSUE,
	    PARAMS(p_ints(ids, n), p_texts(hashes, n), p_int(in.days))));
	write_issued(c, &in, &r, &school, codes);
	return FAULT_NONE;
}

/* --- printed --- */

struct print {
	struct arena *arena;
	struct slips_document document;
	struct text out;
	enum fault fault;
};

static void
print_main(void *arg)
{
	struct print *p = arg;

	p->fault = render_slips_pdf(p->arena, &p->document, &p->out);
}

/* Codes as they were shown, parallel. */
struct shown {
	int64_t ids[PEOPLE_MAX];
	const char *codes[PEOPLE_MAX];
	const char *hashes[PEOPLE_MAX];
	size_t count;
};

static enum fault
read_shown(struct ctx *c, struct shown *in)
{
	const cJSON *list, *one;
	const char *typed, *at;
	char *code;

	TRY(body_only(c, c->body, "", "codes"));
	TRY(body_array(c, c->body, "", "codes", 1, PEOPLE_MAX, &list));
	cJSON_ArrayForEach(one, list) {
		at = arena_print(c->arena, "/codes/%zu", in->count);
		TRY(body_only(c, one, at, "person_id code"));
		TRY(body_id(c, one, at, "person_id", &in->ids[in->count]));
		TRY(body_text(c, one, at, "code", 1, 32, &typed));
		code = arena_take(c->arena, ACTIVATION_ROOM);
		(void)activation_read(typed, code);
		in->hashes[in->count] = code_hash(c, in->ids[in->count], code);
		in->codes[in->count++] = code;
	}
	return FAULT_NONE;
}

/* The first of them that is not the one somebody was issued. */
static enum fault
check_shown(struct ctx *c, const struct rows *r, size_t n)
{
	size_t i;

	for (i = 0; i < r->count; i++)
		if ((size_t)row_int(r, i, "place") != i)
			break;
	if (i == n)
		return FAULT_NONE;
	return fault_at(c, arena_print(c->arena, "/codes/%zu/code", i),
	    FAULT_CODE_WRONG);
}

static void
fill_document(struct ctx *c, struct slips_document *d, const struct rows *r,
    const char *const *codes)
{
	struct slip_view *slips =
	    arena_array(c->arena, r->count, sizeof(*slips));
	size_t i;

	for (i = 0; i < r->count; i++)
		slips[i] = (struct slip_view){
			.first_name = row_text(r, i, "first_name"),
			.last_name = row_text(r, i, "last_name"),
			.class_code = row_text(r, i, "class_code"),
			.login = row_text(r, i, "login"),
			.code = codes[i],
			.url = activation_url(c, row_text(r, i, "uai"),
			    row_text(r, i, "login"), codes[i]),
			.expires_at = row_text(r, i, "code_expires_at"),
		};
	*d = (struct slips_document){ .school_name =
					  row_text(r, 0, "school_name"),
		.site = site_address(c),
		.slips = slips,
		.count = r->count };
}

enum fault
activation_slips_pdf(struct ctx *c)
{
	struct shown *in = arena_take(c->arena, sizeof(*in));
	struct print p = { .arena = c->arena };
	struct db *db = c->db;
	struct rows r;

	TRY(read_shown(c, in));
	TRY(db_run(db, &r, Q_ACTIVATION_SLIPS,
	    PARAMS(p_ints(in->ids, in->count),
		p_texts(in->hashes, in->count))));
	TRY(check_shown(c, &r, in->count));
	fill_document(c, &p.document, &r, in->codes);
	task_run(c, print_main, &p);
	TRY(p.fault);
	*reply_file(c, "application/pdf",
	    say(c, "Codes d'activation.pdf", "Activation codes.pdf")) = p.out;
	c->reply.no_store = true;
	return FAULT_NONE;
}

/* --- used --- */

struct use {
	const char *school; /* NULL: the login is enough */
	const char *login;
	const char *password;
	char code[ACTIVATION_ROOM];
};

static enum fault
read_use(struct ctx *c, struct use *in)
{
	const char *typed;

	in->school = NULL;
	TRY(body_only(c, c->body, "", "school login code password"));
	if (body_member(c->body, "school") != NULL)
		TRY(body_text(c, c->body, "", "school", 8, 8, &in->school));
	TRY(body_text(c, c->body, "", "login", 1, 64, &in->login));
	TRY(body_text(c, c->body, "", "code", 1, 64, &typed));
	TRY(body_text(c, c->body, "", "password", 8, 128, &in->password));
	(void)activation_read(typed, in->code);
	return FAULT_NONE;
}

/*
 * That it was used or is too old is told only to who has the code; of a code
 * that is wrong nothing is told.
 */
static enum fault
check_code(struct ctx *c, const struct use *in, const struct rows *r)
{
	const char *kept = row_text(r, 0, "code"), *state;
	const char *given = code_hash(c, row_int(r, 0, "person_id"), in->code);

	if (kept == NULL || sodium_memcmp(kept, given, HEX_ROOM - 1) != 0) {
		TRY(db_run(c->db, NULL, Q_TRACE_SIGN_IN_FAILED,
		    PARAMS(p_text(in->school),
			p_text(row_text(r, 0, "school_id")),
			p_text(row_text(r, 0, "person_id")))));
		return fault_at(c, "/code", FAULT_CODE_WRONG);
	}
	state = row_text(r, 0, "state");
	if (strcmp(state, "used") == 0)
		return fault_at(c, "/code", FAULT_CODE_USED);
	return strcmp(state, "open") == 0
		   ? FAULT_NONE
		   : fault_at(c, "/code", FAULT_CODE_EXPIRED);
}

enum fault
activation_use(struct ctx *c)
{
	const char *school, *person, *hash, *why;
	struct db *db = c->db;
	struct rows r, used;
	struct use in;

	TRY(read_use(c, &in));
	TRY(db_run(db, &r, Q_ACTIVATION_BEGIN,
	    PARAMS(p_text(in.school), p_text(in.login),
		p_text(c->headers.host))));
	if (row_bool(&r, 0, "throttled"))
		return FAULT_RATE;
	TRY(check_code(c, &in, &r));
	school = row_text(&r, 0, "school_id");
	person = row_text(&r, 0, "person_id");
	TRY(db_run(db, NULL, Q_ACTIVATION_RIGHT,
	    PARAMS(p_text(school), p_text(person))));
	why = password_refused(c, in.password,
	    &(struct password_owner){ .login = in.login,
		.birth_date = row_text(&r, 0, "birth_date"),
		.uai = row_text(&r, 0, "uai"),
		.school = row_text(&r, 0, "school") });
	if (why != NULL)
		return fault_say(c, "/password", FAULT_VALUE, why);
	TRY(password_hash(c, in.password, &hash));
	TRY(db_run(db, &used, Q_ACTIVATION_USE,
	    PARAMS(p_text(school), p_text(person),
		p_text(arena_print(c->arena, "\\x%s",
		    code_hash(c, row_int(&r, 0, "person_id"), in.code))),
		p_text(hash))));
	if (!row_bool(&used, 0, "done"))
		return fault_at(c, "/code", FAULT_CODE_USED);
	return session_begin(c, school, person, NULL);
}
