/*
 * SIECLE and STSWEB: the files of the ministry a school is filled from.
 *
 * Pure functions from bytes to records and from records to a plan: no base, no
 * network, no clock.  Every result belongs to the arena given.  The files, the
 * guards and the codes are those of the ministry's own applications as public
 * importers know them; French file names keep their French.
 *
 *   upload.h         what was sent, archive or not, as the exports it holds
 *   zip.h            an archive as the XML files it holds
 *   xml.h            bytes to elements: encodings, limits, no DOCTYPE
 *   export_file.h    which export is it, of which school, of which year
 *   staff_file.h     sts_emp_<UAI>_<year>.xml
 *   learner_file.h   ElevesSansAdresses.xml (or ElevesAvecAdresses.xml)
 *   guardian_file.h  ResponsablesAvecAdresses.xml
 *   labels_file.h    Nomenclature.xml and Structures.xml
 *   plan.h           what importing them would change in a school
 *
 * Texts are UTF-8 in NFC, trimmed; NULL is "no value", never "".  Dates are ISO
 * texts (2025-09-15), so they sort as they read.
 */
#ifndef ACQUIS_SIECLE_H
#define ACQUIS_SIECLE_H

#include <stdbool.h>
#include <stddef.h>

#include "../../db/arena.h"
#include "../../domain/fault.h"
#include "list.h"

enum siecle_kind {
	SIECLE_STAFF,        /* sts_emp, root STS_EDT */
	SIECLE_LEARNERS,     /* Eleves…, root BEE_ELEVES */
	SIECLE_GUARDIANS,    /* Responsables…, root BEE_RESPONSABLES */
	SIECLE_NOMENCLATURE, /* Nomenclature, root BEE_NOMENCLATURES */
	SIECLE_STRUCTURES,   /* Structures, root BEE_STRUCTURES */
	SIECLE__MAX
};

struct zip_entry;

/* A file, by itself or in an archive.  The bytes are borrowed for the call. */
struct siecle_input {
	const char *bytes;
	size_t length;
	bool encoding_confirmed;        /* the person has seen the odd names */
	const struct zip_entry *zipped; /* then there are no bytes; else NULL */
};

/* What is said to people, by enum language: French, English. */
struct words {
	const char *in[2];
};

#define WORDS(french, english) ((struct words){ { french, english } })

/* The same of something: formats, and what they are given. */
#define WORDS_OF(arena, french, english, ...)                                  \
	WORDS(arena_print(arena, french, __VA_ARGS__),                         \
	    arena_print(arena, english, __VA_ARGS__))

/* Why a whole file, or a whole import, is refused. */
struct siecle_problem {
	enum fault fault;
	int line;            /* 0 when no line is to blame */
	struct words detail; /* for the person who sent it */
};

/* Something odd about one record.  The rest of the file goes on. */
struct anomaly {
	const char *code;  /* stable: id_duplicate, no_division… */
	int line;          /* in the file, 0 when it has none */
	const char *who;   /* "MARTIN Lucas (996003)", "2MELEC" */
	struct words what; /* one sentence */
	bool refused;      /* the record was left out */
};

/* An empty list of anomalies, and one more in it. */
struct list anomalies_in(struct arena *);
void anomaly_add(struct list *, const struct anomaly *);

/*
 * A date written jj/mm/aaaa, j/m/aaaa or aaaa-mm-jj, perhaps followed by a
 * time, as aaaa-mm-jj in the arena.  NULL unless it is a day of the calendar.
 */
const char *siecle_date(struct arena *, const char *);

/*
 * A date of birth that can be one: a date, not before 1920, and at least ten
 * years before `at` (ISO).  NULL otherwise.
 */
const char *siecle_birth_date(struct arena *, const char *, const char *at);

/* An identifier of SIECLE: 1 to 18 digits, nothing else. */
bool siecle_id_ok(const char *);

/* A national identifier: 11 capital letters or digits. */
bool siecle_ine_ok(const char *);

/* A class or group code: 1 to 8 characters. */
bool siecle_code_ok(const char *);

/* Equal texts, where NULL equals NULL only. */
bool siecle_same(const char *, const char *);

/* "NOM Prénom (id)", leaving out what is absent. */
const char *siecle_who(struct arena *, const char *name, const char *first,
    const char *id);

#endif
