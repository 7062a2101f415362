/*
 * CPU time of prints: render_bench [runs], 31 by default; milliseconds of
 * CPU, the median of the runs, on one thread.
 *
 * The thread is warm, as a worker's is after its first print, but each run
 * prints another learner: what is shaped anew for one is measured.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../../api/render/interim.h"
#include "../../api/render/radar.h"
#include "../render/sample.h"

#define CLASS 30
#define RUNS_MAX 999

static double
cpu_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* A learner nobody has printed yet. */
static struct interim_document
learner(struct arena *a, size_t interims)
{
	static int seed;
	struct interim_document d =
	    sample_document(a, sample_melec(), seed++, interims);

	d.learner.first_name = arena_print(a, "Zoë %d", seed);
	return d;
}

/* Each gives the bytes it made, 0 when refused. */
static size_t
print_one(struct arena *a, struct text *out)
{
	struct interim_document d = learner(a, 4);

	return render_interims_pdf(a, &d, 1, out) == FAULT_NONE ? out->length
								: 0;
}

static size_t
print_first(struct arena *a, struct text *out)
{
	struct interim_document d = learner(a, 1);

	return render_interims_pdf(a, &d, 1, out) == FAULT_NONE ? out->length
								: 0;
}

static size_t
print_class(struct arena *a, struct text *out)
{
	struct interim_document d[CLASS];

	for (size_t i = 0; i < CLASS; i++)
		d[i] = learner(a, 4);
	return render_interims_pdf(a, d, CLASS, out) == FAULT_NONE ? out->length
								   : 0;
}

static size_t
print_svg(struct arena *a, struct text *out)
{
	struct interim_document d = learner(a, 4);

	return render_radar_svg(a, d.radar, out) == FAULT_NONE ? out->length
							       : 0;
}

static size_t
print_png(struct arena *a, struct text *out)
{
	struct interim_document d = learner(a, 4);

	return render_radar_png(a, d.radar, 800, out) == FAULT_NONE
		   ? out->length
		   : 0;
}

static const struct {
	const char *name;
	size_t (*print)(struct arena *, struct text *);
	int share; /* of the runs: one in so many */
} prints[] = {
	{ "assessment, 4 dates, radar (PDF)", print_one, 1 },
	{ "first assessment, no radar (PDF)", print_first, 1 },
	{ "class of 30, 4 dates, radar (PDF)", print_class, 4 },
	{ "radar (SVG)", print_svg, 1 },
	{ "radar, 800 pixels wide (PNG)", print_png, 2 },
};

static int
by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int
main(int argc, char **argv)
{
	long runs = argc > 1 ? strtol(argv[1], NULL, 10) : 31;
	static double ms[RUNS_MAX];
	struct text out;

	if (runs < 4 || runs > RUNS_MAX || render_open() != FAULT_NONE) {
		fprintf(stderr, "usage: render_bench [runs, 4 to %d]\n",
		    RUNS_MAX);
		return 1;
	}
	printf("%-36s %8s %8s %9s\n", "", "CPU ms", "least", "bytes");
	for (size_t i = 0; i < sizeof(prints) / sizeof(prints[0]); i++) {
		int n = (int)(runs / prints[i].share);
		size_t bytes = 0;

		for (int k = -2; k < n; k++) {
			struct arena *a = arena_open();
			double from = cpu_ms();

			bytes = prints[i].print(a, &out);
			if (k >= 0)
				ms[k] = cpu_ms() - from;
			arena_close(a);
			if (bytes == 0)
				return 1;
		}
		qsort(ms, (size_t)n, sizeof(ms[0]), by_time);
		printf("%-36s %8.2f %8.2f %9zu\n", prints[i].name, ms[n / 2],
		    ms[0], bytes);
	}
	return 0;
}
