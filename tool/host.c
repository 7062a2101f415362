#include <poll.h>
#include <stdlib.h>
#include <time.h>

#include "../api/import_job.h"
#include "../api/mailer.h"
#include "../api/task.h"
#include "../api/worker.h"
#include "host.h"
#include "tool.h"

#define WATCHED_MAX 8
#define CONNECT_SECONDS 5

static struct lanes *lanes;
static bool opened;
static struct watched {
	struct lane *lane;
	int fd;
	bool write;
} watched[WATCHED_MAX];

static void
host_watch(struct lane *l, int fd, bool write)
{
	struct watched *w, *free_one = NULL;

	for (w = watched; w < watched + WATCHED_MAX; w++) {
		if (w->lane == l)
			break;
		if (w->lane == NULL && free_one == NULL)
			free_one = w;
	}
	if (w == watched + WATCHED_MAX)
		w = free_one;
	if (w == NULL)
		abort();
	*w = (struct watched){ l, fd, write };
}

static void
host_unwatch(struct lane *l, int fd, bool closed)
{
	struct watched *w;

	(void)fd;
	(void)closed;
	for (w = watched; w < watched + WATCHED_MAX; w++)
		if (w->lane == l)
			w->lane = NULL;
}

/* Whoever waits looks again by itself. */
static void
host_wake(void *waiter)
{
	(void)waiter;
}

static void
host_later(struct lane *l, int milliseconds)
{
	(void)l;
	(void)milliseconds;
}

static const struct lane_host host = {
	.watch = host_watch,
	.unwatch = host_unwatch,
	.wake = host_wake,
	.later = host_later,
};

/* One turn of the loop.  A lane that was lost is not connected again. */
static void
host_turn(void *waiter)
{
	struct pollfd fds[WATCHED_MAX];
	struct lane *of[WATCHED_MAX];
	size_t i;
	nfds_t n = 0;

	(void)waiter;
	if (opened && lanes_connected(lanes) == 0)
		tool_end("the base went away");
	for (i = 0; i < WATCHED_MAX; i++) {
		if (watched[i].lane == NULL)
			continue;
		of[n] = watched[i].lane;
		fds[n++] = (struct pollfd){ .fd = watched[i].fd,
			.events = (short)(POLLIN |
					  (watched[i].write ? POLLOUT : 0)) };
	}
	if (poll(fds, n, 1000) <= 0)
		return;
	for (i = 0; i < n; i++)
		if (fds[i].revents != 0)
			lane_ready(of[i],
			    (fds[i].revents & (POLLIN | POLLERR | POLLHUP)) !=
				0,
			    (fds[i].revents & POLLOUT) != 0);
}

struct lanes *
host_open(const char *conninfo)
{
	time_t end = time(NULL) + CONNECT_SECONDS;

	lanes = lanes_open(conninfo, 1, 1, &host);
	while (lanes_connected(lanes) < 2) {
		if (time(NULL) > end)
			tool_end("the base does not answer");
		host_turn(NULL);
	}
	opened = true;
	return lanes;
}

void
host_close(struct lanes *ls)
{
	lanes_close(ls);
	lanes = NULL;
	opened = false;
}

struct db_wait
host_wait(void)
{
	return (struct db_wait){ host_turn, NULL };
}

/* What the server's code asks of its worker (api/task.h, api/worker.h). */

struct lanes *
worker_lanes(void)
{
	return lanes;
}

bool
mailer_ready(void)
{
	return false;
}

void
task_run(struct ctx *c, void (*fn)(void *), void *arg)
{
	(void)c;
	fn(arg);
}

/* Nobody waits for an answer of the tool, so nothing goes on after one. */
void
import_job_run(struct ctx *c, struct import_job *job,
    enum fault (*work)(struct ctx *))
{
	(void)c;
	(void)job;
	(void)work;
	abort();
}
