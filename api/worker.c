#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include <kore/kore.h>
#include <kore/http.h>
#include <kore/hooks.h>

#include <sodium.h>

#include "../db/arena.h"
#include "asset.h"
#include "coroutine.h"
#include "entry.h"
#include "mailer.h"
#include "metric.h"
#include "render/pen.h"
#include "route.h"
#include "throttle.h"
#include "worker.h"

/* Connections of one worker: shared ones to read, others to write. */
#define LANES_SHARED 2
#define LANES_EXCLUSIVE 6

/*
 * Blocks from HEAP_BLOCK on are the system's again when they are freed, and
 * the end of a heap is when it is longer than HEAP_SPARE.  Left to itself the
 * C library raises both to what was ever freed, up to 32 and 64 MB in each of
 * five heaps: one export in the morning would be held all day.
 */
#define HEAP_BLOCK (256 * 1024)
#define HEAP_SPARE (256 * 1024)

/* Kore counts them from one; this one sends mail. */
#define WORKER_FIRST 1

/* How long a worker that is told to stop finishes what is under way. */
#define DRAIN_SECONDS 10

_Static_assert(sizeof(struct kore_event) <= LANE_HOST_BYTES,
    "Kore's event must fit the words a lane keeps for its host");

static struct lanes *lanes;

struct lanes *
worker_lanes(void)
{
	return lanes;
}

/* --- lanes on Kore's event loop --- */

static void
lane_event(void *arg, int error)
{
	struct kore_event *e = arg;
	bool readable = e->flags & KORE_EVENT_READ || error;
	bool writable = e->flags & KORE_EVENT_WRITE;

	e->flags = 0;
	lane_ready(arg, readable, writable);
}

static void
lane_watched(struct lane *l, int fd, bool write)
{
	struct kore_event *e = (struct kore_event *)l;
	unsigned int events = EPOLLIN | EPOLLRDHUP;

	e->type = KORE_TYPE_CURL_HANDLE;
	e->handle = lane_event;
	if (write)
		events |= EPOLLOUT;
	kore_platform_event_schedule(fd, (int)events, 0, l);
}

static void
lane_unwatched(struct lane *l, int fd, bool closed)
{
	(void)l;
	/* What is closed has left epoll, and its number may be another's. */
	if (!closed)
		kore_platform_disable_read(fd);
}

static void
lane_timer(void *arg, uint64_t now)
{
	(void)now;
	lane_tick(arg);
}

static void
lane_later(struct lane *l, int milliseconds)
{
	kore_timer_add(lane_timer, (uint64_t)milliseconds, l,
	    KORE_TIMER_ONESHOT);
}

static const struct lane_host host = {
	.watch = lane_watched,
	.unwatch = lane_unwatched,
	.wake = entry_wake,
	.later = lane_later,
};

/* --- start and end --- */

static const char *
database_url(void)
{
	const char *url = getenv("ACQUIS_DATABASE_URL");

	return url == NULL ? "dbname=acquis" : url;
}

/* Say it in one sentence and stop: a worker that dies is started for ever. */
static void
refuse(const char *what, const char *why)
{
	fprintf(stderr, "acquis: cannot start: %s: %s\n", what, why);
	exit(1);
}

static void
heap_open(void)
{
	mallopt(M_MMAP_THRESHOLD, HEAP_BLOCK);
	mallopt(M_TRIM_THRESHOLD, HEAP_SPARE);
}

void
kore_parent_configure(int argc, char **argv)
{
	struct arena *a = arena_open();
	const char *why;

	(void)argc;
	(void)argv;
	heap_open();
	routes_open();
	if (sodium_init() < 0)
		refuse("libsodium", "no source of randomness");
	why = lanes_check(a, database_url());
	if (why != NULL)
		refuse("the database", why);
	why = asset_load(a, getenv("ACQUIS_ROOT"));
	if (why != NULL)
		refuse("the web pages", why);
	why = mailer_open();
	if (why != NULL)
		refuse("the settings of mail", why);
	metric_open();
	throttle_open();
	if (render_open() != FAULT_NONE)
		refuse("the fonts", "DejaVu Sans is not installed");
	arena_close(a);
}

void
kore_worker_configure(void)
{
	entry_open();
	lanes =
	    lanes_open(database_url(), LANES_SHARED, LANES_EXCLUSIVE, &host);
	if (worker->id == WORKER_FIRST)
		mailer_start(database_url());
}

/*
 * libasan's strerror() unlocks a lock of the C library once too often, and
 * p11-kit's exit handler then waits for it for ever: no exit handlers there.
 */
static void
end_here(void)
{
#if defined(__SANITIZE_ADDRESS__)
	fflush(NULL);
	_exit(0);
#endif
}

/*
 * Told to stop: no new connection, but what is under way is carried to its
 * end and its answer sent.
 */
void
kore_worker_teardown(void)
{
	uint64_t end = kore_time_ms() + DRAIN_SECONDS * 1000;

	/* Among several workers, one that left its loop has stopped. */
	if (worker->has_lock)
		kore_platform_disable_accept();
	while (coroutine_count() > 0 && kore_time_ms() < end) {
		kore_platform_event_wait(50);
		kore_timer_run(kore_time_ms());
		http_process();
	}
	mailer_stop();
	lanes_close(lanes);
	lanes = NULL;
	end_here();
}

void
kore_parent_teardown(void)
{
	end_here();
}
