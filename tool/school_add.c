/*
 * acquis school add: a school is made empty, but for the administrator who
 * will import its files and the three terms of its year.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../api/password.h"
#include "../domain/login.h"
#include "../domain/role.h"
#include "../domain/term.h"
#include "../domain/uai.h"
#include "../domain/utf8.h"
#include "base.h"
#include "caller.h"
#include "school.h"
#include "tool.h"

#define NAME_MAX_SIGNS 200
#define TERMS 3

/* Others are mistakes of the keyboard. */
#define YEAR_FIRST 2000
#define YEAR_LAST 2099

struct school {
	const char *uai;
	const char *name;
	int year; /* 2025 is 2025-2026 */
	const char *login;
};

static void
check_uai(const char *uai)
{
	char letter = uai_letter(uai);

	if (uai_ok(uai))
		return;
	if (letter != '\0' && strlen(uai) == UAI_LENGTH)
		tool_end("\"%s\" is not a UAI: the letter of %.7s is %c", uai,
		    uai, letter);
	tool_end("\"%s\" is not a UAI: seven digits and a letter", uai);
}

static void
check_name(const char *name)
{
	size_t n = strlen(name);

	if (!utf8_ok(name, n))
		tool_end("the name of the school is not UTF-8");
	if (utf8_blank(name, n) || utf8_count(name, n) > NAME_MAX_SIGNS)
		tool_end("the name of the school has 1 to %d characters",
		    NAME_MAX_SIGNS);
}

/* 2025, or 2025-2026 as people write it. */
static int
read_year(const char *text)
{
	int year = 0;

	if (strlen(text) == 4 && strspn(text, "0123456789") == 4)
		year = (int)strtol(text, NULL, 10);
	else
		(void)term_year_read(text, &year);
	if (year < YEAR_FIRST || year > YEAR_LAST)
		tool_end("\"%s\" is not a school year: 2025 is 2025-2026",
		    text);
	return year;
}

/* What sign-in looks for, as it lowers what people type. */
static void
check_login(const char *login)
{
	static const char signs[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";
	size_t n = strlen(login);

	if (n == 0 || n > LOGIN_MAX || strspn(login, signs) != n)
		tool_end("\"%s\" is not a login: 1 to %d of a-z, 0-9, point"
			 " and hyphen",
		    login, LOGIN_MAX);
}

static struct school
read_arguments(int argc, char **argv)
{
	struct school s = { .login = "admin" };

	if ((argc != 4 && argc != 6) ||
	    (argc == 6 && strcmp(argv[4], "--login") != 0))
		tool_end(SCHOOL_USAGE);
	s.uai = argv[1];
	s.name = argv[2];
	s.year = read_year(argv[3]);
	if (argc == 6)
		s.login = argv[5];
	check_uai(s.uai);
	check_name(s.name);
	check_login(s.login);
	return s;
}

static void
become(struct base *db, int64_t school, struct param person)
{
	base_run(db, Q_TOOL_BECOME,
	    PARAMS(p_int(school), person, p_int(ROLE_ADMINISTRATOR)));
}

static int64_t
add_administrator(struct base *db, const char *login)
{
	struct rows r = base_run(db, Q_PERSON_ADD,
	    PARAMS(p_text("Administration"), p_text("Administration"),
		p_text(login), p_text("administrator")));

	return row_int(&r, 0, "id");
}

/* Three that fill the year, for the school to move in its settings. */
static void
add_terms(struct base *db, int year)
{
	static const struct {
		const char *starts, *ends;
		int starts_later, ends_later; /* of the two years, which */
	} days[TERMS] = {
		{ "09-01", "11-30", 0, 0 },
		{ "12-01", "03-15", 0, 1 },
		{ "03-16", "08-31", 1, 1 },
	};
	const char *starts[TERMS], *ends[TERMS], *closed[TERMS];
	int64_t index[TERMS];
	int i;

	for (i = 0; i < TERMS; i++) {
		index[i] = i + 1;
		closed[i] = "f";
		starts[i] = arena_print(db->arena, "%d-%s",
		    year + days[i].starts_later, days[i].starts);
		ends[i] = arena_print(db->arena, "%d-%s",
		    year + days[i].ends_later, days[i].ends);
	}
	base_run(db, Q_TERM_PUT,
	    PARAMS(p_int(year), p_text("T"), p_texts(NULL, 0),
		p_ints(index, TERMS), p_texts(starts, TERMS),
		p_texts(ends, TERMS), p_texts(closed, TERMS)));
}

/* One that is to be changed at the first sign-in; until when it is good. */
static const char *
give_password(struct base *db, int64_t person, const char *password)
{
	const char *hash;
	struct rows r;

	caller_open(db->arena);
	if (password_hash(caller_context(), password, &hash) != FAULT_NONE)
		tool_end("a password could not be hashed: not enough memory");
	r = base_run(db, Q_PASSWORD_SET,
	    PARAMS(p_int(person), p_text(hash), p_bool(true), p_null()));
	return row_text(&r, 0, "expires_at");
}

void
school_add(int argc, char **argv)
{
	struct school s = read_arguments(argc, argv);
	struct base *db = base_open();
	const char *password = password_random(db->arena), *until;
	int64_t school, person;
	struct rows r;

	base_begin(db);
	r = base_run(db, Q_SCHOOL_ADD,
	    PARAMS(p_text(s.uai), p_text(s.name), p_int(s.year)));
	if (r.count == 0)
		tool_end("the school %s is there already", s.uai);
	school = row_int(&r, 0, "school_id");
	become(db, school, p_null());
	person = add_administrator(db, s.login);
	become(db, school, p_int(person));
	add_terms(db, s.year);
	until = give_password(db, person, password);
	base_commit(db);
	printf("Made: %s, %s, %d-%d\n\n"
	       "login     %s\npassword  %s\n\n"
	       "The password is good until %.10s, and is changed at the first"
	       " sign-in.\n",
	    s.uai, s.name, s.year, s.year + 1, s.login, password, until);
	base_close(db);
}
