#include <string.h>

#include "interim.h"
#include "interim_parts.h"
#include "pdf.h"
#include "plain.h"

static cairo_status_t
to_text(void *out, const unsigned char *bytes, unsigned int n)
{
	text_add(out, (const char *)bytes, n);
	return CAIRO_STATUS_SUCCESS;
}

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
    const struct pictures *radar, bool blind)
{
	sheet_begin(s, blind);
	sheet_tag(s, "Sect");
	part_letterhead(s, doc);
	part_identity(s, doc);
	part_words(s, newest(doc));
	part_competencies(s, doc);
	part_legend(s, doc->framework);
	part_synthesis(s, doc, radar);
	sheet_untag(s, "Sect");
	sheet_end(s);
}

static void
set_metadata(struct sheet *s, const struct interim_document *docs, size_t n)
{
	struct arena *a = s->arena;
	const char *date = "";
	const char *title = "Bilans intermédiaires de compétences";

	/* The newest assessment dates the file: no clock, same bytes. */
	for (size_t i = 0; i < n; i++)
		if (plain_date_ok(newest(&docs[i])->date) &&
		    strcmp(newest(&docs[i])->date, date) > 0)
			date = newest(&docs[i])->date;
	if (n == 1)
		title = arena_print(a, "Bilan intermédiaire de %s, %s",
		    who(a, docs), plain_long_date(a, newest(docs)->date));
	cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_TITLE,
	    title);
	cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_AUTHOR,
	    plain_text(a, n == 1 ? newest(docs)->author : docs->school.name,
		PLAIN_ONE_LINE));
	cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_SUBJECT,
	    plain_text(a, docs->framework->title, PLAIN_ONE_LINE));
	cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_CREATOR,
	    "Acquis");
	if (*date == '\0')
		return;
	date = arena_print(a, "%sT00:00:00Z", plain_day(a, date));
	cairo_pdf_surface_set_metadata(s->surface,
	    CAIRO_PDF_METADATA_CREATE_DATE, date);
	cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_MOD_DATE,
	    date);
}

static void
add_bookmark(struct sheet *s, const struct interim_document *doc, int page)
{
	const char *name = arena_print(s->arena, "%s — %s", who(s->arena, doc),
	    plain_long_date(s->arena, newest(doc)->date));

	cairo_pdf_surface_add_outline(s->surface, CAIRO_PDF_OUTLINE_ROOT, name,
	    arena_print(s->arena, "page=%d", page), 0);
}

/*
 * One document, laid out blind first for its count of pages.  Gives what a
 * voice reads for its picture (F-11), NULL when it has none.
 */
static const char *
print_one(struct sheet *s, const struct interim_document *doc, int first,
    bool outline)
{
	const struct radar_view *v = doc->radar;
	struct pictures *radar = NULL;

	if (v != NULL && v->axis_count > 0) {
		radar = arena_take(s->arena, sizeof(*radar));
		radar->alone = radar_scene(s->arena, v, RADAR_ALONE);
		radar->beside = radar_scene(s->arena, v, RADAR_BESIDE);
	}
	margins(s, doc);
	lay_out(s, doc, radar, true);
	if (outline)
		add_bookmark(s, doc, first);
	lay_out(s, doc, radar, false);
	return radar == NULL ? NULL : radar->alone->twin;
}

static void
print_all(struct sheet *s, const struct interim_document *docs, size_t n,
    const char **twins, size_t *count)
{
	int page = 1;

	for (size_t i = 0; i < n && !s->broken; i++) {
		twins[*count] = print_one(s, &docs[i], page, n > 1);
		*count += twins[*count] != NULL;
		page += s->pages;
	}
}

enum fault
render_interims_pdf(struct arena *arena, const struct interim_document *docs,
    size_t n, struct text *out)
{
	struct sheet s = { .arena = arena };
	const char **twins = arena_array(arena, n, sizeof(*twins));
	size_t count = 0;

	*out = text_in(arena);
	s.surface = cairo_pdf_surface_create_for_stream(to_text, out,
	    SHEET_WIDTH, SHEET_HEIGHT);
	s.cr = cairo_create(s.surface);
	s.pen = pen_open(arena);
	pen_page(s.pen, s.cr);
	set_metadata(&s, docs, n);
	sheet_tag(&s, "Document");
	print_all(&s, docs, n, twins, &count);
	s.blind = false;
	sheet_untag(&s, "Document");
	pen_close(s.pen);
	cairo_destroy(s.cr);
	cairo_surface_finish(s.surface);
	if (cairo_surface_status(s.surface) != CAIRO_STATUS_SUCCESS)
		s.broken = true;
	cairo_surface_destroy(s.surface);
	if (s.broken)
		return FAULT_INTERNAL;
	pdf_finish(out, "fr-FR", twins, count);
	return FAULT_NONE;
}
