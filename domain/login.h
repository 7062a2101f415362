/*
 * Login: the name a person signs in with, made from theirs.
 *
 * firstname.lastname without accents, 20 characters at most (M-036).  When it
 * is longer and the first name is compound, the initials of its parts stand
 * for it (M-037: Jean-François BERNARD is jf.bernard); what is still longer is
 * cut at the 20th character (M-038).  A login that is taken gets 2, 3, ...
 * within the 20 (M-039).
 *
 * Apostrophes vanish; blanks vanish from last names and join first names as
 * hyphens do; runs of hyphens count as one.  A login never changes once given.
 */
#ifndef ACQUIS_LOGIN_H
#define ACQUIS_LOGIN_H

#include <stdbool.h>

#define LOGIN_MAX 20
#define LOGIN_ROOM (LOGIN_MAX + 1)

/*
 * The login of a person nobody shares it with, from valid UTF-8.  A part
 * without any Latin letter is left out, with its point; false, and out empty,
 * when both are.
 */
bool login_base(const char *first_name, const char *last_name,
    char out[LOGIN_ROOM]);

/* The k-th person with that base: the base for 1, then with a number. */
void login_suffix(const char *base, unsigned int k, char out[LOGIN_ROOM]);

#endif
