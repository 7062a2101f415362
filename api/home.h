/*
 * Home: what awaits whoever signs in, in one answer.
 */
#ifndef ACQUIS_HOME_H
#define ACQUIS_HOME_H

#include "context.h"

enum fault home_get(struct ctx *);

#endif
