#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"

/* A first page big enough for an ordinary request: one malloc for each. */
#define ARENA_FIRST 16384
#define ARENA_PAGE (1 << 20) /* they double up to here */
#define ARENA_ALIGN 16

struct page {
	struct page *next;
	size_t size;
	size_t used;
	_Alignas(ARENA_ALIGN) unsigned char bytes[];
};

struct arena {
	struct page *pages; /* the newest first */
	size_t used;
};

static struct page *
page_new(struct arena *a, size_t size)
{
	struct page *p;

	p = malloc(sizeof(*p) + size);
	if (p == NULL)
		abort();
	p->next = a->pages;
	p->size = size;
	p->used = 0;
	a->pages = p;
	return p;
}

struct arena *
arena_open(void)
{
	struct arena *a;

	a = calloc(1, sizeof(*a));
	if (a == NULL)
		abort();
	return a;
}

void
arena_close(struct arena *a)
{
	struct page *p;

	if (a == NULL)
		return;
	while ((p = a->pages) != NULL) {
		a->pages = p->next;
		free(p);
	}
	free(a);
}

#if defined(__SANITIZE_ADDRESS__)
/* A page for each block, which ends where it ends: one byte more is seen. */
static size_t
block_size(size_t n)
{
	return n;
}

static size_t
page_size(const struct page *last, size_t n)
{
	(void)last;
	return n;
}
#else
static size_t
block_size(size_t n)
{
	return (n + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
}

static size_t
page_size(const struct page *last, size_t n)
{
	size_t size = last == NULL ? ARENA_FIRST : last->size * 2;

	if (size > ARENA_PAGE)
		size = ARENA_PAGE;
	return size < n ? n : size;
}
#endif

void *
arena_room(struct arena *a, size_t n)
{
	struct page *p = a->pages;
	void *out;

	if (n > SIZE_MAX / 2)
		abort();
	n = block_size(n);
	if (p == NULL || p->size - p->used < n)
		p = page_new(a, page_size(p, n));
	out = p->bytes + p->used;
	p->used += n;
	a->used += n;
	return out;
}

void *
arena_take(struct arena *a, size_t n)
{
	return memset(arena_room(a, n), 0, n);
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(n, size, &total))
		abort();
	return arena_take(a, total);
}

char *
arena_copy(struct arena *a, const char *s, size_t n)
{
	char *out;

	out = arena_room(a, n + 1);
	if (n > 0)
		memcpy(out, s, n);
	out[n] = '\0';
	return out;
}

char *
arena_text(struct arena *a, const char *s)
{
	if (s == NULL)
		return NULL;
	return arena_copy(a, s, strlen(s));
}

char *
arena_print(struct arena *a, const char *format, ...)
{
	char most[256]; /* nearly all fit, and are formatted once */
	va_list one, two;
	char *out;
	int n;

	va_start(one, format);
	va_copy(two, one);
	n = vsnprintf(most, sizeof(most), format, one);
	va_end(one);
	if (n < 0)
		abort();
	out = arena_room(a, (size_t)n + 1);
	if ((size_t)n < sizeof(most))
		memcpy(out, most, (size_t)n + 1);
	else
		vsnprintf(out, (size_t)n + 1, format, two);
	va_end(two);
	return out;
}

size_t
arena_used(const struct arena *a)
{
	return a->used;
}
