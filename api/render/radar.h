/*
 * Radar of the last two interim assessments (rules.md 7, M-235).
 *
 * One axis per competency, in sectors by domain; the latest assessment solid
 * with round marks, the previous one dashed with square marks.  A competency
 * not assessed is a gap, never the centre (F-05).
 */
#ifndef ACQUIS_RENDER_RADAR_H
#define ACQUIS_RENDER_RADAR_H

#include "document.h"
#include "scene.h"

/* On its own, or in half a page beside other things. */
enum radar_form { RADAR_ALONE, RADAR_BESIDE, RADAR__MAX };
#define RADAR_BESIDE_AXES 24 /* most that stay readable beside others */

/*
 * The picture, belonging to the arena.  Fewer than three axes make bars,
 * which have one form.
 */
struct scene *radar_scene(struct arena *, const struct radar_view *,
    enum radar_form);

/*
 * What the picture says, in one French sentence: gains, losses, unchanged,
 * newly evaluated (F-11).
 */
const char *radar_twin(struct arena *, const struct radar_view *);

enum fault render_radar_svg(struct arena *, const struct radar_view *,
    struct text *out);

/* PNG, so many pixels wide. */
enum fault render_radar_png(struct arena *, const struct radar_view *,
    int width, struct text *out);

#endif
