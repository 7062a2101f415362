/*
 * Device: a browser that a person signs in from, and the sessions it has.
 *
 * It keeps a cookie of its own for a year, which opens nothing: it only says
 * "the same browser as then".  Several people may share it.
 */
#ifndef ACQUIS_DEVICE_H
#define ACQUIS_DEVICE_H

#include "context.h"

struct device {
	const char *token;   /* of the cookie */
	const char *browser; /* Firefox; NULL: not known */
	const char *system;  /* Windows; NULL: not known */
};

/* The device that asks; one that has no cookie yet gets a new token. */
struct device device_of(struct ctx *);

/* Have it keep the token. */
void device_keep(struct ctx *, const struct device *);

enum fault session_list(struct ctx *);
enum fault session_end(struct ctx *);
enum fault session_end_others(struct ctx *);
enum fault device_list(struct ctx *);
enum fault device_delete(struct ctx *);

/* "It was me": no notice of it any more. */
enum fault device_notice(struct ctx *);

#endif
