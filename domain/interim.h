/*
 * Interim: the life of an interim assessment (bilan intermédiaire).
 *
 *     draft --confirm--> confirmed --unlock--> unlocked
 *                            ^                    |
 *                            +--confirm, relock---+
 *
 * A teacher confirms by typing one word (M-223).  What is confirmed does not
 * change any more (M-224) until the DDFPT unlocks it, with a reason and for a
 * time (M-227).  Confirming again makes a new revision (M-228, G-10);
 * relocking gives up the changes under way and leaves the revision that was
 * there.  The server relocks on behalf of the DDFPT when the time is over.
 */
#ifndef ACQUIS_INTERIM_H
#define ACQUIS_INTERIM_H

#include <stdbool.h>
#include <stdint.h>

#include "fault.h"

#define INTERIM_WORD "CONFIRMATION"
#define INTERIM_UNLOCK_DAYS 92 /* the longest unlock: a term */

enum interim_state {
	INTERIM_DRAFT,
	INTERIM_CONFIRMED,
	INTERIM_UNLOCKED,
	INTERIM_STATE__MAX
};

enum interim_act {
	INTERIM_EDIT,
	INTERIM_CONFIRM,
	INTERIM_UNLOCK,
	INTERIM_RELOCK,
	INTERIM_ACT__MAX
};

/* "draft", "confirmed", "unlocked". */
const char *interim_state_code(enum interim_state);

/*
 * What an act makes of an assessment.  FAULT_ROLE when none of these roles may
 * ever do it, whatever the state; then, for an act that is not possible now,
 * FAULT_LOCKED (edit or confirm what is confirmed) or FAULT_NOT_CONFIRMED
 * (unlock what is not confirmed, relock what is not unlocked).
 */
enum fault interim_next(enum interim_state, enum interim_act,
    unsigned int roles, enum interim_state *next);

/* Is it the exact word, in capitals, with nothing around it (M-223)? */
bool interim_word_ok(const char *);

/*
 * May an unlock be made for this reason until this day, included?
 * FAULT_REASON when the reason is blank; FAULT_EXPIRY unless the day is after
 * today and at most INTERIM_UNLOCK_DAYS ahead.
 */
enum fault interim_unlock_ok(const char *reason, int32_t until, int32_t today);

#endif
