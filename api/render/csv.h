/*
 * CSV, cell by cell (formats/csv.md 3, RFC 4180).
 *
 * Two dialects.  CSV_PLAIN is for programs: UTF-8, comma, decimal point, ISO
 * dates.  CSV_FRENCH is what a French spreadsheet opens by a double click:
 * byte order mark, semicolon, decimal comma, dates as 31/12/2026.  Both end
 * lines with CR LF.
 *
 * A text that a spreadsheet would run as a formula has a ' put before it
 * (reliability.md X4).  Numbers are ours and never negative.
 */
#ifndef ACQUIS_RENDER_CSV_H
#define ACQUIS_RENDER_CSV_H

#include <stdbool.h>

#include "../../db/text.h"

enum csv_dialect { CSV_PLAIN, CSV_FRENCH };

/* What the client asked for; all zero is the default. */
struct csv_form {
	enum csv_dialect dialect;
	bool tab;          /* ?sep=tab */
	bool windows_1252; /* ?encoding=windows-1252: no byte order mark */
};

struct csv {
	struct text *out;
	struct csv_form form;
	bool inside; /* a cell of this row was written */
	bool lossy;  /* a character had no place in windows-1252 */
};

/* Start a file at the end of a text. */
struct csv csv_begin(struct text *, struct csv_form);

void csv_text(struct csv *, const char *); /* NULL is an empty cell */
void csv_date(struct csv *, const char *); /* "2026-12-31…" */
void csv_hundredths(struct csv *, int);    /* 1350 is 13.50; negative: empty */
void csv_end(struct csv *);                /* of the row */

#endif
