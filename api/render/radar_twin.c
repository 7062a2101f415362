#include "plain.h"
#include "radar.h"

enum move { MOVE_GAIN, MOVE_LOSS, MOVE_SAME, MOVE_NEW, MOVE__MAX };

/* Codes that made one move, as "C1, C4"; NULL if there are none. */
static const char *
movers(struct arena *arena, const struct radar_view *v, enum move move)
{
	struct text out = text_in(arena);

	for (size_t k = 0; k < v->axis_count; k++) {
		const struct position *now = &v->last.positions[k];
		const struct position *then = &v->before.positions[k];
		enum move m;

		if (!position_assessed(now))
			continue;
		if (!position_assessed(then))
			m = MOVE_NEW;
		else if (now->level == then->level)
			m = MOVE_SAME;
		else
			m = now->level > then->level ? MOVE_GAIN : MOVE_LOSS;
		if (m != move)
			continue;
		if (out.length > 0)
			text_put(&out, ", ");
		text_put(&out,
		    plain_text(arena, v->axes[k].code, PLAIN_ONE_LINE));
	}
	return out.length == 0 ? NULL : text_string(&out);
}

static size_t
evaluated(const struct radar_view *v)
{
	size_t n = 0;

	for (size_t k = 0; k < v->axis_count; k++)
		n += position_assessed(&v->last.positions[k]);
	return n;
}

const char *
radar_twin(struct arena *arena, const struct radar_view *v)
{
	static const char *const words[MOVE__MAX] = { "en progrès", "en recul",
		"inchangées", "nouvellement évaluées" };
	struct text out = text_in(arena);
	bool any = false;

	text_print(&out, "Bilan du %s : %zu compétences évaluées sur %zu",
	    plain_long_date(arena, v->last.date), evaluated(v), v->axis_count);
	if (v->before.positions == NULL) {
		text_char(&out, '.');
		return text_string(&out);
	}
	text_print(&out, ". Depuis le bilan du %s : ",
	    plain_long_date(arena, v->before.date));
	for (int m = 0; m < MOVE__MAX; m++) {
		const char *codes = movers(arena, v, (enum move)m);

		if (codes == NULL)
			continue;
		text_print(&out, "%s%s %s", any ? " ; " : "", words[m], codes);
		any = true;
	}
	text_put(&out, any ? "." : "aucune évolution à signaler.");
	return text_string(&out);
}
