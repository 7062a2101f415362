#include <string.h>

#include "health.h"
#include "json.h"
#include "problem.h"

enum fault
healthz(struct ctx *c)
{
	struct json j = json_in(reply_json(c, 200));

	json_open(&j, NULL, '{');
	json_text(&j, "status", "ok");
	json_close(&j, '}');
	return FAULT_NONE;
}

/*
 * The statements were checked against the schema before there were workers,
 * and lanes prepare them again whenever they connect: a base that answers is
 * one of ours.
 */
enum fault
readyz(struct ctx *c)
{
	struct db *db = c->db;
	struct rows r;
	struct json j;
	bool up;

	up = db_run(db, &r, Q_PING, PARAMS_NONE) == FAULT_NONE;
	j = json_in(reply_json(c, up ? 200 : 503));
	if (!up)
		reply_header(c, "retry-after", "2");
	json_open(&j, NULL, '{');
	json_text(&j, "status", up ? "ready" : "not_ready");
	json_text(&j, "database", up ? "up" : "down");
	json_text(&j, "schema", up ? "current" : "unknown");
	json_close(&j, '}');
	return FAULT_NONE;
}

enum fault
problem_get(struct ctx *c)
{
	const struct problem *p;
	struct json j;
	int fault;

	for (fault = FAULT_NONE + 1; fault < FAULT__MAX; fault++) {
		p = problem_of((enum fault)fault);
		if (strcmp(p->code, c->id[0]) != 0)
			continue;
		j = json_in(reply_json(c, 200));
		json_open(&j, NULL, '{');
		json_text(&j, "code", p->code);
		json_int(&j, "status", p->status);
		json_text(&j, "title", p->title[c->language]);
		json_text(&j, "cause", p->title[c->language]);
		json_text(&j, "remedy", p->advice[c->language]);
		json_open(&j, "example", '{');
		problem_write(c, &j, (enum fault)fault);
		json_close(&j, '}');
		json_close(&j, '}');
		return FAULT_NONE;
	}
	return FAULT_ABSENT;
}
