/*
 * View: what a framework looks like on paper.
 */
#ifndef ACQUIS_VIEW_H
#define ACQUIS_VIEW_H

#include "framework.h"
#include "render/document.h"

/* The framework as documents want it; it belongs to the arena. */
const struct framework_view *view_framework(struct arena *,
    const struct framework *);

/*
 * The radar of two lists of positions in framework order; `before` may be
 * NULL.  An axis that stands for a group has its position worked out.
 */
struct radar_view view_radar(struct arena *, const struct framework *,
    const struct framework_view *, const char *date,
    const struct position *last, const char *date_before,
    const struct position *before);

#endif
