/*
 * What the stories of imports share: the samples of two dates, the school they
 * make, and the oracle, tests/data/samples/expected.json.  For one file of
 * stories each: all of it is static.
 */
#ifndef ACQUIS_TEST_SIECLE_STORY_H
#define ACQUIS_TEST_SIECLE_STORY_H

#include <stdlib.h>

#include <cjson/cJSON.h>

#include "../domain/check.h"
#include "siecle.h"

#define STAFF_1 "01-initial/sts_emp_0999001W_2025.xml"
#define LEARNERS_1 "01-initial/ElevesSansAdresses.xml"
#define ADULTS_1 "01-initial/ResponsablesAvecAdresses.xml"
#define STAFF_4 "04-reimport/sts_emp_0999001W_2025.xml"
#define LEARNERS_4 "04-reimport/ElevesSansAdresses.xml"
#define ADULTS_4 "04-reimport/ResponsablesAvecAdresses.xml"
#define DAY_1 "2025-09-15"
#define DAY_4 "2025-11-17"

static struct arena *arena;
static cJSON *expected;

static const cJSON *
wanted(const char *part, const char *name)
{
	return cJSON_GetObjectItem(cJSON_GetObjectItem(expected, part), name);
}

static const char *
word(const cJSON *o, const char *name)
{
	const cJSON *v = cJSON_GetObjectItem(o, name);

	if (cJSON_IsNumber(v))
		return arena_print(arena, "%d", v->valueint);
	return cJSON_IsString(v) ? v->valuestring : "-";
}

static const char *
shown(const char *text)
{
	return text == NULL ? "-" : text;
}

static struct plan
plan_of(const char *staff, const char *learners, const char *adults,
    const struct school_state *state, const char *day)
{
	struct plan_request request = plan_request_on(arena, day);
	struct siecle_problem problem = { 0 };
	struct plan plan = { 0 };

	CHECK_INT(plan_samples(arena, staff, learners, adults, state, &request,
		      &plan, &problem),
	    FAULT_NONE);
	if (problem.detail.in[0] != NULL)
		printf("  %s\n", problem.detail.in[0]);
	return plan;
}

static enum fault
fault_of(const char *staff, const char *learners, const char *adults,
    const struct school_state *state, const char *day)
{
	struct plan_request request = plan_request_on(arena, day);
	struct siecle_problem problem = { 0 };
	struct plan plan;

	return plan_samples(arena, staff, learners, adults, state, &request,
	    &plan, &problem);
}

/* The school after 01-initial: staff first, then learners and guardians. */
static struct school_state
school_1(void)
{
	struct school_state empty = empty_school(arena), staffed;
	struct plan staff, rest;

	staff = plan_of(STAFF_1, NULL, NULL, &empty, DAY_1);
	staffed = school_after(arena, &empty, &staff);
	rest = plan_of(NULL, LEARNERS_1, ADULTS_1, &staffed, DAY_1);
	return school_after(arena, &staffed, &rest);
}

static struct school_state
staffed_school(void)
{
	struct school_state empty = empty_school(arena);
	struct plan staff = plan_of(STAFF_1, NULL, NULL, &empty, DAY_1);

	return school_after(arena, &empty, &staff);
}

static const struct plan_learner *
learner(const struct plan *plan, const char *siecle_id)
{
	static const struct plan_learner nobody = { .person.fate = PLAN__MAX };
	const struct plan_learner *l = plan->learners.items;

	for (size_t i = 0; i < plan->learners.count; i++)
		if (siecle_same(l[i].row.siecle_id, siecle_id))
			return &l[i];
	printf("  no learner %s\n", siecle_id);
	check_failures++;
	return &nobody;
}

/* Nothing created, changed or gone, and the ties are the same. */
static void
check_nothing(const struct plan *plan)
{
	const struct plan_enrolment *e = plan->enrolments.items;
	const struct plan_link *k = plan->links.items;
	const struct plan_service *v = plan->services.items;
	const struct plan_structure *s = plan->structures.items;

	for (int f = PLAN_CREATED; f <= PLAN_REFUSED; f++) {
		CHECK_INT(plan->staff_fates[f], 0);
		CHECK_INT(plan->learner_fates[f], 0);
		CHECK_INT(plan->guardian_fates[f], 0);
	}
	for (size_t i = 0; i < plan->enrolments.count; i++)
		CHECK_INT(e[i].fate, PLAN_SAME);
	for (size_t i = 0; i < plan->links.count; i++)
		CHECK_INT(k[i].fate, PLAN_SAME);
	for (size_t i = 0; i < plan->services.count; i++)
		CHECK_INT(v[i].fate, PLAN_SAME);
	for (size_t i = 0; i < plan->structures.count; i++)
		CHECK_INT(s[i].fate, PLAN_SAME);
}

/* All tests, with the arena and the oracle they use. */
static int
tell_stories(const struct check_test *tests, size_t n)
{
	struct siecle_input in;
	int failed;

	arena = arena_open();
	in = sample(arena, "expected.json");
	expected = cJSON_ParseWithLength(in.bytes, in.length);
	if (expected == NULL)
		return 2;
	failed = check_all(tests, n);
	cJSON_Delete(expected);
	arena_close(arena);
	return failed;
}

#endif
