/*
 * Planning: what the parts of plan.c share.  Not for others; see plan.h.
 */
#ifndef ACQUIS_SIECLE_PLANNING_H
#define ACQUIS_SIECLE_PLANNING_H

#include "plan.h"

#define NOBODY SIZE_MAX

struct planning {
	struct arena *arena;
	const struct plan_files *files;
	const struct school_state *state;
	const struct plan_request *request;
	struct plan *plan;
	struct list logins; /* the taken ones, sorted; begin it empty with
			       planning_logins_in() */
};

/* A field of a row that is compared with the base. */
struct plan_field {
	const char *name;
	size_t offset; /* of a const char * */
	bool kept;     /* what is known is not erased by what is absent */
};

/* Merge what is known into a row, and note what changes. */
void planning_merge(struct planning *, void *row, const void *now,
    const struct plan_field *, size_t count, struct list *changes);

/* Note one change. */
void planning_change(struct list *changes, const char *field, const char *from,
    const char *to);

/* Fold a name for comparing: no accent, case, apostrophe, hyphen, blank. */
const char *planning_fold(struct planning *, const char *name);

/* No login taken. */
struct list planning_logins_in(struct arena *);

/* The login for somebody new, unlike all those taken; it is then taken. */
const char *planning_login(struct planning *, const char *first,
    const char *last);

/* Take a login that exists. */
void planning_login_taken(struct planning *, const char *login);

/* Has the person said this key is the same one, or another one? */
bool planning_said(const struct list *answers, const char *key);

/* Tell an anomaly of the plan. */
void planning_tell(struct planning *, const char *code, int line,
    const char *who, struct words what);

/*
 * Somebody by names, on one side or the other.  Both keys may be NULL; `number`
 * tells two apart whatever their names.
 */
struct named {
	size_t index;
	const char *key, *usual_key;
	const char *number;
};

/*
 * Pair records with known persons by names, only where there is one candidate
 * on each side and their numbers do not differ.  pairs[record index] becomes
 * the index of the known person; the others are left alone.
 */
void planning_pair(struct planning *, const struct list *records,
    const struct list *known, size_t *pairs);

/* The fate of who was matched. */
enum plan_fate planning_fate(const struct known *, const struct list *changes);

/* The parts, in the order they are made. */
void planning_structures(struct planning *);
void planning_staff(struct planning *);
void planning_services(struct planning *);
void planning_learners(struct planning *);
void planning_guardians(struct planning *);

#endif
