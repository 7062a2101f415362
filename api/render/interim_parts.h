/*
 * The parts of an interim assessment on paper, from top to bottom (M-232:
 * findings and advice first, then the table of competencies).  Each draws at
 * sheet->y and leaves it below itself.
 */
#ifndef ACQUIS_RENDER_INTERIM_PARTS_H
#define ACQUIS_RENDER_INTERIM_PARTS_H

#include "document.h"
#include "radar.h"
#include "sheet.h"

/* School, framework, title and date. */
void part_letterhead(struct sheet *, const struct interim_document *);

/* Who, which class, by whom, which state. */
void part_identity(struct sheet *, const struct interim_document *);

/* A boxed text of any length, flowing over pages; nothing when empty. */
void part_words(struct sheet *, const char *heading, const char *words,
    unsigned int colour);

/* One row for each competency, one column for each date (M-233). */
void part_competencies(struct sheet *, const struct interim_document *);

void part_legend(struct sheet *, const struct framework_view *);

/* One row for each unit, with the positions of its competencies. */
void part_units(struct sheet *, const struct interim_document *);

/* The radar and its sentence; nothing when NULL. */
void part_radar(struct sheet *, const struct scene *);

#endif
