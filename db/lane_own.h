/*
 * What lane.c (one lane) and lanes.c (all of a worker's) know of each other,
 * and nobody else.
 */
#ifndef ACQUIS_LANE_OWN_H
#define ACQUIS_LANE_OWN_H

#include "lane.h"

/* The delay before a first attempt to connect again, in milliseconds. */
#define LANE_RETRY_FIRST 50

enum lane_state {
	LANE_DOWN,       /* waiting before the next attempt */
	LANE_CONNECTING, /* libpq is at it */
	LANE_PREPARING,  /* statements are being prepared */
	LANE_UP
};

struct lane {
	/*
	 * The host's own words about this lane, first so that a host can
	 * find the lane from them: Kore wants its event here.
	 */
	_Alignas(max_align_t) unsigned char host_bytes[LANE_HOST_BYTES];
	struct lanes *lanes;
	PGconn *conn;
	int fd; /* watched, or -1 */
	bool writing;
	enum lane_state state;
	bool exclusive;
	bool borrowed;
	bool stalled; /* silent for too long: nobody's until it speaks */
	bool bulky;   /* has carried a row or a statement of a rare length */
	int delay;
	long long due;   /* when lane_tick() has something to do */
	long long heard; /* when a batch last began or ended what was here */
	struct batch *first; /* under way, in order */
	struct batch **last;
	size_t pending;
	unsigned int losses;
};

struct line {
	void *waiter;
	struct line *next;
};

struct lanes {
	const struct lane_host *host;
	char *conninfo;
	struct line *line; /* those who wait for an exclusive lane */
	struct line **line_end;
	size_t count;
	struct lane lane[];
};

void lane_connect(struct lane *);
void lane_unwatch(struct lane *);

/* It takes batches. */
bool lane_serves(const struct lane *);

/* It serves, or is about to: it has not failed to connect again yet. */
bool lane_hoped(const struct lane *);

/*
 * Connect again if it was bulky, is idle, and another of its kind serves.
 * Buffers of libpq take the size of the longest row or statement and keep it
 * as long as the connection: after the import of a large school, 20 MB.
 */
void lane_renew(struct lane *);

/* The first in line may ask again. */
void lanes_wake(struct lanes *);

/* Nobody waits for lanes that are all away: those in line are told. */
void lanes_wake_hopeless(struct lanes *);

#endif
