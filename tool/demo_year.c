/*
 * The year of a class: evaluations of growing complexity, marks that grow
 * with them, an interim assessment after the first half and another after the
 * second, grades, and one evaluation that is still being marked.
 *
 * Nothing is left to chance but by a fixed seed: two schools made on one day
 * are the same, and a run that was cut short goes on as it would have.
 */
#include <stdio.h>
#include <string.h>

#include "../api/draft.h"
#include "../api/evaluation.h"
#include "../api/framework.h"
#include "../api/grade.h"
#include "../api/interim.h"
#include "../api/json.h"
#include "../api/weights.h"
#include "../domain/date.h"
#include "demo.h"
#include "tool.h"

#define HALF 7         /* evaluations before each interim assessment */
#define EVALUATIONS 14 /* and one more, half marked */
#define COMPETENCIES 3 /* of each evaluation */

static const struct {
	const char *title;
	const char *complexity;
} evaluations[EVALUATIONS + 1] = {
	{ "Câbler un éclairage simple allumage", "D" },
	{ "Lire le schéma d'un va-et-vient", "D" },
	{ "Préparer un chantier : matériel et outillage", "D" },
	{ "Poser un tableau de répartition", "D" },
	{ "Mesurer continuité et isolement", "Int" },
	{ "Câbler un télérupteur", "D" },
	{ "Mettre en service un circuit de prises", "Int" },
	{ "Raccorder un volet roulant", "Int" },
	{ "Démarrage direct d'un moteur triphasé", "Int" },
	{ "Diagnostiquer un défaut différentiel", "Int" },
	{ "Paramétrer un interphone vidéo", "B" },
	{ "Installer une borne de recharge", "B" },
	{ "Régler un variateur de vitesse", "B" },
	{ "Remettre une installation au client", "B" },
	{ "Modifier une installation domotique", "Int" },
};

static const char *const findings[] = {
	"Des bases fragiles : le travail en atelier reste à consolider et les"
	" consignes de sécurité doivent être rappelées.",
	"Des progrès réguliers. Les gestes professionnels s'installent ;"
	" l'autonomie est encore inégale d'une activité à l'autre.",
	"Un travail sérieux et soigné. Les installations simples sont réalisées"
	" en autonomie et contrôlées avec méthode.",
	"Très bon ensemble. Les acquis sont solides et transférés à des"
	" situations nouvelles.",
};

static const char *const advice[] = {
	"Reprendre les schémas de base et demander de l'aide sans attendre. Un"
	" accompagnement en atelier est proposé.",
	"S'entraîner à mesurer et à vérifier avant la mise sous tension ;"
	" préparer la période en entreprise avec le tuteur.",
	"Viser des activités de niveau intermédiaire et expliquer ses choix à"
	" l'oral.",
	"Prendre la responsabilité d'un chantier école et épauler les camarades"
	" de l'équipe.",
};

/* A class on its way through the year. */
struct course {
	struct demo *demo;
	const struct framework *framework;
	int number;           /* of the class */
	struct rows learners; /* id, interims */
	int32_t first, last;  /* days */
};

static const struct framework *framework;

static enum fault
find_framework(struct ctx *c)
{
	return framework_by_id(c, DEMO_DIPLOMA, &framework);
}

/* 0 to 99, always the same for the same three numbers. */
static int
chance(int a, int b, int c)
{
	uint32_t x = (uint32_t)a * 7919 + (uint32_t)b * 104729 +
		     (uint32_t)c * 1299709 + 2025;

	x ^= x >> 16;
	x *= UINT32_C(0x7feb352d);
	x ^= x >> 15;
	x *= UINT32_C(0x846ca68b);
	x ^= x >> 16;
	return (int)(x % 100);
}

/* A working day; evaluations are spread from September to yesterday. */
static const char *
day_of(const struct course *c, int k)
{
	char out[DATE_ROOM];
	int32_t day = c->first + (c->last - c->first) * k / EVALUATIONS;
	int32_t weekday = ((day + 3) % 7 + 7) % 7;

	if (weekday > 4)
		day -= weekday - 4;
	date_write_iso(day, out);
	return arena_text(c->demo->db->arena, out);
}

/* --- evaluations --- */

/* The n-th competency of an evaluation: they overlap, and all have a turn. */
static const struct competency *
competency_at(const struct course *c, int k, int n)
{
	return &c->framework->competencies[(size_t)(2 * k + n) %
					   c->framework->competencies_count];
}

static const char *
evaluation_body(const struct course *c, int k)
{
	struct text t = text_in(c->demo->db->arena);
	struct json j = json_in(&t);
	const struct competency *p;
	int n, i;

	json_open(&j, NULL, '{');
	json_text(&j, "title", evaluations[k].title);
	json_text(&j, "framework_id", c->framework->id);
	json_text(&j, "complexity", evaluations[k].complexity);
	json_text(&j, "assessed_on", day_of(c, k));
	json_open(&j, "criterion_ids", '[');
	for (n = 0; n < COMPETENCIES; n++) {
		p = competency_at(c, k, n);
		for (i = 0; i < p->criteria_count; i++)
			json_text(&j, NULL,
			    c->framework->criteria[p->first_criterion - 1 + i]
				.id);
	}
	json_close(&j, ']');
	json_open(&j, "learner_ids", '[');
	for (size_t l = 0; l < c->learners.count; l++)
		json_text(&j, NULL, row_text(&c->learners, l, "id"));
	json_close(&j, ']');
	json_close(&j, '}');
	return text_string(&t);
}

/* Skill, practice, and how hard it is; then luck. */
static const char *
mark_of(const struct course *c, int k, int learner, int item)
{
	int hard = strcmp(evaluations[k].complexity, "D") == 0     ? 0
		   : strcmp(evaluations[k].complexity, "Int") == 0 ? 12
								   : 22;
	int score = 24 + chance(c->number, learner, 1000) * 2 / 5 + 3 * k -
		    hard +
		    (chance(c->number * 97 + learner, k, item) - 50) * 2 / 3;

	if (chance(c->number * 89 + learner, k, 2000) < 3)
		return "absent";
	if (chance(c->number * 83 + learner, k, 3000 + item) < 2)
		return "not_assessable";
	if (score < 25)
		return "fail";
	if (score < 47)
		return "partial";
	return score < 70 ? "assisted" : "autonomous";
}

static void
write_line(const struct course *c, struct json *j, int k, int learner)
{
	const struct competency *p;
	int n, i, item = 0;

	for (n = 0; n < COMPETENCIES; n++) {
		p = competency_at(c, k, n);
		for (i = 0; i < p->criteria_count; i++, item++) {
			json_open(j, NULL, '{');
			json_text(j, "learner_id",
			    row_text(&c->learners, (size_t)learner, "id"));
			json_text(j, "criterion_id",
			    c->framework->criteria[p->first_criterion - 1 + i]
				.id);
			json_text(j, "mark", mark_of(c, k, learner, item));
			json_close(j, '}');
		}
	}
}

static void
make_evaluation(const struct course *c, int k)
{
	struct demo *d = c->demo;
	size_t marked = c->learners.count, l;
	struct text t = text_in(d->db->arena);
	struct json j = json_in(&t);
	const char *etag;
	const cJSON *made;
	int64_t id;

	made = caller_do(&d->teacher,
	    &(struct call){ evaluation_create, METHOD_POST,
		.body = evaluation_body(c, k) },
	    &etag);
	if (!id_read(cJSON_GetStringValue(
			 cJSON_GetObjectItemCaseSensitive(made, "id")),
		&id))
		tool_end("an evaluation has no id");
	if (k == EVALUATIONS)
		marked /= 2;
	json_open(&j, NULL, '{');
	json_open(&j, "marks", '[');
	for (l = 0; l < marked; l++)
		write_line(c, &j, k, (int)l);
	json_close(&j, ']');
	json_close(&j, '}');
	caller_do(&d->teacher,
	    &(struct call){ marks_change, METHOD_PATCH, id, text_string(&t),
		etag },
	    NULL);
}

/* --- interim assessments --- */

static int
level_of(int mean)
{
	return mean < 90 ? 1 : mean < 160 ? 2 : mean < 225 ? 3 : 4;
}

static void
write_position(struct json *j, const struct competency *p, int mean, int round)
{
	json_open(j, NULL, '{');
	json_text(j, "competency_id", p->id);
	if (mean < 0) {
		json_null(j, "level");
		json_null(j, "objective");
	} else {
		json_int(j, "level", level_of(mean));
		json_text(j, "objective",
		    round > 1 && mean >= 200 ? "terminal" : "intermediate");
	}
	json_close(j, '}');
}

static const char *
draft_body(const struct course *c, int64_t learner, int round)
{
	struct base *db = c->demo->db;
	struct text t = text_in(db->arena);
	struct json j = json_in(&t);
	size_t i, at = 0;
	struct rows r;
	int mean, sum = 0;

	r = base_run(db, Q_DEMO_MARKS, PARAMS(p_int(learner)));
	json_open(&j, NULL, '{');
	json_open(&j, "positions", '[');
	for (i = 0; i < c->framework->competencies_count; i++) {
		mean = -1;
		if (at < r.count && row_int(&r, at, "number") == (int64_t)i + 1)
			mean = (int)row_int(&r, at++, "mean");
		sum += mean < 0 ? 0 : mean;
		write_position(&j, &c->framework->competencies[i], mean, round);
	}
	json_close(&j, ']');
	mean = r.count == 0 ? 0 : sum / (int)r.count;
	json_text(&j, "findings", findings[level_of(mean) - 1]);
	json_text(&j, "advice", advice[level_of(mean) - 1]);
	json_close(&j, '}');
	return text_string(&t);
}

static void
grade(const struct course *c, int64_t interim)
{
	const struct caller *teacher = &c->demo->teacher;
	struct reply reply;

	/* Only where the framework tells how much each competency weighs. */
	if (caller_try(teacher,
		&(struct call){ weights_model, METHOD_POST, interim },
		&reply) != FAULT_NONE)
		return;
	caller_do(teacher,
	    &(struct call){ grade_put, METHOD_PUT, interim,
		.if_match = reply.etag },
	    NULL);
}

static void
assess(const struct course *c, size_t at, int round)
{
	const struct caller *teacher = &c->demo->teacher;
	int64_t learner = row_int(&c->learners, at, "id"), id;
	const cJSON *made;
	const char *etag;

	caller_do(teacher, &(struct call){ draft_get, METHOD_GET, learner },
	    &etag);
	caller_do(teacher,
	    &(struct call){ draft_put, METHOD_PUT, learner,
		draft_body(c, learner, round), etag },
	    NULL);
	made = caller_do(teacher,
	    &(struct call){ interim_create, METHOD_POST, learner,
		"{\"confirmation\":\"CONFIRMATION\"}" },
	    NULL);
	if (!id_read(cJSON_GetStringValue(
			 cJSON_GetObjectItemCaseSensitive(made, "id")),
		&id))
		tool_end("an interim assessment has no id");
	if (round > 1 && at % 2 == 0)
		grade(c, id);
}

/* Most learners have a first one, two thirds of them a second. */
static void
assess_all(const struct course *c, int round)
{
	size_t i;

	for (i = 0; i < c->learners.count; i++)
		if (i % 9 != 8 && (round == 1 || i % 3 != 2) &&
		    row_int(&c->learners, i, "interims") < round)
			assess(c, i, round);
}

static void
span(struct course *c)
{
	struct date september = { c->demo->year, 9, 8 };
	int32_t today = 0;

	date_read_iso(c->demo->today, &today);
	c->first = date_day(&september);
	c->last = today - 1;
	/* In September there is not much of a year to look at yet. */
	if (c->last - c->first < 60)
		c->first = c->last - 60;
}

static void
run_course(struct course *c, int64_t class, int done)
{
	struct base *db = c->demo->db;
	int k;

	c->learners = base_run(db, Q_DEMO_LEARNERS, PARAMS(p_int(class)));
	span(c);
	for (k = done; k < HALF; k++)
		make_evaluation(c, k);
	assess_all(c, 1);
	for (k = done > HALF ? done : HALF; k < EVALUATIONS; k++)
		make_evaluation(c, k);
	assess_all(c, 2);
	if (done <= EVALUATIONS)
		make_evaluation(c, EVALUATIONS);
}

void
demo_year(struct demo *d)
{
	struct course c = { .demo = d };
	struct base *db = d->db;
	struct reply reply;
	struct rows r;
	size_t i;

	if (caller_try(&d->teacher,
		&(struct call){ find_framework, METHOD_GET },
		&reply) != FAULT_NONE)
		tool_end("the framework " DEMO_DIPLOMA " is not loaded");
	c.framework = framework;
	base_begin(db);
	base_run(db, Q_TOOL_BECOME,
	    PARAMS(p_int(d->school_id), p_int(d->teacher.person),
		p_int(d->teacher.roles)));
	r = base_run(db, Q_DEMO_CLASSES,
	    PARAMS(p_text(DEMO_DIPLOMA), p_int(d->teacher.person)));
	for (i = 0; i < r.count; i++) {
		c.number = (int)i;
		run_course(&c, row_int(&r, i, "id"),
		    (int)row_int(&r, i, "evaluations"));
	}
	base_commit(db);
}
