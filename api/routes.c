/*
 * The API on one screen, in the order of openapi.yaml.  A test compares the
 * two, both ways; another holds who may call what to domain/access.c.
 */
#include "account_csv.h"
#include "activation.h"
#include "asset.h"
#include "class.h"
#include "dashboard.h"
#include "device.h"
#include "draft.h"
#include "email.h"
#include "evaluation.h"
#include "factor.h"
#include "framework.h"
#include "grade.h"
#include "grading.h"
#include "health.h"
#include "home.h"
#include "import.h"
#include "interim.h"
#include "learner.h"
#include "mail.h"
#include "metric.h"
#include "partner.h"
#include "partner_access.h"
#include "people.h"
#include "print.h"
#include "route.h"
#include "session.h"
#include "settings.h"
#include "supervision.h"
#include "terms.h"
#include "trace.h"
#include "weights.h"

#define V1 "/api/v1"

/* One right to one resource of domain/access.h. */
#define MAY(right, resource) RESOURCE_##resource, RIGHT_##right

/* clang-format off */
const struct route routes[] = {
	{ METHOD_POST, V1 "/session", MAY(WRITE, PUBLIC), session_create,
	    ROUTE_READS | ROUTE_SECRET },
	{ METHOD_GET, V1 "/session", MAY(READ, SESSION), session_get },
	{ METHOD_DELETE, V1 "/session", MAY(DELETE, SESSION), session_delete },
	{ METHOD_POST, V1 "/session/activation", MAY(WRITE, PUBLIC),
	    activation_use, ROUTE_READS | ROUTE_SECRET },
	{ METHOD_PUT, V1 "/session/password", MAY(WRITE, SESSION), password_put,
	    ROUTE_READS },
	{ METHOD_POST, V1 "/session/second-factor", MAY(WRITE, SESSION),
	    factor_answer, ROUTE_READS | ROUTE_SECRET },
	{ METHOD_POST, V1 "/session/forgotten", MAY(WRITE, PUBLIC),
	    password_forgotten, ROUTE_READS },
	{ METHOD_POST, V1 "/session/reset", MAY(WRITE, PUBLIC),
	    password_reset, ROUTE_READS },
	{ METHOD_GET, V1 "/session/email", MAY(READ, ACCOUNT), email_get },
	{ METHOD_PUT, V1 "/session/email", MAY(WRITE, ACCOUNT), email_put,
	    ROUTE_READS },
	{ METHOD_POST, V1 "/session/email/confirm", MAY(WRITE, PUBLIC),
	    email_confirm, ROUTE_READS },

	{ METHOD_GET, V1 "/second-factor", MAY(READ, SESSION), factor_get },
	{ METHOD_POST, V1 "/second-factor", MAY(WRITE, SESSION), factor_begin,
	    ROUTE_SECRET | ROUTE_BODILESS },
	{ METHOD_POST, V1 "/second-factor/confirm", MAY(WRITE, SESSION),
	    factor_confirm, ROUTE_READS | ROUTE_SECRET },
	{ METHOD_POST, V1 "/second-factor/recovery-codes",
	    MAY(WRITE, ACCOUNT), factor_renew, ROUTE_READS | ROUTE_SECRET },
	{ METHOD_POST, V1 "/second-factor/removal", MAY(WRITE, ACCOUNT),
	    factor_remove, ROUTE_READS | ROUTE_SECRET },
	{ METHOD_GET, V1 "/sessions", MAY(READ, ACCOUNT), session_list },
	{ METHOD_DELETE, V1 "/sessions", MAY(DELETE, ACCOUNT),
	    session_end_others },
	{ METHOD_DELETE, V1 "/sessions/{id}", MAY(DELETE, ACCOUNT),
	    session_end },
	{ METHOD_GET, V1 "/devices", MAY(READ, ACCOUNT), device_list },
	{ METHOD_DELETE, V1 "/devices/{id}", MAY(DELETE, ACCOUNT),
	    device_delete },
	{ METHOD_POST, V1 "/devices/{id}/notice", MAY(WRITE, ACCOUNT),
	    device_notice, ROUTE_BODILESS },

	{ METHOD_GET, V1 "/home", MAY(READ, HOME), home_get },

	{ METHOD_GET, V1 "/frameworks", MAY(READ, FRAMEWORK), framework_list,
	    .query = "after limit" },
	{ METHOD_GET, V1 "/frameworks/{id}", MAY(READ, FRAMEWORK),
	    framework_get, .query = "version" },

	{ METHOD_GET, V1 "/classes", MAY(READ, CLASS), class_list,
	    .query = "school_year framework after limit" },
	{ METHOD_GET, V1 "/classes/{id}/learners", MAY(READ, CLASS),
	    class_learners, .query = "after limit" },
	{ METHOD_GET, V1 "/classes/{id}/accounts.csv", MAY(EXPORT, PERSON),
	    account_csv, .query = "dialect sep encoding" },
	{ METHOD_GET, V1 "/classes/{id}/interim-assessments/latest.pdf",
	    MAY(EXPORT, CLASS), class_latest_pdf },
	{ METHOD_GET, V1 "/learners/{id}", MAY(READ, CLASS), learner_get },
	{ METHOD_GET, V1 "/learners/{id}/dashboard", MAY(READ, DASHBOARD),
	    dashboard_get, .query = "unit complexity framework" },
	{ METHOD_GET, V1 "/learners/{id}/supervisors", MAY(READ, COMPANY),
	    supervision_list },
	{ METHOD_POST, V1 "/learners/{id}/supervisors", MAY(WRITE, COMPANY),
	    supervision_create },
	{ METHOD_DELETE, V1 "/learners/{id}/supervisors/{person_id}",
	    MAY(WRITE, COMPANY), supervision_delete },
	{ METHOD_GET, V1 "/learners/{id}/journal", MAY(READ, JOURNAL),
	    journal_list, .query = "act after limit" },

	{ METHOD_GET, V1 "/evaluations", MAY(READ, EVALUATION), evaluation_list,
	    .query = "class_id framework class_level school_year q unfinished"
	             " after limit" },
	{ METHOD_POST, V1 "/evaluations", MAY(WRITE, EVALUATION),
	    evaluation_create },
	{ METHOD_GET, V1 "/evaluations/{id}", MAY(READ, EVALUATION),
	    evaluation_get },
	{ METHOD_PATCH, V1 "/evaluations/{id}", MAY(WRITE, EVALUATION),
	    evaluation_change, ROUTE_MATCH },
	{ METHOD_DELETE, V1 "/evaluations/{id}", MAY(DELETE, EVALUATION),
	    evaluation_delete, ROUTE_MATCH },
	{ METHOD_PATCH, V1 "/evaluations/{id}/marks", MAY(WRITE, MARKS),
	    marks_change, ROUTE_MATCH, .query = "dry_run",
	    .limit = 1024 * 1024 },

	{ METHOD_GET, V1 "/learners/{id}/draft", MAY(READ, DRAFT), draft_get,
	    .query = "framework" },
	{ METHOD_PUT, V1 "/learners/{id}/draft", MAY(WRITE, DRAFT), draft_put,
	    ROUTE_MATCH, .query = "framework" },
	{ METHOD_DELETE, V1 "/learners/{id}/draft", MAY(DELETE, DRAFT),
	    draft_delete, ROUTE_MATCH, .query = "framework" },
	{ METHOD_GET, V1 "/learners/{id}/draft/radar.svg", MAY(READ, DRAFT),
	    draft_radar_svg, .query = "framework" },

	{ METHOD_GET, V1 "/learners/{id}/interim-assessments",
	    MAY(READ, INTERIM), interim_list,
	    .query = "framework after limit" },
	{ METHOD_POST, V1 "/learners/{id}/interim-assessments",
	    MAY(LOCK, INTERIM), interim_create, .query = "framework" },
	{ METHOD_GET, V1 "/learners/{id}/interim-assessments.pdf",
	    MAY(EXPORT, INTERIM), learner_interims_pdf, .query = "framework" },
	{ METHOD_GET, V1 "/interim-assessments/{id}", MAY(READ, INTERIM),
	    interim_get },
	{ METHOD_PATCH, V1 "/interim-assessments/{id}", MAY(WRITE, DRAFT),
	    interim_change, ROUTE_MATCH },
	{ METHOD_GET, V1 "/interim-assessments/{id}.pdf", MAY(EXPORT, INTERIM),
	    interim_pdf },
	{ METHOD_GET, V1 "/interim-assessments/{id}/radar.svg",
	    MAY(READ, INTERIM), interim_radar_svg },
	{ METHOD_GET, V1 "/interim-assessments/{id}/radar.png",
	    MAY(READ, INTERIM), interim_radar_png, .query = "size" },
	{ METHOD_GET, V1 "/interim-assessments/{id}/revisions",
	    MAY(READ, INTERIM), interim_revisions, .query = "after limit" },
	{ METHOD_GET, V1 "/interim-assessments/{id}/revisions/{revision}",
	    MAY(READ, INTERIM), interim_revision_get },
	{ METHOD_POST, V1 "/interim-assessments/{id}/unlock",
	    MAY(UNLOCK, INTERIM), interim_unlock },
	{ METHOD_POST, V1 "/interim-assessments/{id}/confirm",
	    MAY(LOCK, INTERIM), interim_confirm },

	{ METHOD_GET, V1 "/classes/{id}/grading", MAY(READ, GRADING),
	    grading_get },
	{ METHOD_PUT, V1 "/interim-assessments/{id}/weights", MAY(WRITE, GRADE),
	    weights_put, ROUTE_MATCH },
	{ METHOD_DELETE, V1 "/interim-assessments/{id}/weights",
	    MAY(WRITE, GRADE), weights_delete, ROUTE_MATCH },
	{ METHOD_POST, V1 "/interim-assessments/{id}/weights/model",
	    MAY(WRITE, GRADE), weights_model, ROUTE_BODILESS },
	{ METHOD_POST, V1 "/interim-assessments/{id}/weights/copy",
	    MAY(WRITE, GRADE), weights_copy },
	{ METHOD_PUT, V1 "/interim-assessments/{id}/grade", MAY(WRITE, GRADE),
	    grade_put, ROUTE_MATCH | ROUTE_BODILESS },
	{ METHOD_GET, V1 "/interim-assessments/{id}/grade/explanation",
	    MAY(READ, GRADE), grade_explanation },
	{ METHOD_GET, V1 "/classes/{id}/grades.csv", MAY(EXPORT, GRADE),
	    grades_csv, .query = "dialect sep encoding" },
	{ METHOD_GET, V1 "/classes/{id}/grades.xlsx", MAY(EXPORT, GRADE),
	    grades_xlsx },
	{ METHOD_GET, V1 "/classes/{id}/grade-details.csv",
	    MAY(EXPORT, GRADE), grade_details_csv,
	    .query = "dialect sep encoding" },
	{ METHOD_GET, V1 "/classes/{id}/weights.csv", MAY(EXPORT, GRADE),
	    weights_csv, .query = "dialect sep encoding" },

	{ METHOD_GET, V1 "/imports", MAY(READ, IMPORT), import_list,
	    .query = "after limit" },
	{ METHOD_POST, V1 "/imports", MAY(WRITE, IMPORT), import_create,
	    ROUTE_FILES, .query = "later", .limit = IMPORT_BODY_MAX },
	{ METHOD_GET, V1 "/imports/{id}", MAY(READ, IMPORT), import_get },
	{ METHOD_POST, V1 "/imports/{id}/commit", MAY(WRITE, IMPORT),
	    import_commit, ROUTE_BODILESS, .query = "later" },
	{ METHOD_POST, V1 "/imports/{id}/cancel", MAY(WRITE, IMPORT),
	    import_cancel, ROUTE_BODILESS },
	{ METHOD_GET, V1 "/imports/{id}/report.csv", MAY(READ, IMPORT),
	    import_report, .query = "dialect sep encoding" },

	{ METHOD_GET, V1 "/terms", MAY(READ, SETTINGS), term_list,
	    .query = "school_year" },
	{ METHOD_PUT, V1 "/terms", MAY(WRITE, SETTINGS), term_put,
	    ROUTE_MATCH },
	{ METHOD_GET, V1 "/settings", MAY(READ, SETTINGS), settings_get },
	{ METHOD_PUT, V1 "/settings", MAY(WRITE, SETTINGS), settings_put,
	    ROUTE_MATCH },

	{ METHOD_GET, V1 "/people", MAY(READ, PERSON), people_list,
	    .query = "role class_id q state source password after limit" },
	{ METHOD_POST, V1 "/people", MAY(WRITE, PERSON), person_create },
	{ METHOD_GET, V1 "/people/{id}", MAY(READ, PERSON), person_get },
	{ METHOD_PATCH, V1 "/people/{id}", MAY(WRITE, PERSON), person_change,
	    ROUTE_MATCH },
	{ METHOD_POST, V1 "/people/{id}/hide", MAY(WRITE, PERSON), person_hide,
	    ROUTE_BODILESS },
	{ METHOD_POST, V1 "/people/{id}/reactivate", MAY(WRITE, PERSON),
	    person_reactivate, ROUTE_BODILESS },
	{ METHOD_PUT, V1 "/people/{id}/guardians/{guardian_id}",
	    MAY(WRITE, GUARDIAN), guardian_put },
	{ METHOD_DELETE, V1 "/people/{id}/guardians/{guardian_id}",
	    MAY(DELETE, GUARDIAN), guardian_delete },
	{ METHOD_POST, V1 "/people/{id}/password", MAY(WRITE, PERSON),
	    account_reset, ROUTE_READS | ROUTE_SECRET | ROUTE_BODILESS },
	{ METHOD_DELETE, V1 "/people/{id}/second-factor",
	    MAY(DELETE, PERSON), account_factor_delete },

	{ METHOD_POST, V1 "/activation-codes", MAY(WRITE, ACTIVATION),
	    activation_issue, ROUTE_SECRET },
	{ METHOD_POST, V1 "/activation-codes/slips.pdf",
	    MAY(WRITE, ACTIVATION), activation_slips_pdf,
	    ROUTE_READS | ROUTE_SECRET },

	{ METHOD_GET, V1 "/traces", MAY(READ, TRACE), trace_list,
	    .query = "person_id learner_id act from to after limit" },
	{ METHOD_GET, V1 "/traces.csv", MAY(EXPORT, TRACE), trace_csv,
	    .query = "person_id learner_id act from to dialect sep encoding" },

	{ METHOD_GET, V1 "/mails", MAY(READ, MAIL), mail_list,
	    .query = "state after limit" },
	{ METHOD_POST, V1 "/mails/test", MAY(WRITE, MAIL), mail_test,
	    ROUTE_BODILESS },


	{ METHOD_GET, V1 "/partner-accesses", MAY(READ, PARTNER),
	    partner_access_list, .query = "after limit" },
	{ METHOD_POST, V1 "/partner-accesses", MAY(WRITE, PARTNER),
	    partner_access_create, ROUTE_SECRET },
	{ METHOD_DELETE, V1 "/partner-accesses/{id}", MAY(DELETE, PARTNER),
	    partner_access_delete },

	{ METHOD_GET, V1 "/partner/me", MAY(READ, FEED), partner_me,
	    ROUTE_PARTNER },
	{ METHOD_GET, V1 "/partner/periods", MAY(READ, FEED), partner_periods,
	    ROUTE_PARTNER, .query = "school_year" },
	{ METHOD_GET, V1 "/partner/frameworks", MAY(READ, FRAMEWORK),
	    partner_frameworks, ROUTE_PARTNER },
	{ METHOD_GET, V1 "/partner/frameworks/{code}/{version}",
	    MAY(READ, FRAMEWORK), partner_framework_get, ROUTE_PARTNER },
	{ METHOD_GET, V1 "/partner/learners", MAY(READ, CLASS),
	    partner_learners, ROUTE_PARTNER,
	    .query = "division framework limit cursor",
	    .scope = "roster:read" },
	{ METHOD_GET, V1 "/partner/assessments", MAY(READ, INTERIM),
	    partner_assessments, ROUTE_PARTNER,
	    .query = "period division framework since limit cursor",
	    .scope = "assessments:read" },
	{ METHOD_GET, V1 "/partner/assessments/{id}", MAY(READ, INTERIM),
	    partner_assessment_get, ROUTE_PARTNER,
	    .scope = "assessments:read" },
	{ METHOD_POST, V1 "/partner/deliveries", MAY(WRITE, FEED),
	    partner_delivery_create, ROUTE_PARTNER, .scope = "assessments:read",
	    .limit = 4 * 1024 * 1024 },

	{ METHOD_GET, "/healthz", MAY(READ, PUBLIC), healthz },
	{ METHOD_GET, "/readyz", MAY(READ, PUBLIC), readyz },
	{ METHOD_GET, "/metrics", MAY(READ, PUBLIC), metric_get },
	{ METHOD_GET, "/openapi.yaml", MAY(READ, PUBLIC), openapi_get },
	{ METHOD_GET, "/docs", MAY(READ, PUBLIC), docs_get },
	{ METHOD_GET, "/problems/{code}", MAY(READ, PUBLIC), problem_get },
};
/* clang-format on */

const size_t routes_count = sizeof(routes) / sizeof(routes[0]);

const struct route route_assets = { METHOD_GET, "/", MAY(READ, PUBLIC),
	asset_get };
