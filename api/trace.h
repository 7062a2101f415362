/*
 * Traces: who read whose file, who took data out, unlocked, changed a right,
 * signed in (reliability.md P10, T1).
 *
 * Which pages are traced is told by their paths: what is of one learner, and
 * what ends in .csv, .xlsx or .pdf.  So a page that is new is traced without
 * being named here.  What is written is traced by the base, from the journal.
 */
#ifndef ACQUIS_TRACE_H
#define ACQUIS_TRACE_H

#include "context.h"

/*
 * Queue the trace of a page or of a partner's call, so that it goes with the
 * first statements of the handler.  The same page to the same session from
 * the same address within a minute is the same reading: it is told once by
 * each worker.
 */
void trace_queue(struct ctx *);

/*
 * It was read, and need not be told for a minute.  FAULT_EXPORTS where it was
 * the sixth class or list that one person took out as data within an hour
 * (reliability.md T2): that was traced as such, and nothing is to be sent.
 */
enum fault trace_keep(struct ctx *);

/* What the caller may see of them, newest first. */
enum fault trace_list(struct ctx *);
enum fault trace_csv(struct ctx *);

#endif
