/*
 * School file: one school in one file, to be brought to another installation.
 *
 *	acquis-school 1
 *	schema 22 DIGEST          the last migration, and all of them
 *	school 0999001W
 *	table framework           its columns, then its rows as COPY has them
 *	id, version, document
 *	…
 *	\.
 *	rows 3 DIGEST             how many there were, SHA-256 of them
 *	table school
 *	…
 *	end DIGEST                SHA-256 of all that comes before
 *
 * It is written and read row by row, whatever its size.  The numbers of
 * schools and frameworks are not in it, for they are others elsewhere; which
 * tables there are is told by the catalogue (school_tables.sql).
 */
#ifndef ACQUIS_TOOL_SCHOOL_FILE_H
#define ACQUIS_TOOL_SCHOOL_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <sodium.h>

#include "base.h"

#define SCHOOL_FILE_KIND "acquis-school 1"
#define SCHOOL_FILE_FRAMEWORK "framework"
#define SCHOOL_FILE_FRAMEWORK_COLUMNS "id, version, document"
#define DIGEST_HEX (2 * crypto_hash_sha256_BYTES + 1)

/* A table of a school, and the statements about it. */
struct moved {
	const char *name;
	const char *columns;
	const char *take_out;  /* COPY … TO STDOUT */
	const char *make_room; /* a table `moving` for its rows */
	const char *fill;      /* COPY … FROM STDIN */
	const char *take_in;   /* from there to the table itself */
	const char *clear;
	const char *number_on; /* so that new ids are new; NULL: none */
};

/* All of them, each after those that it refers to. */
struct moved *moved_tables(struct base *, int64_t school, size_t *n);

/* Rows that went by. */
struct tally {
	int64_t rows;
	crypto_hash_sha256_state state;
};

void tally_begin(struct tally *);
void tally_row(struct tally *, const char *bytes, size_t n);

/* "3 DIGEST" */
const char *tally_words(struct arena *, struct tally *);

/* The tally of what a statement takes out. */
const char *tally_of(struct base *, const char *what, const char *take_out);

/* "schema 22 DIGEST", of the base, and the number in it. */
const char *schema_words(struct base *, int64_t *number);

#endif
