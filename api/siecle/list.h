/*
 * List: items of one size that grow in number, in an arena.
 *
 * An item's address is good until the next list_add(); its index for ever.
 */
#ifndef ACQUIS_SIECLE_LIST_H
#define ACQUIS_SIECLE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "../../db/arena.h"

struct list {
	struct arena *arena;
	size_t size; /* of one item */
	size_t count;
	size_t room;
	void *items;
};

/* An empty list of items of a size. */
struct list list_of(struct arena *, size_t);

/* One more item, zeroed. */
void *list_add(struct list *);

/* One more text in a list of texts. */
void list_add_text(struct list *, const char *);

/*
 * Index: from a text to the numbers filed under it.  Fill it, sort it, then
 * look up.  Sorting rather than hashing: a hostile file cannot slow it down.
 */
struct index_entry {
	const char *key;
	size_t value;
};

struct index {
	struct list entries; /* of struct index_entry */
};

struct index index_in(struct arena *);

/* File a number under a text; a NULL text is not filed. */
void index_add(struct index *, const char *key, size_t value);

/* Once all are filed.  Under one text, numbers keep their growing order. */
void index_sort(struct index *);

/* The entries of a text, and how many; NULL and 0 when there is none. */
const struct index_entry *index_find(const struct index *, const char *key,
    size_t *count);

/* True, and *value, when exactly one number is filed under the text. */
bool index_only(const struct index *, const char *key, size_t *value);

#endif
