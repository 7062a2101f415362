/*
 * Imports of SIECLE and STSWEB files: analysed first, then applied.
 *
 * The analysis writes nothing but itself, its files included; the commit
 * reads those files again and applies them in one transaction, one import at
 * a time in a school (formats/siecle.md 10).  A client that does not wait
 * (?later=true) is answered at once, and asks again how far the work is.
 */
#ifndef ACQUIS_IMPORT_H
#define ACQUIS_IMPORT_H

#include "context.h"

/* Of the whole form: Kore takes no more (conf/kore.conf). */
#define IMPORT_BODY_MAX (64 << 20)

enum fault import_list(struct ctx *);
enum fault import_create(struct ctx *);
enum fault import_get(struct ctx *);
enum fault import_commit(struct ctx *);
enum fault import_cancel(struct ctx *);
enum fault import_report(struct ctx *);

#endif
