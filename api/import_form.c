#include <string.h>

#include <sodium.h>

#include "import_work.h"
#include "json.h"
#include "multipart.h"
#include "siecle/xml.h"

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
enum fault
import_take_form(struct ctx *c, struct import_analysis *a)
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

/* --- what it was --- */

/* A kind, a sum and a stamp are not known before the file is read. */
static void
describe_upload(struct json *j, const struct import_upload *u)
{
	json_open(j, NULL, '{');
	json_null(j, "kind");
	json_text(j, "name", u->name);
	json_int(j, "size", (int64_t)u->length);
	json_null(j, "sha256");
	json_null(j, "stamp");
	json_close(j, '}');
}

const char *
import_describe_uploads(struct arena *arena, const struct import_analysis *a)
{
	struct text t = text_in(arena);
	struct json j = json_in(&t);

	json_open(&j, NULL, '[');
	for (size_t i = 0; i < a->upload_count; i++)
		describe_upload(&j, &a->uploads[i]);
	json_close(&j, ']');
	return text_string(&t);
}

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

const char *
import_describe_files(const struct import_analysis *a)
{
	const struct import_file *files = a->files;
	struct text t = text_in(a->arena);
	struct json j = json_in(&t);

	json_open(&j, NULL, '[');
	for (int i = 0; i < SIECLE__MAX; i++)
		if (files[i].upload != NULL)
			describe_file(&j, (enum siecle_kind)i, &files[i]);
	json_close(&j, ']');
	return text_string(&t);
}
