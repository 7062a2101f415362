/*
 * The five frameworks as handlers see them.
 * usage: framework_test [DIR]   (frameworks)
 */
#include <stdio.h>
#include <stdlib.h>

#include "../../api/framework_check.h"
#include "../../api/framework_parse.h"
#include "../../domain/weight.h"
#include "../domain/check.h"

static const char *folder = "frameworks";
static struct arena *arena;

/* Read once a test; the tree is given back before anything is looked at. */
static const struct framework *
read_framework(const char *id)
{
	const char *path = arena_print(arena, "%s/%s.json", folder, id);
	FILE *in = fopen(path, "rb");
	struct framework *f;
	char *bytes;
	cJSON *root;

	if (in == NULL) {
		perror(path);
		exit(1);
	}
	bytes = arena_take(arena, 1 << 18);
	bytes[fread(bytes, 1, (1 << 18) - 1, in)] = '\0';
	fclose(in);
	root = cJSON_Parse(bytes);
	CHECK(framework_check(arena, root, id) == NULL);
	f = framework_parse(arena, root);
	cJSON_Delete(root);
	CHECK(f != NULL);
	return f;
}

static void
every_framework_has_its_counts(void)
{
	static const struct {
		const char *id;
		size_t competencies, criteria, units, sectors, groups;
		size_t complexities, years;
	} wanted[] = {
		{ "bacpro-melec", 13, 78, 3, 5, 0, 4, 3 },
		{ "bacpro-mcv-a", 14, 31, 4, 4, 0, 3, 3 },
		{ "bacpro-mcv-b", 16, 31, 4, 4, 0, 3, 3 },
		{ "cap-electricien", 9, 46, 3, 5, 0, 4, 2 },
		{ "bacpro-ga", 55, 55, 4, 4, 13, 0, 3 },
	};
	const struct framework *f;

	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		f = read_framework(wanted[i].id);
		CHECK_TEXT(f->id, wanted[i].id);
		CHECK_INT(f->competencies_count, wanted[i].competencies);
		CHECK_INT(f->criteria_count, wanted[i].criteria);
		CHECK_INT(f->units_count, wanted[i].units);
		CHECK_INT(f->sectors_count, wanted[i].sectors);
		CHECK_INT(f->groups_count, wanted[i].groups);
		CHECK_INT(f->complexities_count, wanted[i].complexities);
		CHECK_INT(f->class_levels_count, wanted[i].years);
	}
}

static void
competencies_stand_in_display_order(void)
{
	const struct framework *f = read_framework("bacpro-melec");
	const struct competency *c;

	CHECK_TEXT(f->competencies[0].code, "C1");
	CHECK_TEXT(f->competencies[9].code, "C10");
	CHECK_TEXT(f->competencies[12].code, "C13");
	c = framework_competency(f, "melec.comp.c10");
	CHECK(c != NULL && c->number == 10);
	CHECK(c != NULL && c->group == NULL);
	CHECK(framework_competency(f, "melec.comp.c99") == NULL);
}

static void
criteria_of_a_competency_are_neighbours(void)
{
	const struct framework *f = read_framework("bacpro-melec");
	const struct competency *c;
	int next = 1, of;

	for (size_t i = 0; i < f->competencies_count; i++) {
		c = &f->competencies[i];
		CHECK_INT(c->first_criterion, next);
		for (int k = 0; k < c->criteria_count; k++) {
			of = f->criteria[next - 1].competency;
			CHECK_INT(f->criteria[next - 1].number, next);
			CHECK_INT(of, c->number);
			next++;
		}
	}
	CHECK_INT(next - 1, 78);
	CHECK_TEXT(f->criteria[0].title,
	    "Les informations nécessaires sont recueillies");
	CHECK_INT(framework_criterion(f, "melec.comp.c1.k2")->number, 2);
	CHECK(framework_criterion(f, "melec.comp.c1.k99") == NULL);
}

/* M-062 */
static void
units_hold_the_competencies_of_the_guide(void)
{
	static const int unit[13] = { 0, 1, 0, 1, 1, 1, 1, 2, 2, 0, 0, 1, 1 };
	const struct framework *f = read_framework("bacpro-melec");

	for (int i = 0; i < 13; i++)
		CHECK_INT(f->competencies[i].units, 1 << unit[i]);
	CHECK_TEXT(f->units[1].code, "U31");
	CHECK_INT(f->units[1].coefficient_centi, 700);
	CHECK(f->units[1].weighted);
	CHECK_TEXT(f->units[1].weights_status, "reported");
	CHECK_INT(f->units[1].weight_bp[3], 3000);
	CHECK_INT(f->units[1].weight_bp[0], 0);
}

static void
a_competency_may_be_in_two_units(void)
{
	const struct framework *f = read_framework("cap-electricien");
	int several = 0;

	for (size_t i = 0; i < f->competencies_count; i++)
		several += __builtin_popcountll(f->competencies[i].units) > 1;
	CHECK(several > 0);
	CHECK(!f->units[0].weighted);
	CHECK_TEXT(f->units[0].weights_status, "none");
}

/* The check value of frameworks/README.md. */
static void
the_model_weighting_of_melec_is_the_published_one(void)
{
	static const int wanted[13] = { 750, 1050, 500, 1750, 584, 583, 583,
		1167, 500, 750, 500, 700, 583 };
	const struct framework *f = read_framework("bacpro-melec");
	struct weight_unit parts[3 * 13];
	uint64_t amount[13];
	size_t n = 0;
	int bp[13];

	for (size_t u = 0; u < f->units_count; u++)
		for (size_t c = 0; c < 13; c++)
			if (f->competencies[c].units >> u & 1)
				parts[n++] = (struct weight_unit){ c,
					f->units[u].coefficient_centi,
					f->units[u].weight_bp[c] };
	CHECK_INT(n, 13);
	CHECK_INT(weight_model(parts, n, 13, amount), FAULT_NONE);
	weight_apportion(amount, 13, bp);
	for (int i = 0; i < 13; i++)
		CHECK_INT(bp[i], wanted[i]);
}

static void
the_radar_has_a_sector_a_domain(void)
{
	const struct framework *f = read_framework("bacpro-melec");

	CHECK_TEXT(f->sectors[0].title, "Préparation");
	CHECK_INT(f->sectors[0].axes_count, 2);
	CHECK_INT(f->sectors[0].axes[0], 1);
	CHECK_INT(f->sectors[0].axes[1], 3);
	CHECK_INT(f->competencies[0].domain, 0);
	CHECK_INT(f->competencies[1].domain, 1);
	CHECK_INT(f->competencies[12].domain, 4);
}

static void
a_radar_of_groups_shows_every_competency_through_its_group(void)
{
	const struct framework *f = read_framework("bacpro-ga");
	size_t axes = 0, under = 0;
	int next = 0;

	for (size_t s = 0; s < f->sectors_count; s++)
		for (size_t i = 0; i < f->sectors[s].axes_count; i++) {
			CHECK_INT(f->sectors[s].axes[i], -next++);
			axes++;
		}
	for (size_t g = 0; g < f->groups_count; g++)
		under += f->groups[g].count;
	CHECK_INT(axes, 13);
	CHECK_INT(under, 55);
	CHECK_INT(f->groups[0].competencies[0], 1);
	CHECK_TEXT(f->competencies[0].group, f->groups[0].title);
	for (size_t i = 0; i < f->competencies_count; i++)
		CHECK(f->competencies[i].domain >= 0);
}

/* M-067 */
static void
the_complexity_levels_are_those_of_the_diploma(void)
{
	const struct framework *f = read_framework("bacpro-melec");
	const struct complexity *e = framework_complexity(f, "E");

	CHECK_TEXT(f->complexities[0].code, "D");
	CHECK_TEXT(f->complexities[1].code, "Int");
	CHECK_TEXT(f->complexities[2].code, "B");
	CHECK(e != NULL && e->company);
	CHECK(!framework_complexity(f, "B")->company);
	CHECK(framework_complexity(f, "C") == NULL);
	f = read_framework("bacpro-mcv-a");
	CHECK(framework_complexity(f, "C") != NULL);
}

/* M-071 */
static void
the_years_are_those_of_the_diploma(void)
{
	const struct framework *f = read_framework("cap-electricien");

	CHECK_TEXT(f->class_levels[0].code, "CAP1");
	CHECK_TEXT(f->class_levels[1].code, "CAP2");
}

static void
marks_go_by_the_words_of_the_framework(void)
{
	const struct framework *f = read_framework("bacpro-melec");
	enum mark mark = MARK_EMPTY;

	CHECK(framework_mark(f, "fail", &mark) && mark == MARK_1);
	CHECK(framework_mark(f, "autonomous", &mark) && mark == MARK_4);
	CHECK(framework_mark(f, "not_assessable", &mark) && mark == MARK_NA);
	CHECK(framework_mark(f, "absent", &mark) && mark == MARK_ABSENT);
	CHECK(!framework_mark(f, "full", &mark) && mark == MARK_ABSENT);
	f = read_framework("bacpro-ga");
	CHECK(framework_mark(f, "full", &mark) && mark == MARK_4);
	CHECK(f->results[MARK_EMPTY].code == NULL);
}

static void
levels_have_the_symbols_of_the_diploma(void)
{
	const struct framework *f = read_framework("bacpro-melec");

	CHECK_TEXT(f->levels[LEVEL_NE].code, "NE");
	CHECK_TEXT(f->levels[LEVEL_4].symbol, "++");
	CHECK_TEXT(f->levels[LEVEL_1].color, "red");
	f = read_framework("bacpro-mcv-a");
	CHECK_TEXT(f->levels[LEVEL_3].symbol, "A");
}

/* What the tool never loads must not bring a server down either. */
static void
a_document_that_is_no_framework_reads_as_empty(void)
{
	static const char *const documents[] = { "{}", "[]", "null", "3",
		"{\"competencies\":3,\"units\":\"x\",\"radar\":[]}",
		"{\"competencies\":[{\"assessable\":true}],\"criteria\":[{}],"
		"\"units\":[{\"competencies\":[{\"competency_id\":\"\"}]}],"
		"\"radar\":{\"sectors\":[{\"axis_ids\":[3,\"x\"]}]}}" };
	struct framework *f;
	cJSON *root;

	for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
		root = cJSON_Parse(documents[i]);
		CHECK(framework_check(arena, root, "x") != NULL);
		f = framework_parse(arena, root);
		cJSON_Delete(root);
		CHECK(f != NULL && f->competencies_count <= 1);
	}
}

static const struct check_test tests[] = {
	{ "M-059 every framework has its counts",
	    every_framework_has_its_counts },
	{ "M-060 competencies stand in display order",
	    competencies_stand_in_display_order },
	{ "M-060 criteria of a competency are neighbours",
	    criteria_of_a_competency_are_neighbours },
	{ "M-062 units hold the competencies of the guide",
	    units_hold_the_competencies_of_the_guide },
	{ "M-061 a competency may be in two units",
	    a_competency_may_be_in_two_units },
	{ "R-11 the model weighting of MELEC is the published one",
	    the_model_weighting_of_melec_is_the_published_one },
	{ "M-060 the radar has a sector a domain",
	    the_radar_has_a_sector_a_domain },
	{ "M-068 a radar of groups shows every competency through its group",
	    a_radar_of_groups_shows_every_competency_through_its_group },
	{ "M-067 the complexity levels are those of the diploma",
	    the_complexity_levels_are_those_of_the_diploma },
	{ "M-071 the years are those of the diploma",
	    the_years_are_those_of_the_diploma },
	{ "marks go by the words of the framework",
	    marks_go_by_the_words_of_the_framework },
	{ "levels have the symbols of the diploma",
	    levels_have_the_symbols_of_the_diploma },
	{ "a document that is no framework reads as empty",
	    a_document_that_is_no_framework_reads_as_empty },
};

int
main(int argc, char **argv)
{
	int failed;

	if (argc > 1)
		folder = argv[1];
	arena = arena_open();
	failed = check_all(tests, sizeof(tests) / sizeof(tests[0]));
	arena_close(arena);
	return failed;
}
