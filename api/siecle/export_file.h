/*
 * Export: which of the ministry's files this is, of whom, of when.
 *
 * Told by the root element and the PARAMETRES, never by the file's name.
 */
#ifndef ACQUIS_SIECLE_EXPORT_FILE_H
#define ACQUIS_SIECLE_EXPORT_FILE_H

#include "xml.h"

struct export_header {
	enum siecle_kind kind;
	const char *uai;
	int year;              /* 2025 is 2025-2026 */
	const char *day;       /* DATE_EXPORT; NULL in sts_emp */
	const char *stamp;     /* HORODATAGE, "2025-09-15 07:30:00" */
	const char *reference; /* day, or the first of September */
};

/* Called for the elements outside PARAMETRES, as those of struct xml_reader. */
struct export_reader {
	void (*open)(struct xml *, void *data);
	void (*close)(struct xml *, void *data);
	void *data;
};

/*
 * Read an export of one kind.  Refuses with the faults of xml_read,
 * FAULT_WRONG_FILE, FAULT_NO_UAI or FAULT_NO_YEAR; *problem is then written.
 */
enum fault export_read(struct arena *, const struct siecle_input *,
    enum siecle_kind, const struct export_reader *, struct export_header *,
    struct siecle_problem *);

/* What a person calls it: "le fichier des élèves …", "the file of …". */
struct words export_words(enum siecle_kind);

/* Formats of one %s each, and what is said there in the same language. */
struct words export_say(struct arena *, const char *french, const char *english,
    struct words of);

/* What is said of one kind given where another was asked for. */
struct words export_instead(struct arena *, enum siecle_kind given,
    enum siecle_kind wanted);

/*
 * Which kind a file is, by its root, whatever field it was dropped on.
 * FAULT_WRONG_FILE says in *problem what was given instead.
 */
enum fault export_kind(struct arena *, const struct siecle_input *,
    enum siecle_kind *, struct siecle_problem *);

#endif
