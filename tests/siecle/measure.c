/*
 * Measure: read and plan one school, and say how long and how much memory.
 *
 *   measure STAFF LEARNERS GUARDIANS UAI YEAR
 *
 * Exits 1 above 2 s or 64 MiB.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <sys/resource.h>

#include "siecle.h"

int
main(int argc, char **argv)
{
	struct arena *a = arena_open();
	struct plan_request request = plan_request_on(a, "2025-09-15");
	struct siecle_problem problem = { 0 };
	struct school_state state;
	struct timespec from, to;
	struct rusage usage;
	struct plan plan = { 0 };
	double seconds;

	if (argc != 6)
		return 2;
	state = school_state_in(a, argv[4], (int)strtol(argv[5], NULL, 10));
	clock_gettime(CLOCK_MONOTONIC, &from);
	if (plan_samples(a, argv[1], argv[2], argv[3], &state, &request, &plan,
		&problem) != FAULT_NONE) {
		printf("%s\n", problem.detail);
		return 2;
	}
	clock_gettime(CLOCK_MONOTONIC, &to);
	getrusage(RUSAGE_SELF, &usage);
	seconds = (double)(to.tv_sec - from.tv_sec) +
		  (double)(to.tv_nsec - from.tv_nsec) / 1e9;
	printf("%zu learners, %zu guardians, %zu links: %.3f s, %ld KiB, arena "
	       "%zu KiB, %zu anomalies\n",
	    plan.learners.count, plan.guardians.count, plan.links.count,
	    seconds, usage.ru_maxrss, arena_used(a) / 1024,
	    plan.anomalies.count);
	arena_close(a);
	return seconds > 2 || usage.ru_maxrss > 64 << 10;
}
