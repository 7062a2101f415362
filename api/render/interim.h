/*
 * Interim assessments as a PDF a school hands to a family: A4, tagged,
 * selectable, the same bytes each time.
 *
 * One document or many, one after the other: this serves one assessment, the
 * last of every learner of a class, and all of a learner (M-236, M-237,
 * M-238).  Page numbers start again with each document, and with more than
 * one the PDF has an outline of them.
 */
#ifndef ACQUIS_RENDER_INTERIM_H
#define ACQUIS_RENDER_INTERIM_H

#include "document.h"

/*
 * Write the PDF of n documents (at least one).  FAULT_INTERNAL when cairo
 * refuses, in which case out holds nothing to send.
 */
enum fault render_interims_pdf(struct arena *, const struct interim_document *,
    size_t n, struct text *out);

#endif
