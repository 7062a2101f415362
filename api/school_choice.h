/*
 * School choice: which school a sign-in is for, where several share an
 * address and more than one has the login (M-001).
 *
 * Only who knows the password learns where there is an account: without it
 * the answer is that of a login nobody has.
 */
#ifndef ACQUIS_SCHOOL_CHOICE_H
#define ACQUIS_SCHOOL_CHOICE_H

#include "context.h"

/*
 * The school of the one account that this password opens; *uai is left alone
 * where it opens none.  FAULT_SCHOOL, with `schools` in the answer, where it
 * opens several.  To be called for a login that belongs to no one account, and
 * after the try was counted.
 */
enum fault school_choose(struct ctx *, const char *login, const char *password,
    const char **uai);

#endif
