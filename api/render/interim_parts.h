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

/*
 * Findings and advice: side by side when both are short, else one under the
 * other and flowing over pages; an empty one is left out.
 */
void part_words(struct sheet *, const struct interim_view *);

/* One row for each competency, one column for each date (M-233). */
void part_competencies(struct sheet *, const struct interim_document *);

void part_legend(struct sheet *, const struct framework_view *);

/* The radar, drawn for the places where it is tried. */
struct pictures {
	const struct radar_view *view;
	const struct scene *forms[RADAR__MAX];
};

/*
 * One row for each unit, with the positions of its competencies, and the
 * radar with its sentence (none when NULL): beside each other where the page
 * has room, else one under the other.
 */
void part_synthesis(struct sheet *, const struct interim_document *,
    struct pictures *);

/* The radar in a form, drawn when it is asked for first. */
const struct scene *part_picture(struct sheet *, struct pictures *,
    enum radar_form);

/* The radar across the page; nothing when NULL. */
void part_radar(struct sheet *, struct pictures *);

/*
 * The radar in a column that starts at x; first the scale at which it fits
 * on the rest of this page, 0 when it cannot.
 */
double part_radar_fit(struct sheet *, const struct scene *);
void part_radar_at(struct sheet *, const struct scene *, double x,
    double scale);

#endif
