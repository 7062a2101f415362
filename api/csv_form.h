/*
 * CSV form: which CSV a client asks for, by ?dialect, ?sep and ?encoding.
 */
#ifndef ACQUIS_CSV_FORM_H
#define ACQUIS_CSV_FORM_H

#include "context.h"
#include "render/csv.h"

/* FAULT_PARAMETER at the argument for a value that we do not know. */
enum fault csv_form_read(struct ctx *, struct csv_form *);

/* Content-Type of a file of this form. */
const char *csv_form_type(struct csv_form);

#endif
