#include "../domain/access.h"
#include "learner_facts.h"

enum fault
learner_facts(struct ctx *c, struct learner_facts *out)
{
	struct db *db = c->db;
	struct rows r;

	TRY(path_id(c, 0, &out->id));
	TRY(db_run(db, &r, Q_LEARNER_FACTS,
	    PARAMS(p_int(out->id), p_text(query_text(c, "framework")))));
	if (r.count == 0)
		return FAULT_ABSENT;
	out->ref = row_text(&r, 0, "learner");
	out->teaches = row_bool(&r, 0, "teaches");
	return framework_by_key(c, row_int(&r, 0, "framework_key"),
	    &out->framework);
}

enum fault
learner_prepared(struct ctx *c, struct learner_facts *out)
{
	TRY(learner_facts(c, out));
	if (out->teaches ||
	    access_whole(RESOURCE_DRAFT, RIGHT_READ, c->db->roles))
		return FAULT_NONE;
	return FAULT_ABSENT;
}

enum fault
learner_taught(struct ctx *c, struct learner_facts *out)
{
	TRY(learner_facts(c, out));
	return out->teaches ? FAULT_NONE : FAULT_ABSENT;
}
