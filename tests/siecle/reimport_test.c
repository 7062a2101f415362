/*
 * Imports into a school that has people already, against the same oracle.
 */
#include "story.h"

static bool
changes(const struct plan_person *p, const char *field)
{
	const struct plan_change *c = p->changes.items;

	for (size_t i = 0; i < p->changes.count; i++)
		if (strcmp(c[i].field, field) == 0)
			return true;
	return false;
}

/* Is the list of the oracle exactly those for whom the test holds? */
static void
check_set(const cJSON *oracle, const char **got, size_t count)
{
	const cJSON *one;
	size_t n = 0, i;

	CHECK_INT(count, cJSON_GetArraySize(oracle));
	cJSON_ArrayForEach(one, oracle) {
		const char *id = cJSON_IsString(one)
				     ? one->valuestring
				     : arena_print(arena, "%d", one->valueint);

		for (i = 0; i < count; i++)
			if (strcmp(got[i], id) == 0)
				break;
		if (i == count)
			printf("  %s is missing\n", id);
		n += i < count;
	}
	CHECK_INT(n, count);
}

static void
check_learners_changing(const struct plan *plan, const char *field,
    const char *other, const char *oracle)
{
	const struct plan_learner *l = plan->learners.items;
	const char *got[64];
	size_t n = 0;

	for (size_t i = 0; i < plan->learners.count && n < 64; i++)
		if (l[i].person.fate == PLAN_CHANGED &&
		    (changes(&l[i].person, field) ||
			(other != NULL && changes(&l[i].person, other))))
			got[n++] = l[i].row.siecle_id;
	check_set(wanted("reimport", oracle), got, n);
}

static void
the_same_files_twice_change_nothing(void)
{
	struct school_state school = school_1();
	struct plan plan =
	    plan_of(STAFF_1, LEARNERS_1, ADULTS_1, &school, DAY_1);

	CHECK_INT(plan.learner_fates[PLAN_SAME], 45);
	CHECK_INT(plan.staff_fates[PLAN_SAME], 8);
	CHECK(plan.services.count > 0 && plan.links.count > 77);
	check_nothing(&plan);
}

static void
other_encodings_change_nothing(void)
{
	struct school_state school = school_1();
	struct plan plan = plan_of("02-initial-utf8/sts_emp_0999001W_2025.xml",
	    "02-initial-utf8/ElevesSansAdresses.xml",
	    "02-initial-utf8/ResponsablesAvecAdresses.xml", &school, DAY_1);

	check_nothing(&plan);
	plan = plan_of(NULL, "05-variants/v09-decomposed-accents-utf8.xml",
	    NULL, &school, DAY_1);
	check_nothing(&plan);
}

static void
check_reimport_staff(const struct plan *plan)
{
	const struct plan_staff *s = plan->staff.items;
	const char *joined[16], *gone[16], *completed[16];
	size_t j = 0, g = 0, c = 0;

	for (size_t i = 0; i < plan->staff.count; i++) {
		if (s[i].person.fate == PLAN_CREATED)
			joined[j++] = s[i].row.id;
		if (s[i].person.fate == PLAN_LEAVING)
			gone[g++] = s[i].row.id;
		if (s[i].person.fate == PLAN_CHANGED)
			completed[c++] = s[i].row.id;
	}
	check_set(wanted("reimport", "staff_joined"), joined, j);
	check_set(wanted("reimport", "staff_deactivated"), gone, g);
	check_set(wanted("reimport", "staff_completed"), completed, c);
}

static void
check_reimport_groups(const struct plan *plan)
{
	const struct plan_structure *s = plan->structures.items;
	const char *added[16], *gone[16];
	size_t a = 0, g = 0;

	for (size_t i = 0; i < plan->structures.count; i++) {
		if (s[i].fate == PLAN_CREATED)
			added[a++] = s[i].code;
		if (s[i].fate == PLAN_LEAVING)
			gone[g++] = s[i].code;
	}
	check_set(wanted("reimport", "groups_added"), added, a);
	check_set(wanted("reimport", "groups_gone"), gone, g);
}

static void
check_reimport_guardians(const struct plan *plan)
{
	const struct plan_guardian *g = plan->guardians.items;
	const struct plan_link *k = plan->links.items;
	const struct plan_learner *l = plan->learners.items;
	const char *changed[16];
	size_t c = 0, withdrawn = 0;

	for (size_t i = 0; i < plan->guardians.count; i++)
		if (g[i].person.fate == PLAN_CHANGED)
			changed[c++] = g[i].row.guardian_key;
	check_set(wanted("reimport", "persons_changed"), changed, c);
	for (size_t i = 0; i < plan->links.count; i++) {
		if (k[i].fate != PLAN_LEAVING)
			continue;
		withdrawn++;
		CHECK_TEXT(l[k[i].learner].row.siecle_id, "996006");
		CHECK_TEXT(g[k[i].guardian].row.guardian_key, "880061");
	}
	CHECK_INT(withdrawn, 1);
}

static void
a_later_import_changes_what_changed(void)
{
	struct school_state school = school_1();
	struct plan plan =
	    plan_of(STAFF_4, LEARNERS_4, ADULTS_4, &school, DAY_4);
	const struct plan_learner *l = plan.learners.items;
	const char *joined[64], *gone[64];
	size_t j = 0, g = 0;

	for (size_t i = 0; i < plan.learners.count; i++) {
		if (l[i].person.fate == PLAN_CREATED ||
		    l[i].person.fate == PLAN_RETURNING)
			joined[j++] = l[i].row.siecle_id;
		if (l[i].person.fate == PLAN_LEAVING)
			gone[g++] = l[i].row.siecle_id;
	}
	check_set(wanted("reimport", "joined_or_returned"), joined, j);
	check_set(wanted("reimport", "deactivated"), gone, g);
	check_learners_changing(&plan, "ine", NULL, "ine_completed");
	check_learners_changing(&plan, "class", NULL, "division_changed");
	check_learners_changing(&plan, "usual_name", "first_name",
	    "name_changed");
	check_reimport_staff(&plan);
	check_reimport_groups(&plan);
	check_reimport_guardians(&plan);
	CHECK_INT(plan.learner_fates[PLAN_CREATED] +
		      plan.learner_fates[PLAN_RETURNING] +
		      plan.learner_fates[PLAN_CHANGED] +
		      plan.learner_fates[PLAN_SAME],
	    wanted("reimport", "learners_active_after")->valueint);
}

static void
a_new_siecle_id_keeps_the_account(void)
{
	struct school_state school = school_1();
	struct plan plan =
	    plan_of(STAFF_4, LEARNERS_4, ADULTS_4, &school, DAY_4);
	const struct plan_learner *l = learner(&plan, "997777");

	CHECK(l->person.id != 0);
	CHECK(changes(&l->person, "siecle_id"));
	CHECK_INT(l->person.fate, PLAN_CHANGED);
	CHECK_TEXT(shown(l->person.login), "anne-sophie.roux");
}

static void
logins_never_change(void)
{
	struct school_state school = school_1();
	struct plan plan =
	    plan_of(STAFF_4, LEARNERS_4, ADULTS_4, &school, DAY_4);
	const struct known_learner *k = school.learners.items;
	const struct plan_learner *l = plan.learners.items;

	for (size_t i = 0; i < plan.learners.count; i++)
		for (size_t j = 0; j < school.learners.count; j++)
			if (k[j].known.id == l[i].person.id)
				CHECK_TEXT(shown(l[i].person.login),
				    k[j].known.login);
	CHECK_TEXT(shown(learner(&plan, "996201")->person.login),
	    "lucas.martin4");
}

static void
who_leaves_and_returns_finds_the_account(void)
{
	struct school_state first = school_1(), second;
	struct plan plan, back;
	struct plan_request request = plan_request_on(arena, DAY_4);
	struct siecle_problem problem = { 0 };
	const struct plan_learner *l;

	plan = plan_of(STAFF_4, LEARNERS_4, ADULTS_4, &first, DAY_4);
	second = school_after(arena, &first, &plan);
	request.older_confirmed = true;
	CHECK_INT(plan_samples(arena, STAFF_1, LEARNERS_1, ADULTS_1, &second,
		      &request, &back, &problem),
	    FAULT_NONE);
	l = learner(&back, "996042");
	CHECK(l->person.fate == PLAN_RETURNING);
	CHECK_TEXT(shown(l->person.login), "li-wei.tchen");
	l = learner(&back, "996012");
	CHECK(!changes(&l->person, "ine"));
	CHECK_TEXT(shown(l->row.ine), "990000012ZZ");
}

static void
a_leaver_to_come_is_still_here(void)
{
	struct school_state school = school_1();
	struct plan plan =
	    plan_of(STAFF_4, LEARNERS_4, ADULTS_4, &school, DAY_4);

	CHECK_INT(learner(&plan, "996038")->person.fate, PLAN_SAME);
}

static void
staff_comes_first(void)
{
	struct school_state empty = empty_school(arena);

	CHECK_INT(fault_of(NULL, LEARNERS_1, ADULTS_1, &empty, DAY_1),
	    FAULT_STAFF_FIRST);
	CHECK_INT(fault_of(STAFF_1, LEARNERS_1, ADULTS_1, &empty, DAY_1),
	    FAULT_NONE);
}

static void
an_older_export_must_be_confirmed(void)
{
	struct school_state first = school_1(), second;
	struct plan plan =
	    plan_of(STAFF_4, LEARNERS_4, ADULTS_4, &first, DAY_4);

	second = school_after(arena, &first, &plan);
	CHECK_INT(fault_of(NULL, LEARNERS_1, NULL, &second, DAY_4),
	    FAULT_OLDER_EXPORT);
}

static void
a_mass_departure_must_be_confirmed(void)
{
	struct school_state school = school_1();
	struct plan_request request = plan_request_on(arena, DAY_1);
	struct siecle_problem problem = { 0 };
	struct plan plan;

	CHECK_INT(fault_of(NULL, "05-variants/v08-oddities.xml", NULL, &school,
		      DAY_1),
	    FAULT_MASS_DEPARTURE);
	request.departure_confirmed = true;
	CHECK_INT(plan_samples(arena, NULL, "05-variants/v08-oddities.xml",
		      NULL, &school, &request, &plan, &problem),
	    FAULT_NONE);
	CHECK_INT(plan.learner_fates[PLAN_LEAVING], 45);
}

static void
another_school_or_year_is_refused(void)
{
	struct school_state staffed = staffed_school();

	CHECK_INT(fault_of(NULL, "malformed/m26-other-school.xml", NULL,
		      &staffed, DAY_1),
	    FAULT_OTHER_SCHOOL);
	CHECK_INT(fault_of(NULL, "malformed/m28-other-year.xml", NULL, &staffed,
		      DAY_1),
	    FAULT_OTHER_YEAR);
}

/* A known learner under another id and without any INE. */
static struct school_state
school_with_a_lookalike(void)
{
	struct school_state school = school_1();
	struct known_learner *k = school.learners.items;

	for (size_t i = 0; i < school.learners.count; i++)
		if (siecle_same(k[i].now.siecle_id, "996026")) {
			k[i].now.siecle_id = "555";
			k[i].now.ine_bea = NULL;
			k[i].now.last_name = "Bâ";
		}
	return school;
}

static void
names_alone_only_propose(void)
{
	struct school_state school = school_with_a_lookalike();
	struct plan_request request = plan_request_on(arena, DAY_1);
	struct plan plan = plan_of(NULL, LEARNERS_1, NULL, &school, DAY_1);
	struct siecle_problem problem = { 0 };
	const struct plan_learner *l = learner(&plan, "996026");

	CHECK_INT(l->person.fate, PLAN_PROBABLE);
	CHECK(l->person.id != 0);
	CHECK_INT(plan.learner_fates[PLAN_LEAVING], 0);
	list_add_text(&request.same, "996026");
	CHECK_INT(plan_samples(arena, NULL, LEARNERS_1, NULL, &school, &request,
		      &plan, &problem),
	    FAULT_NONE);
	CHECK_INT(learner(&plan, "996026")->person.fate, PLAN_CHANGED);
	request = plan_request_on(arena, DAY_1);
	list_add_text(&request.other, "996026");
	CHECK_INT(plan_samples(arena, NULL, LEARNERS_1, NULL, &school, &request,
		      &plan, &problem),
	    FAULT_NONE);
	CHECK_INT(learner(&plan, "996026")->person.fate, PLAN_CREATED);
	CHECK_INT(plan.learner_fates[PLAN_LEAVING], 1);
}

/* Two born the same day under one name are never merged by it. */
static void
two_of_one_name_are_never_merged(void)
{
	struct school_state school = school_1();
	struct known_learner *k = school.learners.items;
	struct plan plan;

	for (size_t i = 0; i < school.learners.count; i++)
		if (siecle_same(k[i].now.siecle_id, "996003")) {
			k[i].now.siecle_id = "555";
			k[i].now.ine = NULL;
			k[i].now.ine_bea = NULL;
		}
	plan = plan_of(NULL, LEARNERS_1, NULL, &school, DAY_1);
	/* 996032 is known by its id, so 996003 has one candidate. */
	CHECK_INT(learner(&plan, "996003")->person.fate, PLAN_PROBABLE);
	for (size_t i = 0; i < school.learners.count; i++)
		if (siecle_same(k[i].now.siecle_id, "996032")) {
			k[i].now.siecle_id = "556";
			k[i].now.ine = NULL;
			k[i].now.ine_bea = NULL;
		}
	plan = plan_of(NULL, LEARNERS_1, NULL, &school, DAY_1);
	CHECK_INT(learner(&plan, "996003")->person.fate, PLAN_CREATED);
	CHECK_INT(learner(&plan, "996032")->person.fate, PLAN_CREATED);
	/* Two records for one known person: no proposal either. */
	for (size_t i = 0; i < school.learners.count; i++)
		if (siecle_same(k[i].now.siecle_id, "556"))
			k[i].now.last_name = "AUTRE";
	plan = plan_of(NULL, LEARNERS_1, NULL, &school, DAY_1);
	CHECK_INT(learner(&plan, "996003")->person.fate, PLAN_CREATED);
	CHECK_INT(learner(&plan, "996032")->person.fate, PLAN_CREATED);
}

static void
identifiers_of_two_persons_conflict(void)
{
	struct school_state school = school_1();
	struct known_learner *k = school.learners.items;
	struct plan plan;

	for (size_t i = 0; i < school.learners.count; i++) {
		if (siecle_same(k[i].now.siecle_id, "996001"))
			k[i].now.ine = "990000002FK";
		else if (siecle_same(k[i].now.siecle_id, "996002"))
			k[i].now.ine = "990000001AB";
	}
	plan = plan_of(NULL, LEARNERS_1, NULL, &school, DAY_1);
	CHECK_INT(plan.learner_fates[PLAN_CONFLICT], 2);
	CHECK_INT(plan.learner_fates[PLAN_LEAVING], 0);
	CHECK_INT(anomalies_of(&plan.anomalies, "identity_conflict"), 2);
}

static void
who_was_made_by_hand_is_left_alone(void)
{
	struct school_state school = school_1();
	struct known_learner *l = list_add(&school.learners);
	struct known_staff *s = list_add(&school.staff);
	struct plan plan;

	l->known = (struct known){ 7, false, true, "main.dupont" };
	l->now.last_name = "DUPONT";
	l->now.first_name = "Main";
	s->known = (struct known){ 8, false, true, "main.durand" };
	s->now.last_name = "DURAND";
	s->now.first_name = "Main";
	plan = plan_of(STAFF_1, LEARNERS_1, ADULTS_1, &school, DAY_1);
	check_nothing(&plan);
}

static const struct check_test tests[] = {
	{ "M-032 the same files twice change nothing",
	    the_same_files_twice_change_nothing },
	{ "M-032 the same people in another encoding change nothing",
	    other_encodings_change_nothing },
	{ "M-032 M-033 M-035 a later import changes what changed (oracle)",
	    a_later_import_changes_what_changed },
	{ "M-032 another ELEVE_ID with the same INE is the same account",
	    a_new_siecle_id_keeps_the_account },
	{ "M-032 M-039 logins never change on re-import", logins_never_change },
	{ "M-033 who leaves and returns finds account and INE again",
	    who_leaves_and_returns_finds_the_account },
	{ "M-033 a departure to come is not a departure",
	    a_leaver_to_come_is_still_here },
	{ "M-023 staff comes first", staff_comes_first },
	{ "M-027 an older export must be confirmed",
	    an_older_export_must_be_confirmed },
	{ "M-033 a mass departure must be confirmed",
	    a_mass_departure_must_be_confirmed },
	{ "M-027 another school or another year is refused",
	    another_school_or_year_is_refused },
	{ "M-032 names and birth date alone only propose a match",
	    names_alone_only_propose },
	{ "M-032 two learners of one name and birth date are never merged",
	    two_of_one_name_are_never_merged },
	{ "M-032 identifiers that designate two persons change nothing",
	    identifiers_of_two_persons_conflict },
	{ "M-034 who was made by hand is left alone",
	    who_was_made_by_hand_is_left_alone },
};

int
main(void)
{
	return tell_stories(tests, sizeof(tests) / sizeof(tests[0]));
}
