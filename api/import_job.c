#include "import_job.h"

enum fault
import_job_open(struct ctx *c, struct import_job *job, int64_t import,
    const char *work)
{
	struct db *db = c->db;
	struct rows r;

	TRY(db_run(db, &r, Q_IMPORT_JOB_OPEN,
	    PARAMS(p_int(import), p_text(work))));
	if (row_null(&r, 0, "job"))
		return FAULT_BUSY;
	job->id = row_int(&r, 0, "job");
	import_progress(&job->progress, "reading", 0);
	return FAULT_NONE;
}

enum fault
import_job_close(struct ctx *c, struct import_job *job)
{
	struct db *db = c->db;
	struct rows r;

	if (job->id == 0)
		return FAULT_NONE;
	TRY(db_run(db, &r, Q_IMPORT_JOB_CLOSE, PARAMS(p_int(job->id))));
	return r.count == 0 ? FAULT_CONFLICT : FAULT_NONE;
}
