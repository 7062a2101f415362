/*
 * Partner: what PRONOTE and others pull with a key (partner-api.md 3 to 6).
 *
 * A key opens one school, for reading, within its scopes and addresses; gate.c
 * checks it with every batch.  A request asks partner_open() in its first
 * batch, which counts it (60 a minute, 20 at once, in the base, so that it is
 * the same over all workers and machines) and tells the state of the feed.
 * Nothing of an answer is kept by anybody on the way: no-store.
 */
#ifndef ACQUIS_PARTNER_H
#define ACQUIS_PARTNER_H

#include "context.h"
#include "cursor.h"
#include "json.h"

#define PARTNER_PAGE_DEFAULT 200
#define PARTNER_PAGE_MAX 500
#define DIVISIONS_MAX 20

struct partner {
	struct rows head; /* of Q_PARTNER_HEAD */
	int64_t school_year;
	int64_t rev; /* the feed's clock now */
	int64_t now; /* seconds since 1970 */
	unsigned char key[CURSOR_KEY];
};

/* The filters of a page, as they were sent. */
struct partner_page {
	const char *framework; /* code, or NULL */
	const char *division[DIVISIONS_MAX + 1];
	size_t divisions;
	int64_t limit;
	const char *filters; /* what a cursor is bound to */
	struct cursor at;    /* zero before the first page */
};

/*
 * Send what was queued and learn who asks.  FAULT_RATE when it asks too
 * often.
 */
enum fault partner_open(struct ctx *, struct partner *);

/* Read the filters that /learners and /assessments share. */
enum fault partner_page_read(struct ctx *, struct partner_page *,
    const char *others);

/* Read the cursor, if one was sent; into page->at. */
enum fault partner_page_resume(struct ctx *, const struct partner *,
    struct partner_page *);

/* The member next_cursor: after item `id` of `rev`, or null. */
void partner_page_next(struct ctx *, struct json *, const struct partner *,
    const struct partner_page *, bool more, int64_t rev, int64_t id);

/* The member school of a page. */
void partner_write_school(struct json *, const struct partner *);

/* What the log says was asked: path and arguments, no names in them. */
const char *partner_asked(struct ctx *);

enum fault partner_me(struct ctx *);
enum fault partner_periods(struct ctx *);
enum fault partner_frameworks(struct ctx *);
enum fault partner_framework_get(struct ctx *);
enum fault partner_learners(struct ctx *);
enum fault partner_assessments(struct ctx *);
enum fault partner_assessment_get(struct ctx *);
enum fault partner_delivery_create(struct ctx *);

#endif
