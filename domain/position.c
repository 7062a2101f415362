#include "position.h"

enum fault
position_ok(const struct position *p)
{
	bool level = p->level >= LEVEL_1 && p->level <= LEVEL_4;
	bool objective = p->objective == OBJECTIVE_INTERMEDIATE ||
			 p->objective == OBJECTIVE_TERMINAL;
	bool bare = p->level == LEVEL_NE && p->objective == OBJECTIVE_NONE;

	if (bare || (p->set && level && objective))
		return FAULT_NONE;
	return FAULT_POSITION_SHAPE;
}

bool
position_assessed(const struct position *p)
{
	return p->set && p->level != LEVEL_NE;
}

size_t
position_missing(const struct position *p, size_t n)
{
	size_t missing = 0;

	for (size_t i = 0; i < n; i++)
		if (!p[i].set)
			missing++;
	return missing;
}

uint64_t
position_profile(const struct position *p, size_t n)
{
	uint64_t profile = 0;

	for (size_t i = 0; i < n && i < POSITION_MAX; i++)
		if (position_assessed(&p[i]))
			profile |= UINT64_C(1) << i;
	return profile;
}

void
position_write(const struct position *p, size_t n, char *out)
{
	for (size_t i = 0; i < n; i++, out += 2) {
		if (!p[i].set) {
			out[0] = out[1] = '.';
		} else if (p[i].level == LEVEL_NE) {
			out[0] = 'N';
			out[1] = '-';
		} else {
			out[0] = (char)('0' + (int)p[i].level);
			out[1] =
			    p[i].objective == OBJECTIVE_TERMINAL ? 't' : 'i';
		}
	}
	*out = '\0';
}

static bool
read_one(const char *s, struct position *out)
{
	struct position p = { false, LEVEL_NE, OBJECTIVE_NONE };

	if (s[0] == '\0')
		return false;
	if (s[0] == 'N' && s[1] == '-') {
		p.set = true;
	} else if (s[0] >= '1' && s[0] <= '4' && (s[1] == 'i' || s[1] == 't')) {
		p.set = true;
		p.level = (enum level)(s[0] - '0');
		p.objective =
		    s[1] == 't' ? OBJECTIVE_TERMINAL : OBJECTIVE_INTERMEDIATE;
	} else if (s[0] != '.' || s[1] != '.') {
		return false;
	}
	*out = p;
	return true;
}

bool
position_read(const char *s, size_t n, struct position *out)
{
	struct position p;

	for (size_t i = 0; i < n; i++)
		if (!read_one(s + 2 * i, &p))
			return false;
	if (s[2 * n] != '\0')
		return false;
	for (size_t i = 0; i < n; i++)
		read_one(s + 2 * i, &out[i]);
	return true;
}
