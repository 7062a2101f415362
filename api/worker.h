/*
 * Worker: what a worker of Kore has, from its start to its end.
 */
#ifndef ACQUIS_WORKER_H
#define ACQUIS_WORKER_H

#include "../db/lane.h"

/* The lanes of this worker. */
struct lanes *worker_lanes(void);

#endif
