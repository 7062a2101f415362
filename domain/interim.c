#include <stddef.h>
#include <string.h>

#include "access.h"
#include "interim.h"
#include "utf8.h"

static const char *const codes[INTERIM_STATE__MAX] = {
	[INTERIM_DRAFT] = "draft",
	[INTERIM_CONFIRMED] = "confirmed",
	[INTERIM_UNLOCKED] = "unlocked",
};

static const struct step {
	enum interim_state from;
	enum interim_act act;
	enum interim_state to;
} steps[] = {
	{ INTERIM_DRAFT, INTERIM_EDIT, INTERIM_DRAFT },
	{ INTERIM_DRAFT, INTERIM_CONFIRM, INTERIM_CONFIRMED },
	{ INTERIM_CONFIRMED, INTERIM_UNLOCK, INTERIM_UNLOCKED },
	{ INTERIM_UNLOCKED, INTERIM_EDIT, INTERIM_UNLOCKED },
	{ INTERIM_UNLOCKED, INTERIM_CONFIRM, INTERIM_CONFIRMED },
	{ INTERIM_UNLOCKED, INTERIM_RELOCK, INTERIM_CONFIRMED },
};

/* What each act is in the table of rights. */
static const struct {
	enum resource resource;
	enum right right;
} acts[INTERIM_ACT__MAX] = {
	[INTERIM_EDIT] = { RESOURCE_DRAFT, RIGHT_WRITE },
	[INTERIM_CONFIRM] = { RESOURCE_INTERIM, RIGHT_LOCK },
	[INTERIM_UNLOCK] = { RESOURCE_INTERIM, RIGHT_UNLOCK },
	[INTERIM_RELOCK] = { RESOURCE_INTERIM, RIGHT_UNLOCK },
};

#define STEPS (sizeof(steps) / sizeof(steps[0]))

const char *
interim_state_code(enum interim_state s)
{
	return codes[s];
}

static enum fault
not_now(enum interim_act act)
{
	switch (act) {
	case INTERIM_EDIT:
	case INTERIM_CONFIRM:
		return FAULT_LOCKED;
	case INTERIM_UNLOCK:
	case INTERIM_RELOCK:
	case INTERIM_ACT__MAX:
		break;
	}
	return FAULT_NOT_CONFIRMED;
}

enum fault
interim_next(enum interim_state from, enum interim_act act, unsigned int roles,
    enum interim_state *next)
{
	if ((access_roles(acts[act].resource, acts[act].right) & roles) == 0)
		return FAULT_ROLE;
	for (size_t i = 0; i < STEPS; i++) {
		if (steps[i].act == act && steps[i].from == from) {
			*next = steps[i].to;
			return FAULT_NONE;
		}
	}
	return not_now(act);
}

bool
interim_word_ok(const char *word)
{
	return strcmp(word, INTERIM_WORD) == 0;
}

enum fault
interim_unlock_ok(const char *reason, int32_t until, int32_t today)
{
	if (utf8_blank(reason, strlen(reason)))
		return FAULT_REASON;
	if (until <= today || until - today > INTERIM_UNLOCK_DAYS)
		return FAULT_EXPIRY;
	return FAULT_NONE;
}
