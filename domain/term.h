/*
 * Term: the periods that a class council and the partners go by.
 *
 * A school year has three terms, T1 to T3, or two, S1 and S2; both kinds may
 * run side by side for different frameworks.  Days are counts (date.h), both
 * ends included.  An assessment belongs to the term that holds the day of its
 * confirmation; partners pull while that term is open (M-254).
 */
#ifndef ACQUIS_TERM_H
#define ACQUIS_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum term_kind { TERM_T, TERM_S };

enum term_state { TERM_UPCOMING, TERM_OPEN, TERM_CLOSED, TERM_STATE__MAX };

struct term {
	enum term_kind kind;
	int index;      /* from 1 */
	int32_t starts; /* first day */
	int32_t ends;   /* last day */
	bool closed;    /* closed by hand before its last day */
};

/*
 * Are these the terms of one year: one kind, all of them, numbered in order,
 * none overlapping another?  Holidays between them are allowed.
 */
bool term_all_ok(const struct term *, size_t n);

/* What a partner finds today. */
enum term_state term_pull_state(const struct term *, int32_t today);

/* "upcoming", "open", "closed". */
const char *term_state_code(enum term_state);

/*
 * Read the identifier "2025-T1", 2025 being the first year of the school year;
 * false, and nothing written, when it is none.
 */
bool term_read(const char *, int *school_year, enum term_kind *, int *index);

/* Read "2025-2026": 2025.  False unless the second year is the next. */
bool term_year_read(const char *, int *school_year);

#endif
