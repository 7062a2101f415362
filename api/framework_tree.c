#include <string.h>

#include "framework_tree.h"

const cJSON *
tree_member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

const char *
tree_word(const cJSON *object, const char *name)
{
	const char *s = cJSON_GetStringValue(tree_member(object, name));

	return s == NULL ? "" : s;
}

const cJSON *
tree_node(const cJSON *root, const char *id)
{
	const cJSON *node = tree_member(root, "competencies");

	for (node = node == NULL ? NULL : node->child; node != NULL;
	     node = node->next)
		if (strcmp(tree_word(node, "id"), id) == 0)
			return node;
	return NULL;
}
