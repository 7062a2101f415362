/*
 * A class to print: MELEC as its framework file has it, written out so that
 * the renderer is tried without base or JSON.
 */
#ifndef ACQUIS_TEST_SAMPLE_H
#define ACQUIS_TEST_SAMPLE_H

#include "../../api/render/document.h"

#define MELEC 13

/* The framework, with its radar axes in the order of sectors. */
const struct framework_view *sample_melec(void);

/* A framework of n competencies with long French titles, in three units. */
const struct framework_view *sample_wide(struct arena *, size_t n);

/*
 * A document of a learner with that many assessments (1 to 8) by a fixed
 * pattern that the seed shifts; the radar is there from two on.
 */
struct interim_document sample_document(struct arena *,
    const struct framework_view *, int seed, size_t interims);

/* The radar of its last two assessments, axes in sector order. */
struct radar_view *sample_radar(struct arena *,
    const struct interim_document *);

#endif
