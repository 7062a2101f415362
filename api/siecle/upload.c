#include <string.h>

#include "../../domain/utf8.h"
#include "export_file.h"
#include "upload.h"
#include "zip.h"

/* For one entry of an archive after the other. */
struct opening {
	struct arena *arena;
	struct list files;
	struct siecle_problem stranger; /* of the first that is none of ours */
};

static bool
pass(void *data, const char *s, size_t n)
{
	(void)data;
	(void)s;
	(void)n;
	return true;
}

/* What a person would call it; old archives have names in any encoding. */
static const char *
name_of(const struct zip_entry *e)
{
	const char *slash = strrchr(e->name, '/');
	const char *name = slash == NULL ? e->name : slash + 1;

	for (const char *s = name; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return NULL;
	return utf8_ok(name, strlen(name)) ? name : NULL;
}

static bool
has_kind(const struct list *files, enum siecle_kind kind)
{
	const struct upload_file *f = files->items;

	for (size_t i = 0; i < files->count; i++)
		if (f[i].kind == kind)
			return true;
	return false;
}

static enum fault
open_entry(struct opening *o, const struct zip_entry *e,
    struct siecle_problem *problem)
{
	struct upload_file file = { .input.zipped = e, .name = name_of(e) };
	enum fault fault;

	if (zip_read(o->arena, e, pass, NULL) != FAULT_NONE) {
		*problem = zip_bad();
		return FAULT_ZIP_BAD;
	}
	fault = export_kind(o->arena, &file.input, &file.kind, problem);
	if (fault == FAULT_WRONG_FILE) {
		if (o->stranger.fault == FAULT_NONE)
			o->stranger = *problem;
		return FAULT_NONE;
	}
	TRY(fault);
	if (has_kind(&o->files, file.kind)) {
		*problem = (struct siecle_problem){ FAULT_ZIP_AMBIGUOUS, 0,
			export_say(o->arena,
			    "L'archive ZIP contient plusieurs fois %s : "
			    "n'y laissez que le bon.",
			    "The ZIP archive holds several times %s: leave "
			    "only the right one in it.",
			    export_words(file.kind)) };
		return FAULT_ZIP_AMBIGUOUS;
	}
	*(struct upload_file *)list_add(&o->files) = file;
	return FAULT_NONE;
}

static enum fault
open_archive(struct arena *a, const struct siecle_input *in, struct list *files,
    struct siecle_problem *problem)
{
	struct opening o = { .arena = a,
		.files = list_of(a, sizeof(struct upload_file)) };
	const struct zip_entry *e;
	struct list entries;

	TRY(zip_list(a, in->bytes, in->length, &entries, problem));
	e = entries.items;
	for (size_t i = 0; i < entries.count; i++)
		TRY(open_entry(&o, &e[i], problem));
	if (o.files.count == 0) {
		*problem = o.stranger;
		return o.stranger.fault;
	}
	*files = o.files;
	return FAULT_NONE;
}

enum fault
upload_open(struct arena *a, const struct siecle_input *in, struct list *files,
    struct siecle_problem *problem)
{
	struct upload_file file = { .input = *in };
	struct list alone;

	if (zip_is(in->bytes, in->length))
		return open_archive(a, in, files, problem);
	TRY(export_kind(a, in, &file.kind, problem));
	alone = list_of(a, sizeof(struct upload_file));
	*(struct upload_file *)list_add(&alone) = file;
	*files = alone;
	return FAULT_NONE;
}
