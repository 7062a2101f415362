/*
 * Settings: the choices of a school (rules; G-19, G-20).
 *
 * Saved grades keep the choices they were made with, so a change
 * touches nothing that was saved.  The revision counts every change of the
 * settings and of the terms, and is the ETag of both.
 */
#ifndef ACQUIS_SETTINGS_H
#define ACQUIS_SETTINGS_H

#include "context.h"

/*
 * Take the next revision, after whatever was queued.  FAULT_STALE when the
 * client read another than the last.
 */
enum fault settings_hold(struct ctx *);

/* GET and PUT /settings. */
enum fault settings_get(struct ctx *);
enum fault settings_put(struct ctx *);

#endif
