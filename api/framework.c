#include <stdlib.h>
#include <string.h>

#include "framework_parse.h"
#include "page.h"

/* A version that was read, with what only this file answers. */
struct kept {
	struct framework *framework;
	const char *sha256;  /* of the file, hexadecimal */
	const char *diploma; /* bac_pro, cap */
	int level;
	struct kept *next;
};

/*
 * The worker's own.  A version never changes, so what is here is true for as
 * long as the worker lives; which one is current is asked each time.
 */
static struct {
	struct arena *arena;
	struct kept *first;
} cache;

static struct kept *
cached(int64_t key)
{
	struct kept *k;

	for (k = cache.first; k != NULL; k = k->next)
		if (k->framework->key == key)
			return k;
	return NULL;
}

/* Of one framework at most one version is current. */
static void
note_current(const struct kept *found, bool current)
{
	struct kept *k;

	for (k = cache.first; k != NULL; k = k->next)
		if (k == found)
			k->framework->current = current;
		else if (current &&
			 strcmp(k->framework->id, found->framework->id) == 0)
			k->framework->current = false;
}

/* The tree lives in the arena of the request, what is kept does not. */
static enum fault
keep(const struct rows *r, size_t row)
{
	const char *document = row_text(r, row, "document");
	const cJSON *root = cJSON_Parse(document);
	struct framework *f;
	struct kept *k;

	if (cache.arena == NULL)
		cache.arena = arena_open();
	f = framework_parse(cache.arena, root);
	if (root == NULL || f == NULL)
		return FAULT_INTERNAL;
	f->key = (int)row_int(r, row, "key");
	f->version = (int)row_int(r, row, "version");
	f->document = arena_text(cache.arena, document);
	k = arena_take(cache.arena, sizeof(*k));
	k->framework = f;
	k->sha256 = arena_text(cache.arena, row_text(r, row, "sha256"));
	k->diploma = arena_text(cache.arena,
	    cJSON_GetStringValue(
		cJSON_GetObjectItemCaseSensitive(root, "diploma")));
	k->level = (int)cJSON_GetNumberValue(
	    cJSON_GetObjectItemCaseSensitive(root, "level"));
	k->next = cache.first;
	cache.first = k;
	note_current(k, row_bool(r, row, "current"));
	return FAULT_NONE;
}

/* Have these in the cache, those that there are. */
static enum fault
fetch(struct ctx *c, const int64_t *keys, size_t n)
{
	int64_t *missing = arena_array(c->arena, n, sizeof(*missing));
	struct db *db = c->db;
	struct rows r;
	size_t i, count = 0;

	for (i = 0; i < n; i++)
		if (cached(keys[i]) == NULL)
			missing[count++] = keys[i];
	if (count == 0)
		return FAULT_NONE;
	TRY(db_run(db, &r, Q_FRAMEWORK_GET, PARAMS(p_ints(missing, count))));
	/* While we waited another request may have read the same. */
	for (i = 0; i < r.count; i++)
		if (cached(row_int(&r, i, "key")) == NULL)
			TRY(keep(&r, i));
	return FAULT_NONE;
}

static enum fault
kept_by_key(struct ctx *c, int64_t key, struct kept **out)
{
	struct kept *k;

	TRY(fetch(c, &key, 1));
	k = cached(key);
	if (k == NULL)
		return FAULT_ABSENT;
	*out = k;
	return FAULT_NONE;
}

/* version 0: the current one */
static enum fault
kept_by_id(struct ctx *c, const char *id, int64_t version, struct kept **out)
{
	struct db *db = c->db;
	struct rows r;

	TRY(db_run(db, &r, Q_FRAMEWORK_FIND,
	    PARAMS(p_text(id), version == 0 ? p_null() : p_int(version))));
	if (r.count == 0)
		return FAULT_ABSENT;
	TRY(kept_by_key(c, row_int(&r, 0, "key"), out));
	note_current(*out, row_bool(&r, 0, "current"));
	return FAULT_NONE;
}

enum fault
framework_by_key(struct ctx *c, int64_t key, const struct framework **out)
{
	struct kept *k;

	TRY(kept_by_key(c, key, &k));
	*out = k->framework;
	return FAULT_NONE;
}

enum fault
framework_by_id(struct ctx *c, const char *id, const struct framework **out)
{
	struct kept *k;

	TRY(kept_by_id(c, id, 0, &k));
	*out = k->framework;
	return FAULT_NONE;
}

static void
put_summary(struct json *j, const struct kept *k)
{
	const struct framework *f = k->framework;

	json_open(j, NULL, '{');
	json_text(j, "id", f->id);
	json_int(j, "version", f->version);
	json_text(j, "code", f->code);
	json_text(j, "title", f->title);
	json_text(j, "short_title", f->short_title);
	json_text(j, "diploma", k->diploma);
	json_int(j, "level", k->level);
	json_text(j, "status", f->in_force ? "in_force" : "legacy");
	json_close(j, '}');
}

enum fault
framework_list(struct ctx *c)
{
	int64_t *keys;
	struct db *db = c->db;
	const struct kept *k;
	struct page page;
	struct json j;
	struct rows r;
	size_t i, n;

	TRY(page_read(c, &page));
	TRY(db_run(db, &r, Q_FRAMEWORK_LIST,
	    PARAMS(page_after(c, &page), page_limit(c, &page))));
	n = page_count(&page, &r);
	keys = arena_array(c->arena, n + 1, sizeof(*keys));
	for (i = 0; i < n; i++)
		keys[i] = row_int(&r, i, "id");
	TRY(fetch(c, keys, n));
	j = json_in(reply_json(c, 200));
	json_open(&j, NULL, '{');
	json_open(&j, "items", '[');
	for (i = 0; i < n; i++)
		if ((k = cached(keys[i])) != NULL)
			put_summary(&j, k);
	json_close(&j, ']');
	page_next(c, &j, &page, &r);
	json_close(&j, '}');
	return reply_hashed(c);
}

/* The file as it was loaded, with the version it was given. */
enum fault
framework_get(struct ctx *c)
{
	const struct framework *f;
	struct text *out;
	struct kept *k;
	int64_t version;

	TRY(query_int(c, "version", 1, INT32_MAX, 0, &version));
	TRY(kept_by_id(c, c->id[0], version, &k));
	f = k->framework;
	out = reply_json(c, 200);
	text_print(out, "{\"version\":%d,", f->version);
	text_put(out, strchr(f->document, '{') + 1);
	c->reply.etag =
	    arena_print(c->arena, "\"%d-%s\"", f->version, k->sha256);
	return FAULT_NONE;
}
