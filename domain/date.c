#include <stddef.h>

#include "date.h"

#define DAYS_400_YEARS 146097
#define DAYS_TO_EPOCH 719468 /* from 0000-03-01 to 1970-01-01 */

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool
date_ok(const struct date *d)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	int length;

	if (d->year < 1 || d->year > 9999 || d->month < 1 || d->month > 12)
		return false;
	length = lengths[d->month - 1];
	if (d->month == 2 && is_leap(d->year))
		length++;
	return d->day >= 1 && d->day <= length;
}

/*
 * Years are counted from 1 March, so that the leap day is the last one and
 * months have lengths that (153 m + 2) / 5 adds up.
 */
int32_t
date_day(const struct date *d)
{
	int32_t y = d->month <= 2 ? d->year - 1 : d->year;
	int32_t m = d->month <= 2 ? d->month + 9 : d->month - 3;
	int32_t in_year = (153 * m + 2) / 5 + d->day - 1;

	return y * 365 + y / 4 - y / 100 + y / 400 + in_year - DAYS_TO_EPOCH;
}

struct date
date_of(int32_t day)
{
	int32_t z = day + DAYS_TO_EPOCH;
	int32_t era = z / DAYS_400_YEARS;
	int32_t e = z % DAYS_400_YEARS;
	int32_t y = (e - e / 1460 + e / 36524 - e / (DAYS_400_YEARS - 1)) / 365;
	int32_t in_year = e - (365 * y + y / 4 - y / 100);
	int32_t m = (5 * in_year + 2) / 153;
	struct date d;

	d.day = in_year - (153 * m + 2) / 5 + 1;
	d.month = m < 10 ? m + 3 : m - 9;
	d.year = y + era * 400 + (m >= 10);
	return d;
}

/* From least to most digits; the place after them, NULL if they are not. */
static const char *
digits(const char *s, int least, int most, int *out)
{
	int n = 0;

	*out = 0;
	for (; n < most && *s >= '0' && *s <= '9'; n++, s++)
		*out = *out * 10 + (*s - '0');
	return n < least ? NULL : s;
}

static bool
finish(const char *s, const struct date *d, int32_t *day)
{
	if (s == NULL || *s != '\0' || !date_ok(d))
		return false;
	*day = date_day(d);
	return true;
}

bool
date_read_iso(const char *s, int32_t *day)
{
	struct date d = { 0, 0, 0 };

	s = digits(s, 4, 4, &d.year);
	if (s != NULL && *s == '-')
		s = digits(s + 1, 2, 2, &d.month);
	if (s != NULL && *s == '-')
		s = digits(s + 1, 2, 2, &d.day);
	return finish(s, &d, day);
}

bool
date_read_french(const char *s, int32_t *day)
{
	struct date d = { 0, 0, 0 };

	s = digits(s, 1, 2, &d.day);
	if (s != NULL && *s == '/')
		s = digits(s + 1, 1, 2, &d.month);
	if (s != NULL && *s == '/')
		s = digits(s + 1, 4, 4, &d.year);
	return finish(s, &d, day);
}

static char *
put(char *out, int v, size_t width)
{
	for (size_t i = width; i > 0; i--, v /= 10)
		out[i - 1] = (char)('0' + v % 10);
	return out + width;
}

void
date_write_iso(int32_t day, char out[DATE_ROOM])
{
	struct date d = date_of(day);

	out = put(out, d.year, 4);
	*out++ = '-';
	out = put(out, d.month, 2);
	*out++ = '-';
	out = put(out, d.day, 2);
	*out = '\0';
}
