/*
 * People of the school and their accounts, for the administrator.
 */
#ifndef ACQUIS_PEOPLE_H
#define ACQUIS_PEOPLE_H

#include "context.h"

enum fault people_list(struct ctx *);

#endif
