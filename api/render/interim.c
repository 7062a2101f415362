#include <string.h>

#include "interim.h"
#include "interim_parts.h"
#include "plain.h"

static const struct interim_view *
newest(const struct interim_document *doc)
{
	return &doc->interims[doc->interim_count - 1];
}

static const char *
who(struct arena *a, const struct interim_document *doc)
{
	return arena_print(a, "%s %s",
	    plain_text(a, doc->learner.first_name, PLAIN_ONE_LINE),
	    plain_text(a, doc->learner.last_name, PLAIN_ONE_LINE));
}

/* Head and feet of every page of one document. */
static void
margins(struct sheet *s, const struct interim_document *doc)
{
	const struct interim_view *now = newest(doc);
	struct arena *a = s->arena;

	s->running = arena_print(a, "%s — Bilan intermédiaire du %s",
	    who(a, doc), plain_long_date(a, now->date));
	s->left = arena_print(a, "%s%s%s",
	    plain_text(a, doc->school.name, PLAIN_ONE_LINE),
	    doc->school.uai == NULL ? "" : " · ",
	    plain_text(a, doc->school.uai, PLAIN_ONE_LINE));
	s->middle = arena_print(a, "Bilan du %s · révision %d",
	    plain_date(a, now->date), now->revision);
}

static void
lay_out(struct sheet *s, const struct interim_document *doc,
    struct pictures *radar, bool blind)
{
	sheet_begin(s, blind);
	sheet_tag(s, TAG_SECTION);
	part_letterhead(s, doc);
	part_identity(s, doc);
	part_words(s, newest(doc));
	part_competencies(s, doc);
	part_legend(s, doc->framework);
	part_synthesis(s, doc, radar);
	sheet_untag(s);
	sheet_end(s);
}

/* The newest assessment dates the file: no clock, same bytes. */
static struct paper_facts
facts_of(struct arena *a, const struct interim_document *docs, size_t n)
{
	struct paper_facts facts = {
		.title = "Bilans intermédiaires de compétences",
		.author = plain_text(a,
		    n == 1 ? newest(docs)->author : docs->school.name,
		    PLAIN_ONE_LINE),
		.subject =
		    plain_text(a, docs->framework->title, PLAIN_ONE_LINE),
		.language = "fr-FR",
		.date = "",
	};

	for (size_t i = 0; i < n; i++)
		if (plain_date_ok(newest(&docs[i])->date) &&
		    strcmp(newest(&docs[i])->date, facts.date) > 0)
			facts.date = newest(&docs[i])->date;
	if (n == 1)
		facts.title = arena_print(a, "Bilan intermédiaire de %s, %s",
		    who(a, docs), plain_long_date(a, newest(docs)->date));
	return facts;
}

/* One document, laid out blind first for its count of pages. */
static void
print_one(struct sheet *s, const struct interim_document *doc, bool outline)
{
	struct pictures pictures = { .view = doc->radar };
	struct pictures *radar = NULL;
	struct arena *a = s->arena;

	if (doc->radar != NULL && doc->radar->axis_count > 0)
		radar = &pictures;
	margins(s, doc);
	lay_out(s, doc, radar, true);
	if (outline)
		paper_bookmark(s->paper,
		    arena_print(a, "%s — %s", who(a, doc),
			plain_long_date(a, newest(doc)->date)));
	lay_out(s, doc, radar, false);
}

enum fault
render_interims_pdf(struct arena *arena, const struct interim_document *docs,
    size_t n, struct text *out)
{
	struct paper_facts facts = facts_of(arena, docs, n);
	struct sheet s = { .arena = arena };

	s.paper = paper_open(arena, SHEET_WIDTH, SHEET_HEIGHT);
	s.pen = pen_open(arena);
	pen_paper(s.pen, s.paper);
	sheet_tag(&s, TAG_DOCUMENT);
	for (size_t i = 0; i < n; i++)
		print_one(&s, &docs[i], n > 1);
	sheet_untag(&s);
	pen_close(s.pen);
	return paper_close(s.paper, &facts, out);
}
