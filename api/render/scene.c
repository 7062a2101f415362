#include <math.h>
#include <string.h>

#include "plain.h"
#include "scene.h"

/* Font sizes in SVG, which has no pen: those of pen.c, in tenths. */
static const struct {
	int tenths;
	bool bold;
} svg_fonts[STYLE__MAX] = {
	[STYLE_TITLE] = { 190, true },
	[STYLE_HEAD] = { 110, true },
	[STYLE_STRONG] = { 90, true },
	[STYLE_BODY] = { 90, false },
	[STYLE_SIGN] = { 85, true },
	[STYLE_LABEL] = { 75, true },
	[STYLE_SMALL] = { 75, false },
	[STYLE_TINY] = { 65, false },
	[STYLE_TICK] = { 55, true },
};

static const char *const anchors[] = { "start", "middle", "end" };

struct scene *
scene_open(struct arena *arena, double width, double height)
{
	struct scene *scene = arena_take(arena, sizeof(*scene));

	scene->arena = arena;
	scene->width = width;
	scene->height = height;
	return scene;
}

static struct shape *
add(struct scene *scene, enum shape_form form)
{
	struct shape *shape;

	if (scene->count == scene->room) {
		size_t room = scene->room == 0 ? 64 : scene->room * 2;
		struct shape *more =
		    arena_array(scene->arena, room, sizeof(*more));

		if (scene->count > 0)
			memcpy(more, scene->shapes,
			    scene->count * sizeof(*more));
		scene->shapes = more;
		scene->room = room;
	}
	shape = &scene->shapes[scene->count++];
	shape->form = form;
	shape->fill = shape->stroke = COLOUR_NONE;
	shape->width = 1;
	return shape;
}

struct shape *
scene_path(struct scene *scene, size_t points)
{
	struct shape *shape = add(scene, SHAPE_PATH);

	shape->xy = arena_array(scene->arena, points * 2 + 2, sizeof(double));
	return shape;
}

void
scene_point(struct shape *shape, double x, double y)
{
	shape->xy[2 * shape->points] = x;
	shape->xy[2 * shape->points + 1] = y;
	shape->points++;
}

struct shape *
scene_circle(struct scene *scene, double x, double y, double r)
{
	struct shape *shape = add(scene, SHAPE_CIRCLE);

	shape->x = x;
	shape->y = y;
	shape->r = r;
	return shape;
}

struct shape *
scene_text(struct scene *scene, double x, double y, enum style style,
    enum anchor anchor, const char *text)
{
	struct shape *shape = add(scene, SHAPE_TEXT);

	shape->x = x;
	shape->y = y;
	shape->style = style;
	shape->anchor = anchor;
	shape->text = text;
	shape->fill = COLOUR_TEXT;
	return shape;
}

/* Two decimals and a point whatever the locale, which printf would heed. */
static void
put_number(struct text *out, double value)
{
	long n = lround(value * 100);

	if (n < 0) {
		text_char(out, '-');
		n = -n;
	}
	text_print(out, "%ld", n / 100);
	if (n % 100 != 0)
		text_print(out, n % 10 == 0 ? ".%ld" : ".%02ld",
		    n % 10 == 0 ? n % 100 / 10 : n % 100);
}

static void
put_attribute(struct text *out, const char *name, double value)
{
	text_print(out, " %s=\"", name);
	put_number(out, value);
	text_char(out, '"');
}

static void
put_escaped(struct arena *arena, struct text *out, const char *s)
{
	for (s = plain_text(arena, s, PLAIN_ONE_LINE); *s != '\0'; s++) {
		if (*s == '<')
			text_put(out, "&lt;");
		else if (*s == '>')
			text_put(out, "&gt;");
		else if (*s == '&')
			text_put(out, "&amp;");
		else if (*s == '"')
			text_put(out, "&quot;");
		else
			text_char(out, *s);
	}
}

static void
put_colours(struct text *out, const struct shape *s)
{
	if (s->fill == COLOUR_NONE)
		text_put(out, " fill=\"none\"");
	else
		text_print(out, " fill=\"#%06x\"", s->fill);
	if (s->fill != COLOUR_NONE && s->opacity > 0)
		put_attribute(out, "fill-opacity", s->opacity);
	if (s->stroke == COLOUR_NONE)
		return;
	text_print(out, " stroke=\"#%06x\"", s->stroke);
	put_attribute(out, "stroke-width", s->width);
	text_put(out, " stroke-linejoin=\"round\"");
	if (s->dash > 0)
		put_attribute(out, "stroke-dasharray", s->dash);
}

static void
svg_path(struct text *out, const struct shape *s)
{
	text_put(out, "<path d=\"");
	for (size_t i = 0; i < s->points; i++) {
		text_char(out, i == 0 ? 'M' : 'L');
		put_number(out, s->xy[2 * i]);
		text_char(out, ' ');
		put_number(out, s->xy[2 * i + 1]);
	}
	text_put(out, s->closed ? "Z\"" : "\"");
	put_colours(out, s);
	text_put(out, "/>\n");
}

static void
svg_text(struct arena *arena, struct text *out, const struct shape *s)
{
	text_put(out, "<text");
	put_attribute(out, "x", s->x);
	put_attribute(out, "y", s->y);
	put_attribute(out, "font-size", svg_fonts[s->style].tenths / 10.0);
	if (svg_fonts[s->style].bold)
		text_put(out, " font-weight=\"bold\"");
	text_print(out, " text-anchor=\"%s\" dy=\"0.36em\"",
	    anchors[s->anchor]);
	put_colours(out, s);
	text_char(out, '>');
	if (s->hint != NULL) {
		text_put(out, "<title>");
		put_escaped(arena, out, s->hint);
		text_put(out, "</title>");
	}
	put_escaped(arena, out, s->text);
	text_put(out, "</text>\n");
}

static void
svg_circle(struct text *out, const struct shape *s)
{
	text_put(out, "<circle");
	put_attribute(out, "cx", s->x);
	put_attribute(out, "cy", s->y);
	put_attribute(out, "r", s->r);
	put_colours(out, s);
	text_put(out, "/>\n");
}

static void
svg_head(const struct scene *scene, struct text *out)
{
	text_put(out,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\""
	    " lang=\"fr\" aria-labelledby=\"radar-title radar-desc\"");
	put_attribute(out, "width", scene->width);
	put_attribute(out, "height", scene->height);
	text_put(out, " viewBox=\"0 0 ");
	put_number(out, scene->width);
	text_char(out, ' ');
	put_number(out, scene->height);
	text_put(out, "\" font-family=\"&quot;DejaVu Sans&quot;, Verdana,"
		      " sans-serif\">\n<title id=\"radar-title\">");
	put_escaped(scene->arena, out, scene->title);
	text_put(out, "</title>\n<desc id=\"radar-desc\">");
	put_escaped(scene->arena, out, scene->twin);
	text_put(out, "</desc>\n");
}

void
scene_svg(const struct scene *scene, struct text *out)
{
	svg_head(scene, out);
	for (size_t i = 0; i < scene->count; i++) {
		const struct shape *s = &scene->shapes[i];

		switch (s->form) {
		case SHAPE_PATH:
			svg_path(out, s);
			break;
		case SHAPE_CIRCLE:
			svg_circle(out, s);
			break;
		case SHAPE_TEXT:
			svg_text(scene->arena, out, s);
			break;
		}
	}
	text_put(out, "</svg>\n");
}
