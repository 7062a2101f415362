#include <string.h>

#include "../domain/term.h"
#include "../domain/utf8.h"
#include "page.h"

#define WORDS_MAX 100

static enum fault
wrong(struct ctx *c, const char *name)
{
	return fault_at(c, arena_print(c->arena, "?%s", name), FAULT_PARAMETER);
}

enum fault
page_read(struct ctx *c, struct page *p)
{
	const char *after = query_text(c, "after");

	p->after = 0;
	if (after != NULL && !id_read(after, &p->after))
		return wrong(c, "after");
	return query_int(c, "limit", 1, PAGE_LIMIT_MAX, PAGE_LIMIT_DEFAULT,
	    &p->limit);
}

struct param
page_after(struct ctx *c, const struct page *p)
{
	return p->after == 0 ? p_null() : p_int_in(c->arena, p->after);
}

struct param
page_limit(struct ctx *c, const struct page *p)
{
	return p_int_in(c->arena, p->limit + 1);
}

size_t
page_count(const struct page *p, const struct rows *r)
{
	return r->count < (size_t)p->limit ? r->count : (size_t)p->limit;
}

/* The query as it was asked, but for where it starts. */
static const char *
same_query(struct ctx *c)
{
	struct text t = text_in(c->arena);
	const char *s = c->query_string;
	size_t n;

	for (; s != NULL && *s != '\0'; s += n + (s[n] == '&')) {
		n = strcspn(s, "&");
		if (n == 0 || strncmp(s, "after=", 6) == 0)
			continue;
		text_add(&t, s, n);
		text_char(&t, '&');
	}
	return text_string(&t);
}

/*
 * Angle brackets would end the address early, and a line end the header; a
 * browser encodes them, and who does not gets no Link.
 */
static bool
link_ok(const char *query)
{
	for (; *query != '\0'; query++)
		if (*query <= ' ' || *query == '<' || *query == '>' ||
		    *query > '~')
			return false;
	return true;
}

void
page_next(struct ctx *c, struct json *j, const struct page *p,
    const struct rows *r)
{
	size_t n = page_count(p, r);
	const char *last, *query;

	if (r->count <= n) {
		json_null(j, "next");
		return;
	}
	last = row_text(r, n - 1, "id");
	query = same_query(c);
	json_text(j, "next", last);
	if (link_ok(query))
		reply_header(c, "link",
		    arena_print(c->arena, "<%s?%safter=%s>; rel=\"next\"",
			c->path, query, last));
}

void
page_reply(struct ctx *c, const struct page *p, const struct rows *r,
    void (*write)(struct json *, const struct rows *, size_t row))
{
	struct json j = json_in(reply_json(c, 200));
	size_t i;

	json_open(&j, NULL, '{');
	json_open(&j, "items", '[');
	for (i = 0; i < page_count(p, r); i++)
		write(&j, r, i);
	json_close(&j, ']');
	page_next(c, &j, p, r);
	json_close(&j, '}');
}

enum fault
query_flag(struct ctx *c, const char *name, bool *flag)
{
	const char *s = query_text(c, name);

	*flag = s != NULL && strcmp(s, "true") == 0;
	if (s != NULL && !*flag && strcmp(s, "false") != 0)
		return wrong(c, name);
	return FAULT_NONE;
}

struct param
query_ids(struct ctx *c, const char *name)
{
	const char *values[QUERY_MAX];
	size_t i, n = query_all(c, name, values, QUERY_MAX);
	int64_t ids[QUERY_MAX];

	for (i = 0; i < n; i++)
		if (!id_read(values[i], &ids[i]))
			ids[i] = 0;
	return n == 0 ? p_null() : p_ints_in(c->arena, ids, n);
}

struct param
query_codes(struct ctx *c, const char *name)
{
	const char *values[QUERY_MAX];
	size_t n = query_all(c, name, values, QUERY_MAX);

	return n == 0 ? p_null() : p_texts_in(c->arena, values, n);
}

enum fault
query_year(struct ctx *c, const char *name, struct param *out)
{
	const char *s = query_text(c, name);
	int year;

	*out = p_null();
	if (s == NULL)
		return FAULT_NONE;
	if (!term_year_read(s, &year))
		return wrong(c, name);
	*out = p_int_in(c->arena, year);
	return FAULT_NONE;
}

enum fault
query_words(struct ctx *c, const char *name, struct param *out)
{
	const char *s = query_text(c, name);
	size_t n;

	*out = p_text_of(s);
	if (s == NULL)
		return FAULT_NONE;
	n = utf8_ok(s, strlen(s)) ? utf8_count(s, strlen(s)) : 0;
	return n >= 1 && n <= WORDS_MAX ? FAULT_NONE : wrong(c, name);
}
