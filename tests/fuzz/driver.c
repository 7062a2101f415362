/*
 * Runs a fuzz target without libFuzzer, the same way every time.
 *
 *   x_fuzz ROUNDS FILE...
 *
 * Each file goes through the target as it is, then as many mutations of them
 * as ROUNDS says, from a generator that always starts alike.  A target ends
 * the process where it finds something wrong; its input is then in
 * x_fuzz.crash beside the program, which takes that file again.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILES_MAX 256
#define LONGEST 65536

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);
void __sanitizer_set_death_callback(void (*)(void));

struct input {
	uint8_t *bytes;
	size_t length;
};

static struct input files[FILES_MAX];
static size_t files_count;

/* What is being run, for whoever looks into a crash. */
static struct input now;
static char crash[4096];

static uint64_t state = 1;

static size_t
chance(size_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (size_t)(state >> 11) % n;
}

static void
keep_crash(void)
{
	FILE *f = fopen(crash, "wb");

	if (f == NULL)
		return;
	fwrite(now.bytes, 1, now.length, f);
	fclose(f);
	fprintf(stderr, "the input is in %s\n", crash);
}

/* Of its very size, so that one byte too far is seen. */
static void
run(const uint8_t *bytes, size_t n)
{
	now.bytes = malloc(n == 0 ? 1 : n);
	now.length = n;
	if (now.bytes == NULL)
		abort();
	memcpy(now.bytes, bytes, n);
	LLVMFuzzerTestOneInput(now.bytes, n);
	free(now.bytes);
}

/* Put m bytes at a place, as far as there is room. */
static size_t
insert(uint8_t *out, size_t n, const uint8_t *bytes, size_t m)
{
	size_t at = chance(n + 1);

	if (m > LONGEST - n)
		return n;
	memmove(out + at + m, out + at, n - at);
	memcpy(out + at, bytes, m);
	return n + m;
}

static size_t
cut(uint8_t *out, size_t n)
{
	size_t at, m;

	if (n == 0)
		return 0;
	at = chance(n);
	m = 1 + chance(n - at < 32 ? n - at : 32);
	memmove(out + at, out + at + m, n - at - m);
	return n - m;
}

/* A piece of this or of another file, again somewhere else. */
static size_t
splice(uint8_t *out, size_t n)
{
	const struct input *from = &files[chance(files_count)];
	size_t at, m;

	if (from->length == 0)
		return n;
	at = chance(from->length);
	m = 1 + chance(from->length - at < 64 ? from->length - at : 64);
	return insert(out, n, from->bytes + at, m);
}

static size_t
mutate(uint8_t *out, size_t n)
{
	static const uint8_t odd[] = { 0, 0x7f, 0x80, 0xff, 0xc0, 0xed, 0xf4,
		'"', '\\', '%', '<', '&', '\n', '\r', ',', ';', '9', '-' };
	uint8_t byte = odd[chance(sizeof(odd))];

	switch (chance(6)) {
	case 0:
		if (n > 0)
			out[chance(n)] ^= (uint8_t)(1 << chance(8));
		return n;
	case 1:
		if (n > 0)
			out[chance(n)] = byte;
		return n;
	case 2:
		return insert(out, n, &byte, 1);
	case 3:
		return cut(out, n);
	case 4:
		return n == 0 || chance(16) > 0 ? n : chance(n);
	default:
		return splice(out, n);
	}
}

static void
run_mutation(void)
{
	static uint8_t out[LONGEST];
	const struct input *from = &files[chance(files_count)];
	size_t n = from->length, times = 1 + chance(5);

	memcpy(out, from->bytes, n);
	while (times-- > 0)
		n = mutate(out, n);
	run(out, n);
}

static int
read_input(const char *name, struct input *in)
{
	FILE *f = fopen(name, "rb");
	long size;

	if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0 ||
	    size > LONGEST)
		return 0;
	rewind(f);
	in->length = (size_t)size;
	in->bytes = malloc(in->length + 1);
	if (in->bytes == NULL ||
	    fread(in->bytes, 1, in->length, f) != in->length)
		return 0;
	fclose(f);
	return 1;
}

int
main(int argc, char **argv)
{
	long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : 0, i;

	for (i = 2; i < argc && files_count < FILES_MAX; i++) {
		if (!read_input(argv[i], &files[files_count])) {
			fprintf(stderr, "cannot read %s\n", argv[i]);
			return 2;
		}
		files_count++;
	}
	if (files_count == 0 || rounds < 0)
		return 2;
	snprintf(crash, sizeof(crash), "%s.crash", argv[0]);
	__sanitizer_set_death_callback(keep_crash);
	for (i = 0; i < (long)files_count; i++)
		run(files[i].bytes, files[i].length);
	for (i = 0; i < rounds; i++)
		run_mutation();
	printf("ok X6 %s: %zu files, %ld mutations\n", argv[0], files_count,
	    rounds);
	for (i = 0; i < (long)files_count; i++)
		free(files[i].bytes);
	return 0;
}
