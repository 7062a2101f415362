#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "list.h"

#define LIST_FIRST 16

struct list
list_of(struct arena *a, size_t size)
{
	return (struct list){ .arena = a, .size = size };
}

static void
list_grow(struct list *l)
{
	size_t room = l->room == 0 ? LIST_FIRST : l->room * 2;
	void *items;

	items = arena_array(l->arena, room, l->size);
	if (l->count > 0)
		memcpy(items, l->items, l->count * l->size);
	l->items = items;
	l->room = room;
}

void *
list_add(struct list *l)
{
	if (l->count == l->room)
		list_grow(l);
	return (unsigned char *)l->items + l->size * l->count++;
}

void
list_add_text(struct list *l, const char *text)
{
	*(const char **)list_add(l) = text;
}

struct index
index_in(struct arena *a)
{
	return (struct index){ list_of(a, sizeof(struct index_entry)) };
}

void
index_add(struct index *ix, const char *key, size_t value)
{
	struct index_entry *e;

	if (key == NULL)
		return;
	e = list_add(&ix->entries);
	e->key = key;
	e->value = value;
}

static int
entry_order(const void *a, const void *b)
{
	const struct index_entry *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	if (order != 0)
		return order;
	return (x->value > y->value) - (x->value < y->value);
}

void
index_sort(struct index *ix)
{
	if (ix->entries.count > 1)
		qsort(ix->entries.items, ix->entries.count,
		    sizeof(struct index_entry), entry_order);
}

const struct index_entry *
index_find(const struct index *ix, const char *key, size_t *count)
{
	const struct index_entry *e = ix->entries.items;
	size_t low = 0, high = ix->entries.count, middle, end;

	*count = 0;
	if (key == NULL)
		return NULL;
	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(e[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < ix->entries.count; end++)
		if (strcmp(e[end].key, key) != 0)
			break;
	*count = end - low;
	return *count == 0 ? NULL : e + low;
}

bool
index_only(const struct index *ix, const char *key, size_t *value)
{
	const struct index_entry *e;
	size_t n;

	e = index_find(ix, key, &n);
	if (n != 1)
		return false;
	*value = e->value;
	return true;
}
