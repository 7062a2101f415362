#include "interim_parts.h"
#include "plain.h"

static const char *const states[] = {
	[INTERIM_LOOK_DRAFT] = "Projet non confirmé",
	[INTERIM_LOOK_CONFIRMED] = "Confirmé",
	[INTERIM_LOOK_UNLOCKED] = "Débloqué pour correction",
};

static const struct interim_view *
newest(const struct interim_document *doc)
{
	return &doc->interims[doc->interim_count - 1];
}

/* Name and place, the name on as many lines as it takes; gives their end. */
static double
school(struct sheet *s, const struct interim_document *doc)
{
	struct arena *a = s->arena;
	const char *where = arena_print(a, "%s%s%s",
	    plain_text(a, doc->school.city, PLAIN_ONE_LINE),
	    doc->school.city != NULL && doc->school.uai != NULL ? " · " : "",
	    plain_text(a, doc->school.uai, PLAIN_ONE_LINE));
	struct shaped *name =
	    pen_shape(s->pen, STYLE_HEAD, 310, doc->school.name);
	struct shaped *place = pen_shape(s->pen, STYLE_SMALL, 310, where);
	double y = s->y + pen_height(name);

	sheet_tag(s, TAG_PARAGRAPH);
	sheet_text(s, name, SHEET_LEFT, s->y, COLOUR_BRAND);
	sheet_text(s, place, SHEET_LEFT, y + 1, COLOUR_SECOND);
	sheet_untag(s);
	return y + pen_height(place) + 5;
}

void
part_letterhead(struct sheet *s, const struct interim_document *doc)
{
	struct shaped *short_title =
	    pen_cut(s->pen, STYLE_STRONG, 190, doc->framework->short_title);
	struct shaped *title = pen_shape(s->pen, STYLE_TITLE, 0,
	    "Bilan intermédiaire de compétences");
	struct shaped *diploma =
	    pen_shape(s->pen, STYLE_BODY, SHEET_INSIDE, doc->framework->title);
	double badge = pen_width(short_title) + 20;
	double below;

	sheet_fill(s, 0, 0, SHEET_WIDTH, 8, 0, COLOUR_BRAND);
	below = school(s, doc);
	if (badge > 20) {
		sheet_fill(s, SHEET_RIGHT - badge, s->y, badge, 20, 10,
		    COLOUR_BAND);
		sheet_tag(s, TAG_PARAGRAPH);
		sheet_text(s, short_title, SHEET_RIGHT - badge + 10, s->y + 4.5,
		    COLOUR_BRAND);
		sheet_untag(s);
	}
	s->y = below;
	sheet_tag(s, TAG_TITLE);
	sheet_text(s, title, SHEET_LEFT, s->y, COLOUR_BRAND);
	sheet_untag(s);
	s->y += pen_height(title) + 1;
	sheet_tag(s, TAG_PARAGRAPH);
	sheet_text(s, diploma, SHEET_LEFT, s->y, COLOUR_SECOND);
	sheet_untag(s);
	s->y += pen_height(diploma) + 5;
}

/* A small label over its value; gives the bottom of the value. */
static double
fact(struct sheet *s, double x, double y, const char *label,
    struct shaped *words)
{

	sheet_tag(s, TAG_PARAGRAPH);
	sheet_text(s, pen_shape(s->pen, STYLE_TINY, 0, label), x, y,
	    COLOUR_SECOND);
	sheet_text(s, words, x, y + 9, COLOUR_TEXT);
	sheet_untag(s);
	return y + 9 + pen_height(words);
}

static double
greater(double a, double b)
{
	return a > b ? a : b;
}

/*
 * Two rows of facts.  The box has the height of what is in it, so the facts
 * are measured by a blind call first.
 */
static double
facts(struct sheet *s, const struct interim_document *doc, double y)
{
	const struct interim_view *now = newest(doc);
	struct arena *a = s->arena;
	double x = SHEET_LEFT + 12, bottom, second;

	bottom = fact(s, x, y, "Apprenant",
	    pen_once(s->pen, STYLE_HEAD, 225,
		arena_print(a, "%s %s",
		    plain_text(a, doc->learner.first_name, PLAIN_ONE_LINE),
		    plain_text(a, doc->learner.last_name, PLAIN_ONE_LINE))));
	bottom = greater(bottom,
	    fact(s, x + 240, y, "Classe",
		pen_shape(s->pen, STYLE_STRONG, 110, doc->class_name)));
	bottom = greater(bottom, fact(s, x + 362, y, "Date du bilan",
				     pen_shape(s->pen, STYLE_STRONG, 125,
					 plain_long_date(a, now->date))));
	second = bottom + 3;
	if (now->author != NULL)
		bottom = greater(bottom,
		    fact(s, x + 240, second, "Établi par",
			pen_once(s->pen, STYLE_BODY, 110, now->author)));
	bottom =
	    greater(bottom, fact(s, x + 362, second, "État",
				pen_shape(s->pen, STYLE_BODY, 125,
				    arena_print(a, "%s · révision %d",
					states[now->state], now->revision))));
	if (doc->learner.birth_date != NULL)
		bottom = greater(bottom,
		    fact(s, x, second, "Né(e) le",
			pen_once(s->pen, STYLE_BODY, 110,
			    plain_date(a, doc->learner.birth_date))));
	if (doc->grade != NULL)
		bottom =
		    greater(bottom, fact(s, x + 120, second, "Note proposée",
					pen_once(s->pen, STYLE_STRONG, 105,
					    arena_print(a, "%s / 20",
						plain_comma(a, doc->grade)))));
	return bottom;
}

void
part_identity(struct sheet *s, const struct interim_document *doc)
{
	bool blind = s->blind;
	double bottom;

	s->blind = true;
	bottom = facts(s, doc, s->y + 5);
	s->blind = blind;
	sheet_fill(s, SHEET_LEFT, s->y, SHEET_INSIDE, bottom + 4 - s->y, 5,
	    COLOUR_PALE);
	sheet_frame(s, SHEET_LEFT, s->y, SHEET_INSIDE, bottom + 4 - s->y, 5,
	    COLOUR_HAIR);
	facts(s, doc, s->y + 5);
	s->y = bottom + 9;
}
