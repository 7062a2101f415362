/*
 * What cairo 1.16 leaves out of a tagged PDF: the language, "show the title
 * in the window", and what a voice reads for a picture.
 *
 * They are appended as an incremental update, the way PDF provides for
 * changing a finished file: the bytes of cairo stay as they are.
 */
#ifndef ACQUIS_RENDER_PDF_H
#define ACQUIS_RENDER_PDF_H

#include <stdbool.h>
#include <stddef.h>

#include "../../db/text.h"

/*
 * Append the update to a PDF written by cairo.  alt are the texts of its
 * Figure elements, in order.  Returns false, and leaves the PDF as it was,
 * when the file does not look as expected.
 */
bool pdf_finish(struct text *pdf, const char *language, const char *const *alt,
    size_t n);

#endif
