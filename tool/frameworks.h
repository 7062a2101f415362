/*
 * Frameworks that come otherwise than from a folder: with a school.
 */
#ifndef ACQUIS_TOOL_FRAMEWORKS_H
#define ACQUIS_TOOL_FRAMEWORKS_H

#include <stdbool.h>

#include "base.h"

/*
 * A version of a framework, from the bytes of its file.  False where it is
 * here already; ends the program where that version is another one here.  It
 * becomes the current one where it is the newest.
 */
bool framework_bring(struct base *, const char *id, int64_t version,
    const char *bytes);

#endif
