/*
 * Page: how lists are asked for, and how they go on.
 *
 * `after` is the id of the last item of the page before, so that a page is
 * found by key and costs the same wherever it is in the list; `limit` is how
 * many items a page holds.  The statement is asked for one more than that.
 */
#ifndef ACQUIS_PAGE_H
#define ACQUIS_PAGE_H

#include "context.h"
#include "json.h"

#define PAGE_LIMIT_DEFAULT 100
#define PAGE_LIMIT_MAX 200

struct page {
	int64_t limit;
	int64_t after; /* 0: from the start */
};

/* FAULT_PARAMETER with the argument that is wrong. */
enum fault page_read(struct ctx *, struct page *);

/* Parameters of the statement: `after` or NULL, and limit + 1. */
struct param page_after(struct ctx *, const struct page *);
struct param page_limit(struct ctx *, const struct page *);

/* How many of the rows belong to this page. */
size_t page_count(const struct page *, const struct rows *);

/* The member `next` and the header Link; rows have a column `id`. */
void page_next(struct ctx *, struct json *, const struct page *,
    const struct rows *);

/* Answer a page whose items are written each from its own row. */
void page_reply(struct ctx *, const struct page *, const struct rows *,
    void (*write)(struct json *, const struct rows *, size_t row));

/* true, false, or false where it is not given. */
enum fault query_flag(struct ctx *, const char *name, bool *);

/*
 * A repeatable argument as an array, SQL NULL where it is not given.  What
 * cannot be one of our ids is the id of nothing.
 */
struct param query_ids(struct ctx *, const char *name);
struct param query_codes(struct ctx *, const char *name);

/* 2025-2026 as 2025; NULL where it is not given. */
enum fault query_year(struct ctx *, const char *name, struct param *);

/* A text of 1 to 100 characters, or NULL. */
enum fault query_words(struct ctx *, const char *name, struct param *);

#endif
