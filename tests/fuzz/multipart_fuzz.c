/*
 * Bodies that are nearly forms, for the sanitizers to watch.
 *
 *   multipart_fuzz [ROUNDS]
 *
 * Every part that is read must lie within the body and hold no boundary.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../api/multipart.h"

#define TYPE "multipart/form-data; boundary=xx"
#define ROUNDS 200000

static const char *const pieces[] = { "--xx", "--xx--", "\r\n", "\r\n\r\n",
	"Content-Disposition: form-data; name=\"staff\"",
	"; filename=\"a.xml\"", "Content-Type: text/xml", "<a/>", "\n", "\"",
	"x", "\xff", "Content-Disposition:", "form-data;", "name=\"",
	"--" };
#define PIECES (sizeof(pieces) / sizeof(pieces[0]))

/* A form as it should be begins most of them. */
static size_t
make_body(char *out, size_t room)
{
	static const char start[] =
	    "--xx\r\nContent-Disposition: form-data; name=\"staff\"\r\n\r\n";
	size_t n = 0, m, k = (size_t)rand() % 12;
	const char *piece;

	if (rand() % 4 != 0) {
		n = strlen(start);
		memcpy(out, start, n);
	}
	while (k-- > 0) {
		piece = pieces[(size_t)rand() % PIECES];
		m = strlen(piece);
		if (n + m > room)
			break;
		memcpy(out + n, piece, m);
		n += m;
	}
	if (n > 0 && rand() % 3 == 0)
		out[(size_t)rand() % n] = (char)rand();
	return n;
}

static int
check(const char *body, size_t n)
{
	struct arena *a = arena_open();
	struct part parts[4];
	size_t count = 0, i;
	int bad = 0;

	if (multipart_read(a, TYPE, body, n, parts, 4, &count) != FAULT_NONE)
		count = 0;
	for (i = 0; i < count; i++)
		bad |= parts[i].bytes < body ||
		       parts[i].bytes + parts[i].length > body + n ||
		       memmem(parts[i].bytes, parts[i].length, "\r\n--xx",
			   6) != NULL;
	arena_close(a);
	return bad;
}

int
main(int argc, char **argv)
{
	long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : ROUNDS;
	char whole[512], *exact;
	int bad = 0;
	size_t n;

	srand(1);
	while (rounds-- > 0 && bad == 0) {
		n = make_body(whole, sizeof(whole));
		/* Of its very size, so that one byte too far is seen. */
		exact = malloc(n + 1);
		memcpy(exact, whole, n);
		exact = realloc(exact, n == 0 ? 1 : n);
		bad = check(exact, n);
		free(exact);
	}
	printf("%s multipart bodies stay within bounds\n",
	    bad ? "not ok" : "ok");
	return bad;
}
