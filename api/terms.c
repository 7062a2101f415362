#include <string.h>

#include "../domain/date.h"
#include "body.h"
#include "json.h"
#include "page.h"
#include "settings.h"
#include "terms.h"

#define TERMS_MAX 3
#define FRAMEWORKS_MAX 100
#define AT "/terms"

/* --- out --- */

static int32_t
day_of(const struct rows *r, size_t row, const char *name)
{
	int32_t day = 0;

	date_read_iso(row_text(r, row, name), &day);
	return day;
}

enum term_state
terms_state(const struct rows *r, size_t row)
{
	struct term t = { .starts = day_of(r, row, "starts_on"),
		.ends = day_of(r, row, "ends_on"),
		.closed = row_bool(r, row, "closed") };

	return term_pull_state(&t, day_of(r, row, "today"));
}

const char *
terms_label(struct ctx *c, const struct rows *r, size_t row)
{
	const char *kind = row_text(r, row, "kind")[0] == 'T'
			       ? say(c, "Trimestre", "Term")
			       : say(c, "Semestre", "Semester");

	return arena_print(c->arena, "%s %s", kind, row_text(r, row, "index"));
}

static void
write_term(struct ctx *c, struct json *j, const struct rows *r, size_t row)
{
	json_open(j, NULL, '{');
	json_text(j, "id", row_text(r, row, "id"));
	json_text(j, "school_year", row_text(r, row, "school_year"));
	json_text(j, "kind", row_text(r, row, "kind"));
	json_int(j, "index", row_int(r, row, "index"));
	json_text(j, "label", terms_label(c, r, row));
	json_text(j, "starts_on", row_text(r, row, "starts_on"));
	json_text(j, "ends_on", row_text(r, row, "ends_on"));
	json_raw(j, "framework_ids", row_text(r, row, "framework_ids"));
	json_text(j, "closed_at", row_text(r, row, "closed_at"));
	json_text(j, "pull_state", term_state_code(terms_state(r, row)));
	json_close(j, '}');
}

/* The terms of a year, after whatever was queued. */
static enum fault
reply_terms(struct ctx *c, struct param year)
{
	struct rows terms, settings;
	struct db *db = c->db;
	struct json j;
	size_t i;

	db_queue(db, &terms, Q_TERM_LIST, PARAMS(year, p_null()));
	TRY(db_run(db, &settings, Q_SETTINGS_GET, PARAMS_NONE));
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	json_open(&j, "items", '[');
	for (i = 0; i < terms.count; i++)
		write_term(c, &j, &terms, i);
	json_close(&j, ']');
	json_null(&j, "next");
	json_close(&j, '}');
	reply_revision(c, row_int(&settings, 0, "settings_revision"));
	return FAULT_NONE;
}

enum fault
term_list(struct ctx *c)
{
	struct param year;

	TRY(query_year(c, "school_year", &year));
	return reply_terms(c, year);
}

/* --- in --- */

struct terms_in {
	int year;
	const char *kind;
	const char *framework[FRAMEWORKS_MAX];
	size_t frameworks;
	struct term term[TERMS_MAX];
	int64_t index[TERMS_MAX];
	const char *starts[TERMS_MAX];
	const char *ends[TERMS_MAX];
	const char *closed[TERMS_MAX];
	size_t count;
};

static enum fault
read_frameworks(struct ctx *c, struct terms_in *in)
{
	const cJSON *list, *id;
	size_t i;

	if (body_member(c->body, "framework_ids") == NULL)
		return FAULT_NONE;
	TRY(body_array(c, c->body, "", "framework_ids", 0, FRAMEWORKS_MAX,
	    &list));
	cJSON_ArrayForEach(id, list) {
		if (!cJSON_IsString(id))
			return fault_at(c, "/framework_ids", FAULT_VALUE);
		for (i = 0; i < in->frameworks; i++)
			if (strcmp(in->framework[i], id->valuestring) == 0)
				return fault_at(c, "/framework_ids",
				    FAULT_VALUE);
		in->framework[in->frameworks++] = id->valuestring;
	}
	return FAULT_NONE;
}

static enum fault
read_term(struct ctx *c, const cJSON *one, struct terms_in *in)
{
	size_t i = in->count++;
	const char *at = arena_print(c->arena, AT "/%zu", i);
	struct term *t = &in->term[i];

	TRY(body_only(c, one, at, "index starts_on ends_on closed"));
	TRY(body_int(c, one, at, "index", 1, TERMS_MAX, &in->index[i]));
	TRY(body_date(c, one, at, "starts_on", &in->starts[i]));
	TRY(body_date(c, one, at, "ends_on", &in->ends[i]));
	if (body_member(one, "closed") != NULL)
		TRY(body_bool(c, one, at, "closed", &t->closed));
	t->kind = in->kind[0] == 'T' ? TERM_T : TERM_S;
	t->index = (int)in->index[i];
	date_read_iso(in->starts[i], &t->starts);
	date_read_iso(in->ends[i], &t->ends);
	in->closed[i] = t->closed ? "t" : "f";
	return FAULT_NONE;
}

static enum fault
read_terms(struct ctx *c, struct terms_in *in)
{
	const cJSON *list, *one;
	const char *year;

	memset(in, 0, sizeof(*in));
	TRY(body_only(c, c->body, "", "school_year kind framework_ids terms"));
	TRY(body_text(c, c->body, "", "school_year", 9, 9, &year));
	if (!term_year_read(year, &in->year))
		return fault_at(c, "/school_year", FAULT_VALUE);
	TRY(body_text(c, c->body, "", "kind", 1, 1, &in->kind));
	if (strcmp(in->kind, "T") != 0 && strcmp(in->kind, "S") != 0)
		return fault_at(c, "/kind", FAULT_VALUE);
	TRY(read_frameworks(c, in));
	TRY(body_array(c, c->body, "", "terms", 2, TERMS_MAX, &list));
	cJSON_ArrayForEach(one, list)
		TRY(read_term(c, one, in));
	if (term_all_ok(in->term, in->count))
		return FAULT_NONE;
	return fault_say(c, AT, FAULT_VALUE,
	    say(c,
		"Donnez les trois trimestres ou les deux semestres, dans"
		" l'ordre et sans chevauchement",
		"Give the three terms or the two semesters, in order and"
		" without overlap"));
}

/*
 * The number is taken first: two who set terms at once wait for each other,
 * and the second learns that it is late.
 */
enum fault
term_put(struct ctx *c)
{
	struct db *db = c->db;
	struct terms_in in;
	struct rows known;

	TRY(read_terms(c, &in));
	db_queue(db, &known, Q_FRAMEWORK_KNOWN,
	    PARAMS(p_texts(in.framework, in.frameworks)));
	TRY(settings_hold(c));
	if (known.count < in.frameworks)
		return fault_say(c, "/framework_ids", FAULT_VALUE,
		    say(c, "Référentiel inconnu", "Unknown framework"));
	db_queue(db, NULL, Q_TERM_PUT,
	    PARAMS(p_int(in.year), p_text(in.kind),
		p_texts(in.framework, in.frameworks),
		p_ints(in.index, in.count), p_texts(in.starts, in.count),
		p_texts(in.ends, in.count), p_texts(in.closed, in.count)));
	db_queue(db, NULL, Q_TERM_SETTLE, PARAMS(p_int(in.year)));
	return reply_terms(c, p_int(in.year));
}
