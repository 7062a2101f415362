#include "check.h"
#include "domain/radar.h"

static void
a_group_is_a_mean(void)
{
	static const size_t two[] = { 0, 3 }, three[] = { 0, 3, 4 },
			    gone[] = { 1, 2 }, none[] = { 0 };
	struct position p[5];

	CHECK(position_read("3tN-..4t2i", 5, p));
	CHECK_INT(radar_mean(p, two, 2), 3500);
	CHECK_INT(radar_mean(p, three, 3), 3000);
	CHECK_INT(radar_mean(p, gone, 2), RADAR_GAP);
	CHECK_INT(radar_mean(p, none, 0), RADAR_GAP);
	CHECK(position_read("3t3t....4t", 5, p));
	CHECK_INT(radar_mean(p, (const size_t[]){ 0, 1, 4 }, 3), 3333);
}

static void
a_group_is_terminal_when_all_are(void)
{
	static const size_t all[] = { 0, 1, 2 }, gone[] = { 1 };
	struct position p[3];

	CHECK(position_read("3tN-4t", 3, p));
	CHECK_INT(radar_objective(p, all, 3), OBJECTIVE_TERMINAL);
	CHECK_INT(radar_objective(p, gone, 1), OBJECTIVE_NONE);
	CHECK(position_read("3tN-4i", 3, p));
	CHECK_INT(radar_objective(p, all, 3), OBJECTIVE_INTERMEDIATE);
}

static const struct check_test tests[] = {
	{ "F-01 an axis of a group is the mean of its members",
	    a_group_is_a_mean },
	{ "F-06 a group is terminal when all its members are",
	    a_group_is_terminal_when_all_are },
};

CHECK_MAIN(tests)
