#include <string.h>

#include "planning.h"

/* Above these shares of those here, leaving must be confirmed. */
#define LEARNERS_LEAVING_PERCENT 25
#define STAFF_LEAVING_PERCENT 50
#define LINKS_LEAVING_PERCENT 50

struct school_state
school_state_in(struct arena *a, const char *uai, int year)
{
	return (struct school_state){
		.uai = uai,
		.year = year,
		.staff = list_of(a, sizeof(struct known_staff)),
		.learners = list_of(a, sizeof(struct known_learner)),
		.guardians = list_of(a, sizeof(struct known_guardian)),
		.structures = list_of(a, sizeof(struct known_structure)),
		.services = list_of(a, sizeof(struct known_service)),
		.links = list_of(a, sizeof(struct known_link)),
		.logins = list_of(a, sizeof(const char *)),
	};
}

struct plan_request
plan_request_on(struct arena *a, const char *today)
{
	return (struct plan_request){
		.today = today,
		.same = list_of(a, sizeof(const char *)),
		.other = list_of(a, sizeof(const char *)),
	};
}

static enum fault
refuse(struct siecle_problem *problem, enum fault fault, struct words detail)
{
	*problem = (struct siecle_problem){ fault, 0, detail };
	return fault;
}

/* The headers of the files given, by kind; NULL for the others. */
static void
headers_of(const struct plan_files *f,
    const struct export_header *out[SIECLE__MAX])
{
	memset(out, 0, SIECLE__MAX * sizeof(out[0]));
	if (f->staff != NULL)
		out[SIECLE_STAFF] = &f->staff->header;
	if (f->learners != NULL)
		out[SIECLE_LEARNERS] = &f->learners->header;
	if (f->guardians != NULL)
		out[SIECLE_GUARDIANS] = &f->guardians->header;
	if (f->nomenclature != NULL)
		out[SIECLE_NOMENCLATURE] = &f->nomenclature->header;
	if (f->structures != NULL)
		out[SIECLE_STRUCTURES] = &f->structures->header;
}

/* Earlier, comparing days only when one of them has no time. */
static bool
earlier(const char *stamp, const char *last)
{
	if (stamp == NULL || last == NULL)
		return false;
	if (strlen(stamp) <= 10 || strlen(last) <= 10)
		return strncmp(stamp, last, 10) < 0;
	return strcmp(stamp, last) < 0;
}

static enum fault
check_header(struct planning *p, const struct export_header *h,
    struct siecle_problem *problem)
{
	const struct school_state *s = p->state;

	if (strcmp(h->uai, s->uai) != 0)
		return refuse(problem, FAULT_OTHER_SCHOOL,
		    WORDS_OF(p->arena,
			"Ce fichier est celui de l'établissement %s, pas de "
			"%s.",
			"This file is of the school %s, not of %s.", h->uai,
			s->uai));
	if (h->year != s->year)
		return refuse(problem, FAULT_OTHER_YEAR,
		    WORDS_OF(p->arena,
			"Ce fichier est celui de l'année %d-%d ; l'année en "
			"cours est %d-%d.",
			"This file is of the year %d-%d; the present one is "
			"%d-%d.",
			h->year, h->year + 1, s->year, s->year + 1));
	if (earlier(h->stamp, s->stamps[h->kind]) &&
	    !p->request->older_confirmed)
		return refuse(problem, FAULT_OLDER_EXPORT,
		    WORDS_OF(p->arena,
			"Cet export du %s est plus ancien que le dernier "
			"importé (%s).",
			"This export of %s is older than the last one imported "
			"(%s).",
			h->stamp, s->stamps[h->kind]));
	p->plan->stamps[h->kind] = h->stamp;
	return FAULT_NONE;
}

static enum fault
check_files(struct planning *p, struct siecle_problem *problem)
{
	const struct plan_files *f = p->files;
	const struct export_header *headers[SIECLE__MAX];

	headers_of(f, headers);
	if (f->staff == NULL && !p->state->staff_imported &&
	    (f->learners != NULL || f->guardians != NULL))
		return refuse(problem, FAULT_STAFF_FIRST,
		    WORDS("Importez d'abord le fichier des enseignants "
			  "(sts_emp), "
			  "puis ceux des élèves et des responsables.",
			"Import the file of the teachers (sts_emp) first, then "
			"those of the learners and guardians."));
	for (int i = 0; i < SIECLE__MAX; i++)
		if (headers[i] != NULL)
			TRY(check_header(p, headers[i], problem));
	return FAULT_NONE;
}

static void
count_fates(struct plan *plan)
{
	const struct plan_staff *s = plan->staff.items;
	const struct plan_learner *l = plan->learners.items;
	const struct plan_guardian *g = plan->guardians.items;

	for (size_t i = 0; i < plan->staff.count; i++)
		plan->staff_fates[s[i].person.fate]++;
	for (size_t i = 0; i < plan->learners.count; i++)
		plan->learner_fates[l[i].person.fate]++;
	for (size_t i = 0; i < plan->guardians.count; i++)
		plan->guardian_fates[g[i].person.fate]++;
}

static size_t
active_staff(const struct school_state *s)
{
	const struct known_staff *k = s->staff.items;
	size_t n = 0;

	for (size_t i = 0; i < s->staff.count; i++)
		n += k[i].known.active && k[i].known.imported;
	return n;
}

static size_t
active_learners(const struct school_state *s)
{
	const struct known_learner *k = s->learners.items;
	size_t n = 0;

	for (size_t i = 0; i < s->learners.count; i++)
		n += k[i].known.active;
	return n;
}

static size_t
links_leaving(const struct plan *plan)
{
	const struct plan_link *l = plan->links.items;
	size_t n = 0;

	for (size_t i = 0; i < plan->links.count; i++)
		n += l[i].fate == PLAN_LEAVING;
	return n;
}

static enum fault
check_departures(struct planning *p, struct siecle_problem *problem)
{
	const struct {
		size_t leaving, here, percent;
		struct words of;
	} checks[] = {
		{ p->plan->learner_fates[PLAN_LEAVING],
		    active_learners(p->state), LEARNERS_LEAVING_PERCENT,
		    { { "Cet import retirerait %zu élèves sur %zu. Vérifiez le "
			"fichier, ou confirmez.",
			"This import would take out %zu learners of %zu. Check "
			"the file, or confirm." } } },
		{ p->plan->staff_fates[PLAN_LEAVING], active_staff(p->state),
		    STAFF_LEAVING_PERCENT,
		    { { "Cet import retirerait %zu enseignants sur %zu. "
			"Vérifiez le fichier, ou confirmez.",
			"This import would take out %zu teachers of %zu. Check "
			"the file, or confirm." } } },
		{ links_leaving(p->plan), p->state->links.count,
		    LINKS_LEAVING_PERCENT,
		    { { "Cet import retirerait %zu liens de responsables sur "
			"%zu. Vérifiez le fichier, ou confirmez.",
			"This import would take out %zu links of guardians of "
			"%zu. Check the file, or confirm." } } },
	};

	if (p->request->departure_confirmed)
		return FAULT_NONE;
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		if (checks[i].leaving * 100 >
		    checks[i].here * checks[i].percent)
			return refuse(problem, FAULT_MASS_DEPARTURE,
			    WORDS_OF(p->arena, checks[i].of.in[0],
				checks[i].of.in[1], checks[i].leaving,
				checks[i].here));
	return FAULT_NONE;
}

static void
take_anomalies(struct planning *p, const struct list *from)
{
	const struct anomaly *a = from->items;

	for (size_t i = 0; i < from->count; i++)
		anomaly_add(&p->plan->anomalies, &a[i]);
}

static void
begin(struct planning *p)
{
	struct arena *a = p->arena;
	const char *const *logins = p->state->logins.items;

	*p->plan = (struct plan){
		.staff = list_of(a, sizeof(struct plan_staff)),
		.learners = list_of(a, sizeof(struct plan_learner)),
		.guardians = list_of(a, sizeof(struct plan_guardian)),
		.structures = list_of(a, sizeof(struct plan_structure)),
		.services = list_of(a, sizeof(struct plan_service)),
		.enrolments = list_of(a, sizeof(struct plan_enrolment)),
		.links = list_of(a, sizeof(struct plan_link)),
		.subjects = list_of(a, sizeof(struct subject_record)),
		.mefs = list_of(a, sizeof(struct mef_record)),
		.anomalies = anomalies_in(a),
	};
	p->logins = planning_logins_in(a);
	for (size_t i = 0; i < p->state->logins.count; i++)
		planning_login_taken(p, logins[i]);
}

enum fault
plan_make(struct arena *a, const struct plan_files *files,
    const struct school_state *state, const struct plan_request *request,
    struct plan *plan, struct siecle_problem *problem)
{
	struct plan made;
	struct planning p = { .arena = a,
		.files = files,
		.state = state,
		.request = request,
		.plan = &made };

	begin(&p);
	TRY(check_files(&p, problem));
	if (files->staff != NULL)
		take_anomalies(&p, &files->staff->anomalies);
	if (files->learners != NULL)
		take_anomalies(&p, &files->learners->anomalies);
	if (files->guardians != NULL)
		take_anomalies(&p, &files->guardians->anomalies);
	planning_structures(&p);
	if (files->staff != NULL) {
		planning_staff(&p);
		planning_services(&p);
	}
	if (files->learners != NULL || files->guardians != NULL)
		planning_learners(&p);
	if (files->guardians != NULL)
		planning_guardians(&p);
	count_fates(&made);
	TRY(check_departures(&p, problem));
	*plan = made;
	return FAULT_NONE;
}
