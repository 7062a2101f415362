/*
 * Framework shape: the members of a framework document, as a table.
 *
 * What a file of format competency-framework/1 holds (frameworks/README.md)
 * and the schema Framework of openapi.yaml promises to clients: every member,
 * its kind, its words where they are a list, what its references lead to.
 */
#ifndef ACQUIS_FRAMEWORK_SHAPE_H
#define ACQUIS_FRAMEWORK_SHAPE_H

#include <cjson/cJSON.h>

#include "../db/arena.h"

/*
 * NULL when the document has this shape, else one sentence that names the
 * first element that does not and says why; it belongs to the arena.
 */
const char *framework_shape(struct arena *, const cJSON *document);

/*
 * How messages name an element of an array: units[1] "melec.unit.u31".
 * `outer` is what the array stands in, or NULL for the document.
 */
const char *framework_place(struct arena *, const char *outer,
    const char *array, size_t at, const cJSON *element);

#endif
