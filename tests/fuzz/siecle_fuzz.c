/*
 * Fuzz: any bytes, as each of the five exports, then as an import of them.
 *
 * Its corpus is tests/data/samples.
 */
#include <stdint.h>
#include <stdlib.h>

#include "../../api/siecle/plan.h"

static void
fuzz_plan(struct arena *a, const struct plan_files *files, const char *uai,
    int year)
{
	struct school_state state = school_state_in(a, uai, year);
	struct plan_request request = plan_request_on(a, "2025-09-15");
	struct siecle_problem problem;
	struct plan plan;

	state.staff_imported = true;
	(void)plan_make(a, files, &state, &request, &plan, &problem);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct siecle_input in = { (const char *)bytes, length, true };
	struct arena *a = arena_open();
	struct siecle_problem problem;
	struct labels_file labels;
	struct staff_file s;
	struct learner_file l;
	struct guardian_file g;
	enum siecle_kind kind;

	(void)export_kind(a, &in, &kind, &problem);
	(void)nomenclature_file_read(a, &in, &labels, &problem);
	(void)structures_file_read(a, &in, &labels, &problem);
	if (staff_file_read(a, &in, &s, &problem) == FAULT_NONE)
		fuzz_plan(a, &(struct plan_files){ .staff = &s }, s.header.uai,
		    s.header.year);
	if (learner_file_read(a, &in, &l, &problem) == FAULT_NONE)
		fuzz_plan(a, &(struct plan_files){ .learners = &l },
		    l.header.uai, l.header.year);
	if (guardian_file_read(a, &in, &g, &problem) == FAULT_NONE)
		fuzz_plan(a, &(struct plan_files){ .guardians = &g },
		    g.header.uai, g.header.year);
	arena_close(a);
	return 0;
}
