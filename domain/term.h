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

#define TERM_ROOM 8 /* "2025-T1", NUL */

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

/* The term that holds a day; NULL between terms and outside the year. */
const struct term *term_at(const struct term *, size_t n, int32_t day);

/* What a partner finds today. */
enum term_state term_pull_state(const struct term *, int32_t today);

/* "upcoming", "open", "closed". */
const char *term_state_code(enum term_state);

/* 'T' or 'S'. */
char term_kind_char(enum term_kind);

/* The identifier "2025-T1", 2025 being the first year of the school year. */
void term_write(int school_year, enum term_kind, int index,
    char out[TERM_ROOM]);

/* Reads what term_write() writes; false, and nothing written, otherwise. */
bool term_read(const char *, int *school_year, enum term_kind *, int *index);

#endif
