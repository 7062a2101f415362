/*
 * acquis demo: a demonstration school, and an account for each role.
 *
 * The school comes from files of SIECLE and STSWEB by the code of the import
 * routes, what happens in it by the handlers that people's browsers call.  A
 * second run changes nothing; one that was cut short goes on where it was.
 * The accounts are in $ACQUIS_DATA/demo-accounts.json, readable by its owner
 * only; without that file they are given new passwords.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sodium.h>

#include "../api/json.h"
#include "../api/partner_access.h"
#include "../api/password.h"
#include "../api/terms.h"
#include "demo.h"
#include "host.h"
#include "tool.h"

/* The owner's lanes: every statement names the school that was entered. */
static const char *
owner_url(void)
{
	return getenv("ACQUIS_OWNER_URL");
}

static void
look_at_the_calendar(struct demo *d)
{
	time_t now = time(NULL);
	struct tm t;

	localtime_r(&now, &t);
	d->year = t.tm_year + 1900 - (t.tm_mon < 8);
	d->today = arena_print(d->db->arena, "%04d-%02d-%02d", t.tm_year + 1900,
	    t.tm_mon + 1, t.tm_mday);
}

static void
become_owner(struct demo *d)
{
	struct base *db = d->db;

	base_run(db, Q_TOOL_BECOME,
	    PARAMS(p_int(d->school_id), p_null(), p_int(0)));
}

/* --- sessions of the tool --- */

static void
sign_in(struct demo *d, struct caller *who, int64_t person, unsigned int role)
{
	struct base *db = d->db;

	randombytes_buf(who->token, sizeof(who->token));
	who->person = person;
	who->roles = role;
	base_run(db, Q_DEMO_SESSION_OPEN,
	    PARAMS(p_bytes((const char *)who->token, CALLER_TOKEN),
		p_int(person), p_int(role)));
}

static void
sign_out(struct demo *d, const struct caller *who)
{
	struct base *db = d->db;

	base_run(db, Q_DEMO_SESSION_END,
	    PARAMS(p_bytes((const char *)who->token, CALLER_TOKEN)));
}

static void
sign_in_all(struct demo *d, const struct rows *who)
{
	const char *role;
	size_t i;

	for (i = 0; i < who->count; i++) {
		role = row_text(who, i, "role");
		if (strcmp(role, "administrator") == 0)
			sign_in(d, &d->administrator, row_int(who, i, "id"),
			    ROLE_ADMINISTRATOR);
		else if (strcmp(role, "head") == 0)
			sign_in(d, &d->head, row_int(who, i, "id"), ROLE_HEAD);
		else if (strcmp(role, "teacher") == 0)
			sign_in(d, &d->teacher, row_int(who, i, "id"),
			    ROLE_TEACHER);
	}
}

/* --- accounts --- */

static const char *
accounts_path(struct demo *d)
{
	const char *data = getenv("ACQUIS_DATA");

	return arena_print(d->db->arena, "%s/demo-accounts.json",
	    data == NULL || *data == '\0' ? "var" : data);
}

static void
write_account(struct json *j, const char *role, const char *login,
    const char *password)
{
	json_open(j, NULL, '{');
	json_text(j, "role", role);
	json_text(j, "login", login);
	json_text(j, "password", password);
	json_close(j, '}');
}

static void
make_account(struct demo *d, struct json *j, const struct rows *who, size_t i)
{
	const char *login = row_text(who, i, "login");
	const char *role = row_text(who, i, "role");
	const char *password = password_random(d->db->arena), *hash;
	int64_t id = row_int(who, i, "id");
	struct base *db = d->db;

	if (login == NULL) {
		login = arena_print(db->arena, "%s.demo", role);
		base_run(db, Q_DEMO_LOGIN_GIVE,
		    PARAMS(p_int(id), p_text(login)));
	}
	if (password_hash(caller_context(), password, &hash) != FAULT_NONE)
		tool_end("a password could not be hashed: not enough memory");
	base_run(db, Q_DEMO_PASSWORD_PUT, PARAMS(p_int(id), p_text(hash)));
	write_account(j, role, login, password);
}

/* The key of a partner, as an administrator makes one. */
static void
make_partner(struct demo *d, struct json *j)
{
	static const char name[] = "Logiciel de notes (démonstration)";
	const cJSON *made = caller_do(&d->administrator,
	    &(struct call){ partner_access_create, METHOD_POST,
		.body = arena_print(d->db->arena,
		    "{\"name\":\"%s\",\"scopes\":[\"assessments:read\","
		    "\"lsl:read\",\"roster:read\"]}",
		    name) },
	    NULL);

	write_account(j, "partner", name,
	    cJSON_GetStringValue(
		cJSON_GetObjectItemCaseSensitive(made, "key")));
}

/* All of it or nothing, and nobody else's to read. */
static void
write_file(const char *path, struct arena *a, const struct text *t)
{
	const char *new = arena_print(a, "%s.new", path);
	int fd;

	unlink(new);
	fd = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd == -1 || write(fd, t->bytes, t->length) != (ssize_t)t->length ||
	    fsync(fd) == -1 || close(fd) == -1 || rename(new, path) == -1)
		tool_end("%s cannot be written: %s", path, strerror(errno));
}

static void
make_accounts(struct demo *d, const struct rows *who)
{
	struct arena *a = d->db->arena;
	struct text t = text_in(a);
	struct json j = json_in(&t);
	size_t i;

	json_open(&j, NULL, '[');
	base_begin(d->db);
	become_owner(d);
	for (i = 0; i < who->count; i++)
		make_account(d, &j, who, i);
	base_commit(d->db);
	make_partner(d, &j);
	json_close(&j, ']');
	text_char(&t, '\n');
	write_file(accounts_path(d), a, &t);
}

/* --- terms --- */

/* Three that fill the school year, so that one is open on any day. */
static void
make_terms(struct demo *d)
{
	struct call set = { term_put, METHOD_PUT, .if_match = "\"1\"" };
	int y = d->year;

	set.body = arena_print(d->db->arena,
	    "{\"school_year\":\"%d-%d\",\"kind\":\"T\",\"terms\":["
	    "{\"index\":1,\"starts_on\":\"%d-09-01\","
	    "\"ends_on\":\"%d-11-30\"},"
	    "{\"index\":2,\"starts_on\":\"%d-12-01\","
	    "\"ends_on\":\"%d-03-15\"},"
	    "{\"index\":3,\"starts_on\":\"%d-03-16\","
	    "\"ends_on\":\"%d-08-31\"}]}",
	    y, y + 1, y, y, y, y + 1, y + 1, y + 1);
	caller_do(&d->head, &set, NULL);
}

void
command_demo(int argc, char **argv)
{
	struct demo d = { .db = base_open() };
	struct lanes *lanes;
	struct rows who;
	bool made;

	(void)argc;
	(void)argv;
	look_at_the_calendar(&d);
	made = demo_school(&d);
	base_begin(d.db);
	become_owner(&d);
	who = base_run(d.db, Q_DEMO_ACCOUNTS, PARAMS(p_text(DEMO_DIPLOMA)));
	sign_in_all(&d, &who);
	base_commit(d.db);
	lanes = host_open(owner_url());
	caller_open(d.db->arena);
	if (!d.has_terms)
		make_terms(&d);
	demo_year(&d);
	if (access(accounts_path(&d), F_OK) != 0)
		make_accounts(&d, &who);
	host_close(lanes);
	base_begin(d.db);
	become_owner(&d);
	sign_out(&d, &d.administrator);
	sign_out(&d, &d.head);
	sign_out(&d, &d.teacher);
	base_commit(d.db);
	if (made)
		printf("Made: the demonstration school, %d-%d\n", d.year,
		    d.year + 1);
	base_close(d.db);
}
