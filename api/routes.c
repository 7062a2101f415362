/*
 * The API on one screen, in the order of openapi.yaml.  A test compares the
 * two, both ways.
 */
#include "asset.h"
#include "class.h"
#include "dashboard.h"
#include "draft.h"
#include "evaluation.h"
#include "framework.h"
#include "grade.h"
#include "grading.h"
#include "health.h"
#include "home.h"
#include "import.h"
#include "interim.h"
#include "learner.h"
#include "metric.h"
#include "partner.h"
#include "partner_access.h"
#include "people.h"
#include "print.h"
#include "route.h"
#include "session.h"
#include "settings.h"
#include "terms.h"
#include "weights.h"

#define V1 "/api/v1"

/* Who follows results: the administrator does not. */
#define GRADING (ROLE_DDFPT | ROLE_HEAD | ROLE_TEACHER)

/* Who reads results, as far as they are shown to them. */
#define RESULTS (GRADING | ROLE_LEARNER | ROLE_GUARDIAN)
#define PEOPLE (RESULTS | ROLE_ADMINISTRATOR)

/* Who runs the school. */
#define DIRECTION (ROLE_ADMINISTRATOR | ROLE_DDFPT | ROLE_HEAD)

/* clang-format off */
const struct route routes[] = {
	{ METHOD_POST, V1 "/session", ROLE_ANYONE, session_create,
	    ROUTE_READS | ROUTE_SECRET },
	{ METHOD_GET, V1 "/session", ROLE_SIGNED_IN | ROLE_LIMITED,
	    session_get },
	{ METHOD_DELETE, V1 "/session", ROLE_SIGNED_IN | ROLE_LIMITED,
	    session_delete },
	{ METHOD_PUT, V1 "/session/password", ROLE_SIGNED_IN | ROLE_LIMITED,
	    password_put, ROUTE_READS },

	{ METHOD_GET, V1 "/home", PEOPLE, home_get },

	{ METHOD_GET, V1 "/frameworks", ROLE_SIGNED_IN, framework_list,
	    .query = "after limit" },
	{ METHOD_GET, V1 "/frameworks/{id}", ROLE_SIGNED_IN, framework_get,
	    .query = "version" },

	{ METHOD_GET, V1 "/classes", PEOPLE, class_list,
	    .query = "school_year framework after limit" },
	{ METHOD_GET, V1 "/classes/{id}/learners", PEOPLE, class_learners,
	    .query = "after limit" },
	{ METHOD_GET, V1 "/classes/{id}/interim-assessments/latest.pdf",
	    GRADING, class_latest_pdf },
	{ METHOD_GET, V1 "/learners/{id}", PEOPLE, learner_get },
	{ METHOD_GET, V1 "/learners/{id}/dashboard", RESULTS, dashboard_get,
	    .query = "unit complexity framework" },
	{ METHOD_GET, V1 "/learners/{id}/journal", GRADING, journal_list,
	    .query = "act after limit" },

	{ METHOD_GET, V1 "/evaluations", RESULTS, evaluation_list,
	    .query = "class_id framework class_level school_year q unfinished"
	             " after limit" },
	{ METHOD_POST, V1 "/evaluations", ROLE_TEACHER, evaluation_create },
	{ METHOD_GET, V1 "/evaluations/{id}", RESULTS, evaluation_get },
	{ METHOD_PATCH, V1 "/evaluations/{id}", ROLE_TEACHER,
	    evaluation_change, ROUTE_MATCH },
	{ METHOD_DELETE, V1 "/evaluations/{id}", ROLE_TEACHER,
	    evaluation_delete, ROUTE_MATCH },
	{ METHOD_PATCH, V1 "/evaluations/{id}/marks", ROLE_TEACHER,
	    marks_change, ROUTE_MATCH, .query = "dry_run",
	    .limit = 1024 * 1024 },

	{ METHOD_GET, V1 "/learners/{id}/draft", ROLE_DDFPT | ROLE_TEACHER,
	    draft_get, .query = "framework" },
	{ METHOD_PUT, V1 "/learners/{id}/draft", ROLE_TEACHER, draft_put,
	    ROUTE_MATCH, .query = "framework" },
	{ METHOD_DELETE, V1 "/learners/{id}/draft", ROLE_TEACHER,
	    draft_delete, ROUTE_MATCH, .query = "framework" },
	{ METHOD_GET, V1 "/learners/{id}/draft/radar.svg",
	    ROLE_DDFPT | ROLE_TEACHER, draft_radar_svg,
	    .query = "framework" },

	{ METHOD_GET, V1 "/learners/{id}/interim-assessments", RESULTS,
	    interim_list, .query = "framework after limit" },
	{ METHOD_POST, V1 "/learners/{id}/interim-assessments", ROLE_TEACHER,
	    interim_create, .query = "framework" },
	{ METHOD_GET, V1 "/learners/{id}/interim-assessments.pdf", RESULTS,
	    learner_interims_pdf, .query = "framework" },
	{ METHOD_GET, V1 "/interim-assessments/{id}", RESULTS, interim_get },
	{ METHOD_PATCH, V1 "/interim-assessments/{id}", ROLE_TEACHER,
	    interim_change, ROUTE_MATCH },
	{ METHOD_GET, V1 "/interim-assessments/{id}.pdf", RESULTS,
	    interim_pdf },
	{ METHOD_GET, V1 "/interim-assessments/{id}/radar.svg", RESULTS,
	    interim_radar_svg },
	{ METHOD_GET, V1 "/interim-assessments/{id}/radar.png", RESULTS,
	    interim_radar_png, .query = "size" },
	{ METHOD_GET, V1 "/interim-assessments/{id}/revisions", RESULTS,
	    interim_revisions, .query = "after limit" },
	{ METHOD_GET, V1 "/interim-assessments/{id}/revisions/{revision}",
	    RESULTS, interim_revision_get },
	{ METHOD_POST, V1 "/interim-assessments/{id}/unlock", ROLE_DDFPT,
	    interim_unlock },
	{ METHOD_POST, V1 "/interim-assessments/{id}/confirm", ROLE_TEACHER,
	    interim_confirm },

	{ METHOD_GET, V1 "/classes/{id}/grading", GRADING, grading_get },
	{ METHOD_PUT, V1 "/interim-assessments/{id}/weights", ROLE_TEACHER,
	    weights_put, ROUTE_MATCH },
	{ METHOD_DELETE, V1 "/interim-assessments/{id}/weights", ROLE_TEACHER,
	    weights_delete, ROUTE_MATCH },
	{ METHOD_POST, V1 "/interim-assessments/{id}/weights/model",
	    ROLE_TEACHER, weights_model, ROUTE_BODILESS },
	{ METHOD_POST, V1 "/interim-assessments/{id}/weights/copy",
	    ROLE_TEACHER, weights_copy },
	{ METHOD_PUT, V1 "/interim-assessments/{id}/grade", ROLE_TEACHER,
	    grade_put, ROUTE_MATCH | ROUTE_BODILESS },
	{ METHOD_GET, V1 "/interim-assessments/{id}/grade/explanation",
	    GRADING | ROLE_LEARNER | ROLE_GUARDIAN, grade_explanation },
	{ METHOD_GET, V1 "/classes/{id}/grades.csv", GRADING, grades_csv,
	    .query = "dialect sep encoding" },
	{ METHOD_GET, V1 "/classes/{id}/grades.xlsx", GRADING, grades_xlsx },
	{ METHOD_GET, V1 "/classes/{id}/weights.csv", GRADING, weights_csv,
	    .query = "dialect sep encoding" },

	{ METHOD_GET, V1 "/imports", ROLE_ADMINISTRATOR, import_list,
	    .query = "after limit" },
	{ METHOD_POST, V1 "/imports", ROLE_ADMINISTRATOR, import_create,
	    ROUTE_FILES, .limit = IMPORT_BODY_MAX },
	{ METHOD_GET, V1 "/imports/{id}", ROLE_ADMINISTRATOR, import_get },
	{ METHOD_POST, V1 "/imports/{id}/commit", ROLE_ADMINISTRATOR,
	    import_commit, ROUTE_BODILESS },
	{ METHOD_GET, V1 "/imports/{id}/report.csv", ROLE_ADMINISTRATOR,
	    import_report, .query = "dialect sep encoding" },

	{ METHOD_GET, V1 "/terms", ROLE_STAFF, term_list,
	    .query = "school_year" },
	{ METHOD_PUT, V1 "/terms", DIRECTION, term_put, ROUTE_MATCH },
	{ METHOD_GET, V1 "/settings", ROLE_STAFF, settings_get },
	{ METHOD_PUT, V1 "/settings", DIRECTION, settings_put, ROUTE_MATCH },

	{ METHOD_GET, V1 "/people", ROLE_ADMINISTRATOR, people_list,
	    .query = "role class_id q after limit" },
	{ METHOD_POST, V1 "/people/{id}/password", ROLE_ADMINISTRATOR,
	    account_reset, ROUTE_READS | ROUTE_SECRET | ROUTE_BODILESS },

	{ METHOD_GET, V1 "/partner-accesses", ROLE_ADMINISTRATOR | ROLE_DDFPT,
	    partner_access_list, .query = "after limit" },
	{ METHOD_POST, V1 "/partner-accesses",
	    ROLE_ADMINISTRATOR | ROLE_DDFPT, partner_access_create,
	    ROUTE_SECRET },
	{ METHOD_DELETE, V1 "/partner-accesses/{id}",
	    ROLE_ADMINISTRATOR | ROLE_DDFPT, partner_access_delete },

	{ METHOD_GET, V1 "/partner/me", ROLE_PARTNER, partner_me,
	    ROUTE_PARTNER },
	{ METHOD_GET, V1 "/partner/periods", ROLE_PARTNER, partner_periods,
	    ROUTE_PARTNER, .query = "school_year" },
	{ METHOD_GET, V1 "/partner/frameworks", ROLE_PARTNER,
	    partner_frameworks, ROUTE_PARTNER },
	{ METHOD_GET, V1 "/partner/frameworks/{code}/{version}", ROLE_PARTNER,
	    partner_framework_get, ROUTE_PARTNER },
	{ METHOD_GET, V1 "/partner/learners", ROLE_PARTNER, partner_learners,
	    ROUTE_PARTNER, .query = "division framework limit cursor",
	    .scope = "roster:read" },
	{ METHOD_GET, V1 "/partner/assessments", ROLE_PARTNER,
	    partner_assessments, ROUTE_PARTNER,
	    .query = "period division framework since limit cursor",
	    .scope = "assessments:read" },
	{ METHOD_GET, V1 "/partner/assessments/{id}", ROLE_PARTNER,
	    partner_assessment_get, ROUTE_PARTNER,
	    .scope = "assessments:read" },
	{ METHOD_POST, V1 "/partner/deliveries", ROLE_PARTNER,
	    partner_delivery_create, ROUTE_PARTNER,
	    .scope = "assessments:read", .limit = 4 * 1024 * 1024 },

	{ METHOD_GET, "/healthz", ROLE_ANYONE, healthz },
	{ METHOD_GET, "/readyz", ROLE_ANYONE, readyz },
	{ METHOD_GET, "/metrics", ROLE_ANYONE, metric_get },
	{ METHOD_GET, "/openapi.yaml", ROLE_ANYONE, openapi_get },
	{ METHOD_GET, "/docs", ROLE_ANYONE, docs_get },
	{ METHOD_GET, "/problems/{code}", ROLE_ANYONE, problem_get },
};
/* clang-format on */

const size_t routes_count = sizeof(routes) / sizeof(routes[0]);

const struct route route_assets = { METHOD_GET, "/", ROLE_ANYONE, asset_get };
