/*
 * Worker: what a worker of Kore has, from its start to its end.
 */
#ifndef ACQUIS_WORKER_H
#define ACQUIS_WORKER_H

#include "../db/lane.h"

/* The lanes of this worker. */
struct lanes *worker_lanes(void);

/*
 * Whether this process is to serve: everything that can be wrong with the
 * machine is said in the parent, once, before there are workers.
 */

#endif
