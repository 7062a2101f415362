/*
 * Quick: shaping what is plainly French, without pango.
 *
 * Names, dates and comments are new with each print and made of a few letters
 * that do nothing to each other but stand closer, so their widths are added
 * up.  The result is what pango gives, piece for piece; whatever else a text
 * may hold, pango is asked.
 */
#ifndef ACQUIS_RENDER_QUICK_H
#define ACQUIS_RENDER_QUICK_H

#include "shaped.h"

/* Once, before threads and after face_open(). */
void quick_open(void);

/*
 * The lines and pieces of a clean text, and what of them is ready; false,
 * and nothing changed, where it is not for us.
 */
bool quick_shape(struct desk *, struct arena *, struct shaped *,
    const char *clean, struct text *ready);

#endif
