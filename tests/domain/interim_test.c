#include "check.h"
#include "domain/interim.h"
#include "domain/role.h"

#define ALL ((1u << ROLE_COUNT) - 1)

static enum fault
step(enum interim_state from, enum interim_act act, unsigned int roles,
    enum interim_state to)
{
	enum interim_state next = INTERIM_STATE__MAX;
	enum fault fault = interim_next(from, act, roles, &next);

	CHECK_INT(next, fault == FAULT_NONE ? to : INTERIM_STATE__MAX);
	return fault;
}

static void
a_teacher_confirms(void)
{
	CHECK_INT(step(INTERIM_DRAFT, INTERIM_EDIT, ROLE_TEACHER,
		      INTERIM_DRAFT),
	    FAULT_NONE);
	CHECK_INT(step(INTERIM_DRAFT, INTERIM_CONFIRM, ROLE_TEACHER,
		      INTERIM_CONFIRMED),
	    FAULT_NONE);
	CHECK_INT(step(INTERIM_DRAFT, INTERIM_CONFIRM, ROLE_DDFPT | ROLE_HEAD,
		      INTERIM_CONFIRMED),
	    FAULT_ROLE);
}

static void
confirmed_is_locked(void)
{
	CHECK_INT(step(INTERIM_CONFIRMED, INTERIM_EDIT, ROLE_TEACHER,
		      INTERIM_DRAFT),
	    FAULT_LOCKED);
	CHECK_INT(step(INTERIM_CONFIRMED, INTERIM_CONFIRM, ROLE_TEACHER,
		      INTERIM_DRAFT),
	    FAULT_LOCKED);
}

static void
only_the_ddfpt_unlocks(void)
{
	CHECK_INT(step(INTERIM_CONFIRMED, INTERIM_UNLOCK, ROLE_DDFPT,
		      INTERIM_UNLOCKED),
	    FAULT_NONE);
	CHECK_INT(step(INTERIM_CONFIRMED, INTERIM_UNLOCK, ALL & ~ROLE_DDFPT,
		      INTERIM_DRAFT),
	    FAULT_ROLE);
	CHECK_INT(step(INTERIM_DRAFT, INTERIM_UNLOCK, ROLE_TEACHER,
		      INTERIM_DRAFT),
	    FAULT_ROLE);
	CHECK_INT(step(INTERIM_DRAFT, INTERIM_UNLOCK, ROLE_DDFPT,
		      INTERIM_DRAFT),
	    FAULT_NOT_CONFIRMED);
	CHECK_INT(step(INTERIM_UNLOCKED, INTERIM_UNLOCK, ROLE_DDFPT,
		      INTERIM_DRAFT),
	    FAULT_NOT_CONFIRMED);
}

static void
unlocked_is_closed_again(void)
{
	CHECK_INT(step(INTERIM_UNLOCKED, INTERIM_EDIT, ROLE_TEACHER,
		      INTERIM_UNLOCKED),
	    FAULT_NONE);
	CHECK_INT(step(INTERIM_UNLOCKED, INTERIM_CONFIRM, ROLE_TEACHER,
		      INTERIM_CONFIRMED),
	    FAULT_NONE);
	CHECK_INT(step(INTERIM_UNLOCKED, INTERIM_RELOCK, ROLE_DDFPT,
		      INTERIM_CONFIRMED),
	    FAULT_NONE);
	CHECK_INT(step(INTERIM_CONFIRMED, INTERIM_RELOCK, ROLE_DDFPT,
		      INTERIM_DRAFT),
	    FAULT_NOT_CONFIRMED);
}

static void
learners_and_companies_change_nothing(void)
{
	unsigned int others = ROLE_LEARNER | ROLE_GUARDIAN | ROLE_TUTOR |
			      ROLE_MASTER | ROLE_PARTNER | ROLE_HEAD |
			      ROLE_ADMINISTRATOR;

	for (int from = 0; from < INTERIM_STATE__MAX; from++)
		for (int act = 0; act < INTERIM_ACT__MAX; act++)
			CHECK_INT(step((enum interim_state)from,
				      (enum interim_act)act, others,
				      INTERIM_DRAFT),
			    FAULT_ROLE);
}

static void
only_the_exact_word(void)
{
	static const char *const bad[] = { "", "confirmation", "CONFIRMATION ",
		" CONFIRMATION", "CONFIRMATIONS", "Confirmation",
		"CONF\xc4\xb0RMATION", "CONFIRMER" };

	CHECK(interim_word_ok("CONFIRMATION"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(!interim_word_ok(bad[i]));
}

static void
an_unlock_has_a_reason_and_an_end(void)
{
	CHECK_INT(interim_unlock_ok("Erreur de saisie", 101, 100), FAULT_NONE);
	CHECK_INT(interim_unlock_ok("x", 192, 100), FAULT_NONE);
	CHECK_INT(interim_unlock_ok("x", 193, 100), FAULT_EXPIRY);
	CHECK_INT(interim_unlock_ok("x", 100, 100), FAULT_EXPIRY);
	CHECK_INT(interim_unlock_ok("x", -5, 100), FAULT_EXPIRY);
	CHECK_INT(interim_unlock_ok("x", INT32_MAX, 100), FAULT_EXPIRY);
	CHECK_INT(interim_unlock_ok("", 101, 100), FAULT_REASON);
	CHECK_INT(interim_unlock_ok(" \t\n\xc2\xa0\xe2\x80\xaf", 101, 100),
	    FAULT_REASON);
}

static void
states_have_codes(void)
{
	CHECK_TEXT(interim_state_code(INTERIM_DRAFT), "draft");
	CHECK_TEXT(interim_state_code(INTERIM_CONFIRMED), "confirmed");
	CHECK_TEXT(interim_state_code(INTERIM_UNLOCKED), "unlocked");
}

static const struct check_test tests[] = {
	{ "M-223 a teacher confirms a draft", a_teacher_confirms },
	{ "M-224 what is confirmed is locked", confirmed_is_locked },
	{ "M-227 only the DDFPT unlocks, and only what is confirmed",
	    only_the_ddfpt_unlocks },
	{ "M-228 an unlocked assessment is confirmed again or given up",
	    unlocked_is_closed_again },
	{ "M-229 nobody else changes anything",
	    learners_and_companies_change_nothing },
	{ "M-223 only the exact word confirms", only_the_exact_word },
	{ "G-10 an unlock has a reason and an end within 92 days",
	    an_unlock_has_a_reason_and_an_end },
	{ "design 5: states have their codes", states_have_codes },
};

CHECK_MAIN(tests)
