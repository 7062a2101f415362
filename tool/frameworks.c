/*
 * acquis frameworks DIR: load the frameworks of a folder, all or none.
 *
 * A file that is what is loaded already changes nothing; one that differs
 * becomes the next version, and that is the current one from then on.
 */
#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <sodium.h>

#include "../api/framework_check.h"
#include "../api/framework_parse.h"
#include "../api/json_gate.h"
#include "base.h"
#include "frameworks.h"
#include "tool.h"

#define ENDING ".json"

struct document {
	const struct tool_file *file;
	const struct framework *framework;
	const char *id_prefix;
};

static int
line_at(const char *bytes, const char *at)
{
	int line = 1;

	for (; bytes < at; bytes++)
		line += *bytes == '\n';
	return line;
}

static cJSON *
document_json(const struct tool_file *f)
{
	const char *end = f->bytes;
	enum fault fault = json_gate(f->bytes, f->length);
	cJSON *root;

	if (fault == FAULT_UTF8)
		tool_end("%s is not UTF-8; nothing was loaded", f->name);
	if (fault == FAULT_KEY_TWICE)
		tool_end("%s: an object has one name twice;"
			 " nothing was loaded",
		    f->name);
	root = cJSON_ParseWithLengthOpts(f->bytes, f->length + 1, &end, 1);
	if (fault != FAULT_NONE || root == NULL)
		tool_end("%s, line %d: this is not JSON; nothing was loaded",
		    f->name, line_at(f->bytes, end));
	return root;
}

static void
document_read(struct arena *a, const struct tool_file *f, struct document *out)
{
	cJSON *root = document_json(f);
	const char *message;

	message = framework_check(a, root,
	    arena_copy(a, f->name, strlen(f->name) - strlen(ENDING)));
	if (message != NULL)
		tool_end("%s: %s; nothing was loaded", f->name, message);
	out->file = f;
	out->framework = framework_parse(a, root);
	out->id_prefix = arena_text(a,
	    cJSON_GetStringValue(
		cJSON_GetObjectItemCaseSensitive(root, "id_prefix")));
	cJSON_Delete(root);
}

/* Identifiers are unique over all files because their first segments are. */
static void
check_prefixes(const struct document *d, size_t n)
{
	size_t i, j;

	for (i = 0; i < n; i++)
		for (j = i + 1; j < n; j++)
			if (strcmp(d[i].id_prefix, d[j].id_prefix) == 0)
				tool_end("%s: id_prefix \"%s\" is that of %s;"
					 " nothing was loaded",
				    d[j].file->name, d[j].id_prefix,
				    d[i].file->name);
}

static void
add_competencies(struct base *db, int64_t key, const struct framework *f)
{
	size_t n = f->competencies_count, i;
	const char **ids = arena_array(db->arena, n, sizeof(*ids));
	const char **codes = arena_array(db->arena, n, sizeof(*codes));
	const char **titles = arena_array(db->arena, n, sizeof(*titles));

	for (i = 0; i < n; i++) {
		ids[i] = f->competencies[i].id;
		codes[i] = f->competencies[i].code;
		titles[i] = f->competencies[i].title;
	}
	base_run(db, Q_COMPETENCY_ADD,
	    PARAMS(p_int(key), p_texts(ids, n), p_texts(codes, n),
		p_texts(titles, n)));
}

static void
add_criteria(struct base *db, int64_t key, const struct framework *f)
{
	size_t n = f->criteria_count, i;
	const char **ids = arena_array(db->arena, n, sizeof(*ids));
	const char **titles = arena_array(db->arena, n, sizeof(*titles));
	int64_t *of = arena_array(db->arena, n, sizeof(*of));

	for (i = 0; i < n; i++) {
		ids[i] = f->criteria[i].id;
		titles[i] = f->criteria[i].title;
		of[i] = f->criteria[i].competency;
	}
	base_run(db, Q_CRITERION_ADD,
	    PARAMS(p_int(key), p_texts(ids, n), p_texts(titles, n),
		p_ints(of, n)));
}

static void
add_version(struct base *db, const struct document *d, int64_t version,
    bool current)
{
	const struct framework *f = d->framework;
	struct rows r;
	int64_t key;

	if (current)
		base_run(db, Q_FRAMEWORK_RETIRE, PARAMS(p_text(f->id)));
	r = base_run(db, Q_FRAMEWORK_ADD,
	    PARAMS(p_text(f->id), p_int(version), p_text(f->code),
		p_text(f->title), p_text(f->short_title),
		p_text(f->in_force ? "in_force" : "legacy"),
		p_bytes((const char *)d->file->hash, TOOL_HASH),
		p_text(d->file->bytes), p_bool(current)));
	key = row_int(&r, 0, "key");
	add_competencies(db, key, f);
	add_criteria(db, key, f);
}

/* The version it became; 0 when it was there. */
static int64_t
load(struct base *db, const struct document *d)
{
	char hash[2 * TOOL_HASH + 1];
	struct rows r;
	size_t i;
	int64_t version;

	sodium_bin2hex(hash, sizeof(hash), d->file->hash, TOOL_HASH);
	r = base_run(db, Q_FRAMEWORK_VERSIONS,
	    PARAMS(p_text(d->framework->id)));
	for (i = 0; i < r.count; i++)
		if (row_bool(&r, i, "current") &&
		    strcmp(row_text(&r, i, "sha256"), hash) == 0)
			return 0;
	version = r.count == 0 ? 1 : row_int(&r, 0, "version") + 1;
	add_version(db, d, version, true);
	return version;
}

bool
framework_bring(struct base *db, const char *id, int64_t version,
    const char *bytes)
{
	size_t n = strlen(bytes), i;
	unsigned char hash[TOOL_HASH];
	char hex[2 * TOOL_HASH + 1];
	const struct tool_file file = { arena_print(db->arena, "%s" ENDING, id),
		bytes, n, hash };
	struct document d;
	struct rows r;

	crypto_hash_sha256(hash, (const unsigned char *)bytes, n);
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	r = base_run(db, Q_FRAMEWORK_VERSIONS, PARAMS(p_text(id)));
	for (i = 0; i < r.count; i++) {
		if (row_int(&r, i, "version") != version)
			continue;
		if (strcmp(row_text(&r, i, "sha256"), hex) == 0)
			return false;
		tool_end("version %lld of %s is another one here; nothing was"
			 " kept",
		    (long long)version, id);
	}
	document_read(db->arena, &file, &d);
	add_version(db, &d, version,
	    r.count == 0 || row_int(&r, 0, "version") < version);
	return true;
}

void
command_frameworks(int argc, char **argv)
{
	struct arena *a = arena_open();
	struct document *documents;
	struct tool_file *files;
	struct base *db;
	int64_t *versions;
	size_t n, i;

	if (argc != 1)
		tool_end("usage: acquis frameworks DIR");
	files = tool_folder(a, argv[0], ENDING, &n);
	documents = arena_array(a, n, sizeof(*documents));
	versions = arena_array(a, n, sizeof(*versions));
	for (i = 0; i < n; i++)
		document_read(a, &files[i], &documents[i]);
	check_prefixes(documents, n);
	db = base_open();
	base_begin(db);
	for (i = 0; i < n; i++)
		versions[i] = load(db, &documents[i]);
	base_commit(db);
	for (i = 0; i < n; i++)
		if (versions[i] != 0)
			printf("Loaded: %s, version %lld\n",
			    documents[i].framework->id, (long long)versions[i]);
	base_close(db);
	arena_close(a);
}
