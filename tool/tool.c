#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "tool.h"

/* No migration and no framework comes near. */
#define FILE_MAX (16 << 20)
#define FILES_MAX 10000

_Static_assert(TOOL_HASH == crypto_hash_sha256_BYTES, "SHA-256");

void
tool_end(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fputs("acquis: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
	exit(1);
}

static void
file_read(struct arena *a, const char *folder, struct tool_file *f)
{
	const char *path = arena_print(a, "%s/%s", folder, f->name);
	FILE *in = fopen(path, "rb");
	unsigned char *hash;
	char *bytes;

	if (in == NULL)
		tool_end("%s cannot be read: %s", path, strerror(errno));
	if (fseek(in, 0, SEEK_END) != 0 || ftell(in) < 0 ||
	    ftell(in) > FILE_MAX)
		tool_end("%s is not a file of at most %d bytes", path,
		    FILE_MAX);
	f->length = (size_t)ftell(in);
	rewind(in);
	bytes = arena_take(a, f->length + 1);
	if (fread(bytes, 1, f->length, in) != f->length)
		tool_end("%s cannot be read: %s", path, strerror(errno));
	fclose(in);
	hash = arena_take(a, TOOL_HASH);
	crypto_hash_sha256(hash, (const unsigned char *)bytes, f->length);
	f->bytes = bytes;
	f->hash = hash;
}

static int
by_name(const void *a, const void *b)
{
	const struct tool_file *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int
ends_so(const char *name, const char *ending)
{
	size_t n = strlen(name), m = strlen(ending);

	return name[0] != '.' && n > m && strcmp(name + n - m, ending) == 0;
}

struct tool_file *
tool_folder(struct arena *a, const char *folder, const char *ending, size_t *n)
{
	struct tool_file *files;
	struct dirent *entry;
	DIR *dir = opendir(folder);
	size_t i, count = 0;

	if (dir == NULL)
		tool_end("%s cannot be read: %s", folder, strerror(errno));
	while ((entry = readdir(dir)) != NULL)
		count += ends_so(entry->d_name, ending) != 0;
	if (count == 0 || count > FILES_MAX)
		tool_end("%s holds no *%s that can be read", folder, ending);
	files = arena_array(a, count, sizeof(*files));
	rewinddir(dir);
	for (i = 0; i < count && (entry = readdir(dir)) != NULL;)
		if (ends_so(entry->d_name, ending))
			files[i++].name = arena_text(a, entry->d_name);
	closedir(dir);
	*n = i;
	qsort(files, i, sizeof(*files), by_name);
	for (i = 0; i < *n; i++)
		file_read(a, folder, &files[i]);
	return files;
}
