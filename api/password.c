#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <sodium.h>

#include "../domain/utf8.h"
#include "password.h"
#include "password_common.h"
#include "task.h"

#define PASSES 2
#define MEMORY (19 * 1024 * 1024)
#define WAITING_MAX 64

/* Of a password nobody knows; it makes unknown logins cost the same. */
#define NOBODY                                                                 \
	"$argon2id$v=19$m=19456,t=2,p=1$"                                      \
	"lsyVjOm2I7VBCpQBO+TjHg$"                                              \
	"uCmkHIpToNwCgYiR1H5fx+xv9F3JNpWefaj0qGsER48"

/* Passwords being hashed in this worker. */
static unsigned int waiting;

struct job {
	const char *password;
	const char *hash;
	char out[crypto_pwhash_STRBYTES];
	bool good;
};

static void
check_main(void *arg)
{
	struct job *j = arg;

	j->good = crypto_pwhash_str_verify(j->hash, j->password,
		      strlen(j->password)) == 0;
}

static void
hash_main(void *arg)
{
	struct job *j = arg;

	j->good =
	    crypto_pwhash_str_alg(j->out, j->password, strlen(j->password),
		PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) == 0;
}

static enum fault
password_task(struct ctx *c, void (*fn)(void *), struct job *j)
{
	if (waiting >= WAITING_MAX)
		return FAULT_UNAVAILABLE;
	waiting++;
	task_run(c, fn, j);
	waiting--;
	return FAULT_NONE;
}

enum fault
password_check(struct ctx *c, const char *hash, const char *password,
    bool *right)
{
	struct job *j = arena_take(c->arena, sizeof(*j));

	j->password = password;
	j->hash = hash == NULL ? NOBODY : hash;
	TRY(password_task(c, check_main, j));
	*right = j->good && hash != NULL;
	return FAULT_NONE;
}

enum fault
password_hash(struct ctx *c, const char *password, const char **hash)
{
	struct job *j = arena_take(c->arena, sizeof(*j));

	j->password = password;
	TRY(password_task(c, hash_main, j));
	if (!j->good)
		return FAULT_UNAVAILABLE;
	*hash = j->out;
	return FAULT_NONE;
}

const char *
password_random(struct arena *a)
{
	/* 32 signs that are not taken for one another. */
	static const char signs[] = "abcdefghjkmnpqrstuvwxyz23456789A";
	char *out = arena_take(a, 20);
	size_t i;

	for (i = 0; i < 19; i++)
		out[i] = i % 5 == 4 ? '-' : signs[randombytes_uniform(32)];
	return out;
}

/* 17012010 and 2010-01-17 and 17/01/2010 are the same guess. */
static bool
is_birth_date(const char *password, const char *iso)
{
	char digits[9] = "", french[9];
	size_t n = 0;

	if (iso == NULL || strlen(iso) != 10)
		return false;
	for (; *password != '\0'; password++) {
		if (*password >= '0' && *password <= '9') {
			if (n == 8)
				return false;
			digits[n++] = *password;
		} else if (strchr("-/. ", *password) == NULL) {
			return false;
		}
	}
	digits[n] = '\0';
	snprintf(french, sizeof(french), "%.2s%.2s%.4s", iso + 8, iso + 5, iso);
	return strcmp(digits, french) == 0 ||
	       (strncmp(digits, iso, 4) == 0 &&
		   strncmp(digits + 4, iso + 5, 2) == 0 &&
		   strncmp(digits + 6, iso + 8, 2) == 0 && n == 8);
}

static int
compare(const void *word, const void *other)
{
	return strcmp(word, *(const char *const *)other);
}

/* Upper and lower case are the same guess. */
static bool
is_common(const char *password)
{
	char lower[PASSWORD_COMMON_MAX + 1];
	size_t n = strlen(password), i;

	if (n > PASSWORD_COMMON_MAX)
		return false;
	for (i = 0; i <= n; i++)
		lower[i] = (char)tolower((unsigned char)password[i]);
	return bsearch(lower, password_common, password_common_count,
		   sizeof(password_common[0]), compare) != NULL;
}

static bool
holds(const char *password, const char *word)
{
	return word != NULL && *word != '\0' &&
	       strcasestr(password, word) != NULL;
}

const char *
password_refused(const struct ctx *c, const char *password,
    const struct password_owner *owner)
{
	size_t n = utf8_count(password, strlen(password));

	if (n < 8 || n > 128)
		return say(c, "De 8 à 128 caractères", "8 to 128 characters");
	if (holds(password, owner->login))
		return say(c, "Ne doit pas contenir l'identifiant",
		    "Must not hold the login");
	if (is_birth_date(password, owner->birth_date))
		return say(c, "Ne doit pas être la date de naissance",
		    "Must not be the birth date");
	if (holds(password, owner->uai) || holds(password, owner->school))
		return say(c, "Ne doit pas contenir l'établissement",
		    "Must not hold the school");
	if (is_common(password))
		return say(c, "Trop courant : on l'essaierait en premier",
		    "Too common: it would be tried first");
	return NULL;
}

enum fault
password_prove(struct ctx *c, const char *password, const char *pointer,
    struct password_owner *owner)
{
	struct db *db = c->db;
	struct rows r;
	bool right;

	TRY(db_run(db, &r, Q_PASSWORD_OWN, PARAMS_NONE));
	if (row_bool(&r, 0, "throttled"))
		return FAULT_RATE;
	if (owner != NULL)
		*owner = (struct password_owner){
			.login = row_text(&r, 0, "login"),
			.birth_date = row_text(&r, 0, "birth_date"),
			.uai = row_text(&r, 0, "uai"),
			.school = row_text(&r, 0, "school"),
		};
	TRY(password_check(c, row_text(&r, 0, "password"), password, &right));
	if (right)
		return FAULT_NONE;
	return fault_say(c, pointer, FAULT_VALUE,
	    say(c, "Mot de passe actuel incorrect", "Wrong current password"));
}
