#include "../domain/radar.h"
#include "render/palette.h"
#include "view.h"

/* Files write a minus with a hyphen; on paper it is one (ux.md 3). */
static const char *
sign(struct arena *a, const char *symbol)
{
	struct text t = text_in(a);

	if (symbol == NULL)
		return NULL;
	for (; *symbol != '\0'; symbol++) {
		if (*symbol == '-')
			text_put(&t, "\u2212");
		else
			text_char(&t, *symbol);
	}
	return text_string(&t);
}

static void
view_looks(struct arena *a, const struct framework *f, struct level_look *looks)
{
	size_t i;

	for (i = 0; i < LEVEL_LOOKS; i++) {
		looks[i].sign = sign(a, f->levels[i].symbol);
		looks[i].title = f->levels[i].title;
		palette_look(&looks[i], f->levels[i].color);
	}
}

static struct unit_view
view_unit(struct arena *a, const struct framework *f, size_t u)
{
	size_t *members =
	    arena_array(a, f->competencies_count + 1, sizeof(*members));
	size_t i, n = 0;

	for (i = 0; i < f->competencies_count; i++)
		if (f->competencies[i].units >> u & 1)
			members[n++] = i;
	return (struct unit_view){ .code = f->units[u].code,
		.title = f->units[u].title,
		.members = members,
		.member_count = n };
}

const struct framework_view *
view_framework(struct arena *a, const struct framework *f)
{
	struct framework_view *v = arena_take(a, sizeof(*v));
	struct competency_view *competencies;
	struct unit_view *units;
	size_t i;

	competencies =
	    arena_array(a, f->competencies_count, sizeof(*competencies));
	for (i = 0; i < f->competencies_count; i++)
		competencies[i] =
		    (struct competency_view){ .code = f->competencies[i].code,
			    .title = f->competencies[i].title };
	units = arena_array(a, f->units_count + 1, sizeof(*units));
	for (i = 0; i < f->units_count; i++)
		units[i] = view_unit(a, f, i);
	v->title = f->title;
	v->short_title = f->short_title;
	v->scale_title = f->levels_title;
	view_looks(a, f, v->looks);
	v->competencies = competencies;
	v->competency_count = f->competencies_count;
	v->units = units;
	v->unit_count = f->units_count;
	return v;
}

/* --- the radar --- */

/* The position of a group: the level nearest to the mean of its members. */
static struct position
group_position(struct arena *a, const struct axis_group *g,
    const struct position *all)
{
	size_t *members = arena_array(a, g->count + 1, sizeof(*members)), i;
	int mean;

	for (i = 0; i < g->count; i++)
		members[i] = (size_t)g->competencies[i] - 1;
	mean = radar_mean(all, members, g->count);
	if (mean == RADAR_GAP)
		return (struct position){ .set = true, .level = LEVEL_NE };
	return (struct position){ .set = true,
		.level = (enum level)((mean + RADAR_LEVEL / 2) / RADAR_LEVEL),
		.objective = radar_objective(all, members, g->count) };
}

static const struct position *
axis_positions(struct arena *a, const struct framework *f, size_t n,
    const struct position *all)
{
	struct position *out = arena_array(a, n + 1, sizeof(*out));
	size_t s, k, at = 0;
	int axis;

	for (s = 0; s < f->sectors_count; s++) {
		for (k = 0; k < f->sectors[s].axes_count; k++) {
			axis = f->sectors[s].axes[k];
			if (axis > 0)
				out[at++] = all[axis - 1];
			else
				out[at++] =
				    group_position(a, &f->groups[-axis], all);
		}
	}
	return out;
}

/* A competency by its number, or a group by its place, negated. */
static struct radar_axis
axis_of(const struct framework *f, int axis)
{
	struct radar_axis out;

	if (axis > 0) {
		out.code = f->competencies[axis - 1].code;
		out.title = f->competencies[axis - 1].title;
	} else {
		out.code = f->groups[-axis].code;
		out.title = f->groups[-axis].title;
	}
	return out;
}

struct radar_view
view_radar(struct arena *a, const struct framework *f,
    const struct framework_view *fv, const char *date,
    const struct position *last, const char *date_before,
    const struct position *before)
{
	struct radar_sector *sectors;
	struct radar_axis *axes;
	size_t s, k, n = 0;

	sectors = arena_array(a, f->sectors_count + 1, sizeof(*sectors));
	for (s = 0; s < f->sectors_count; s++)
		n += f->sectors[s].axes_count;
	axes = arena_array(a, n + 1, sizeof(*axes));
	for (n = 0, s = 0; s < f->sectors_count; s++) {
		sectors[s].title = f->sectors[s].title;
		sectors[s].axis_count = f->sectors[s].axes_count;
		for (k = 0; k < f->sectors[s].axes_count; k++, n++)
			axes[n] = axis_of(f, f->sectors[s].axes[k]);
	}
	return (struct radar_view){ .axes = axes,
		.axis_count = n,
		.sectors = sectors,
		.sector_count = f->sectors_count,
		.last = { date, axis_positions(a, f, n, last) },
		.before = { date_before,
		    before == NULL ? NULL : axis_positions(a, f, n, before) },
		.looks = fv->looks };
}
