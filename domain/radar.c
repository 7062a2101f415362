#include <stdint.h>

#include "radar.h"

int
radar_mean(const struct position *p, const size_t *member, size_t count)
{
	int64_t sum = 0, n = 0;

	for (size_t i = 0; i < count; i++) {
		if (position_assessed(&p[member[i]])) {
			sum += (int)p[member[i]].level * RADAR_LEVEL;
			n++;
		}
	}
	return n > 0 ? (int)((2 * sum + n) / (2 * n)) : RADAR_GAP;
}

enum objective
radar_objective(const struct position *p, const size_t *member, size_t count)
{
	enum objective o = OBJECTIVE_NONE;

	for (size_t i = 0; i < count; i++) {
		if (!position_assessed(&p[member[i]]))
			continue;
		if (p[member[i]].objective == OBJECTIVE_INTERMEDIATE)
			return OBJECTIVE_INTERMEDIATE;
		o = OBJECTIVE_TERMINAL;
	}
	return o;
}
