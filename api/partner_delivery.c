#include <string.h>

#include <sodium.h>

#include "body.h"
#include "partner.h"
#include "terms.h"

#define KEY_LEAST 16
#define KEY_MOST 64
#define REJECTED_MAX 5000

static bool
key_ok(const char *key)
{
	size_t n = key == NULL ? 0 : strlen(key), i;

	for (i = 0; i < n; i++)
		if (key[i] < '!' || key[i] > '~')
			return false;
	return n >= KEY_LEAST && n <= KEY_MOST;
}

static enum fault
read_rejected(struct ctx *c, const cJSON *one, size_t i)
{
	static const char *const reasons[] = { "learner_not_found", "ambiguous",
		"competency_unknown", "period_sealed", "other" };
	const char *at = arena_print(c->arena, "/rejected/%zu", i);
	const char *id, *reason, *detail;
	size_t k;

	TRY(body_only(c, one, at, "id reason detail"));
	TRY(body_text(c, one, at, "id", 1, 64, &id));
	TRY(body_text(c, one, at, "reason", 1, 40, &reason));
	if (body_member(one, "detail") != NULL)
		TRY(body_text(c, one, at, "detail", 0, 500, &detail));
	for (k = 0; k < sizeof(reasons) / sizeof(reasons[0]); k++)
		if (strcmp(reason, reasons[k]) == 0)
			return FAULT_NONE;
	return fault_at(c, arena_print(c->arena, "%s/reason", at), FAULT_VALUE);
}

static enum fault
read_delivery(struct ctx *c, const char **period)
{
	const cJSON *rejected, *one;
	enum term_kind kind;
	int year, index;
	int64_t number;
	size_t i = 0;

	TRY(body_only(c, c->body, "", "period through_rev accepted rejected"));
	TRY(body_text(c, c->body, "", "period", 7, 7, period));
	if (!term_read(*period, &year, &kind, &index))
		return fault_at(c, "/period", FAULT_VALUE);
	TRY(body_int(c, c->body, "", "through_rev", 0, INT32_MAX, &number));
	TRY(body_int(c, c->body, "", "accepted", 0, INT32_MAX, &number));
	TRY(body_array(c, c->body, "", "rejected", 0, REJECTED_MAX, &rejected));
	cJSON_ArrayForEach(one, rejected)
		TRY(read_rejected(c, one, i++));
	return FAULT_NONE;
}

static enum fault
period_ok(struct ctx *c, const struct rows *terms, const char *period)
{
	size_t i;

	for (i = 0; i < terms->count; i++)
		if (strcmp(row_text(terms, i, "id"), period) == 0)
			return FAULT_NONE;
	return fault_at(c, "/period", FAULT_VALUE);
}

static void
reply_delivery(struct ctx *c, int status, const struct rows *r)
{
	struct json j = json_in(reply_json(c, status));

	json_open(&j, NULL, '{');
	json_text(&j, "id", row_text(r, 0, "id"));
	json_text(&j, "received_at", row_text(r, 0, "received_at"));
	json_text(&j, "period", row_text(r, 0, "period"));
	json_raw(&j, "through_rev", row_text(r, 0, "through_rev"));
	json_raw(&j, "accepted", row_text(r, 0, "accepted"));
	json_raw(&j, "rejected", row_text(r, 0, "rejected"));
	json_close(&j, '}');
}

/* One round trip: kept if it is new, then read, whoever kept it. */
enum fault
partner_delivery_create(struct ctx *c)
{
	const char *key = c->headers.idempotency_key, *period;
	unsigned char hash[crypto_hash_sha256_BYTES];
	struct rows added, terms, r;
	struct db *db = c->db;
	struct partner p;

	if (!key_ok(key))
		return fault_at(c, "Idempotency-Key", FAULT_PARAMETER);
	TRY(read_delivery(c, &period));
	crypto_hash_sha256(hash, (const unsigned char *)c->raw_body,
	    c->raw_length);
	db_queue(db, &terms, Q_TERM_LIST,
	    PARAMS(p_text(arena_copy(c->arena, period, 4)), p_null()));
	db_queue(db, &added, Q_PARTNER_DELIVERY_ADD,
	    PARAMS(p_text(key), p_bytes(hash, sizeof(hash)),
		p_text(cJSON_PrintUnformatted(c->body))));
	db_queue(db, &r, Q_PARTNER_DELIVERY_GET,
	    PARAMS(p_text(key), p_bytes(hash, sizeof(hash))));
	TRY(partner_open(c, &p));
	TRY(period_ok(c, &terms, period));
	if (!row_bool(&r, 0, "same"))
		return FAULT_KEY_BODY;
	reply_delivery(c, added.affected == 1 ? 201 : 200, &r);
	c->reply.replayed = added.affected == 0;
	return FAULT_NONE;
}
