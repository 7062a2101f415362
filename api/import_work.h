/*
 * Import work: one import under way in a worker, from its files to its end.
 *
 * While the client waits, or as a job after the answer (?later=true).
 */
#ifndef ACQUIS_IMPORT_WORK_H
#define ACQUIS_IMPORT_WORK_H

#include "context.h"
#include "import_job.h"
#include "import_preview.h"

struct import_work {
	int64_t id;
	struct import_job *job; /* one, however often the work is run again */
	struct import_state state;
	struct import_analysis analysis;
	struct import_preview preview;
	const char *files; /* JSON: what each file was recognised as */
};

/* What was sent: the parts of the form become uploads of the analysis. */
enum fault import_take_form(struct ctx *, struct import_analysis *);

/* The uploads as JSON, before any of them is read. */
const char *import_describe_uploads(struct arena *,
    const struct import_analysis *);

/* The same once they are, with what each is. */
const char *import_describe_files(const struct import_analysis *);

/* The school as it is: one batch, with what was queued before. */
enum fault import_load(struct ctx *, struct import_state *);

/* Analyse on a task thread; its refusal is said in c->detail. */
enum fault import_work_through(struct ctx *, struct import_work *);

/* The shape Import, as the answer. */
enum fault import_reply(struct ctx *, int64_t id, int status);

/* 202, and the rest of the work after it. */
enum fault import_reply_later(struct ctx *, struct import_work *,
    void (*after)(struct ctx *));

#endif
