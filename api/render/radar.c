#include <math.h>

#include "plain.h"
#include "radar.h"

#define CROWD 24 /* axes above which everything gets smaller (F-08) */

/* Where the parts of a picture lie; lengths beyond are from the circle. */
static const struct frame {
	double width, height;
	double cx, cy, radius;
	double code, arc, name; /* beyond the circle */
	double leading;         /* between lines of a name */
	double mark;            /* radius of a mark */
	double foot;            /* height of the legend */
	double line[2];         /* legend of the last and the one before */
	double alone;           /* legend of the last if there is no other */
	double words[3];        /* terminal, intermediate, not assessed */
	enum style code_style, name_style, line_style, word_style;
} frames[] = {
	[RADAR_ALONE] = { 640, 470, 320, 214, 152, 15, 33, 45, 12, 4.2, 34,
	    { 100, 350 }, 225, { 66, 216, 384 }, STYLE_LABEL, STYLE_STRONG,
	    STYLE_BODY, STYLE_SMALL },
	[RADAR_BESIDE] = { 336, 252, 168, 111, 76, 12, 22, 29, 9.5, 2.9, 20,
	    { 24, 184 }, 104, { 20, 120, 240 }, STYLE_LABEL, STYLE_LABEL,
	    STYLE_SMALL, STYLE_TINY },
};

/* A picture being drawn. */
struct canvas {
	struct scene *scene;
	const struct frame *f;
};

/* Sectors are told apart by their names; tints only help the eye. */
static const unsigned int tints[] = { 0xe6f0fa, 0xfdf3e1, 0xe9f5ea, 0xf5eaf6,
	0xeaf4f5, 0xfbeae8 };
static const unsigned int arcs[] = { 0x7fa8d4, 0xe0b05c, 0x86bd8c, 0xb98fc1,
	0x7fb6bc, 0xd9958d };
#define TINTS (sizeof(tints) / sizeof(tints[0]))

/* F-03: axis k of n, clockwise, the first at the top. */
static double
angle(size_t k, size_t n)
{
	return -M_PI / 2 + 2 * M_PI * (double)k / (double)n;
}

static double
at_x(const struct canvas *c, double theta, double r)
{
	return c->f->cx + r * cos(theta);
}

static double
at_y(const struct canvas *c, double theta, double r)
{
	return c->f->cy + r * sin(theta);
}

/* Points of an arc, about every five degrees: nobody sees the corners. */
static void
arc_points(const struct canvas *c, struct shape *s, double from, double to,
    double r, int steps)
{
	for (int i = 0; i <= steps; i++) {
		double theta = from + (to - from) * i / steps;

		scene_point(s, at_x(c, theta, r), at_y(c, theta, r));
	}
}

static int
arc_steps(double from, double to)
{
	return (int)ceil((to - from) / (M_PI / 36)) + 1;
}

/*
 * A sector's name beside its arc, cut into lines of a readable length at
 * blanks: the space left and right of the circle is what it has.
 */
static void
sector_name(const struct canvas *c, const char *title, double theta)
{
	char *rest = plain_text(c->scene->arena, title, PLAIN_ONE_LINE);
	enum anchor anchor = cos(theta) > 0.3    ? ANCHOR_START
			     : cos(theta) < -0.3 ? ANCHOR_END
						 : ANCHOR_MIDDLE;
	double x = at_x(c, theta, c->f->radius + c->f->name);
	double y = at_y(c, theta, c->f->radius + c->f->name) -
		   (sin(theta) < -0.6 ? 2 : 0);
	char *lines[3];
	size_t n = 0;

	while (n < 3 && *rest != '\0') {
		char *cut = NULL, *s = rest;

		lines[n++] = rest;
		while (*s != '\0' && (cut == NULL || s - rest < 20)) {
			if (*s == ' ')
				cut = s;
			s++;
		}
		if (*s == '\0' && s - rest <= 20)
			cut = NULL;
		if (cut == NULL)
			break;
		*cut = '\0';
		rest = cut + 1;
	}
	if (sin(theta) <= 0.6)
		y -= c->f->leading / 2 * (double)(n > 0 ? n - 1 : 0);
	for (size_t i = 0; i < n; i++)
		scene_text(c->scene, x, y + c->f->leading * (double)i,
		    c->f->name_style, anchor, lines[i])
		    ->fill = COLOUR_BRAND;
}

static void
draw_sector(const struct canvas *c, const struct radar_view *v, size_t which,
    size_t first)
{
	double half = M_PI / (double)v->axis_count;
	size_t last = first + v->sectors[which].axis_count - 1;
	double from = angle(first, v->axis_count) - half;
	double to = angle(last, v->axis_count) + half;
	int steps = arc_steps(from, to);
	double gap = v->sector_count > 1 ? 0.012 : 0;
	struct shape *s;

	s = scene_path(c->scene, (size_t)steps + 2);
	scene_point(s, c->f->cx, c->f->cy);
	arc_points(c, s, from, to, c->f->radius, steps);
	s->closed = true;
	s->fill = tints[which % TINTS];
	s = scene_path(c->scene, (size_t)steps + 1);
	arc_points(c, s, from + gap, to - gap, c->f->radius + c->f->arc, steps);
	s->stroke = arcs[which % TINTS];
	s->width = 5;
	sector_name(c, v->sectors[which].title, (from + to) / 2);
}

static void
draw_sectors(const struct canvas *c, const struct radar_view *v)
{
	size_t first = 0;

	for (size_t i = 0; i < v->sector_count; i++) {
		if (first + v->sectors[i].axis_count > v->axis_count)
			return;
		if (v->sectors[i].axis_count > 0)
			draw_sector(c, v, i, first);
		first += v->sectors[i].axis_count;
	}
}

/* Rings at the four levels, spokes, and the code at the rim. */
static void
draw_web(const struct canvas *c, const struct radar_view *v)
{
	struct shape *spokes;

	for (int level = 1; level <= 4; level++) {
		struct shape *s = scene_circle(c->scene, c->f->cx, c->f->cy,
		    c->f->radius * level / 4);

		s->stroke = level == 4 ? 0x9aa7b5 : 0xb9c4cf;
		s->width = 0.7;
	}
	/* All spokes in one stroke, out and back. */
	spokes = scene_path(c->scene, 2 * v->axis_count + 1);
	spokes->stroke = 0xb9c4cf;
	spokes->width = 0.7;
	for (size_t k = 0; k < v->axis_count; k++) {
		double theta = angle(k, v->axis_count);

		scene_point(spokes, c->f->cx, c->f->cy);
		scene_point(spokes, at_x(c, theta, c->f->radius),
		    at_y(c, theta, c->f->radius));
	}
	for (size_t k = 0; k < v->axis_count; k++) {
		double theta = angle(k, v->axis_count);
		/* Beyond 36 axes neighbours would touch: stagger them. */
		double r = c->f->radius + c->f->code +
			   (v->axis_count > 36 && k % 2 ? 8 : 0);

		scene_text(c->scene, at_x(c, theta, r), at_y(c, theta, r),
		    v->axis_count > CROWD ? STYLE_TICK : c->f->code_style,
		    ANCHOR_MIDDLE, v->axes[k].code)
		    ->hint = v->axes[k].title;
	}
}

/* Which ring is which level, between the last axis and the first. */
static void
draw_ring_signs(const struct canvas *c, const struct radar_view *v)
{
	double theta = -M_PI / 2 - M_PI / (double)v->axis_count;

	for (int level = 1; level <= 4; level++) {
		double r = c->f->radius * level / 4 - 6;

		scene_text(c->scene, at_x(c, theta, r), at_y(c, theta, r),
		    STYLE_TINY, ANCHOR_MIDDLE, v->looks[level].sign)
		    ->fill = COLOUR_SECOND;
	}
}

static double
radius_of(const struct canvas *c, const struct position *p)
{
	return c->f->radius * (int)p->level / 4; /* F-04: ordinal */
}

/* The runs of neighbouring vertices, each a line; a ring if none lacks. */
static void
draw_polygon(const struct canvas *c, const struct position *p, size_t n,
    struct shape like)
{
	size_t gap = 0, start, i = 0;

	while (gap < n && position_assessed(&p[gap]))
		gap++;
	start = gap < n ? gap + 1 : 0;
	while (i < n) {
		struct shape *s = scene_path(c->scene, n);

		for (; i < n && position_assessed(&p[(start + i) % n]); i++) {
			size_t k = (start + i) % n;
			double r = radius_of(c, &p[k]);

			scene_point(s, at_x(c, angle(k, n), r),
			    at_y(c, angle(k, n), r));
		}
		i++;
		s->closed = gap == n;
		s->stroke = like.stroke;
		s->width = like.width;
		s->dash = like.dash;
	}
}

/*
 * The surface, as one triangle from the centre for each two neighbours that
 * both have a vertex: together they are the polygon when none lacks, and a
 * gap stays empty.
 */
static void
fill_polygon(const struct canvas *c, const struct position *p, size_t n)
{
	struct shape *s = scene_path(c->scene, 3 * n);

	for (size_t k = 0; k < n; k++) {
		size_t next = (k + 1) % n;

		if (!position_assessed(&p[k]) || !position_assessed(&p[next]))
			continue;
		scene_point(s, c->f->cx, c->f->cy);
		scene_point(s, at_x(c, angle(k, n), radius_of(c, &p[k])),
		    at_y(c, angle(k, n), radius_of(c, &p[k])));
		scene_point(s, at_x(c, angle(next, n), radius_of(c, &p[next])),
		    at_y(c, angle(next, n), radius_of(c, &p[next])));
	}
	s->closed = true;
	s->fill = COLOUR_LAST;
	s->opacity = 0.25;
}

static void
round_mark(const struct canvas *c, double x, double y, double size, bool half)
{
	struct shape *s = scene_circle(c->scene, x, y, size);

	s->fill = half ? COLOUR_PAGE : COLOUR_LAST;
	s->stroke = COLOUR_LAST;
	s->width = 1.2;
	if (!half)
		return;
	s = scene_path(c->scene, 14);
	for (int i = 0; i <= 8; i++)
		scene_point(s, x - size * sin(M_PI * i / 8),
		    y - size * cos(M_PI * i / 8));
	s->closed = true;
	s->fill = COLOUR_LAST;
}

static void
square_mark(const struct canvas *c, double x, double y, double size, bool half)
{
	/* Larger than the round one, which may lie on it. */
	double side = size * 1.12;
	struct shape *s = scene_path(c->scene, 4);

	scene_point(s, x - side, y - side);
	scene_point(s, x + side, y - side);
	scene_point(s, x + side, y + side);
	scene_point(s, x - side, y + side);
	s->closed = true;
	s->fill = half ? COLOUR_PAGE : COLOUR_BEFORE;
	s->stroke = COLOUR_BEFORE;
	s->width = 1.2;
	if (!half)
		return;
	s = scene_path(c->scene, 4);
	scene_point(s, x - side, y - side);
	scene_point(s, x, y - side);
	scene_point(s, x, y + side);
	scene_point(s, x - side, y + side);
	s->closed = true;
	s->fill = COLOUR_BEFORE;
}

static void
mark(const struct canvas *c, double x, double y, double size,
    const struct position *p, bool last)
{
	bool half = p->objective == OBJECTIVE_INTERMEDIATE; /* F-06 */

	if (last)
		round_mark(c, x, y, size, half);
	else
		square_mark(c, x, y, size, half);
}

static void
draw_marks(const struct canvas *c, const struct radar_series *series, size_t n,
    bool last)
{
	for (size_t k = 0; k < n; k++) {
		const struct position *p = &series->positions[k];
		double theta = angle(k, n);

		if (position_assessed(p)) {
			double r = radius_of(c, p);

			mark(c, at_x(c, theta, r), at_y(c, theta, r),
			    n > CROWD ? c->f->mark * 0.6 : c->f->mark, p, last);
		} else if (p->set) {
			/* Side by side where both are NE. */
			double turn = last ? 0.055 : -0.055;

			scene_text(c->scene,
			    at_x(c, theta + turn,
				c->f->radius - 2 * c->f->mark),
			    at_y(c, theta + turn,
				c->f->radius - 2 * c->f->mark),
			    STYLE_TICK, ANCHOR_MIDDLE, "NE")
			    ->fill = last ? COLOUR_LAST : COLOUR_BEFORE;
		}
	}
}

static void
draw_series(const struct canvas *c, const struct radar_view *v)
{
	struct shape before = { .stroke = COLOUR_BEFORE,
		.width = 1.6,
		.dash = 5 };
	struct shape last = { .stroke = COLOUR_LAST, .width = 2.2 };

	if (v->before.positions != NULL)
		draw_polygon(c, v->before.positions, v->axis_count, before);
	fill_polygon(c, v->last.positions, v->axis_count);
	draw_polygon(c, v->last.positions, v->axis_count, last);
	if (v->before.positions != NULL)
		draw_marks(c, &v->before, v->axis_count, false);
	draw_marks(c, &v->last, v->axis_count, true);
}

static void
legend_line(const struct canvas *c, double x, double y, bool last,
    const char *words)
{
	struct position p = { true, LEVEL_4, OBJECTIVE_TERMINAL };
	struct shape *s = scene_path(c->scene, 2);

	scene_point(s, x, y);
	scene_point(s, x + 24, y);
	s->stroke = last ? COLOUR_LAST : COLOUR_BEFORE;
	s->width = last ? 2.2 : 1.6;
	s->dash = last ? 0 : 5;
	mark(c, x + 12, y, c->f->mark, &p, last);
	scene_text(c->scene, x + 30, y, c->f->line_style, ANCHOR_START, words);
}

/* Both marks of an objective and its name. */
static void
legend_marks(const struct canvas *c, double x, double y,
    const struct position *p, const char *words)
{
	double step = 3.2 * c->f->mark;

	mark(c, x, y, c->f->mark, p, true);
	mark(c, x + step, y, c->f->mark, p, false);
	scene_text(c->scene, x + 1.9 * step, y, c->f->word_style, ANCHOR_START,
	    words);
}

static void
draw_legend(const struct canvas *c, const struct radar_view *v)
{
	struct position full = { true, LEVEL_4, OBJECTIVE_TERMINAL };
	struct position half = { true, LEVEL_4, OBJECTIVE_INTERMEDIATE };
	struct arena *a = c->scene->arena;
	double y = c->scene->height - c->f->foot;
	double under = y + c->f->foot * 0.6;
	bool two = v->before.positions != NULL;

	legend_line(c, two ? c->f->line[0] : c->f->alone, y, true,
	    arena_print(a, "Bilan du %s", plain_long_date(a, v->last.date)));
	if (two)
		legend_line(c, c->f->line[1], y, false,
		    arena_print(a, "Bilan du %s",
			plain_long_date(a, v->before.date)));
	legend_marks(c, c->f->words[0], under, &full, "objectifs terminaux");
	legend_marks(c, c->f->words[1], under, &half,
	    "objectifs intermédiaires");
	scene_text(c->scene, c->f->words[2], under, c->f->word_style,
	    ANCHOR_START, "NE : non évaluée")
	    ->fill = COLOUR_SECOND;
}

/* F-08: fewer than three axes make no polygon, but bars say the same. */
static void
draw_bar(const struct canvas *c, const struct radar_view *v, size_t axis,
    bool last, double y)
{
	const struct radar_series *series = last ? &v->last : &v->before;
	const struct position *p = &series->positions[axis];
	double length = position_assessed(p) ? 400.0 * (int)p->level / 4 : 0;
	struct shape *s;

	if (length == 0) {
		scene_text(c->scene, 122, y + 8, STYLE_LABEL, ANCHOR_START,
		    p->set ? "NE" : "–")
		    ->fill = COLOUR_SECOND;
		return;
	}
	s = scene_path(c->scene, 4);
	scene_point(s, 120, y);
	scene_point(s, 120 + length, y);
	scene_point(s, 120 + length, y + 16);
	scene_point(s, 120, y + 16);
	s->closed = true;
	s->stroke = last ? COLOUR_LAST : COLOUR_BEFORE;
	s->width = 1.4;
	s->dash = last ? 0 : 5;
	s->fill = last ? COLOUR_LAST : COLOUR_NONE;
	s->opacity = 0.25;
	mark(c, 120 + length, y + 8, c->f->mark, p, last);
}

static void
draw_bars(const struct canvas *c, const struct radar_view *v)
{
	for (int level = 0; level <= 4; level++) {
		double x = 120 + 100.0 * level;
		struct shape *s = scene_path(c->scene, 2);

		scene_point(s, x, 20);
		scene_point(s, x, c->scene->height - 50);
		s->stroke = 0xb9c4cf;
		s->width = 0.7;
		if (level > 0)
			scene_text(c->scene, x, 12, STYLE_SMALL, ANCHOR_MIDDLE,
			    v->looks[level].sign);
	}
	for (size_t k = 0; k < v->axis_count; k++) {
		double y = 26 + 56 * (double)k;

		scene_text(c->scene, 108, y + 18, STYLE_STRONG, ANCHOR_END,
		    v->axes[k].code)
		    ->hint = v->axes[k].title;
		draw_bar(c, v, k, true, y);
		if (v->before.positions != NULL)
			draw_bar(c, v, k, false, y + 20);
	}
}

static void
draw_circle(const struct canvas *c, const struct radar_view *v)
{
	draw_sectors(c, v);
	draw_web(c, v);
	draw_series(c, v);
	draw_ring_signs(c, v);
}

struct scene *
radar_scene(struct arena *arena, const struct radar_view *v,
    enum radar_form form)
{
	bool few = v->axis_count < 3;
	struct canvas c = { .f = &frames[few ? RADAR_ALONE : form] };

	c.scene = scene_open(arena, c.f->width,
	    few ? 90 + 56 * (double)v->axis_count : c.f->height);
	if (few)
		draw_bars(&c, v);
	else
		draw_circle(&c, v);
	draw_legend(&c, v);
	c.scene->title = "Radar des compétences";
	c.scene->twin = radar_twin(arena, v);
	return c.scene;
}
