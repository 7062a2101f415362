/*
 * Framework tree: the document of a framework, as cJSON read it.
 *
 * What is found is borrowed from the tree.
 */
#ifndef ACQUIS_FRAMEWORK_TREE_H
#define ACQUIS_FRAMEWORK_TREE_H

#include <cjson/cJSON.h>

/* A member of an object, or NULL. */
const cJSON *tree_member(const cJSON *object, const char *name);

/* A member that is a text; "" where there is none. */
const char *tree_word(const cJSON *object, const char *name);

/* The competency, or the group of them, that has this id; NULL if none has. */
const cJSON *tree_node(const cJSON *root, const char *id);

#endif
