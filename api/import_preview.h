/*
 * Import preview: an analysis as the JSON that is kept and shown.
 *
 * A preview before the commit, the report after it.  Three documents, so that
 * the lists can be shown in part and read row by row: what there is in all,
 * the lines (everybody whose fate is not "same"), the anomalies.
 */
#ifndef ACQUIS_IMPORT_PREVIEW_H
#define ACQUIS_IMPORT_PREVIEW_H

#include "import_analysis.h"

struct import_preview {
	const char *head;      /* object: counts, to_confirm, mefs, probable */
	const char *lines;     /* array of ImportLine of openapi.yaml */
	const char *anomalies; /* array of ImportAnomaly */
	const char *stamps;    /* object: kind of file to HORODATAGE */
};

/* On FAULT_NONE of the analysis only. */
void import_preview_make(const struct import_analysis *,
    struct import_preview *);

#endif
