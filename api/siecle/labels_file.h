/*
 * Labels: Nomenclature.xml and Structures.xml, made by SIECLE.  Both optional:
 * they bring names to codes the other files use, nothing else.
 */
#ifndef ACQUIS_SIECLE_LABELS_FILE_H
#define ACQUIS_SIECLE_LABELS_FILE_H

#include "export_file.h"

struct label_record {
	const char *code;
	const char *label;
	const char *short_label; /* subjects only */
	const char *mef;         /* the first of a class */
};

struct labels_file {
	struct export_header header;
	struct list mefs;     /* of struct label_record */
	struct list subjects; /* of struct label_record */
	struct list classes;  /* of struct label_record */
	struct list groups;   /* of struct label_record */
};

/* Nomenclature.xml: fills mefs and subjects.  Refuses as export_read(). */
enum fault nomenclature_file_read(struct arena *, const struct siecle_input *,
    struct labels_file *, struct siecle_problem *);

/* Structures.xml: fills classes and groups.  Refuses as export_read(). */
enum fault structures_file_read(struct arena *, const struct siecle_input *,
    struct labels_file *, struct siecle_problem *);

#endif
