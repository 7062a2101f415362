/*
 * Assets: the front end and openapi.yaml, read once into memory.
 *
 * Loaded in the parent, so the workers, which cannot reach the files, share
 * them.  Nothing outside the folder is ever served: a request names an entry
 * of a table, not a file.
 */
#ifndef ACQUIS_ASSET_H
#define ACQUIS_ASSET_H

#include "context.h"

/*
 * Read frontend/ and openapi.yaml below root (NULL: here).  NULL when all is
 * well, else one sentence.
 */
const char *asset_load(struct arena *, const char *root);

/* A path such as /js/main.js; "/" is the page itself. */
enum fault asset_get(struct ctx *);

enum fault openapi_get(struct ctx *);
enum fault docs_get(struct ctx *);

#endif
