/*
 * Metrics: counters of all workers, in memory they share.
 *
 * Only counts and durations, never a name or an address.
 */
#ifndef ACQUIS_METRIC_H
#define ACQUIS_METRIC_H

#include "context.h"

/* In the parent, before there are workers. */
void metric_open(void);

/* One answer sent, and how long it took. */
void metric_answered(int status, long long microseconds);

/* One export that was one too many (reliability.md T2). */
void metric_export_refused(void);

/* GET /metrics, in the text format of Prometheus. */
enum fault metric_get(struct ctx *);

#endif
