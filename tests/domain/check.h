/*
 * Check: the smallest harness that names what it proves.
 *
 * A test file lists its tests in a table of titles and functions and ends
 * with CHECK_MAIN(table).  The program prints one line per title, where each
 * failing check happened, and a total; it exits 1 when a title failed.
 */
#ifndef ACQUIS_CHECK_H
#define ACQUIS_CHECK_H

#include <stdio.h>
#include <string.h>

struct check_test {
	const char *title;
	void (*run)(void);
};

static int check_failures; /* of the test under way */

#define CHECK(ok)                                                              \
	do {                                                                   \
		if (!(ok)) {                                                   \
			printf("  %s:%d: %s\n", __FILE__, __LINE__, #ok);      \
			check_failures++;                                      \
		}                                                              \
	} while (0)

#define CHECK_INT(got, wanted)                                                 \
	do {                                                                   \
		long long got_ = (long long)(got);                             \
		long long wanted_ = (long long)(wanted);                       \
		if (got_ != wanted_) {                                         \
			printf("  %s:%d: %s is %lld, not %lld\n", __FILE__,    \
			    __LINE__, #got, got_, wanted_);                    \
			check_failures++;                                      \
		}                                                              \
	} while (0)

#define CHECK_TEXT(got, wanted)                                                \
	do {                                                                   \
		const char *got_ = (got);                                      \
		const char *wanted_ = (wanted);                                \
		if (strcmp(got_, wanted_) != 0) {                              \
			printf("  %s:%d: %s is \"%s\", not \"%s\"\n",          \
			    __FILE__, __LINE__, #got, got_, wanted_);          \
			check_failures++;                                      \
		}                                                              \
	} while (0)

static int
check_all(const struct check_test *tests, size_t n)
{
	int failed = 0;

	for (size_t i = 0; i < n; i++) {
		check_failures = 0;
		tests[i].run();
		printf("%s %s\n", check_failures ? "not ok" : "ok",
		    tests[i].title);
		failed += check_failures != 0;
	}
	printf("%d passed, %d failed\n", (int)n - failed, failed);
	return failed != 0;
}

#define CHECK_MAIN(tests)                                                      \
	int main(void)                                                         \
	{                                                                      \
		return check_all(tests, sizeof(tests) / sizeof((tests)[0]));   \
	}

#endif
