/*
 * Framework parse: from the document of a framework to what handlers need.
 *
 * The document is one that framework_check() found good; what is missing in
 * another reads as empty, and nothing is read out of bounds.
 */
#ifndef ACQUIS_FRAMEWORK_PARSE_H
#define ACQUIS_FRAMEWORK_PARSE_H

#include "framework.h"

/*
 * The framework of a document.  Everything it points to is taken from the
 * arena, so the tree may go.  key, version, current and document are the
 * caller's to fill in.  NULL where there are more competencies, criteria or
 * units than anything here has room for.
 */
struct framework *framework_parse(struct arena *, const cJSON *);

#endif
