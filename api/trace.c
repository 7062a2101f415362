#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "../domain/date.h"
#include "csv_form.h"
#include "page.h"
#include "route.h"
#include "trace.h"

#define V1 "/api/v1"
#define CSV_ROWS 10000
#define EXPORTS_AN_HOUR 5

/* Of the readings that a worker remembers; 16 bytes each. */
#define MEMORY 16384
#define SAME_READING 60000000LL /* microseconds */

static struct {
	uint64_t key;
	long long until;
} memory[MEMORY];

/* --- what is traced --- */

static bool
begins(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

static bool
ends(const char *s, const char *with)
{
	size_t n = strlen(s), m = strlen(with);

	return n > m && strcmp(s + n - m, with) == 0;
}

/* What goes on in a spreadsheet. */
static bool
is_data(const char *path)
{
	return ends(path, ".csv") || ends(path, ".xlsx");
}

static bool
is_export(const struct route *r)
{
	return r->right == RIGHT_EXPORT || is_data(r->path) ||
	       ends(r->path, ".pdf");
}

static bool
is_file(const char *path)
{
	return begins(path, V1 "/learners/{id}") ||
	       begins(path, V1 "/interim-assessments/{id}") ||
	       begins(path, V1 "/classes/{id}/grading");
}

/* What is done to a page, or NULL where it leaves no trace. */
static const char *
act_of(const struct ctx *c)
{
	if (c->db->mode != DB_READ || route_public(c->route))
		return NULL;
	if (is_export(c->route))
		return "export";
	return is_file(c->route->path) ? "read" : NULL;
}

/* The page as the contract has it: /learners/{id}/dashboard. */
static const char *
page_of(const struct ctx *c)
{
	return c->route->path + strlen(V1);
}

/* The first word of it: learners, classes... */
static const char *
first_word(struct ctx *c)
{
	const char *s = page_of(c) + 1;

	return arena_copy(c->arena, s, strcspn(s, "/."));
}

/* --- what was told a moment ago --- */

/* Keyed by chance, so that nobody makes two readings look like one. */
static uint64_t
hash(const char *s)
{
	static unsigned char key[crypto_shorthash_KEYBYTES];
	static bool made;
	unsigned char out[crypto_shorthash_BYTES];
	uint64_t h;

	if (!made)
		randombytes_buf(key, sizeof(key));
	made = true;
	crypto_shorthash(out, (const unsigned char *)s, strlen(s), key);
	memcpy(&h, out, sizeof(h));
	return h;
}

/* The first parameter of `enter` is the SHA-256 of the cookie. */
static uint64_t
reading(const struct ctx *c)
{
	uint64_t session, path = hash(c->path);

	memcpy(&session, c->enter.param[0].bytes, sizeof(session));
	return session ^ hash(c->address) ^ (path << 1 | path >> 63);
}

static bool
is_told(const struct ctx *c)
{
	uint64_t key = reading(c);
	size_t at = key % MEMORY;

	/* What is sent to it says what it gives, and is not compared. */
	return c->method == METHOD_GET && memory[at].key == key &&
	       memory[at].until > c->started;
}

/* Of classes and lists by one person, unless the operator says otherwise. */
static int64_t
exports_an_hour(void)
{
	const char *said = getenv("ACQUIS_EXPORTS_PER_HOUR");
	int64_t n;

	return said != NULL && id_read(said, &n) ? n : EXPORTS_AN_HOUR;
}

void
trace_queue(struct ctx *c)
{
	struct param whose;
	struct db *db = c->db;
	const char *act;
	int64_t id;

	if (c->route->flags & ROUTE_PARTNER) {
		db_queue(db, NULL, Q_TRACE_CALL,
		    PARAMS(p_text(page_of(c)), p_text(c->address)));
		return;
	}
	act = act_of(c);
	if (act == NULL || is_told(c))
		return;
	whose = id_read(c->id[0], &id) ? p_int(id) : p_null();
	if (is_data(c->route->path))
		db_queue(db, &c->taken_out, Q_EXPORT_BEGIN,
		    PARAMS(p_text(page_of(c)), p_text(first_word(c)), whose,
			p_text(c->address), p_int(exports_an_hour())));
	else
		db_queue(db, NULL, Q_TRACE_PAGE,
		    PARAMS(p_text(act), p_text(page_of(c)),
			p_text(first_word(c)), whose, p_text(c->address)));
}

enum fault
trace_keep(struct ctx *c)
{
	uint64_t key;

	if (c->route->flags & ROUTE_PARTNER || act_of(c) == NULL || is_told(c))
		return FAULT_NONE;
	if (c->taken_out.count > 0 && !row_bool(&c->taken_out, 0, "allowed"))
		return FAULT_EXPORTS;
	key = reading(c);
	memory[key % MEMORY].key = key;
	memory[key % MEMORY].until = c->started + SAME_READING;
	return FAULT_NONE;
}

/* --- what may be seen --- */

static enum fault
query_day(struct ctx *c, const char *name, struct param *out)
{
	const char *s = query_text(c, name);
	int32_t day;

	*out = p_text_of(s);
	if (s == NULL || date_read_iso(s, &day))
		return FAULT_NONE;
	return fault_at(c, arena_print(c->arena, "?%s", name), FAULT_PARAMETER);
}

/* What is no identifier of ours is that of nobody. */
static struct param
query_id(struct ctx *c, const char *name)
{
	const char *s = query_text(c, name);
	int64_t id;

	if (s == NULL)
		return p_null();
	return p_int_in(c->arena, id_read(s, &id) ? id : 0);
}

static enum fault
load(struct ctx *c, struct param after, struct param limit, struct rows *r)
{
	struct param from, to;
	struct db *db = c->db;

	TRY(query_day(c, "from", &from));
	TRY(query_day(c, "to", &to));
	return db_run(db, r, Q_TRACE_LIST,
	    PARAMS(query_id(c, "person_id"), query_id(c, "learner_id"),
		query_codes(c, "act"), from, to, after, limit));
}

static void
write_trace(struct json *j, const struct rows *r, size_t i)
{
	json_open(j, NULL, '{');
	json_text(j, "id", row_text(r, i, "id"));
	json_text(j, "at", row_text(r, i, "at"));
	json_text(j, "kind", row_text(r, i, "kind"));
	json_text(j, "act", row_text(r, i, "act"));
	json_text(j, "page", row_text(r, i, "page"));
	json_raw(j, "person", row_text(r, i, "person"));
	json_raw(j, "access", row_text(r, i, "access"));
	json_raw(j, "learner", row_text(r, i, "learner"));
	json_raw(j, "class", row_text(r, i, "class"));
	json_raw(j, "account", row_text(r, i, "account"));
	json_text(j, "subject", row_text(r, i, "subject"));
	json_text(j, "subject_id", row_text(r, i, "subject_id"));
	json_text(j, "address", row_text(r, i, "address"));
	json_text(j, "request_id", row_text(r, i, "request_id"));
	json_close(j, '}');
}

enum fault
trace_list(struct ctx *c)
{
	struct page page;
	struct rows r;

	TRY(page_read(c, &page));
	TRY(load(c, page_after(c, &page), page_limit(c, &page), &r));
	page_reply(c, &page, &r, write_trace);
	return FAULT_NONE;
}

/* --- and taken out --- */

static const char *
french(const char *code)
{
	static const char *const words[][2] = {
		{ "read", "Consultation" },
		{ "export", "Export" },
		{ "export_refused", "Export refusé : trop d'exports" },
		{ "call", "Appel d'un partenaire" },
		{ "sign_in", "Connexion" },
		{ "sign_in_failed", "Connexion refusée" },
		{ "password", "Mot de passe changé" },
		{ "activation_issued", "Code d'activation remis" },
		{ "activation_used", "Code d'activation utilisé" },
		{ "school_suspended", "Établissement suspendu" },
		{ "school_resumed", "Établissement rétabli" },
		{ "school_export", "Établissement exporté" },
		{ "school_import", "Établissement importé" },
		{ "unlock", "Bilan débloqué" },
		{ "import", "Import" },
		{ "settings", "Réglages" },
		{ "terms", "Périodes" },
		{ "partner_access", "Accès partenaire ouvert" },
		{ "partner_revoked", "Accès partenaire retiré" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(code, words[i][0]) == 0)
			return words[i][1];
	return code;
}

static void
write_csv(struct csv *csv, const struct rows *r)
{
	static const char *const heads[] = { "Instant (UTC)", "Nature", "Page",
		"Qui", "À propos de", "Adresse", "Requête" };
	static const char *const names[] = { "at", "act", "page", "who",
		"whose", "address", "request_id" };
	enum { COLUMNS = sizeof(names) / sizeof(names[0]) };
	int at[COLUMNS];

	for (int k = 0; k < COLUMNS; k++) {
		at[k] = rows_column(r, names[k]);
		csv_text(csv, heads[k]);
	}
	csv_end(csv);
	for (size_t i = 0; i < r->count; i++) {
		for (int k = 0; k < COLUMNS; k++)
			csv_text(csv, k == 1 ? french(cell_text(r, i, at[k]))
					     : cell_text(r, i, at[k]));
		csv_end(csv);
	}
}

enum fault
trace_csv(struct ctx *c)
{
	struct csv_form form;
	struct rows r;
	struct csv csv;

	TRY(csv_form_read(c, &form));
	TRY(load(c, p_null(), p_int_in(c->arena, CSV_ROWS), &r));
	csv = csv_begin(reply_file(c, csv_form_type(form), "traces.csv"), form);
	write_csv(&csv, &r);
	if (csv.lossy)
		reply_header(c, "x-lossy", "1");
	return FAULT_NONE;
}
