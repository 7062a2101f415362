#include <string.h>

#include <sodium.h>

#include "framework.h"
#include "partner.h"
#include "route.h"
#include "terms.h"

/* About as long as a line of the log may be. */
#define ASKED_MAX 500
#define PREFIX "/api/v1/partner"

enum fault
partner_open(struct ctx *c, struct partner *p)
{
	struct db *db = c->db;
	const char *key;

	memset(p, 0, sizeof(*p));
	TRY(db_run(db, &p->head, Q_PARTNER_HEAD, PARAMS_NONE));
	if (p->head.count == 0)
		return FAULT_SESSION;
	if (!row_bool(&p->head, 0, "served"))
		return FAULT_RATE;
	p->school_year = row_int(&p->head, 0, "school_year");
	p->rev = row_int(&p->head, 0, "partner_rev");
	p->now = row_int(&p->head, 0, "seconds");
	key = row_text(&p->head, 0, "cursor_key");
	if (sodium_hex2bin(p->key, sizeof(p->key), key, strlen(key), NULL, NULL,
		NULL) != 0)
		return FAULT_INTERNAL;
	c->reply.no_store = true;
	return FAULT_NONE;
}

/* Without the cursor: it says nothing to who reads the log. */
const char *
partner_asked(struct ctx *c)
{
	const char *path = c->path, *s = c->query_string;
	struct text t = text_in(c->arena);
	char before = '?';
	size_t n;

	if (strncmp(path, PREFIX, strlen(PREFIX)) == 0)
		path += strlen(PREFIX);
	text_put(&t, path);
	for (; s != NULL && *s != '\0' && t.length < ASKED_MAX; s += n) {
		s += *s == '&';
		n = strcspn(s, "&");
		if (n == 0 || strncmp(s, "cursor=", 7) == 0)
			continue;
		text_char(&t, before);
		text_add(&t, s, n < ASKED_MAX ? n : ASKED_MAX);
		before = '&';
	}
	return text_string(&t);
}

/* --- pages --- */

enum fault
partner_page_read(struct ctx *c, struct partner_page *p, const char *others)
{
	struct text t = text_in(c->arena);
	size_t i;

	memset(p, 0, sizeof(*p));
	TRY(query_int(c, "limit", 1, PARTNER_PAGE_MAX, PARTNER_PAGE_DEFAULT,
	    &p->limit));
	p->framework = query_text(c, "framework");
	p->divisions = query_all(c, "division", p->division, DIVISIONS_MAX + 1);
	if (p->divisions > DIVISIONS_MAX)
		return fault_at(c, "?division", FAULT_PARAMETER);
	text_print(&t, "%s\n%s\n", c->route->path, others);
	/* Lengths, so that no two lists of filters are the same text. */
	if (p->framework != NULL)
		text_print(&t, "%zu %s", strlen(p->framework), p->framework);
	for (i = 0; i < p->divisions; i++)
		text_print(&t, "\n%zu %s", strlen(p->division[i]),
		    p->division[i]);
	p->filters = text_string(&t);
	return FAULT_NONE;
}

enum fault
partner_page_resume(struct ctx *c, const struct partner *p,
    struct partner_page *page)
{
	const char *cursor = query_text(c, "cursor");

	if (cursor != NULL)
		return cursor_read(cursor, p->key, page->filters, p->now,
		    &page->at);
	page->at =
	    (struct cursor){ .issued = cursor_hour(p->now), .through = p->rev };
	return FAULT_NONE;
}

void
partner_page_next(struct ctx *c, struct json *j, const struct partner *p,
    const struct partner_page *page, bool more, int64_t rev, int64_t id)
{
	struct cursor next = { page->at.issued, page->at.through, rev, id };

	if (more)
		json_text(j, "next_cursor",
		    cursor_write(c->arena, p->key, page->filters, &next));
	else
		json_null(j, "next_cursor");
}

void
partner_write_school(struct json *j, const struct partner *p)
{
	json_open(j, "school", '{');
	json_text(j, "uai", row_text(&p->head, 0, "uai"));
	json_int(j, "school_year", p->school_year);
	json_close(j, '}');
}

/* --- who, when, what --- */

enum fault
partner_me(struct ctx *c)
{
	struct partner p;
	struct json j;

	TRY(partner_open(c, &p));
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	json_text(&j, "partner", row_text(&p.head, 0, "partner"));
	json_open(&j, "school", '{');
	json_text(&j, "uai", row_text(&p.head, 0, "uai"));
	json_text(&j, "name", row_text(&p.head, 0, "school_name"));
	json_int(&j, "school_year", p.school_year);
	json_close(&j, '}');
	json_raw(&j, "scopes", row_text(&p.head, 0, "scopes"));
	json_text(&j, "expires_at", row_text(&p.head, 0, "expires_at"));
	json_text(&j, "server_time", row_text(&p.head, 0, "server_time"));
	json_open(&j, "limits", '{');
	json_int(&j, "page_max", PARTNER_PAGE_MAX);
	json_close(&j, '}');
	json_close(&j, '}');
	return FAULT_NONE;
}

static void
write_period(struct ctx *c, struct json *j, const struct rows *r, size_t row)
{
	json_open(j, NULL, '{');
	json_text(j, "id", row_text(r, row, "id"));
	json_text(j, "kind", row_text(r, row, "kind"));
	json_int(j, "index", row_int(r, row, "index"));
	json_text(j, "label", terms_label(c, r, row));
	json_text(j, "starts_on", row_text(r, row, "starts_on"));
	json_text(j, "ends_on", row_text(r, row, "ends_on"));
	json_text(j, "pull_state", term_state_code(terms_state(r, row)));
	json_raw(j, "frameworks", row_text(r, row, "frameworks"));
	json_close(j, '}');
}

enum fault
partner_periods(struct ctx *c)
{
	struct db *db = c->db;
	struct partner p;
	struct rows r;
	struct json j;
	int64_t year;
	size_t i;

	TRY(query_int(c, "school_year", 2000, 2100, 0, &year));
	db_queue(db, &r, Q_TERM_LIST,
	    PARAMS(year == 0 ? p_null() : p_int(year), p_null()));
	TRY(partner_open(c, &p));
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	json_open(&j, "items", '[');
	for (i = 0; i < r.count; i++)
		write_period(c, &j, &r, i);
	json_close(&j, ']');
	json_close(&j, '}');
	return FAULT_NONE;
}

enum fault
partner_frameworks(struct ctx *c)
{
	struct db *db = c->db;
	struct partner p;
	struct rows r;
	struct json j;
	size_t i;

	db_queue(db, &r, Q_PARTNER_FRAMEWORKS, PARAMS_NONE);
	TRY(partner_open(c, &p));
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	json_open(&j, "items", '[');
	for (i = 0; i < r.count; i++)
		json_raw(&j, NULL, row_text(&r, i, "framework"));
	json_close(&j, ']');
	json_close(&j, '}');
	return FAULT_NONE;
}

/* The code of the group a competency stands under, or NULL. */
static const char *
parent_code(const cJSON *all, const char *id)
{
	const cJSON *one;
	const char *other;

	cJSON_ArrayForEach(one, all) {
		other = cJSON_GetStringValue(
		    cJSON_GetObjectItemCaseSensitive(one, "id"));
		if (id != NULL && other != NULL && strcmp(other, id) == 0)
			return cJSON_GetStringValue(
			    cJSON_GetObjectItemCaseSensitive(one, "code"));
	}
	return NULL;
}

static void
write_competency(struct json *j, const struct framework *f,
    const struct competency *k, const cJSON *all)
{
	size_t u;

	json_open(j, NULL, '{');
	json_text(j, "code", k->code);
	json_text(j, "label", k->title);
	json_int(j, "order", k->number);
	json_text(j, "parent", parent_code(all, k->group_id));
	json_open(j, "units", '[');
	for (u = 0; u < f->units_count; u++)
		if (k->units & UINT64_C(1) << u)
			json_text(j, NULL, f->units[u].code);
	json_close(j, ']');
	/* No framework file gives the codes of the LSL yet. */
	json_null(j, "lsl_code");
	json_close(j, '}');
}

static bool
version_read(const char *s, int64_t *version)
{
	return strlen(s) <= 9 && id_read(s, version);
}

enum fault
partner_framework_get(struct ctx *c)
{
	const struct framework *f;
	struct db *db = c->db;
	const cJSON *all;
	struct partner p;
	struct rows r;
	struct json j;
	int64_t version;
	size_t i;

	if (!version_read(c->id[1], &version))
		version = 0;
	db_queue(db, &r, Q_PARTNER_FRAMEWORK_FIND,
	    PARAMS(p_text(c->id[0]), p_int(version)));
	TRY(partner_open(c, &p));
	if (r.count == 0)
		return FAULT_ABSENT;
	TRY(framework_by_key(c, row_int(&r, 0, "key"), &f));
	all = cJSON_GetObjectItemCaseSensitive(cJSON_Parse(f->document),
	    "competencies");
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	json_text(&j, "code", f->code);
	json_text(&j, "version", arena_print(c->arena, "%d", f->version));
	json_text(&j, "title", f->title);
	json_open(&j, "competencies", '[');
	for (i = 0; i < f->competencies_count; i++)
		write_competency(&j, f, &f->competencies[i], all);
	json_close(&j, ']');
	json_close(&j, '}');
	return reply_hashed(c);
}

enum fault
partner_learners(struct ctx *c)
{
	struct partner_page page;
	struct db *db = c->db;
	struct partner p;
	struct rows r;
	struct json j;
	size_t i, n;

	TRY(partner_page_read(c, &page, ""));
	TRY(partner_open(c, &p));
	TRY(partner_page_resume(c, &p, &page));
	TRY(db_run(db, &r, Q_PARTNER_LEARNERS,
	    PARAMS(p_int(page.at.id), p_text(page.framework),
		p_texts(page.division, page.divisions), p_int(page.limit + 1),
		p_text(partner_asked(c)), p_text(c->address))));
	n = r.count > (size_t)page.limit ? (size_t)page.limit : r.count;
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	partner_write_school(&j, &p);
	json_open(&j, "items", '[');
	for (i = 0; i < n; i++)
		json_raw(&j, NULL, row_text(&r, i, "ref"));
	json_close(&j, ']');
	partner_page_next(c, &j, &p, &page, r.count > n, 0,
	    n == 0 ? 0 : row_int(&r, n - 1, "id"));
	json_close(&j, '}');
	return reply_hashed(c);
}
