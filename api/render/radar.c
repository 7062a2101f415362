#include <math.h>

#include "plain.h"
#include "radar.h"

#define WIDTH 640.0
#define HEIGHT 470.0
#define CX (WIDTH / 2)
#define CY 214.0
#define RADIUS 152.0
#define MARK 4.2 /* radius of a mark */
#define CROWD 24 /* axes above which everything gets smaller (F-08) */

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
at_x(double theta, double r)
{
	return CX + r * cos(theta);
}

static double
at_y(double theta, double r)
{
	return CY + r * sin(theta);
}

/* Points of an arc, about every five degrees: nobody sees the corners. */
static void
arc_points(struct shape *s, double from, double to, double r, int steps)
{
	for (int i = 0; i <= steps; i++) {
		double theta = from + (to - from) * i / steps;

		scene_point(s, at_x(theta, r), at_y(theta, r));
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
sector_name(struct scene *scene, const char *title, double theta)
{
	char *rest = plain_text(scene->arena, title, PLAIN_ONE_LINE);
	enum anchor anchor = cos(theta) > 0.3    ? ANCHOR_START
			     : cos(theta) < -0.3 ? ANCHOR_END
						 : ANCHOR_MIDDLE;
	double x = at_x(theta, RADIUS + 45);
	double y = at_y(theta, RADIUS + 45) - (sin(theta) < -0.6 ? 2 : 0);
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
	if (sin(theta) < -0.6)
		y -= 6.0 * (double)(n > 0 ? n - 1 : 0);
	else if (sin(theta) <= 0.6)
		y -= 6.0 * (double)(n > 0 ? n - 1 : 0);
	for (size_t i = 0; i < n; i++)
		scene_text(scene, x, y + 12.0 * (double)i, STYLE_STRONG, anchor,
		    lines[i])
		    ->fill = COLOUR_BRAND;
}

static void
draw_sector(struct scene *scene, const struct radar_view *v, size_t which,
    size_t first)
{
	double half = M_PI / (double)v->axis_count;
	size_t last = first + v->sectors[which].axis_count - 1;
	double from = angle(first, v->axis_count) - half;
	double to = angle(last, v->axis_count) + half;
	int steps = arc_steps(from, to);
	double gap = v->sector_count > 1 ? 0.012 : 0;
	struct shape *s;

	s = scene_path(scene, (size_t)steps + 2);
	scene_point(s, CX, CY);
	arc_points(s, from, to, RADIUS, steps);
	s->closed = true;
	s->fill = tints[which % TINTS];
	s = scene_path(scene, (size_t)steps + 1);
	arc_points(s, from + gap, to - gap, RADIUS + 33, steps);
	s->stroke = arcs[which % TINTS];
	s->width = 5;
	sector_name(scene, v->sectors[which].title, (from + to) / 2);
}

static void
draw_sectors(struct scene *scene, const struct radar_view *v)
{
	size_t first = 0;

	for (size_t i = 0; i < v->sector_count; i++) {
		if (first + v->sectors[i].axis_count > v->axis_count)
			return;
		if (v->sectors[i].axis_count > 0)
			draw_sector(scene, v, i, first);
		first += v->sectors[i].axis_count;
	}
}

/* Rings at the four levels, spokes, and the code at the rim. */
static void
draw_web(struct scene *scene, const struct radar_view *v)
{
	struct shape *spokes;

	for (int level = 1; level <= 4; level++) {
		struct shape *s =
		    scene_circle(scene, CX, CY, RADIUS * level / 4);

		s->stroke = level == 4 ? 0x9aa7b5 : 0xb9c4cf;
		s->width = 0.7;
	}
	/* All spokes in one stroke, out and back. */
	spokes = scene_path(scene, 2 * v->axis_count + 1);
	spokes->stroke = 0xb9c4cf;
	spokes->width = 0.7;
	for (size_t k = 0; k < v->axis_count; k++) {
		double theta = angle(k, v->axis_count);

		scene_point(spokes, CX, CY);
		scene_point(spokes, at_x(theta, RADIUS), at_y(theta, RADIUS));
	}
	for (size_t k = 0; k < v->axis_count; k++) {
		double theta = angle(k, v->axis_count);
		/* Beyond 36 axes neighbours would touch: stagger them. */
		double r = RADIUS + (v->axis_count > 36 && k % 2 ? 23 : 15);

		scene_text(scene, at_x(theta, r), at_y(theta, r),
		    v->axis_count > CROWD ? STYLE_TICK : STYLE_LABEL,
		    ANCHOR_MIDDLE, v->axes[k].code)
		    ->hint = v->axes[k].title;
	}
}

/* Which ring is which level, between the last axis and the first. */
static void
draw_ring_signs(struct scene *scene, const struct radar_view *v)
{
	double theta = -M_PI / 2 - M_PI / (double)v->axis_count;

	for (int level = 1; level <= 4; level++) {
		double r = RADIUS * level / 4 - 6;

		scene_text(scene, at_x(theta, r), at_y(theta, r), STYLE_TINY,
		    ANCHOR_MIDDLE, v->looks[level].sign)
		    ->fill = COLOUR_SECOND;
	}
}

static double
radius_of(const struct position *p)
{
	return RADIUS * (int)p->level / 4; /* F-04: ordinal */
}

/* The runs of neighbouring vertices, each a line; a ring if none lacks. */
static void
draw_polygon(struct scene *scene, const struct position *p, size_t n,
    struct shape like)
{
	size_t gap = 0, start, i = 0;

	while (gap < n && position_assessed(&p[gap]))
		gap++;
	start = gap < n ? gap + 1 : 0;
	while (i < n) {
		struct shape *s = scene_path(scene, n);

		for (; i < n && position_assessed(&p[(start + i) % n]); i++) {
			size_t k = (start + i) % n;
			double r = radius_of(&p[k]);

			scene_point(s, at_x(angle(k, n), r),
			    at_y(angle(k, n), r));
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
fill_polygon(struct scene *scene, const struct position *p, size_t n)
{
	struct shape *s = scene_path(scene, 3 * n);

	for (size_t k = 0; k < n; k++) {
		size_t next = (k + 1) % n;

		if (!position_assessed(&p[k]) || !position_assessed(&p[next]))
			continue;
		scene_point(s, CX, CY);
		scene_point(s, at_x(angle(k, n), radius_of(&p[k])),
		    at_y(angle(k, n), radius_of(&p[k])));
		scene_point(s, at_x(angle(next, n), radius_of(&p[next])),
		    at_y(angle(next, n), radius_of(&p[next])));
	}
	s->closed = true;
	s->fill = COLOUR_LAST;
	s->opacity = 0.25;
}

static void
round_mark(struct scene *scene, double x, double y, double size, bool half)
{
	struct shape *s = scene_circle(scene, x, y, size);

	s->fill = half ? COLOUR_PAGE : COLOUR_LAST;
	s->stroke = COLOUR_LAST;
	s->width = 1.2;
	if (!half)
		return;
	s = scene_path(scene, 14);
	for (int i = 0; i <= 8; i++)
		scene_point(s, x - size * sin(M_PI * i / 8),
		    y - size * cos(M_PI * i / 8));
	s->closed = true;
	s->fill = COLOUR_LAST;
}

static void
square_mark(struct scene *scene, double x, double y, double size, bool half)
{
	/* Larger than the round one, which may lie on it. */
	double side = size * 1.12;
	struct shape *s = scene_path(scene, 4);

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
	s = scene_path(scene, 4);
	scene_point(s, x - side, y - side);
	scene_point(s, x, y - side);
	scene_point(s, x, y + side);
	scene_point(s, x - side, y + side);
	s->closed = true;
	s->fill = COLOUR_BEFORE;
}

static void
mark(struct scene *scene, double x, double y, double size,
    const struct position *p, bool last)
{
	bool half = p->objective == OBJECTIVE_INTERMEDIATE; /* F-06 */

	if (last)
		round_mark(scene, x, y, size, half);
	else
		square_mark(scene, x, y, size, half);
}

static void
draw_marks(struct scene *scene, const struct radar_series *series, size_t n,
    bool last)
{
	for (size_t k = 0; k < n; k++) {
		const struct position *p = &series->positions[k];
		double theta = angle(k, n);

		if (position_assessed(p)) {
			double r = radius_of(p);

			mark(scene, at_x(theta, r), at_y(theta, r),
			    n > CROWD ? MARK * 0.6 : MARK, p, last);
		} else if (p->set) {
			/* Side by side where both are NE. */
			double turn = last ? 0.055 : -0.055;

			scene_text(scene, at_x(theta + turn, RADIUS - 8),
			    at_y(theta + turn, RADIUS - 8), STYLE_TICK,
			    ANCHOR_MIDDLE, "NE")
			    ->fill = last ? COLOUR_LAST : COLOUR_BEFORE;
		}
	}
}

static void
draw_series(struct scene *scene, const struct radar_view *v)
{
	struct shape before = { .stroke = COLOUR_BEFORE,
		.width = 1.6,
		.dash = 5 };
	struct shape last = { .stroke = COLOUR_LAST, .width = 2.2 };

	if (v->before.positions != NULL)
		draw_polygon(scene, v->before.positions, v->axis_count, before);
	fill_polygon(scene, v->last.positions, v->axis_count);
	draw_polygon(scene, v->last.positions, v->axis_count, last);
	if (v->before.positions != NULL)
		draw_marks(scene, &v->before, v->axis_count, false);
	draw_marks(scene, &v->last, v->axis_count, true);
}

static void
legend_line(struct scene *scene, double x, double y, bool last,
    const char *words)
{
	struct position p = { true, LEVEL_4, OBJECTIVE_TERMINAL };
	struct shape *s = scene_path(scene, 2);

	scene_point(s, x, y);
	scene_point(s, x + 30, y);
	s->stroke = last ? COLOUR_LAST : COLOUR_BEFORE;
	s->width = last ? 2.2 : 1.6;
	s->dash = last ? 0 : 5;
	mark(scene, x + 15, y, MARK, &p, last);
	scene_text(scene, x + 37, y, STYLE_BODY, ANCHOR_START, words);
}

static void
draw_legend(struct scene *scene, const struct radar_view *v, double y)
{
	struct position full = { true, LEVEL_4, OBJECTIVE_TERMINAL };
	struct position half = { true, LEVEL_4, OBJECTIVE_INTERMEDIATE };
	struct arena *a = scene->arena;
	bool two = v->before.positions != NULL;

	legend_line(scene, two ? 100 : 225, y, true,
	    arena_print(a, "Bilan du %s", plain_long_date(a, v->last.date)));
	if (two)
		legend_line(scene, 350, y, false,
		    arena_print(a, "Bilan du %s",
			plain_long_date(a, v->before.date)));
	mark(scene, 66, y + 20, MARK, &full, true);
	mark(scene, 80, y + 20, MARK, &full, false);
	scene_text(scene, 92, y + 20, STYLE_SMALL, ANCHOR_START,
	    "objectifs terminaux");
	mark(scene, 216, y + 20, MARK, &half, true);
	mark(scene, 230, y + 20, MARK, &half, false);
	scene_text(scene, 242, y + 20, STYLE_SMALL, ANCHOR_START,
	    "objectifs intermédiaires");
	scene_text(scene, 384, y + 20, STYLE_SMALL, ANCHOR_START,
	    "NE : non évaluée (le tracé s'interrompt)")
	    ->fill = COLOUR_SECOND;
}

/* F-08: fewer than three axes make no polygon, but bars say the same. */
static void
draw_bar(struct scene *scene, const struct radar_view *v, size_t axis,
    bool last, double y)
{
	const struct radar_series *series = last ? &v->last : &v->before;
	const struct position *p = &series->positions[axis];
	double length = position_assessed(p) ? 400.0 * (int)p->level / 4 : 0;
	struct shape *s;

	if (length == 0) {
		scene_text(scene, 122, y + 8, STYLE_LABEL, ANCHOR_START,
		    p->set ? "NE" : "–")
		    ->fill = COLOUR_SECOND;
		return;
	}
	s = scene_path(scene, 4);
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
	mark(scene, 120 + length, y + 8, MARK, p, last);
}

static struct scene *
bars(struct arena *arena, const struct radar_view *v)
{
	struct scene *scene =
	    scene_open(arena, WIDTH, 90 + 56 * (double)v->axis_count);

	for (int level = 0; level <= 4; level++) {
		struct shape *s = scene_path(scene, 2);

		scene_point(s, 120 + 100.0 * level, 20);
		scene_point(s, 120 + 100.0 * level, scene->height - 50);
		s->stroke = 0xb9c4cf;
		s->width = 0.7;
		if (level > 0)
			scene_text(scene, 120 + 100.0 * level, 12, STYLE_SMALL,
			    ANCHOR_MIDDLE, v->looks[level].sign);
	}
	for (size_t k = 0; k < v->axis_count; k++) {
		double y = 26 + 56 * (double)k;

		scene_text(scene, 108, y + 18, STYLE_STRONG, ANCHOR_END,
		    v->axes[k].code)
		    ->hint = v->axes[k].title;
		draw_bar(scene, v, k, true, y);
		if (v->before.positions != NULL)
			draw_bar(scene, v, k, false, y + 20);
	}
	draw_legend(scene, v, scene->height - 32);
	return scene;
}

struct scene *
radar_scene(struct arena *arena, const struct radar_view *v)
{
	struct scene *scene;

	if (v->axis_count < 3)
		scene = bars(arena, v);
	else {
		scene = scene_open(arena, WIDTH, HEIGHT);
		draw_sectors(scene, v);
		draw_web(scene, v);
		draw_series(scene, v);
		draw_ring_signs(scene, v);
		draw_legend(scene, v, HEIGHT - 34);
	}
	scene->title = "Radar des compétences";
	scene->twin = radar_twin(arena, v);
	return scene;
}
