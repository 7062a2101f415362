/*
 * Dashboard: the path of a learner through one framework (M-192 to M-210).
 *
 * One column an evaluation, those already taken into an interim assessment at
 * the left of the black bar; one row a criterion; and what every interim
 * assessment said of each competency.  It is the page everybody reads all
 * day, so it is one batch, written straight from its rows.
 */
#ifndef ACQUIS_DASHBOARD_H
#define ACQUIS_DASHBOARD_H

#include "context.h"

enum fault dashboard_get(struct ctx *);

#endif
