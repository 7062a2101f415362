/*
 * First imports against the oracle of the samples.
 */
#include "story.h"

static void
the_staff_of_the_samples_is_imported(void)
{
	struct school_state empty = empty_school(arena);
	struct plan plan = plan_of(STAFF_1, NULL, NULL, &empty, DAY_1);
	const struct plan_staff *s = plan.staff.items;
	const cJSON *one;

	CHECK_INT(plan.staff.count,
	    wanted("initial", "staff_in_file")->valueint);
	CHECK_INT(plan.staff_fates[PLAN_CREATED],
	    wanted("initial", "staff_imported")->valueint);
	CHECK_INT(plan.staff_fates[PLAN_LEFT_OUT], 1);
	CHECK_INT(plan.structures.count, 6);
	cJSON_ArrayForEach(one, wanted("initial", "staff")) {
		CHECK_TEXT(s->row.id, word(one, "id"));
		CHECK_TEXT(s->row.type, word(one, "type"));
		CHECK_TEXT(s->row.usual_name != NULL ? s->row.usual_name
						     : s->row.last_name,
		    word(one, "nom"));
		CHECK_TEXT(s->row.first_name, word(one, "prenom"));
		CHECK_TEXT(shown(s->row.function), word(one, "fonction"));
		CHECK_TEXT(shown(s->person.login), word(one, "login"));
		if (s->person.fate == PLAN_CREATED)
			CHECK_TEXT(shown(s->row.birth_date),
			    word(one, "birth_date"));
		s++;
	}
}

static void
check_learner(const cJSON *one, const struct plan_learner *l)
{
	const cJSON *groups = cJSON_GetObjectItem(one, "groupes");
	const char *const *g = l->row.groups.items;

	CHECK_TEXT(shown(l->row.ine), word(one, "ine"));
	CHECK_TEXT(shown(l->row.last_name), word(one, "nom_famille"));
	CHECK_TEXT(shown(l->row.usual_name), word(one, "nom_usage"));
	CHECK_TEXT(shown(l->row.first_name), word(one, "prenom"));
	CHECK_TEXT(shown(l->row.birth_date), word(one, "naissance"));
	CHECK_TEXT(shown(l->class_code), word(one, "division"));
	CHECK_TEXT(shown(l->row.status), word(one, "statut"));
	CHECK_TEXT(shown(l->person.login), word(one, "login"));
	CHECK_INT(l->row.groups.count, cJSON_GetArraySize(groups));
	for (size_t i = 0; i < l->row.groups.count && check_failures == 0; i++)
		CHECK_TEXT(g[i],
		    cJSON_GetArrayItem(groups, (int)i)->valuestring);
}

/* A learner file, whatever its form, brings the learners of 01-initial. */
static void
check_initial(const char *file)
{
	struct school_state staffed = staffed_school();
	struct plan plan = plan_of(NULL, file, NULL, &staffed, DAY_1);
	const cJSON *one;
	const struct plan_learner *l;

	CHECK_INT(plan.learners.count,
	    wanted("initial", "learners_in_file")->valueint);
	CHECK_INT(plan.learner_fates[PLAN_CREATED],
	    wanted("initial", "learners_imported")->valueint);
	cJSON_ArrayForEach(one, wanted("initial", "learners")) {
		l = learner(&plan, word(one, "eleve_id"));
		CHECK(l->person.fate == PLAN_CREATED);
		check_learner(one, l);
	}
	cJSON_ArrayForEach(one, wanted("initial", "learners_not_imported")) {
		l = learner(&plan, word(one, "eleve_id"));
		CHECK(l->person.fate == PLAN_LEFT_OUT);
		CHECK_TEXT(shown(l->person.why),
		    strcmp(word(one, "why"), "left") == 0 ? "left"
							  : "no_division");
	}
}

static void
the_learners_of_the_samples_are_imported(void)
{
	check_initial(LEARNERS_1);
}

static void
learners_read_the_same_in_every_form(void)
{
	static const char *const files[] = {
		"02-initial-utf8/ElevesSansAdresses.xml",
		"05-variants/v02-structures-first.xml",
		"05-variants/v03-utf8-bom.xml",
		"05-variants/v04-no-declaration-utf8.xml",
		"05-variants/v05-crlf.xml",
		"05-variants/v06-ElevesAvecAdresses.xml",
		"05-variants/v07-utf16.xml",
		"05-variants/v09-decomposed-accents-utf8.xml",
		"05-variants/v10-single-line.xml",
		"03-zip/ExportXML_ElevesSansAdresses.zip",
		"03-zip/all-three.zip",
		"03-zip/both-in-folder-macos.zip",
		"03-zip/both.zip",
		"03-zip/stored.zip",
		"03-zip/uppercase-extension.ZIP",
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		check_initial(files[i]);
}

static size_t
legal_links(const struct plan *plan)
{
	const struct plan_link *k = plan->links.items;
	size_t n = 0;

	for (size_t i = 0; i < plan->links.count; i++)
		n += k[i].legal;
	return n;
}

static void
guardians_of_learners_here_are_imported(void)
{
	struct school_state staffed = staffed_school();
	struct plan plan = plan_of(NULL, LEARNERS_1, ADULTS_1, &staffed, DAY_1);
	const struct plan_link *k = plan.links.items;
	size_t persons = 0, k2;

	CHECK_INT(legal_links(&plan),
	    wanted("initial", "legal_links_of_active_learners")->valueint);
	for (size_t i = 0; i < plan.links.count; i++) {
		for (k2 = 0; k2 < i; k2++)
			if (k[k2].guardian == k[i].guardian && k[k2].legal)
				break;
		persons += k2 == i && k[i].legal;
	}
	CHECK_INT(persons,
	    wanted("initial", "persons_with_a_legal_link")->valueint);
}

static void
old_files_give_the_same_legal_guardians(void)
{
	struct school_state staffed = staffed_school();
	struct plan now = plan_of(NULL, LEARNERS_1, ADULTS_1, &staffed, DAY_1);
	struct plan old = plan_of(NULL,
	    "05-variants/v01-old-format-2015/ElevesSansAdresses.xml",
	    "05-variants/v01-old-format-2015/ResponsablesAvecAdresses.xml",
	    &staffed, DAY_1);
	const struct plan_link *k = now.links.items, *j = old.links.items;
	const struct plan_guardian *g = now.guardians.items;
	const struct plan_guardian *h = old.guardians.items;

	CHECK_INT(old.learner_fates[PLAN_CREATED], 45);
	CHECK_INT(old.links.count, now.links.count);
	for (size_t i = 0; i < now.links.count; i++) {
		CHECK_TEXT(h[j[i].guardian].row.guardian_key,
		    g[k[i].guardian].row.guardian_key);
		CHECK_INT(j[i].legal, k[i].legal);
		CHECK_INT(j[i].rank, k[i].rank);
	}
}

/* Staff, learners and guardians in one archive make the school at once. */
static void
one_archive_makes_a_school(void)
{
	static const char archive[] = "03-zip/all-three.zip";
	struct school_state empty = empty_school(arena), school;
	struct plan plan = plan_of(archive, archive, archive, &empty, DAY_1);

	CHECK_INT(plan.staff_fates[PLAN_CREATED],
	    wanted("initial", "staff_imported")->valueint);
	CHECK_INT(plan.learner_fates[PLAN_CREATED],
	    wanted("initial", "learners_imported")->valueint);
	school = school_after(arena, &empty, &plan);
	plan = plan_of("03-zip/sts.zip", "03-zip/both.zip",
	    "03-zip/ExportXML_ResponsablesAvecAdresses.zip", &school, DAY_1);
	check_nothing(&plan);
}

static void
classes_suggest_their_diploma(void)
{
	static const struct {
		const char *code, *framework, *level;
	} all[] = {
		{ "2MELEC", "bacpro-melec", "2nde" },
		{ "1 MCV B", "bacpro-mcv-b", "1re" },
		{ "CAPELEC1", "cap-electricien", "CAP1" },
	};
	struct school_state empty = empty_school(arena);
	struct plan plan = plan_of(STAFF_1, NULL, NULL, &empty, DAY_1);
	const struct plan_structure *s = plan.structures.items;

	for (size_t i = 0; i < 3; i++) {
		CHECK_TEXT(s[i].code, all[i].code);
		CHECK_TEXT(shown(s[i].suggestion.framework), all[i].framework);
		CHECK_TEXT(shown(s[i].suggestion.level), all[i].level);
	}
}

/* Whoever reads English is told of each anomaly in English. */
static void
anomalies_are_told_in_both_languages(void)
{
	struct school_state empty = empty_school(arena);
	struct plan plan =
	    plan_of(STAFF_1, LEARNERS_1, ADULTS_1, &empty, DAY_1);
	const struct anomaly *a = plan.anomalies.items;

	CHECK(plan.anomalies.count > 10);
	for (size_t i = 0; i < plan.anomalies.count; i++) {
		CHECK(a[i].what.in[0] != NULL && a[i].what.in[1] != NULL);
		CHECK(strcmp(a[i].what.in[0], a[i].what.in[1]) != 0);
		CHECK(strstr(a[i].what.in[1], " est ") == NULL);
	}
}

static const struct check_test tests[] = {
	{ "M-031 anomalies are told in French and in English",
	    anomalies_are_told_in_both_languages },
	{ "M-029 the staff file gives classes, groups, accounts (oracle)",
	    the_staff_of_the_samples_is_imported },
	{ "M-030 M-036..M-039 learners, their class, groups, logins (oracle)",
	    the_learners_of_the_samples_are_imported },
	{ "M-027 learners read the same in every encoding, order and form",
	    learners_read_the_same_in_every_form },
	{ "M-028 one archive makes a school, others change nothing",
	    one_archive_makes_a_school },
	{ "M-030 only guardians of learners who are here are imported",
	    guardians_of_learners_here_are_imported },
	{ "M-030 files of before 2016 give the same legal guardians",
	    old_files_give_the_same_legal_guardians },
	{ "M-029 classes suggest their diploma and level",
	    classes_suggest_their_diploma },
};

int
main(void)
{
	return tell_stories(tests, sizeof(tests) / sizeof(tests[0]));
}
