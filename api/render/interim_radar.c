#include "interim_parts.h"

#define SCALE 0.78       /* of the picture: nearly the width of the page */
#define SCALE_LEAST 0.62 /* small enough to stay, large enough to be read */
#define BESIDE_LEAST 0.85
#define HEADING "Radar des compétences"

/* As large as the page has room for; on the next page if it has too little. */
static double
scale_for(const struct sheet *s, const struct scene *scene, double rest)
{
	double scale = (SHEET_BOTTOM - s->y - rest) / scene->height;

	return scale > SCALE || scale < SCALE_LEAST ? SCALE : scale;
}

static void
figure(struct sheet *s, const struct scene *scene, double x, double scale)
{
	sheet_tag(s, TAG_FIGURE);
	if (!s->blind) {
		paper_alt(s->paper, scene->twin);
		scene_print(scene, s->pen, s->paper, x, s->y, scale);
	}
	sheet_untag(s);
	s->y += scene->height * scale + 2;
}

static void
twin_at(struct sheet *s, struct shaped *twin, double x)
{
	sheet_tag(s, TAG_PARAGRAPH);
	sheet_text(s, twin, x, s->y, COLOUR_SECOND);
	sheet_untag(s);
	s->y += pen_height(twin) + 2;
}

const struct scene *
part_picture(struct sheet *s, struct pictures *radar, enum radar_form form)
{
	if (radar->forms[form] == NULL)
		radar->forms[form] = radar_scene(s->arena, radar->view, form);
	return radar->forms[form];
}

void
part_radar(struct sheet *s, struct pictures *radar)
{
	const struct scene *scene;
	struct shaped *twin;
	double scale;

	if (radar == NULL)
		return;
	scene = part_picture(s, radar, RADAR_ALONE);
	twin = pen_once(s->pen, STYLE_SMALL, SHEET_INSIDE, scene->twin);
	scale = scale_for(s, scene, pen_height(twin) + SHEET_HEADING + 10);
	sheet_heading(s, HEADING, scene->height * scale + pen_height(twin) + 8);
	figure(s, scene, SHEET_LEFT + (SHEET_INSIDE - scene->width * scale) / 2,
	    scale);
	/* Sixty axes make many lines of words: they may flow over. */
	sheet_room(s, pen_height(twin));
	twin_at(s, twin, SHEET_LEFT);
}

static struct shaped *
narrow_twin(struct sheet *s, const struct scene *scene)
{
	return pen_once(s->pen, STYLE_TINY, scene->width, scene->twin);
}

double
part_radar_fit(struct sheet *s, const struct scene *scene)
{
	double words = pen_height(narrow_twin(s, scene)) + SHEET_HEADING + 4;
	double scale = (SHEET_BOTTOM - s->y - words) / scene->height;

	return scale < BESIDE_LEAST ? 0 : scale > 1 ? 1 : scale;
}

void
part_radar_at(struct sheet *s, const struct scene *scene, double x,
    double scale)
{
	sheet_heading_at(s, HEADING, x, s->y);
	s->y += SHEET_HEADING;
	figure(s, scene, x + scene->width * (1 - scale) / 2, scale);
	twin_at(s, narrow_twin(s, scene), x);
}
