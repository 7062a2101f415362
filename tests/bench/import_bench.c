/*
 * CPU time of an import's preview: import_bench runs file..., the files as
 * they are sent; two numbers a line, milliseconds of CPU on one thread: a
 * plain expat pass over the files, and reading, planning and writing the
 * preview of them for an empty school.  They take turns.
 */
#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../api/import_preview.h"
#include "../../api/siecle/xml.h"

struct file {
	char *bytes;
	size_t length;
};

static double
cpu_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static struct file
read_file(const char *name)
{
	FILE *f = fopen(name, "rb");
	struct file out = { .bytes = malloc(XML_BYTES_MAX) };

	if (f == NULL || out.bytes == NULL) {
		perror(name);
		exit(2);
	}
	out.length = fread(out.bytes, 1, XML_BYTES_MAX, f);
	fclose(f);
	return out;
}

/* --- expat, and nothing else --- */

static void XMLCALL
opened(void *data, const char *name, const char **attributes)
{
	(void)name;
	(void)attributes;
	++*(long *)data;
}

static void XMLCALL
closed(void *data, const char *name)
{
	(void)name;
	++*(long *)data;
}

static void XMLCALL
said(void *data, const char *text, int length)
{
	(void)text;
	*(long *)data += length;
}

static int XMLCALL
any_byte(void *data, const char *name, XML_Encoding *out)
{
	(void)data;
	(void)name;
	for (int i = 0; i < 256; i++)
		out->map[i] = i;
	out->data = NULL;
	out->convert = NULL;
	out->release = NULL;
	return XML_STATUS_OK;
}

static void
pass_over(const struct file *f)
{
	XML_Parser p = XML_ParserCreate(NULL);
	long seen = 0;

	XML_SetUserData(p, &seen);
	XML_SetElementHandler(p, opened, closed);
	XML_SetCharacterDataHandler(p, said);
	XML_SetUnknownEncodingHandler(p, any_byte, NULL);
	if (XML_Parse(p, f->bytes, (int)f->length, true) != XML_STATUS_OK ||
	    seen == 0)
		exit(3);
	XML_ParserFree(p);
}

/* --- a preview --- */

/* The school the files say they are of. */
static struct import_state
school_of(struct arena *a, const struct file *f)
{
	const struct siecle_input in = { .bytes = f->bytes,
		.length = f->length };
	struct siecle_problem problem;
	struct import_state s = { .today = "2026-09-15" };
	struct staff_file staff;

	if (staff_file_read(a, &in, &staff, &problem) != FAULT_NONE)
		exit(4);
	s.school = school_state_in(a, staff.header.uai, staff.header.year);
	s.today = arena_print(a, "%d-09-15", staff.header.year);
	s.mefs = list_of(a, sizeof(struct known_mef));
	return s;
}

static size_t
preview(const struct file *files, size_t n)
{
	struct arena *arena = arena_open();
	struct import_analysis *a = arena_take(arena, sizeof(*a));
	struct import_progress progress = { 0 };
	struct import_preview out;
	struct import_state state = school_of(arena, &files[0]);
	size_t created;

	a->arena = arena;
	a->state = &state;
	a->progress = &progress;
	a->request = plan_request_on(arena, state.today);
	for (size_t i = 0; i < n; i++)
		a->uploads[a->upload_count++] =
		    (struct import_upload){ files[i].bytes, files[i].length, "",
			    "", 0, 0 };
	import_analyse(a);
	if (a->fault != FAULT_NONE) {
		fprintf(stderr, "%s\n", a->problem.detail.in[0]);
		exit(5);
	}
	import_preview_make(a, &out);
	created = a->plan.learner_fates[PLAN_CREATED];
	arena_close(arena);
	return created;
}

int
main(int argc, char **argv)
{
	struct file files[IMPORT_UPLOADS_MAX];
	size_t n = (size_t)argc - 2;
	double start, plain;

	if (argc < 3 || n > IMPORT_UPLOADS_MAX) {
		fprintf(stderr, "usage: import_bench runs sts_emp file...\n");
		return 2;
	}
	for (size_t i = 0; i < n; i++)
		files[i] = read_file(argv[i + 2]);
	for (long run = strtol(argv[1], NULL, 10); run > 0; run--) {
		start = cpu_ms();
		for (size_t i = 0; i < n; i++)
			pass_over(&files[i]);
		plain = cpu_ms() - start;
		start = cpu_ms();
		if (preview(files, n) == 0)
			return 6;
		printf("%.2f %.2f\n", plain, cpu_ms() - start);
	}
	for (size_t i = 0; i < n; i++)
		free(files[i].bytes);
	return 0;
}
