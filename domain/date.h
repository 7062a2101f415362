/*
 * Date: a civil day, as the number of days since 1970-01-01.
 *
 * No clock and no time zone: what day it is today is always a parameter.
 * Years run from 1 to 9999 in the Gregorian calendar.
 */
#ifndef ACQUIS_DATE_H
#define ACQUIS_DATE_H

#include <stdbool.h>
#include <stdint.h>

#define DATE_ROOM 11                /* aaaa-mm-jj, NUL */
#define DATE_FIRST INT32_C(-719162) /* 0001-01-01 */
#define DATE_LAST INT32_C(2932896)  /* 9999-12-31 */

struct date {
	int year;
	int month; /* 1..12 */
	int day;   /* 1..31 */
};

bool date_ok(const struct date *);

/* The day of a date that is ok, and back. */
int32_t date_day(const struct date *);
struct date date_of(int32_t day);

/* Read exactly "2025-10-02".  False, and nothing written, otherwise. */
bool date_read_iso(const char *, int32_t *day);

/* Read "02/10/2025" or "2/10/2025", as the files of the ministry have it. */
bool date_read_french(const char *, int32_t *day);

/* Write a day between DATE_FIRST and DATE_LAST. */
void date_write_iso(int32_t day, char out[DATE_ROOM]);

#endif
