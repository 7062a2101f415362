/*
 * Supervision: who receives a learner in a company.
 *
 * A learner under school status has a tutor, whom the teacher or the DDFPT
 * makes (M-053); an apprentice has a master, whom the administrator or the
 * DDFPT makes (M-054).  One at a time; another one comes after the end of the
 * first.
 */
#ifndef ACQUIS_SUPERVISION_H
#define ACQUIS_SUPERVISION_H

#include "context.h"

/* /learners/{id}/supervisors */
enum fault supervision_list(struct ctx *);
enum fault supervision_create(struct ctx *);

/* DELETE /learners/{id}/supervisors/{person_id} */
enum fault supervision_delete(struct ctx *);

#endif
