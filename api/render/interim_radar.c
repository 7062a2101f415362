#include "interim_parts.h"

#define SCALE 0.78       /* of the picture: nearly the width of the page */
#define SCALE_LEAST 0.62 /* small enough to stay, large enough to be read */

/* As large as the page has room for; on the next page if it has too little. */
static double
scale_for(const struct sheet *s, const struct scene *scene, double rest)
{
	double scale = (SHEET_BOTTOM - s->y - rest) / scene->height;

	return scale > SCALE || scale < SCALE_LEAST ? SCALE : scale;
}

static void
figure(struct sheet *s, const struct scene *scene, double scale)
{
	sheet_tag(s, "Figure");
	if (!s->blind)
		scene_paint(scene, s->pen, s->cr,
		    SHEET_LEFT + (SHEET_INSIDE - scene->width * scale) / 2,
		    s->y, scale);
	sheet_untag(s, "Figure");
	s->y += scene->height * scale + 2;
}

void
part_radar(struct sheet *s, const struct scene *scene)
{
	PangoLayout *twin;
	double scale;

	if (scene == NULL)
		return;
	twin = pen_shape(s->pen, STYLE_SMALL, SHEET_INSIDE, scene->twin);
	scale = scale_for(s, scene, pen_height(twin) + 34);
	sheet_heading(s, "Radar des compétences",
	    scene->height * scale + pen_height(twin) + 8);
	figure(s, scene, scale);
	/* Sixty axes make many lines of words: they may flow over. */
	sheet_room(s, pen_height(twin));
	sheet_tag(s, "P");
	sheet_text(s, twin, SHEET_LEFT, s->y, COLOUR_SECOND);
	sheet_untag(s, "P");
	s->y += pen_height(twin) + 6;
}
