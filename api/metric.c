#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "coroutine.h"
#include "metric.h"
#include "worker.h"

/* Upper ends of the duration buckets, in microseconds. */
static const long long buckets[] = { 1000, 2500, 5000, 10000, 25000, 50000,
	100000, 250000, 500000, 1000000, 2500000 };
#define BUCKETS (sizeof(buckets) / sizeof(buckets[0]))

#define CLASSES 6 /* of a status: its hundreds, 0 and 1 unused */

struct metrics {
	atomic_ullong answers[CLASSES];
	atomic_ullong took[BUCKETS + 1];
	atomic_ullong microseconds;
	atomic_ullong exports_refused;
};

/* This process's own, until metric_open() has some that all share. */
static struct metrics own;
static struct metrics *metrics = &own;

void
metric_open(void)
{
	void *shared = mmap(NULL, sizeof(*metrics), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (shared == MAP_FAILED)
		abort();
	metrics = shared;
}

void
metric_answered(int status, long long microseconds)
{
	size_t class = (size_t)status / 100, i = 0;

	if (class < CLASSES)
		atomic_fetch_add_explicit(&metrics->answers[class], 1,
		    memory_order_relaxed);
	while (i < BUCKETS && microseconds > buckets[i])
		i++;
	atomic_fetch_add_explicit(&metrics->took[i], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&metrics->microseconds,
	    (unsigned long long)microseconds, memory_order_relaxed);
}

void
metric_export_refused(void)
{
	atomic_fetch_add_explicit(&metrics->exports_refused, 1,
	    memory_order_relaxed);
}

static void
write_durations(struct text *t)
{
	unsigned long long sum = 0;
	size_t i;

	text_put(t, "# TYPE acquis_request_seconds histogram\n");
	for (i = 0; i < BUCKETS; i++) {
		sum += metrics->took[i];
		text_print(t,
		    "acquis_request_seconds_bucket{le=\"%lld.%06lld\"} %llu\n",
		    buckets[i] / 1000000, buckets[i] % 1000000, sum);
	}
	sum += metrics->took[BUCKETS];
	text_print(t, "acquis_request_seconds_bucket{le=\"+Inf\"} %llu\n", sum);
	text_print(t, "acquis_request_seconds_sum %llu.%06llu\n",
	    metrics->microseconds / 1000000, metrics->microseconds % 1000000);
	text_print(t, "acquis_request_seconds_count %llu\n", sum);
}

enum fault
metric_get(struct ctx *c)
{
	struct lanes *lanes = worker_lanes();
	struct text *t;
	int i;

	t = reply_file(c, "text/plain; version=0.0.4; charset=utf-8", NULL);
	text_put(t, "# TYPE acquis_answers_total counter\n");
	for (i = 2; i < CLASSES; i++)
		text_print(t, "acquis_answers_total{class=\"%dxx\"} %llu\n", i,
		    (unsigned long long)metrics->answers[i]);
	write_durations(t);
	text_put(t, "# TYPE acquis_exports_refused_total counter\n");
	text_print(t, "acquis_exports_refused_total %llu\n",
	    (unsigned long long)metrics->exports_refused);
	text_put(t, "# TYPE acquis_worker_requests gauge\n");
	text_print(t, "acquis_worker_requests %zu\n", coroutine_count());
	text_print(t, "acquis_worker_lanes_connected %zu\n",
	    lanes_connected(lanes));
	text_print(t, "acquis_worker_lanes_pending %zu\n",
	    lanes_pending(lanes));
	text_print(t, "acquis_worker_lanes_waiting %zu\n",
	    lanes_waiting(lanes));
	return FAULT_NONE;
}
