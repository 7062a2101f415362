#include <string.h>

#include <sodium.h>

#include "../domain/date.h"
#include "body.h"
#include "page.h"
#include "partner_access.h"

#define SCOPES_MAX 3
#define NETWORKS_MAX 20
#define NETWORK_ROOM 43 /* characters of the longest CIDR */
#define PREFIX_BYTES 4
#define SECRET_BYTES 32

static const char *const known[SCOPES_MAX] = { "assessments:read", "lsl:read",
	"roster:read" };

/* --- out --- */

/* Members of an access, without the brackets around them. */
static void
write_members(struct json *j, const struct rows *r, size_t row)
{
	json_text(j, "id", row_text(r, row, "id"));
	json_text(j, "name", row_text(r, row, "name"));
	json_text(j, "prefix", row_text(r, row, "prefix"));
	json_raw(j, "scopes", row_text(r, row, "scopes"));
	json_raw(j, "networks", row_text(r, row, "networks"));
	json_text(j, "state", row_text(r, row, "state"));
	json_raw(j, "created_by", row_text(r, row, "created_by"));
	json_text(j, "created_at", row_text(r, row, "created_at"));
	json_text(j, "expires_at", row_text(r, row, "expires_at"));
	json_text(j, "revoked_at", row_text(r, row, "revoked_at"));
	json_raw(j, "last_pull", row_text(r, row, "last_pull"));
	json_raw(j, "last_delivery", row_text(r, row, "last_delivery"));
}

static void
write_access(struct json *j, const struct rows *r, size_t row)
{
	json_open(j, NULL, '{');
	write_members(j, r, row);
	json_close(j, '}');
}

enum fault
partner_access_list(struct ctx *c)
{
	struct db *db = c->db;
	struct page page;
	struct rows r;

	TRY(page_read(c, &page));
	TRY(db_run(db, &r, Q_PARTNER_ACCESS_LIST,
	    PARAMS(page_after(c, &page), p_null(), page_limit(c, &page))));
	page_reply(c, &page, &r, write_access);
	return FAULT_NONE;
}

/* --- in --- */

struct access_in {
	const char *name;
	const char *scope[SCOPES_MAX];
	size_t scopes;
	const char *network[NETWORKS_MAX];
	size_t networks;
	const char *expires; /* NULL: the default */
};

static enum fault
read_scopes(struct ctx *c, struct access_in *in)
{
	const cJSON *list, *one;
	size_t i, k;

	TRY(body_array(c, c->body, "", "scopes", 1, SCOPES_MAX, &list));
	cJSON_ArrayForEach(one, list) {
		for (k = 0; k < SCOPES_MAX; k++)
			if (cJSON_IsString(one) &&
			    strcmp(known[k], one->valuestring) == 0)
				break;
		for (i = 0; k < SCOPES_MAX && i < in->scopes; i++)
			if (in->scope[i] == known[k])
				k = SCOPES_MAX;
		if (k == SCOPES_MAX)
			return fault_at(c, "/scopes", FAULT_VALUE);
		in->scope[in->scopes++] = known[k];
	}
	return FAULT_NONE;
}

static enum fault
read_networks(struct ctx *c, struct access_in *in)
{
	const cJSON *list, *one;

	if (body_member(c->body, "networks") == NULL)
		return FAULT_NONE;
	TRY(body_array(c, c->body, "", "networks", 0, NETWORKS_MAX, &list));
	cJSON_ArrayForEach(one, list) {
		if (!cJSON_IsString(one) ||
		    strlen(one->valuestring) > NETWORK_ROOM)
			return fault_at(c, "/networks", FAULT_VALUE);
		in->network[in->networks++] = one->valuestring;
	}
	return FAULT_NONE;
}

/*
 * An instant as RFC 3339 has it.  PostgreSQL reads much more, "tomorrow" for
 * one, so the shape is checked here.
 */
static bool
instant_ok(const char *s)
{
	static const char shape[] = "dddd-dd-ddTdd:dd:dd";
	const char *zone = s + sizeof(shape) - 1;
	char day[DATE_ROOM];
	int32_t ignored;
	size_t i;

	for (i = 0; shape[i] != '\0'; i++)
		if (shape[i] == 'd' ? s[i] < '0' || s[i] > '9'
				    : s[i] != shape[i])
			return false;
	memcpy(day, s, DATE_ROOM - 1);
	day[DATE_ROOM - 1] = '\0';
	if (*zone == '.')
		zone += 1 + strspn(zone + 1, "0123456789");
	return date_read_iso(day, &ignored) &&
	       (strcmp(zone, "Z") == 0 ||
		   (strlen(zone) == 6 && strchr("+-", zone[0]) != NULL &&
		       strspn(zone + 1, "0123456789:") == 5));
}

static enum fault
read_access(struct ctx *c, struct access_in *in)
{
	memset(in, 0, sizeof(*in));
	TRY(body_only(c, c->body, "", "name scopes networks expires_at"));
	TRY(body_text(c, c->body, "", "name", 1, 100, &in->name));
	TRY(read_scopes(c, in));
	TRY(read_networks(c, in));
	if (body_member(c->body, "expires_at") == NULL)
		return FAULT_NONE;
	TRY(body_text(c, c->body, "", "expires_at", 20, 40, &in->expires));
	return instant_ok(in->expires)
		   ? FAULT_NONE
		   : fault_at(c, "/expires_at", FAULT_VALUE);
}

struct key {
	char prefix[2 * PREFIX_BYTES + 1];
	char secret[sodium_base64_ENCODED_LEN(SECRET_BYTES,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
	unsigned char hash[crypto_hash_sha256_BYTES];
};

static void
key_make(struct key *k)
{
	unsigned char bytes[SECRET_BYTES];

	randombytes_buf(bytes, PREFIX_BYTES);
	sodium_bin2hex(k->prefix, sizeof(k->prefix), bytes, PREFIX_BYTES);
	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2base64(k->secret, sizeof(k->secret), bytes, sizeof(bytes),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	crypto_hash_sha256(k->hash, (const unsigned char *)k->secret,
	    strlen(k->secret));
}

static enum fault
access_add(struct ctx *c, const struct access_in *in, const struct key *k,
    int64_t *id)
{
	struct db *db = c->db;
	enum fault fault;
	struct rows r;

	fault = db_run(db, &r, Q_PARTNER_ACCESS_ADD,
	    PARAMS(p_text(in->name), p_text(k->prefix),
		p_bytes(k->hash, sizeof(k->hash)),
		p_texts(in->scope, in->scopes),
		p_texts(in->network, in->networks), p_text(in->expires)));
	/* What is left to be refused there. */
	if (fault == FAULT_VALUE)
		return fault_say(c, "/networks", fault,
		    say(c,
			"Réseau illisible : attendu, par exemple,"
			" 192.0.2.0/24",
			"Unreadable network: expected, say,"
			" 192.0.2.0/24"));
	TRY(fault);
	if (!row_bool(&r, 0, "good"))
		return fault_say(c, "/expires_at", FAULT_VALUE,
		    say(c, "La fin est déjà passée",
			"The end has passed already"));
	*id = row_int(&r, 0, "id");
	return FAULT_NONE;
}

enum fault
partner_access_create(struct ctx *c)
{
	struct db *db = c->db;
	struct access_in in;
	struct rows r;
	struct json j;
	int64_t id = 0;
	struct key k;

	TRY(read_access(c, &in));
	key_make(&k);
	TRY(access_add(c, &in, &k, &id));
	TRY(db_run(db, &r, Q_PARTNER_ACCESS_LIST,
	    PARAMS(p_null(), p_int(id), p_int(1))));
	j = json_in(reply_created(c,
	    arena_print(c->arena, "/api/v1/partner-accesses/%lld",
		(long long)id)));
	json_open(&j, NULL, '{');
	write_members(&j, &r, 0);
	json_text(&j, "key",
	    arena_print(c->arena, "ck_%s_%s", k.prefix, k.secret));
	json_close(&j, '}');
	c->reply.no_store = true;
	return FAULT_NONE;
}

enum fault
partner_access_delete(struct ctx *c)
{
	struct db *db = c->db;
	struct rows r;
	int64_t id;

	TRY(path_id(c, 0, &id));
	TRY(db_run(db, &r, Q_PARTNER_ACCESS_REVOKE, PARAMS(p_int(id))));
	if (r.count == 0)
		return FAULT_ABSENT;
	reply_empty(c, 204);
	return FAULT_NONE;
}
