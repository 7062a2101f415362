/*
 * Fuzz: any bytes as an archive, and as whatever else may be uploaded.
 *
 * An entry that is listed must lie within the archive, alone there and within
 * the limits; what is read of it must be no longer than it says.
 *
 * Its corpus is the small archives of tests/data/samples.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../api/siecle/export_file.h"
#include "../../api/siecle/upload.h"
#include "../../api/siecle/zip.h"

static bool
count(void *data, const char *s, size_t n)
{
	size_t *total = data;

	/* Every byte is there: the sanitizer looks as they are read. */
	if (n == 0 || memchr(s, 1, n) == s + n)
		abort();
	*total += n;
	return true;
}

static void
check(struct arena *a, const struct zip_entry *e, const char *s, size_t n)
{
	size_t total = 0;
	enum fault fault;

	if (e->packed < s || e->packed > s + n ||
	    e->packed_length > (size_t)(s + n - e->packed) ||
	    e->length > ZIP_ENTRY_MAX || strstr(e->name, "..") == e->name ||
	    e->name[0] == '/' || strchr(e->name, '\\') != NULL)
		abort();
	fault = zip_read(a, e, count, &total);
	if (total > e->length || (fault == FAULT_NONE && total != e->length))
		abort();
}

static bool
overlap(const struct zip_entry *x, const struct zip_entry *y)
{
	return x->packed < y->packed + y->packed_length &&
	       y->packed < x->packed + x->packed_length;
}

static void
check_all(struct arena *a, const struct list *entries, const char *s, size_t n)
{
	const struct zip_entry *e = entries->items;
	size_t total = 0;

	if (entries->count == 0 || entries->count > ZIP_ENTRIES_MAX)
		abort();
	for (size_t i = 0; i < entries->count; i++) {
		check(a, &e[i], s, n);
		total += e[i].length;
		for (size_t k = 0; k < i; k++)
			if (overlap(&e[i], &e[k]))
				abort();
	}
	if (total > ZIP_TOTAL_MAX)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct siecle_input in = { .bytes = (const char *)bytes, .length = n };
	struct siecle_problem problem = { 0 };
	struct arena *a = arena_open();
	const struct upload_file *f;
	struct list entries, files;

	if (zip_list(a, in.bytes, n, &entries, &problem) == FAULT_NONE)
		check_all(a, &entries, in.bytes, n);
	else if (problem.fault == FAULT_NONE || problem.detail.in[0] == NULL)
		abort();
	problem = (struct siecle_problem){ 0 };
	if (upload_open(a, &in, &files, &problem) == FAULT_NONE) {
		f = files.items;
		if (files.count == 0 || files.count > SIECLE__MAX ||
		    f[0].kind >= SIECLE__MAX)
			abort();
	} else if (problem.fault == FAULT_NONE ||
		   problem.detail.in[0] == NULL) {
		abort();
	}
	arena_close(a);
	return 0;
}
