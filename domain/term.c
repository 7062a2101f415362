#include "term.h"

static const char kinds[] = { [TERM_T] = 'T', [TERM_S] = 'S' };
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

const struct term *
term_at(const struct term *t, size_t n, int32_t day)
{
	for (size_t i = 0; i < n; i++)
		if (day >= t[i].starts && day <= t[i].ends)
			return &t[i];
	return NULL;
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

char
term_kind_char(enum term_kind k)
{
	return kinds[k];
}

void
term_write(int school_year, enum term_kind kind, int index, char out[TERM_ROOM])
{
	for (int i = 3; i >= 0; i--, school_year /= 10)
		out[i] = (char)('0' + school_year % 10);
	out[4] = '-';
	out[5] = kinds[kind];
	out[6] = (char)('0' + index);
	out[7] = '\0';
}

bool
term_read(const char *s, int *school_year, enum term_kind *kind, int *index)
{
	int year = 0;
	enum term_kind k;

	for (int i = 0; i < 4; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		year = year * 10 + (s[i] - '0');
	}
	if (s[4] != '-' || (s[5] != 'T' && s[5] != 'S'))
		return false;
	k = s[5] == 'T' ? TERM_T : TERM_S;
	if (s[6] < '1' || s[6] > '0' + counts[k] || s[7] != '\0')
		return false;
	*school_year = year;
	*kind = k;
	*index = s[6] - '0';
	return true;
}
