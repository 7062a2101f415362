#include <setjmp.h>

#include <png.h>

#include "radar.h"

/* Large flat grounds: this finds nearly all there is, in a tenth of the time.
 */
#define PNG_LEVEL 2

enum fault
render_radar_svg(struct arena *arena, const struct radar_view *v,
    struct text *out)
{
	*out = text_in(arena);
	scene_svg(radar_scene(arena, v, RADAR_ALONE), out);
	return FAULT_NONE;
}

static void
to_text(png_structp png, png_bytep bytes, png_size_t n)
{
	text_add(png_get_io_ptr(png), (const char *)bytes, n);
}

static void
nothing_to_flush(png_structp png)
{
	(void)png;
}

/* cairo has pixels as native words 0x..rrggbb; the file has bytes R G B. */
static void
write_rows(png_structp png, cairo_surface_t *surface, png_bytep line)
{
	int width = cairo_image_surface_get_width(surface);
	int height = cairo_image_surface_get_height(surface);
	const unsigned char *pixels = cairo_image_surface_get_data(surface);
	size_t stride = (size_t)cairo_image_surface_get_stride(surface);

	for (int y = 0; y < height; y++) {
		const uint32_t *row =
		    (const void *)(pixels + stride * (size_t)y);

		for (int x = 0; x < width; x++) {
			line[3 * x] = (png_byte)(row[x] >> 16);
			line[3 * x + 1] = (png_byte)(row[x] >> 8);
			line[3 * x + 2] = (png_byte)row[x];
		}
		png_write_row(png, line);
	}
}

static bool
write_png(struct arena *arena, cairo_surface_t *surface, struct text *out)
{
	int width = cairo_image_surface_get_width(surface);
	int height = cairo_image_surface_get_height(surface);
	png_bytep line = arena_array(arena, (size_t)width, 3);
	png_structp png =
	    png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png == NULL ? NULL : png_create_info_struct(png);

	if (info == NULL || setjmp(png_jmpbuf(png))) {
		png_destroy_write_struct(&png, &info);
		return false;
	}
	png_set_write_fn(png, out, to_text, nothing_to_flush);
	png_set_compression_level(png, PNG_LEVEL);
	png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
	png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, 8,
	    PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
	    PNG_FILTER_TYPE_BASE);
	png_write_info(png, info);
	write_rows(png, surface, line);
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
	return true;
}

enum fault
render_radar_png(struct arena *arena, const struct radar_view *v, int width,
    struct text *out)
{
	struct scene *scene = radar_scene(arena, v, RADAR_ALONE);
	double scale = width / scene->width;
	cairo_surface_t *surface =
	    cairo_image_surface_create(CAIRO_FORMAT_RGB24, width,
		(int)(scene->height * scale));
	cairo_t *cr = cairo_create(surface);
	struct pen *pen = pen_open(arena);
	bool ok;

	pen_colour(cr, COLOUR_PAGE);
	cairo_paint(cr);
	cairo_scale(cr, scale, scale);
	pen_picture(pen, cr);
	scene_paint(scene, pen, cr);
	cairo_surface_flush(surface);
	*out = text_in(arena);
	ok = cairo_status(cr) == CAIRO_STATUS_SUCCESS &&
	     write_png(arena, surface, out);
	pen_close(pen);
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
	return ok ? FAULT_NONE : FAULT_INTERNAL;
}
