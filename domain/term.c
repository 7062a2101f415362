#include <string.h>

#include "term.h"

static const int counts[] = { [TERM_T] = 3, [TERM_S] = 2 };

static const char *const states[TERM_STATE__MAX] = {
	[TERM_UPCOMING] = "upcoming",
	[TERM_OPEN] = "open",
	[TERM_CLOSED] = "closed",
};

bool
term_all_ok(const struct term *t, size_t n)
{
	if (n == 0 || n != (size_t)counts[t[0].kind])
		return false;
	for (size_t i = 0; i < n; i++) {
		if (t[i].kind != t[0].kind || t[i].index != (int)i + 1 ||
		    t[i].starts > t[i].ends)
			return false;
		if (i > 0 && t[i].starts <= t[i - 1].ends)
			return false;
	}
	return true;
}

enum term_state
term_pull_state(const struct term *t, int32_t today)
{
	if (t->closed || today > t->ends)
		return TERM_CLOSED;
	return today < t->starts ? TERM_UPCOMING : TERM_OPEN;
}

const char *
term_state_code(enum term_state s)
{
	return states[s];
}

/* Four digits, or -1. */
static int
year_of(const char *s)
{
	int year = 0;

	for (int i = 0; i < 4; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		year = year * 10 + (s[i] - '0');
	}
	return year;
}

bool
term_read(const char *s, int *school_year, enum term_kind *kind, int *index)
{
	int year = year_of(s);
	enum term_kind k;

	if (year < 0 || s[4] != '-' || (s[5] != 'T' && s[5] != 'S'))
		return false;
	k = s[5] == 'T' ? TERM_T : TERM_S;
	if (s[6] < '1' || s[6] > '0' + counts[k] || s[7] != '\0')
		return false;
	*school_year = year;
	*kind = k;
	*index = s[6] - '0';
	return true;
}

bool
term_year_read(const char *s, int *school_year)
{
	int year = year_of(s);

	if (year < 0 || strlen(s) != 9 || s[4] != '-' ||
	    year_of(s + 5) != year + 1)
		return false;
	*school_year = year;
	return true;
}
