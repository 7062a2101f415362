#include "radar.h"

enum fault
render_radar_svg(struct arena *arena, const struct radar_view *v,
    struct text *out)
{
	*out = text_in(arena);
	scene_svg(radar_scene(arena, v), out);
	return FAULT_NONE;
}

static cairo_status_t
to_text(void *out, const unsigned char *bytes, unsigned int n)
{
	text_add(out, (const char *)bytes, n);
	return CAIRO_STATUS_SUCCESS;
}

enum fault
render_radar_png(struct arena *arena, const struct radar_view *v, int width,
    struct text *out)
{
	struct scene *scene = radar_scene(arena, v);
	double scale = width / scene->width;
	cairo_surface_t *surface =
	    cairo_image_surface_create(CAIRO_FORMAT_RGB24, width,
		(int)(scene->height * scale));
	cairo_t *cr = cairo_create(surface);
	struct pen *pen = pen_open(arena);
	cairo_status_t status;

	pen_colour(cr, COLOUR_PAGE);
	cairo_paint(cr);
	cairo_scale(cr, scale, scale);
	pen_page(pen, cr);
	scene_paint(scene, pen, cr, 0, 0, 1);
	status = cairo_status(cr);
	*out = text_in(arena);
	if (status == CAIRO_STATUS_SUCCESS)
		status =
		    cairo_surface_write_to_png_stream(surface, to_text, out);
	pen_close(pen);
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
	return status == CAIRO_STATUS_SUCCESS ? FAULT_NONE : FAULT_INTERNAL;
}
