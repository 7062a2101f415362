/*
 * Files one by one: what is refused, and what is read with anomalies.
 */
#include "../domain/check.h"
#include "siecle.h"

static struct arena *arena;

static enum fault
read_as(enum siecle_kind kind, const struct siecle_input *in,
    struct siecle_problem *problem)
{
	struct staff_file s;
	struct learner_file l;
	struct guardian_file g;
	struct labels_file n;

	switch (kind) {
	case SIECLE_STAFF:
		return staff_file_read(arena, in, &s, problem);
	case SIECLE_LEARNERS:
		return learner_file_read(arena, in, &l, problem);
	case SIECLE_GUARDIANS:
		return guardian_file_read(arena, in, &g, problem);
	case SIECLE_NOMENCLATURE:
		return nomenclature_file_read(arena, in, &n, problem);
	case SIECLE_STRUCTURES:
		return structures_file_read(arena, in, &n, problem);
	case SIECLE__MAX:
		break;
	}
	return FAULT_INTERNAL;
}

static struct learner_file
learners_of(const char *name)
{
	struct siecle_input in = sample(arena, name);
	struct siecle_problem problem;
	struct learner_file f = { 0 };

	CHECK_INT(learner_file_read(arena, &in, &f, &problem), FAULT_NONE);
	return f;
}

static const struct learner_record *
learner(const struct learner_file *f, size_t i)
{
	return (const struct learner_record *)f->learners.items + i;
}

static size_t
accepted(const struct learner_file *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->learners.count; i++)
		n += !learner(f, i)->refused;
	return n;
}

static const struct {
	const char *name;
	enum siecle_kind given_as;
	enum fault fault;
	const char *word; /* in the detail */
	bool line;        /* is there one */
} refusals[] = {
	{ "m01-truncated.xml", SIECLE_LEARNERS, FAULT_XML_MALFORMED, "tronqué",
	    true },
	{ "m02-wrong-root-responsables.xml", SIECLE_LEARNERS, FAULT_WRONG_FILE,
	    "responsables", true },
	{ "m03-edt-sts-root.xml", SIECLE_STAFF, FAULT_WRONG_FILE,
	    "emploi du temps", true },
	{ "m04-billion-laughs.xml", SIECLE_LEARNERS, FAULT_XML_DOCTYPE,
	    "DOCTYPE", true },
	{ "m05-xxe-file.xml", SIECLE_LEARNERS, FAULT_XML_DOCTYPE, "DOCTYPE",
	    true },
	{ "m06-xxe-parameter-entity.xml", SIECLE_LEARNERS, FAULT_XML_DOCTYPE,
	    "DOCTYPE", true },
	{ "m07-external-dtd.xml", SIECLE_LEARNERS, FAULT_XML_DOCTYPE, "DOCTYPE",
	    true },
	{ "m08-declared-utf8-bytes-latin9.xml", SIECLE_LEARNERS,
	    FAULT_XML_MALFORMED, "encodage", true },
	{ "m09-declared-latin9-bytes-utf8.xml", SIECLE_LEARNERS,
	    FAULT_ENCODING_SUSPECT, "Ã", true },
	{ "m10-unknown-encoding.xml", SIECLE_LEARNERS, FAULT_ENCODING,
	    "encodage", true },
	{ "m11-empty.xml", SIECLE_LEARNERS, FAULT_XML_MALFORMED, "vide", true },
	{ "m12-login-page.xml", SIECLE_LEARNERS, FAULT_HTML_PAGE, "session",
	    false },
	{ "m13-control-characters.xml", SIECLE_LEARNERS, FAULT_XML_MALFORMED,
	    "caractère", true },
	{ "m14-huge-attribute.xml", SIECLE_LEARNERS, FAULT_XML_LIMIT,
	    "attribut", true },
	{ "m15-deep-nesting.xml", SIECLE_LEARNERS, FAULT_XML_LIMIT, "imbriqués",
	    true },
	{ "m16-huge-text.xml", SIECLE_LEARNERS, FAULT_XML_LIMIT, "texte",
	    true },
	{ "m25-no-structures.xml", SIECLE_LEARNERS, FAULT_NO_STRUCTURES,
	    "classe", false },
	{ "m27-no-uai.xml", SIECLE_LEARNERS, FAULT_NO_UAI, "UAI", false },
	{ "z03-two-candidates.zip", SIECLE_LEARNERS, FAULT_WRONG_FILE, "ZIP",
	    false },
};

/* The same, said to people who read English. */
static bool
in_english(struct words w)
{
	return w.in[1] != NULL && strcmp(w.in[0], w.in[1]) != 0 &&
	       strstr(w.in[1], "fichier") == NULL &&
	       strstr(w.in[1], "archive ZIP") == NULL;
}

static void
files_that_are_not_it_are_refused(void)
{
	struct siecle_problem problem;
	struct siecle_input in;

	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		problem = (struct siecle_problem){ 0 };
		in = sample(arena,
		    arena_print(arena, "malformed/%s", refusals[i].name));
		if (read_as(refusals[i].given_as, &in, &problem) !=
			refusals[i].fault ||
		    problem.fault != refusals[i].fault ||
		    strstr(problem.detail.in[0], refusals[i].word) == NULL ||
		    (problem.line > 0) != refusals[i].line ||
		    !in_english(problem.detail)) {
			printf("  %s: fault %d, line %d, %s\n",
			    refusals[i].name, problem.fault, problem.line,
			    problem.detail.in[0]);
			check_failures++;
		}
		CHECK(problem.detail.in[0] == NULL ||
		      strstr(problem.detail.in[0], "127.0.0.1") == NULL);
	}
}

/* Every prefix of a small file, and none is taken for the whole. */
static void
a_file_cut_anywhere_is_refused(void)
{
	struct siecle_input in = sample(arena, "malformed/m20-duplicate-eleve-"
					       "id.xml");
	struct siecle_problem problem;
	struct arena *kept = arena;
	char *bytes;
	size_t n = in.length;

	while (in.bytes[n - 1] == '\n')
		n--;
	for (size_t cut = 0; cut < n; cut++) {
		arena = arena_open();
		bytes = arena_copy(arena, in.bytes, cut);
		if (read_as(SIECLE_LEARNERS,
			&(struct siecle_input){ bytes, cut, false },
			&problem) == FAULT_NONE) {
			printf("  cut at %zu\n", cut);
			check_failures++;
		}
		arena_close(arena);
	}
	arena = kept;
}

static void
odd_names_pass_once_confirmed(void)
{
	struct siecle_input in =
	    sample(arena, "malformed/m09-declared-latin9-bytes-utf8.xml");
	struct siecle_problem problem;

	in.encoding_confirmed = true;
	CHECK_INT(read_as(SIECLE_LEARNERS, &in, &problem), FAULT_NONE);
}

static void
too_big_is_refused_unread(void)
{
	struct siecle_input in = { .length = XML_BYTES_MAX + 1 };
	struct siecle_problem problem;

	in.bytes = arena_take(arena, in.length);
	CHECK_INT(read_as(SIECLE_LEARNERS, &in, &problem), FAULT_LARGE);
}

static void
any_file_tells_what_it_is(void)
{
	static const struct {
		const char *name;
		enum siecle_kind kind;
	} all[] = {
		{ "01-initial/sts_emp_0999001W_2025.xml", SIECLE_STAFF },
		{ "01-initial/ElevesSansAdresses.xml", SIECLE_LEARNERS },
		{ "01-initial/ResponsablesAvecAdresses.xml", SIECLE_GUARDIANS },
		{ "01-initial/Nomenclature.xml", SIECLE_NOMENCLATURE },
		{ "01-initial/Structures.xml", SIECLE_STRUCTURES },
		{ "05-variants/v07-utf16.xml", SIECLE_LEARNERS },
		{ "malformed/z11-xml-named-zip.zip", SIECLE_LEARNERS },
	};
	struct siecle_problem problem;
	struct siecle_input in;
	enum siecle_kind kind;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		in = sample(arena, all[i].name);
		CHECK_INT(export_kind(arena, &in, &kind, &problem), FAULT_NONE);
		CHECK_INT(kind, all[i].kind);
	}
	in = sample(arena, "malformed/m03-edt-sts-root.xml");
	CHECK_INT(export_kind(arena, &in, &kind, &problem), FAULT_WRONG_FILE);
}

static void
oddities_of_xml_are_read(void)
{
	struct learner_file f = learners_of("05-variants/v08-oddities.xml");

	CHECK_INT(accepted(&f), 2);
	CHECK_TEXT(learner(&f, 0)->last_name, "TEST<01> & FILS");
	CHECK_TEXT(learner(&f, 0)->first_name, "Camille");
	CHECK(learner(&f, 0)->usual_name == NULL);
	CHECK_TEXT(learner(&f, 1)->siecle_id, "995002");
}

static void
duplicates_are_refused_on_both_sides(void)
{
	struct learner_file f;

	f = learners_of("malformed/m20-duplicate-eleve-id.xml");
	CHECK_INT(accepted(&f), 0);
	CHECK_INT(anomalies_of(&f.anomalies, "id_duplicate"), 2);
	f = learners_of("malformed/m21-duplicate-ine.xml");
	CHECK_INT(accepted(&f), 0);
	CHECK_INT(anomalies_of(&f.anomalies, "ine_duplicate"), 2);
}

static void
of_two_classes_the_first_is_taken(void)
{
	struct learner_file f =
	    learners_of("malformed/m22-duplicate-structures.xml");
	const char *const *d = learner(&f, 0)->divisions.items;

	CHECK_INT(accepted(&f), 2);
	CHECK_INT(anomalies_of(&f.anomalies, "two_divisions"), 1);
	CHECK_TEXT(d[0], "2MELEC");
}

static void
dates_are_understood_or_dropped(void)
{
	static const char *const births[] = { NULL, NULL, NULL, "2010-04-05",
		NULL, NULL, "2010-04-05", "2010-04-09" };
	struct learner_file f = learners_of("malformed/m23-dates.xml");

	CHECK_INT(accepted(&f), 8);
	CHECK_INT(anomalies_of(&f.anomalies, "birth_date_missing"), 2);
	CHECK_INT(anomalies_of(&f.anomalies, "birth_date_invalid"), 3);
	for (size_t i = 0; i < 8; i++)
		CHECK(siecle_same(learner(&f, i)->birth_date, births[i]));
}

static void
a_learner_needs_two_names(void)
{
	struct learner_file f = learners_of("malformed/m24-missing-names.xml");

	CHECK_INT(accepted(&f), 2);
	CHECK_TEXT(learner(&f, 1)->last_name, "USAGE-SEUL");
	CHECK_INT(anomalies_of(&f.anomalies, "name_missing"), 1);
	CHECK_INT(anomalies_of(&f.anomalies, "first_name_missing"), 2);
}

static void
a_place_without_its_learner_is_told(void)
{
	struct learner_file f =
	    learners_of("malformed/m29-structure-of-unknown-learner.xml");

	CHECK_INT(accepted(&f), 2);
	CHECK_INT(anomalies_of(&f.anomalies, "structure_orphan"), 1);
}

static void
an_identifier_is_a_number(void)
{
	struct learner_file f =
	    learners_of("malformed/m30-id-not-a-number.xml");
	const struct anomaly *a = f.anomalies.items;

	CHECK_INT(accepted(&f), 1);
	CHECK_INT(anomalies_of(&f.anomalies, "id_invalid"), 3);
	CHECK(a[0].line == 11 && a[0].refused);
}

static void
hostile_names_are_kept_verbatim(void)
{
	static const char *const names[] = { "<script>alert(1)</script>",
		"=CMD|' /C calc'!A0", "+33;BELL", "GUILLEMET \"DOUBLE\"",
		"-2+3", "@SUM(A1)", "TEST07" };
	struct learner_file f =
	    learners_of("malformed/m31-names-hostile-to-outputs.xml");

	CHECK_INT(accepted(&f), 7);
	for (size_t i = 0; i < 7; i++)
		CHECK_TEXT(learner(&f, i)->last_name, names[i]);
	CHECK_TEXT(learner(&f, 6)->first_name, "Robert'); --");
}

static void
rights_are_never_granted_on_an_anomaly(void)
{
	struct siecle_input in =
	    sample(arena, "malformed/m32-responsables-anomalies.xml");
	struct siecle_problem problem;
	struct guardian_file f = { 0 };
	const struct link_record *l;

	CHECK_INT(guardian_file_read(arena, &in, &f, &problem), FAULT_NONE);
	l = f.links.items;
	CHECK(l[0].legal && l[0].rank == 1);
	CHECK(!l[1].legal && !l[2].legal && l[3].refused);
	CHECK(!l[5].legal && !l[5].refused);
	CHECK_TEXT(l[5].level, "3");
	CHECK_INT(anomalies_of(&f.anomalies, "several_resp_legal"), 1);
	CHECK_INT(anomalies_of(&f.anomalies, "link_incomplete"), 1);
	CHECK_INT(anomalies_of(&f.anomalies, "link_orphan"), 1);
	CHECK_INT(anomalies_of(&f.anomalies, "link_code_unknown"), 1);
}

/* The same file in a school: learner 111 is nobody, two have no address. */
static void
orphan_links_are_told(void)
{
	struct school_state empty = empty_school(arena), staffed, school;
	struct plan_request request = plan_request_on(arena, "2025-09-15");
	struct siecle_problem problem;
	struct plan plan = { 0 };

	CHECK_INT(plan_samples(arena, "01-initial/sts_emp_0999001W_2025.xml",
		      NULL, NULL, &empty, &request, &plan, &problem),
	    FAULT_NONE);
	staffed = school_after(arena, &empty, &plan);
	CHECK_INT(plan_samples(arena, NULL, "01-initial/ElevesSansAdresses.xml",
		      "01-initial/ResponsablesAvecAdresses.xml", &staffed,
		      &request, &plan, &problem),
	    FAULT_NONE);
	school = school_after(arena, &staffed, &plan);
	CHECK_INT(plan_samples(arena, NULL, NULL,
		      "malformed/m32-responsables-anomalies.xml", &school,
		      &request, &plan, &problem),
	    FAULT_MASS_DEPARTURE);
	request.departure_confirmed = true;
	CHECK_INT(plan_samples(arena, NULL, NULL,
		      "malformed/m32-responsables-anomalies.xml", &school,
		      &request, &plan, &problem),
	    FAULT_NONE);
	CHECK_INT(anomalies_of(&plan.anomalies, "link_orphan"), 2);
	CHECK_INT(anomalies_of(&plan.anomalies, "person_without_address"), 2);
	CHECK_INT(plan.guardian_fates[PLAN_CREATED], 3);
}

static void
staff_anomalies_are_told(void)
{
	struct siecle_input in =
	    sample(arena, "malformed/m33-sts-anomalies.xml");
	struct siecle_problem problem;
	struct staff_file f = { 0 };
	const struct staff_record *s;
	const struct structure_record *c;

	CHECK_INT(staff_file_read(arena, &in, &f, &problem), FAULT_NONE);
	s = f.staff.items;
	c = f.classes.items;
	CHECK(s[0].refused && s[1].refused && s[2].refused && s[5].refused);
	CHECK_INT(anomalies_of(&f.anomalies, "id_duplicate"), 2);
	CHECK(!s[3].refused);
	CHECK_TEXT(s[3].key, "local:1");
	CHECK(!s[4].refused && s[4].title == NULL);
	CHECK_TEXT(s[4].key, "epp:4");
	CHECK_TEXT(s[4].birth_date, "1983-02-01");
	CHECK_INT(anomalies_of(&f.anomalies, "name_missing"), 1);
	CHECK(!c[0].refused && c[1].refused && c[2].refused);
	CHECK_INT(anomalies_of(&f.anomalies, "id_invalid"), 3);
	CHECK_INT(anomalies_of(&f.anomalies, "link_orphan"), 2);
	CHECK_INT(anomalies_of(&f.anomalies, "no_services"), 3);
}

static void
labels_are_trimmed(void)
{
	struct siecle_input in = sample(arena, "01-initial/Nomenclature.xml");
	struct siecle_problem problem;
	struct labels_file f = { 0 };
	const struct label_record *m;

	CHECK_INT(nomenclature_file_read(arena, &in, &f, &problem), FAULT_NONE);
	m = f.mefs.items;
	CHECK_INT(f.mefs.count, 3);
	CHECK_INT(f.subjects.count, 5);
	CHECK_TEXT(m[0].label, "2nde pro métiers de l'électricité (fictif)");
	in = sample(arena, "01-initial/Structures.xml");
	CHECK_INT(structures_file_read(arena, &in, &f, &problem), FAULT_NONE);
	m = f.classes.items;
	CHECK_INT(f.classes.count, 3);
	CHECK_TEXT(m[1].code, "1 MCV B");
	CHECK_TEXT(m[1].label, "PREMIERE PRO COMMERCE & VENTE B");
	CHECK_TEXT(m[1].mef, "24799903320");
	m = f.groups.items;
	CHECK_TEXT(m[2].code, "A&P 1");
}

static const struct check_test tests[] = {
	{ "M-027 X1 files that are not it are refused, and why is said",
	    files_that_are_not_it_are_refused },
	{ "X1 a file cut anywhere is refused", a_file_cut_anywhere_is_refused },
	{ "M-027 odd names pass once confirmed",
	    odd_names_pass_once_confirmed },
	{ "X1 above 20 MiB a file is refused unread",
	    too_big_is_refused_unread },
	{ "M-025 any file tells which it is", any_file_tells_what_it_is },
	{ "M-027 CDATA, comments, blanks and unknown elements are read",
	    oddities_of_xml_are_read },
	{ "M-032 duplicates are refused on both sides",
	    duplicates_are_refused_on_both_sides },
	{ "M-030 of two classes the first is taken",
	    of_two_classes_the_first_is_taken },
	{ "M-041 dates of birth are understood or dropped",
	    dates_are_understood_or_dropped },
	{ "M-030 a learner needs a last and a first name",
	    a_learner_needs_two_names },
	{ "M-030 a place without its learner is told",
	    a_place_without_its_learner_is_told },
	{ "X1 an identifier is a number", an_identifier_is_a_number },
	{ "X1 hostile names are kept verbatim",
	    hostile_names_are_kept_verbatim },
	{ "M-030 rights are never granted on an anomaly",
	    rights_are_never_granted_on_an_anomaly },
	{ "M-030 links to nobody and missing addresses are told",
	    orphan_links_are_told },
	{ "M-029 anomalies of the staff file are told",
	    staff_anomalies_are_told },
	{ "M-029 labels are trimmed", labels_are_trimmed },
};

int
main(void)
{
	int failed;

	arena = arena_open();
	failed = check_all(tests, sizeof(tests) / sizeof(tests[0]));
	arena_close(arena);
	return failed;
}
