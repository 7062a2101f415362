#include "entry.h"
#include "import_job.h"
#include "json.h"
#include "problem.h"
#include "task.h"

#define BEAT_MS 500

/* --- beside the work --- */

static enum fault
beat(struct ctx *c)
{
	struct import_job *job = c->after_arg;
	struct import_progress *p = &job->progress;
	struct db *db = c->db;
	struct rows r;

	TRY(db_run(db, &r, Q_IMPORT_JOB_BEAT,
	    PARAMS(p_int(job->id), p_text(atomic_load(&p->step)),
		p_int(atomic_load(&p->percent)))));
	if (r.count == 0)
		atomic_store(&p->stop, true);
	return FAULT_NONE;
}

/* A beat that the base does not answer is made up for by the next. */
static void
beats(struct ctx *c)
{
	struct import_job *job = c->after_arg;

	while (!job->over) {
		(void)entry_act(c, beat);
		task_pause(c, BEAT_MS, &job->over);
	}
	job->beating = false;
	entry_wake(job->ctx);
}

/* --- the end --- */

static const char *
problem_of_job(struct ctx *c, enum fault fault)
{
	struct text t = text_in(c->arena);
	struct json j = json_in(&t);

	json_open(&j, NULL, '{');
	problem_write(c, &j, fault);
	json_close(&j, '}');
	return text_string(&t);
}

/* Where it was cancelled there is no job, and nothing to say. */
static enum fault
keep_problem(struct ctx *c)
{
	struct import_job *job = c->after_arg;
	bool ours = problem_of(job->fault)->status >= 500;
	struct db *db = c->db;

	return db_run(db, NULL, Q_IMPORT_FAIL,
	    PARAMS(p_int(job->id), p_text(ours ? "failed" : "refused"),
		p_text(job->problem)));
}

void
import_job_run(struct ctx *c, struct import_job *job,
    enum fault (*work)(struct ctx *))
{
	struct ctx *beside;

	job->ctx = c;
	job->beating = true;
	beside = task_beside(c, beats, job);
	job->fault = entry_act(c, work);
	job->over = true;
	entry_wake(beside);
	while (job->beating)
		entry_suspend(c);
	if (job->fault == FAULT_NONE)
		return;
	job->problem = problem_of_job(c, job->fault);
	c->after_arg = job;
	(void)entry_act(c, keep_problem);
}
