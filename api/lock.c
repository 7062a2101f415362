#include "../domain/access.h"
#include "../domain/role.h"
#include "learner.h"
#include "lock.h"

void
lock_unlockers(struct json *j)
{
	unsigned int roles = access_roles(RESOURCE_INTERIM, RIGHT_UNLOCK), i;

	json_open(j, "unlockers", '[');
	for (i = 0; i < ROLE_COUNT; i++)
		if (roles >> i & 1)
			json_text(j, NULL, role_code(1u << i));
	json_close(j, ']');
}

void
lock_write(struct json *j, const char *name, const struct rows *r)
{
	if (r->count == 0) {
		json_null(j, name);
		return;
	}
	json_open(j, name, '{');
	json_text(j, "interim_id", row_text(r, 0, "interim_id"));
	json_text(j, "learner_id", row_text(r, 0, "learner_id"));
	json_text(j, "confirmed_at", row_text(r, 0, "confirmed_at"));
	person_write(j, "author", r, 0, "author");
	lock_unlockers(j);
	json_close(j, '}');
}

enum fault
lock_fault(struct ctx *c, const struct rows *r)
{
	struct text t = text_in(c->arena);
	struct json j = json_in(&t);

	if (r->count > 0) {
		lock_write(&j, "lock", r);
		c->more = text_string(&t);
	}
	return FAULT_LOCKED;
}
