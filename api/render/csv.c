#include <string.h>

#include <glib.h>

#include "csv.h"
#include "plain.h"

/* Windows-1252 from 0x80 to 0x9f; 0 where it has nothing. */
static const uint32_t windows[32] = { 0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026,
	0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
	0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122,
	0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178 };

struct csv
csv_begin(struct text *out, struct csv_form form)
{
	struct csv csv = { .out = out, .form = form };

	if (form.dialect == CSV_FRENCH && !form.windows_1252)
		text_put(out, "\xef\xbb\xbf");
	return csv;
}

static char
separator(const struct csv *csv)
{
	if (csv->form.tab)
		return '\t';
	return csv->form.dialect == CSV_FRENCH ? ';' : ',';
}

/* The byte of a character in windows-1252, -1 if it has none. */
static int
windows_byte(uint32_t c)
{
	if (c < 0x80 || (c >= 0xa0 && c <= 0xff))
		return (int)c;
	for (int i = 0; i < 32; i++)
		if (windows[i] == c)
			return 0x80 + i;
	return -1;
}

/* A character that has no place there becomes its base letter, or '?'. */
static void
put_windows(struct csv *csv, const char *s)
{
	gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
	uint32_t c;

	while ((c = plain_next(&s)) != 0) {
		int byte = windows_byte(c);

		if (byte < 0) {
			csv->lossy = true;
			g_unichar_fully_decompose(c, TRUE, parts,
			    G_UNICHAR_MAX_DECOMPOSITION_LENGTH);
			byte = windows_byte(parts[0]);
		}
		text_char(csv->out, byte < 0 ? '?' : (char)byte);
	}
}

static void
put(struct csv *csv, const char *s)
{
	if (csv->form.windows_1252)
		put_windows(csv, s);
	else
		text_put(csv->out, s);
}

static void
next_cell(struct csv *csv)
{
	if (csv->inside)
		text_char(csv->out, separator(csv));
	csv->inside = true;
}

/*
 * Does a spreadsheet take it for a formula?  Blanks before the sign do not
 * save it everywhere, nor does its wide form in East Asian settings.
 */
static bool
is_formula(const char *s)
{
	uint32_t c;

	do
		c = plain_next(&s);
	while (c == ' ' || c == '\n' || c == 0xa0);
	return c == '=' || c == '+' || c == '-' || c == '@' || c == 0xff1d ||
	       c == 0xff0b || c == 0xff0d || c == 0xff20;
}

static bool
needs_quotes(const struct csv *csv, const char *s)
{
	size_t n = strlen(s);

	return n > 0 && (s[0] == ' ' || s[n - 1] == ' ' ||
			    strchr(s, separator(csv)) != NULL ||
			    strchr(s, '"') != NULL || strchr(s, '\n') != NULL);
}

void
csv_text(struct csv *csv, const char *value)
{
	char *s = plain_text(csv->out->arena, value, PLAIN_LINES);

	next_cell(csv);
	if (is_formula(s))
		s = arena_print(csv->out->arena, "'%s", s);
	if (!needs_quotes(csv, s)) {
		put(csv, s);
		return;
	}
	text_char(csv->out, '"');
	for (char *quote; (quote = strchr(s, '"')) != NULL; s = quote + 1) {
		*quote = '\0';
		put(csv, s);
		text_put(csv->out, "\"\"");
	}
	put(csv, s);
	text_char(csv->out, '"');
}

void
csv_date(struct csv *csv, const char *date)
{
	if (!plain_date_ok(date)) {
		csv_text(csv, date);
		return;
	}
	next_cell(csv);
	text_put(csv->out, csv->form.dialect == CSV_FRENCH
			       ? plain_date(csv->out->arena, date)
			       : plain_day(csv->out->arena, date));
}

void
csv_hundredths(struct csv *csv, int value)
{
	next_cell(csv);
	if (value >= 0)
		text_print(csv->out, "%d%c%02d", value / 100,
		    csv->form.dialect == CSV_FRENCH ? ',' : '.', value % 100);
}

void
csv_end(struct csv *csv)
{
	text_put(csv->out, "\r\n");
	csv->inside = false;
}
