#include <string.h>

#include <sodium.h>

#include "body.h"
#include "entry.h"
#include "framework.h"
#include "header.h"
#include "import.h"
#include "import_apply.h"
#include "import_preview.h"
#include "json.h"
#include "multipart.h"
#include "page.h"
#include "siecle/xml.h"

#define ANSWERS_MAX 2000 /* same, other */
#define MEFS_MAX 200
#define CONFIRM_MAX 10
#define KEY_MAX 40 /* characters of an identifier of the files */

/* An analysis, and what is kept of it: the work of one task. */
struct work {
	struct import_analysis analysis;
	struct import_preview preview;
};

static void
work_run(void *arg)
{
	struct work *w = arg;

	import_analyse(&w->analysis);
	if (w->analysis.fault == FAULT_NONE)
		import_preview_make(&w->analysis, &w->preview);
}

/* --- what is answered --- */

static void
write_summary(struct json *j, const struct rows *r, size_t row)
{
	json_text(j, "id", row_text(r, row, "id"));
	json_text(j, "state", row_text(r, row, "state"));
	json_raw(j, "author", row_text(r, row, "author"));
	json_text(j, "created_at", row_text(r, row, "created_at"));
	json_text(j, "committed_at", row_text(r, row, "committed_at"));
	json_raw(j, "files", row_text(r, row, "files"));
	json_raw(j, "counts", row_text(r, row, "counts"));
}

static void
write_import(struct text *t, const struct rows *r)
{
	struct json j = json_in(t);

	json_open(&j, NULL, '{');
	write_summary(&j, r, 0);
	json_int(&j, "revision", row_int(r, 0, "revision"));
	json_text(&j, "uai", row_text(r, 0, "uai"));
	json_text(&j, "school_year", row_text(r, 0, "school_year"));
	json_raw(&j, "to_confirm", row_text(r, 0, "to_confirm"));
	json_raw(&j, "mefs", row_text(r, 0, "mefs"));
	json_raw(&j, "probable", row_text(r, 0, "probable"));
	json_raw(&j, "anomalies", row_text(r, 0, "anomalies"));
	json_int(&j, "anomalies_total", row_int(r, 0, "anomalies_total"));
	json_raw(&j, "lines", row_text(r, 0, "lines"));
	json_int(&j, "lines_total", row_int(r, 0, "lines_total"));
	json_close(&j, '}');
}

static void
write_item(struct json *j, const struct rows *r, size_t row)
{
	json_open(j, NULL, '{');
	write_summary(j, r, row);
	json_close(j, '}');
}

enum fault
import_list(struct ctx *c)
{
	struct db *db = c->db;
	struct page page;
	struct rows r;

	TRY(page_read(c, &page));
	TRY(db_run(db, &r, Q_IMPORT_LIST,
	    PARAMS(page_after(c, &page), page_limit(c, &page))));
	page_reply(c, &page, &r, write_item);
	return FAULT_NONE;
}

enum fault
import_get(struct ctx *c)
{
	struct db *db = c->db;
	struct rows r;
	int64_t id;

	TRY(path_id(c, 0, &id));
	TRY(db_run(db, &r, Q_IMPORT_GET, PARAMS(p_int(id))));
	if (r.count == 0)
		return FAULT_ABSENT;
	reply_revision(c, row_int(&r, 0, "revision"));
	write_import(reply_json(c, 200), &r);
	return FAULT_NONE;
}

/* --- what is given --- */

/* The fields of the form.  In the last, any file, any number of times. */
static const struct field {
	const char *name;
	unsigned int kinds;
	bool many;
} fields[] = {
	{ "staff", 1u << SIECLE_STAFF, false },
	{ "learners", 1u << SIECLE_LEARNERS, false },
	{ "guardians", 1u << SIECLE_GUARDIANS, false },
	{ "labels", 1u << SIECLE_NOMENCLATURE | 1u << SIECLE_STRUCTURES,
	    false },
	{ "files", 0, true },
};
#define FIELDS (sizeof(fields) / sizeof(fields[0]))

/* Parts of a form whose fields may each have been left alone. */
#define PARTS_MAX (IMPORT_UPLOADS_MAX + FIELDS)

static enum fault
take_part(struct ctx *c, const struct part *p, size_t seen[FIELDS],
    struct import_analysis *a)
{
	const char *pointer = arena_print(c->arena, "/%s", p->name);
	size_t i;

	for (i = 0; i < FIELDS; i++)
		if (strcmp(p->name, fields[i].name) == 0)
			break;
	if (i == FIELDS)
		return fault_at(c, pointer, FAULT_FIELD);
	if (fields[i].many)
		pointer = arena_print(c->arena, "%s/%zu", pointer, seen[i]);
	else if (seen[i] > 0)
		return fault_at(c, pointer, FAULT_KEY_TWICE);
	seen[i]++;
	if (p->length > XML_BYTES_MAX || a->upload_count == IMPORT_UPLOADS_MAX)
		return fault_at(c, pointer, FAULT_LARGE);
	a->uploads[a->upload_count++] = (struct import_upload){
		.bytes = p->bytes,
		.length = p->length,
		.name = p->filename,
		.field = pointer,
		.kinds = fields[i].kinds,
	};
	return FAULT_NONE;
}

/* A form sends a field that was left alone as a part without name or bytes. */
static enum fault
take_parts(struct ctx *c, struct import_analysis *a)
{
	struct part parts[PARTS_MAX];
	size_t seen[FIELDS] = { 0 };
	size_t n;

	TRY(multipart_read(c->arena, c->headers.content_type, c->raw_body,
	    c->raw_length, parts, PARTS_MAX, &n));
	for (size_t i = 0; i < n; i++) {
		if (parts[i].length == 0 && *parts[i].filename == '\0')
			continue;
		TRY(take_part(c, &parts[i], seen, a));
	}
	if (a->upload_count == 0)
		return fault_say(c, "", FAULT_VALUE,
		    say(c, "Choisissez au moins un fichier",
			"Choose at least one file"));
	return FAULT_NONE;
}

/* The school as it is: one batch, with what was queued before. */
static enum fault
load_state(struct ctx *c, struct import_state *state)
{
	struct rows rows[IMPORT__ROWS];
	int i;

	for (i = 0; i < IMPORT__ROWS; i++)
		db_queue(c->db, &rows[i], import_queries[i], PARAMS_NONE);
	TRY(db_flush(c->db));
	import_state_read(c->arena, rows, state);
	return FAULT_NONE;
}

static enum fault
refused(struct ctx *c, const struct import_analysis *a)
{
	c->detail = a->problem.detail;
	if (a->problem.line > 0 && c->detail != NULL)
		c->detail = arena_print(c->arena,
		    say(c, "%s (ligne %d)", "%s (line %d)"), c->detail,
		    a->problem.line);
	return fault_say(c, a->field, a->fault, c->detail);
}

static enum fault
work_through(struct ctx *c, struct work *w)
{
	task_run(c, work_run, w);
	return w->analysis.fault == FAULT_NONE ? FAULT_NONE
					       : refused(c, &w->analysis);
}

/* --- the preview --- */

static void
describe_file(struct json *j, enum siecle_kind kind,
    const struct import_file *f)
{
	const struct import_upload *u = f->upload;
	unsigned char hash[crypto_hash_sha256_BYTES];
	char hex[2 * crypto_hash_sha256_BYTES + 1];

	crypto_hash_sha256(hash, (const unsigned char *)u->bytes, u->length);
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	json_open(j, NULL, '{');
	json_text(j, "kind", import_kind_names[kind]);
	json_text(j, "name", f->name);
	json_int(j, "size", (int64_t)u->length);
	json_text(j, "sha256", hex);
	json_text(j, "stamp", f->stamp);
	json_close(j, '}');
}

static const char *
describe(struct ctx *c, const struct import_file *files)
{
	struct text t = text_in(c->arena);
	struct json j = json_in(&t);

	json_open(&j, NULL, '[');
	for (int i = 0; i < SIECLE__MAX; i++)
		if (files[i].upload != NULL)
			describe_file(&j, (enum siecle_kind)i, &files[i]);
	json_close(&j, ']');
	return text_string(&t);
}

/* What was sent is kept as it was sent, under a kind that it alone holds. */
static struct param
p_upload(const struct import_analysis *a, enum siecle_kind kind)
{
	for (size_t i = 0; i < a->upload_count; i++)
		if (a->uploads[i].kind == kind)
			return p_bytes_of(a->uploads[i].bytes,
			    a->uploads[i].length);
	return p_null();
}

static enum fault
keep_preview(struct ctx *c, const struct work *w, int64_t *id)
{
	const struct import_analysis *a = &w->analysis;
	struct db *db = c->db;
	struct rows r;

	db_queue(db, NULL, Q_IMPORT_ABANDON, PARAMS_NONE);
	TRY(db_run(db, &r, Q_IMPORT_ADD,
	    PARAMS(p_text(a->request.today), p_text(w->preview.stamps),
		p_text(describe(c, a->files)), p_text(w->preview.head),
		p_text(w->preview.lines), p_text(w->preview.anomalies),
		p_bytes((const char *)a->state->people, IMPORT_PEOPLE_HASH),
		p_upload(a, SIECLE_STAFF), p_upload(a, SIECLE_LEARNERS),
		p_upload(a, SIECLE_GUARDIANS), p_upload(a, SIECLE_NOMENCLATURE),
		p_upload(a, SIECLE_STRUCTURES))));
	*id = row_int(&r, 0, "id");
	return FAULT_NONE;
}

enum fault
import_create(struct ctx *c)
{
	struct work *w = arena_take(c->arena, sizeof(*w));
	struct db *db = c->db;
	struct import_state state;
	struct rows r;
	int64_t id;

	/* Who is asking comes first: `enter` goes out with this. */
	db_be_patient(db);
	TRY(db_flush(db));
	TRY(take_parts(c, &w->analysis));
	TRY(load_state(c, &state));
	w->analysis.arena = c->arena;
	w->analysis.state = &state;
	w->analysis.request = plan_request_on(c->arena, state.today);
	TRY(work_through(c, w));
	TRY(keep_preview(c, w, &id));
	TRY(db_run(db, &r, Q_IMPORT_GET, PARAMS(p_int(id))));
	reply_revision(c, row_int(&r, 0, "revision"));
	write_import(reply_created(c,
			 arena_print(c->arena, "/api/v1/imports/%lld",
			     (long long)id)),
	    &r);
	return FAULT_NONE;
}

/* --- the commit --- */

/* What the administrator says. */
struct answers {
	const char *confirm[CONFIRM_MAX];
	size_t confirm_count;
	struct list mefs; /* of struct import_mef */
};

/* Every text of an optional array. */
static enum fault
read_texts(struct ctx *c, const char *name, size_t most, struct list *out)
{
	const cJSON *array, *item;
	size_t i = 0;

	if (body_member(c->body, name) == NULL)
		return FAULT_NONE;
	TRY(body_array(c, c->body, "", name, 0, most, &array));
	cJSON_ArrayForEach(item, array) {
		if (!cJSON_IsString(item) ||
		    strlen(item->valuestring) > KEY_MAX)
			return fault_at(c,
			    arena_print(c->arena, "/%s/%zu", name, i),
			    FAULT_VALUE);
		list_add_text(out, item->valuestring);
		i++;
	}
	return FAULT_NONE;
}

static bool
level_known(const struct framework *f, const char *level)
{
	for (size_t i = 0; i < f->class_levels_count; i++)
		if (strcmp(f->class_levels[i].code, level) == 0)
			return true;
	return false;
}

static enum fault
read_mef(struct ctx *c, const cJSON *item, const char *at, struct import_mef *m)
{
	const struct framework *f;
	enum fault fault;

	if (!cJSON_IsObject(item))
		return fault_at(c, at, FAULT_VALUE);
	TRY(body_only(c, item, at, "mef framework_id class_level"));
	TRY(body_text(c, item, at, "mef", 11, 11, &m->mef));
	TRY(body_text(c, item, at, "framework_id", 1, 64, &m->framework));
	TRY(body_text(c, item, at, "class_level", 1, 16, &m->level));
	fault = framework_by_id(c, m->framework, &f);
	if (fault == FAULT_ABSENT)
		return fault_at(c, arena_print(c->arena, "%s/framework_id", at),
		    FAULT_VALUE);
	TRY(fault);
	if (!level_known(f, m->level))
		return fault_at(c, arena_print(c->arena, "%s/class_level", at),
		    FAULT_VALUE);
	return FAULT_NONE;
}

static enum fault
read_mefs(struct ctx *c, struct list *out)
{
	const cJSON *array, *item;
	size_t i = 0;

	if (body_member(c->body, "mefs") == NULL)
		return FAULT_NONE;
	TRY(body_array(c, c->body, "", "mefs", 0, MEFS_MAX, &array));
	cJSON_ArrayForEach(item, array)
		TRY(read_mef(c, item, arena_print(c->arena, "/mefs/%zu", i++),
		    list_add(out)));
	return FAULT_NONE;
}

static enum fault
read_answers(struct ctx *c, struct plan_request *request, struct answers *out)
{
	struct list confirm = list_of(c->arena, sizeof(const char *));

	*out = (struct answers){ .mefs = list_of(c->arena,
				     sizeof(struct import_mef)) };
	if (c->body == NULL)
		return FAULT_NONE;
	TRY(body_only(c, c->body, "", "confirm mefs same other"));
	TRY(read_texts(c, "confirm", CONFIRM_MAX, &confirm));
	for (size_t i = 0; i < confirm.count; i++)
		out->confirm[out->confirm_count++] =
		    ((const char *const *)confirm.items)[i];
	TRY(read_texts(c, "same", ANSWERS_MAX, &request->same));
	TRY(read_texts(c, "other", ANSWERS_MAX, &request->other));
	return read_mefs(c, &out->mefs);
}

/* Where uploads are kept until the commit. */
static const char *const columns[SIECLE__MAX] = {
	[SIECLE_STAFF] = "staff",
	[SIECLE_LEARNERS] = "learners",
	[SIECLE_GUARDIANS] = "guardians",
	[SIECLE_NOMENCLATURE] = "labels",
	[SIECLE_STRUCTURES] = "structures",
};

/* Bytes as PostgreSQL writes them, \x and two digits each. */
static enum fault
read_upload(struct ctx *c, const struct rows *r, const char *column,
    struct import_analysis *a)
{
	int at = rows_column(r, column);
	const char *hex = cell_text(r, 0, at);
	struct import_upload *u = &a->uploads[a->upload_count];
	unsigned char *bytes;
	size_t n;

	if (hex == NULL)
		return FAULT_NONE;
	n = (cell_length(r, 0, at) - 2) / 2;
	bytes = arena_take(c->arena, n + 1);
	if (sodium_hex2bin(bytes, n, hex + 2, 2 * n, NULL, &u->length, NULL) !=
		0 ||
	    u->length != n)
		return FAULT_INTERNAL;
	u->bytes = (const char *)bytes;
	u->field = arena_print(c->arena, "/%s", column);
	a->upload_count++;
	return FAULT_NONE;
}

/*
 * The preview as it was kept: still to be applied, of the revision the client
 * has read if she says so, and of the people as they still are.
 */
static enum fault
check_preview(struct ctx *c, const struct rows *r,
    const struct import_state *state)
{
	char hex[2 * IMPORT_PEOPLE_HASH + 1];
	int64_t revision;

	if (c->headers.if_match != NULL) {
		TRY(match_revision(c, &revision));
		if (revision != row_int(r, 0, "revision"))
			return FAULT_STALE;
	}
	if (strcmp(row_text(r, 0, "state"), "previewed") != 0)
		return FAULT_CONFLICT;
	sodium_bin2hex(hex, sizeof(hex), state->people, IMPORT_PEOPLE_HASH);
	return strcmp(hex, row_text(r, 0, "people")) == 0 ? FAULT_NONE
							  : FAULT_PREVIEW_STALE;
}

/* Nobody else applies one, this one is there, and here is the school. */
static enum fault
open_preview(struct ctx *c, int64_t id, struct import_state *state,
    struct work *w)
{
	struct db *db = c->db;
	struct rows turn, r;

	db_be_patient(db);
	TRY(db_run(db, &turn, Q_IMPORT_TURN, PARAMS_NONE));
	if (!row_bool(&turn, 0, "mine"))
		return FAULT_BUSY;
	db_queue(db, &r, Q_IMPORT_OPEN, PARAMS(p_int(id)));
	TRY(load_state(c, state));
	if (r.count == 0)
		return FAULT_ABSENT;
	TRY(check_preview(c, &r, state));
	for (int i = 0; i < SIECLE__MAX; i++)
		TRY(read_upload(c, &r, columns[i], &w->analysis));
	w->analysis.request.today = row_text(&r, 0, "day");
	return FAULT_NONE;
}

static enum fault
check_answers(struct ctx *c, const struct import_analysis *a,
    const struct answers *said)
{
	const struct import_mef *m = said->mefs.items;
	size_t k;

	for (size_t i = 0; i < a->confirm_count; i++) {
		for (k = 0; k < said->confirm_count; k++)
			if (strcmp(said->confirm[k],
				import_confirm_code(a->confirm[i])) == 0)
				break;
		if (k == said->confirm_count)
			return fault_at(c, "/confirm", a->confirm[i]);
	}
	for (size_t i = 0; i < said->mefs.count; i++)
		if (!import_mef_met(&a->plan, m[i].mef))
			return fault_at(c,
			    arena_print(c->arena, "/mefs/%zu/mef", i),
			    FAULT_VALUE);
	return FAULT_NONE;
}

static enum fault
take_numbers(struct ctx *c, size_t n, const int64_t **out)
{
	int64_t *numbers = arena_array(c->arena, n + 1, sizeof(*numbers));
	struct db *db = c->db;
	struct rows r;

	TRY(db_run(db, &r, Q_IMPORT_NUMBERS, PARAMS(p_int((int64_t)n))));
	for (size_t i = 0; i < r.count; i++)
		numbers[i] = cell_int(&r, i, 0);
	*out = numbers;
	return FAULT_NONE;
}

static enum fault
apply(struct ctx *c, int64_t id, struct work *w, const struct answers *said)
{
	struct import_step steps[IMPORT_STEPS_MAX];
	struct db *db = c->db;
	const int64_t *numbers;
	size_t n, i;

	TRY(take_numbers(c, import_created(&w->analysis.plan), &numbers));
	n = import_steps(&w->analysis, numbers, &said->mefs, steps);
	for (i = 0; i < n; i++)
		db_queue(db, NULL, steps[i].query, steps[i].params);
	db_queue(db, NULL, Q_IMPORT_END_YEARS, PARAMS_NONE);
	TRY(db_flush(db));
	db_queue(db, NULL, Q_IMPORT_DONE,
	    PARAMS(p_int(id), p_text(w->preview.stamps),
		p_text(w->preview.head), p_text(w->preview.lines),
		p_text(w->preview.anomalies),
		p_texts(said->confirm, said->confirm_count)));
	return FAULT_NONE;
}

enum fault
import_commit(struct ctx *c)
{
	struct work *w = arena_take(c->arena, sizeof(*w));
	struct db *db = c->db;
	struct import_state state;
	struct answers said;
	struct rows r;
	int64_t id;

	TRY(path_id(c, 0, &id));
	w->analysis.arena = c->arena;
	w->analysis.state = &state;
	w->analysis.request = plan_request_on(c->arena, NULL);
	TRY(open_preview(c, id, &state, w));
	TRY(read_answers(c, &w->analysis.request, &said));
	TRY(work_through(c, w));
	TRY(check_answers(c, &w->analysis, &said));
	TRY(apply(c, id, w, &said));
	TRY(db_run(db, &r, Q_IMPORT_GET, PARAMS(p_int(id))));
	reply_revision(c, row_int(&r, 0, "revision"));
	write_import(reply_json(c, 200), &r);
	return FAULT_NONE;
}
