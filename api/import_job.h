/*
 * Import job: an import that goes on after its answer.
 *
 * A second coroutine tells the base twice a second how far the work is, so
 * that whoever asks is told, and learns from it that the import was cancelled.
 * A job nobody has heard of for some seconds is over: its worker was killed,
 * and what it did in its transaction with it (migrations/0023).
 */
#ifndef ACQUIS_IMPORT_JOB_H
#define ACQUIS_IMPORT_JOB_H

#include "import_analysis.h"
#include "context.h"

struct import_job {
	int64_t id; /* 0: there is none, the client waits for the answer */
	struct import_progress progress;

	/* the job's own */
	struct ctx *ctx;
	bool over, beating;
	enum fault fault;
	const char *problem;
};

/*
 * In the transaction of the request: begin a job on an import, "analysis" or
 * "commit".  FAULT_BUSY where another one of the school is under way.
 */
enum fault import_job_open(struct ctx *, struct import_job *, int64_t import,
    const char *work);

/*
 * After the answer: run `work` in a transaction, to the end.  What it refuses
 * with is kept as the problem of the import.  `work` gets the after_arg of the
 * ctx and ends the job itself, with import_job_close().
 */
void import_job_run(struct ctx *, struct import_job *,
    enum fault (*work)(struct ctx *));

/*
 * In the transaction of the work: from here on it cannot be cancelled, unless
 * the transaction is undone.  FAULT_CONFLICT when it was cancelled before.
 */
enum fault import_job_close(struct ctx *, struct import_job *);

#endif
