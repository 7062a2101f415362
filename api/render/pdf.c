#include <stdlib.h>
#include <string.h>

#include "pdf.h"
#include "plain.h"

#define ENTRY 20 /* bytes of a line of the cross-reference table */

static const char catalog_head[] = "<< /Type /Catalog\n";
static const char figure_head[] = "<< /Type /StructElem\n   /S /Figure\n";

/* Positions are kept as offsets: the bytes move while the text grows. */
struct update {
	struct text *pdf;
	size_t previous; /* where the table of cairo starts */
	size_t entries;  /* where its first line starts */
	size_t size;     /* how many objects, with the free object 0 */
	size_t root;
	size_t info;
	struct text table; /* lines of the new table */
};

/* The last place of a word, or the length when there is none. */
static size_t
last_of(const struct text *pdf, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = pdf->length; i >= n; i--)
		if (memcmp(pdf->bytes + i - n, word, n) == 0)
			return i - n;
	return pdf->length;
}

/* The number after a word that follows an offset; 0 if it is not there. */
static size_t
number_after(const struct text *pdf, size_t from, const char *word)
{
	const char *at = strstr(pdf->bytes + from, word);

	return at == NULL ? 0 : strtoul(at + strlen(word), NULL, 10);
}

static bool
read_table(struct update *u)
{
	struct text *pdf = u->pdf;
	size_t start = last_of(pdf, "startxref\n");
	size_t trailer = last_of(pdf, "trailer\n");
	const char *line;

	text_string(pdf);
	if (start == pdf->length || trailer == pdf->length)
		return false;
	u->previous = number_after(pdf, start, "startxref\n");
	if (u->previous == 0 || u->previous >= trailer ||
	    memcmp(pdf->bytes + u->previous, "xref\n0 ", 7) != 0)
		return false;
	line = memchr(pdf->bytes + u->previous + 7, '\n', 20);
	if (line == NULL)
		return false;
	u->entries = (size_t)(line + 1 - pdf->bytes);
	u->size = number_after(pdf, trailer, "/Size ");
	u->root = number_after(pdf, trailer, "/Root ");
	u->info = number_after(pdf, trailer, "/Info ");
	return u->entries + u->size * ENTRY <= trailer && u->root > 0 &&
	       u->root < u->size && u->info > 0;
}

/* Where the dictionary of an object starts, if it starts with that head. */
static size_t
find_head(const struct update *u, size_t id, const char *head)
{
	size_t at = strtoul(u->pdf->bytes + u->entries + id * ENTRY, NULL, 10);
	const char *line;

	if (at == 0 || at + 100 > u->previous)
		return 0;
	line = memchr(u->pdf->bytes + at, '\n', 20);
	if (line == NULL)
		return 0;
	at = (size_t)(line + 1 - u->pdf->bytes);
	if (at + strlen(head) > u->previous ||
	    memcmp(u->pdf->bytes + at, head, strlen(head)) != 0)
		return 0;
	return at;
}

/* Write an object again, with more entries at the head of its dictionary. */
static bool
replace(struct update *u, size_t id, const char *head, const char *more)
{
	struct text *pdf = u->pdf;
	size_t at = find_head(u, id, head);
	const char *end;
	char *copy;

	if (at == 0)
		return false;
	end = strstr(pdf->bytes + at, "endobj\n");
	if (end == NULL)
		return false;
	at += strlen(head);
	copy = arena_copy(pdf->arena, pdf->bytes + at,
	    (size_t)(end + 7 - pdf->bytes) - at);
	text_print(&u->table, "%zu 1\n%010zu 00000 n \n", id, pdf->length);
	text_print(pdf, "%zu 0 obj\n%s%s", id, head, more);
	text_put(pdf, copy);
	text_string(pdf);
	return true;
}

/* A text string of PDF: UTF-16BE in hexadecimal, so that nothing escapes. */
static const char *
utf16(struct arena *arena, const char *s)
{
	struct text out = text_in(arena);
	uint32_t c;

	text_put(&out, "<FEFF");
	while ((c = plain_next(&s)) != 0) {
		if (c > 0xffff) {
			c -= 0x10000;
			text_print(&out, "%04X%04X", 0xd800 + (c >> 10),
			    0xdc00 + (c & 0x3ff));
		} else
			text_print(&out, "%04X", c);
	}
	text_char(&out, '>');
	return text_string(&out);
}

static void
replace_figures(struct update *u, const char *const *alt, size_t n)
{
	size_t found = 0;

	for (size_t id = 1; id < u->size && found < n; id++) {
		const char *more;

		if (find_head(u, id, figure_head) == 0)
			continue;
		more = arena_print(u->pdf->arena, "   /Alt %s\n",
		    utf16(u->pdf->arena, alt[found++]));
		replace(u, id, figure_head, more);
	}
}

bool
pdf_finish(struct text *pdf, const char *language, const char *const *alt,
    size_t n)
{
	struct update u = { .pdf = pdf, .table = text_in(pdf->arena) };
	size_t start;

	if (!read_table(&u))
		return false;
	if (!replace(&u, u.root, catalog_head,
		arena_print(pdf->arena,
		    "   /Lang (%s)\n"
		    "   /ViewerPreferences << /DisplayDocTitle true >>\n",
		    language)))
		return false;
	replace_figures(&u, alt, n);
	start = pdf->length;
	text_put(pdf, "xref\n");
	text_add(pdf, u.table.bytes, u.table.length);
	text_print(pdf,
	    "trailer\n<< /Size %zu\n   /Root %zu 0 R\n"
	    "   /Info %zu 0 R\n   /Prev %zu\n>>\nstartxref\n%zu\n%%%%EOF\n",
	    u.size, u.root, u.info, u.previous, start);
	return true;
}
