# Acquis.
#
#   make          build build/acquis.so (the server) and build/acquis (the tool)
#   make run      install what is missing, build, serve on 127.0.0.1
#   make test     install what is missing, build, test all
#   make check    the tests, with nothing installed; SUITES='api browser'
#   make check-debug  the same on a server and a tool under the sanitizers
#   make check-long   all of it in its long form, fuzz and check-debug with it:
#                     the night's run, some two hours
#   make strict   make, warnings are errors
#   make check-pure   the domain calls nothing but itself
#   make check-sources   each source stands in a list below
#   make check-style  clang-format 14 would change nothing
#   make fuzz     hostile input guided by libFuzzer; SECONDS=60 each
#   make soak     all kinds of requests at once for SOAK=600 seconds
#   make bench    measure, side by side; results in tests/bench/README.md
#   make install  onto this machine, or below DESTDIR: scripts/deploy.sh
#   make uninstall  take it away again; data and settings stay
#   make clean    remove build/
#
# BUILD=debug builds under the address and undefined behaviour sanitizers, in
# build/debug.  Test programs are always built so.

BUILD ?= release
OUT = build
CFLAGS = -O2 -g
ifeq ($(BUILD),debug)
OUT = build/debug
CFLAGS = -O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer
endif

PKGS = libpq libcjson libsodium expat cairo cairo-pdf pangocairo pangofc \
	fontconfig libpng harfbuzz-subset libdeflate libqrencode \
	libcurl libcrypto
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null) \
	-lunistring -lxlsxwriter -lm

# As Debian built Kore: its structures have other members without these.
KORE_CFLAGS = -DKORE_USE_PGSQL -DKORE_USE_TASKS

ALL_CFLAGS = -std=gnu11 -D_GNU_SOURCE $(KORE_CFLAGS) -fPIC -pthread -Wall -Wextra -Wshadow -Wconversion \
	-Wno-sign-conversion -Wno-missing-field-initializers $(CFLAGS) \
	-I$(OUT) $(PKG_CFLAGS) -MMD -MP

DOMAIN = domain/access.c domain/activation.c domain/date.c domain/decimal.c \
	domain/fold.c domain/grade.c domain/interim.c domain/login.c \
	domain/mark.c domain/person.c domain/position.c domain/radar.c \
	domain/role.c domain/term.c domain/uai.c domain/utf8.c \
	domain/weight.c

DB = db/arena.c db/db.c db/lane.c db/lanes.c db/text.c

API = api/account_csv.c api/activation.c api/asset.c api/body.c \
	api/class.c api/context.c api/coroutine.c api/csv_form.c api/cursor.c \
	api/dashboard.c api/dashboard_table.c api/device.c api/digest.c \
	api/draft.c api/email.c api/entry.c api/evaluation.c \
	api/evaluation_edit.c api/factor.c api/framework.c \
	api/framework_check.c api/framework_parse.c api/framework_shape.c \
	api/framework_tree.c api/gate.c api/grade.c api/grading.c api/grid.c \
	api/header.c api/health.c api/home.c api/import.c api/import_analysis.c \
	api/import_apply.c api/import_commit.c api/import_create.c \
	api/import_form.c api/import_job.c api/import_job_run.c \
	api/import_preview.c api/import_report.c api/import_state.c \
	api/intake.c api/interim.c api/interim_act.c api/json.c api/json_gate.c \
	api/learner.c api/learner_facts.c api/letter.c api/letter_words.c \
	api/lock.c api/mail.c api/mailer.c api/marks.c api/metric.c \
	api/multipart.c api/page.c api/partner.c api/partner_access.c \
	api/partner_delivery.c api/partner_feed.c api/password.c api/people.c \
	api/people_act.c api/people_edit.c api/people_write.c api/positions.c \
	api/print.c api/problem.c api/prose.c api/refusal.c api/request.c \
	api/route.c api/routes.c api/school_choice.c api/seccomp.c api/send.c \
	api/session.c api/settings.c api/smtp.c api/supervision.c api/switch.c \
	api/task.c api/terms.c api/throttle.c api/totp.c api/trace.c api/view.c \
	api/weighting.c api/weights.c api/worker.c

RENDER = api/render/csv.c api/render/deflate.c api/render/desk.c \
	api/render/face.c api/render/grades_csv.c api/render/grades_xlsx.c \
	api/render/interim.c api/render/interim_head.c \
	api/render/interim_radar.c api/render/interim_table.c \
	api/render/interim_units.c api/render/interim_words.c \
	api/render/palette.c api/render/paper.c api/render/paper_ink.c \
	api/render/paper_text.c api/render/paper_tree.c api/render/pen.c \
	api/render/plain.c api/render/quick.c api/render/radar.c \
	api/render/radar_file.c api/render/radar_twin.c api/render/scene.c \
	api/render/scene_paint.c api/render/shaped.c api/render/sheet.c \
	api/render/slips.c

SIECLE = api/siecle/export_file.c api/siecle/guardian_file.c \
	api/siecle/labels_file.c api/siecle/learner_file.c api/siecle/list.c \
	api/siecle/plan.c api/siecle/plan_guardians.c \
	api/siecle/plan_learners.c api/siecle/plan_staff.c \
	api/siecle/plan_structures.c api/siecle/planning.c \
	api/siecle/siecle.c api/siecle/staff_file.c api/siecle/suggest.c \
	api/siecle/upload.c api/siecle/xml.c api/siecle/xml_bytes.c \
	api/siecle/xml_text.c api/siecle/zip.c

TOOL = tool/access.c tool/base.c tool/caller.c tool/demo.c tool/demo_school.c \
	tool/demo_year.c tool/frameworks.c tool/host.c tool/main.c \
	tool/migrate.c tool/routes.c tool/school.c tool/school_add.c \
	tool/school_export.c tool/school_file.c tool/school_import.c \
	tool/tool.c tool/traces.c

SERVER = $(DOMAIN) $(DB) $(API) $(RENDER) $(SIECLE)

objects = $(patsubst %.c,$(OUT)/%.o,$(1))

all: $(OUT)/acquis.so $(OUT)/acquis

strict:
	$(MAKE) all CFLAGS='$(CFLAGS) -Werror'

run:
	@scripts/install.sh run
	@scripts/run.sh check
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@exec scripts/run.sh

test:
	@scripts/install.sh test
	@$(MAKE) --no-print-directory -j$$(nproc) all programs
	@$(MAKE) --no-print-directory check

check: all programs check-pure check-sources
	@scripts/test.sh $(SUITES)

# The suites that have C in them; `run` is about scripts, `front` about pages.
DEBUG_SUITES = domain siecle render fuzz tool db api contract browser

check-debug: programs
	$(MAKE) all BUILD=debug
	@ACQUIS_BUILD=build/debug \
	    ACQUIS_SANITIZER=$$($(CC) -print-file-name=libasan.so) \
	    scripts/test.sh $(or $(SUITES),$(DEBUG_SUITES))

# One after the other, and all of them whatever the first ones find.
check-long: export ACQUIS_TEST_LONG = 1
check-long:
	$(MAKE) -k -j1 check check-debug fuzz

# The same as in the suite, long enough to see memory grow.
soak: all
	@ACQUIS_SOAK=$(or $(SOAK),600) ACQUIS_TEST_ONLY=soak scripts/test.sh api

bench: all $(OUT)/import_bench
	@scripts/install.sh test
	@tests/bench/run.sh

check-pure: $(call objects,$(DOMAIN))
	@tests/domain/check_pure.sh $^

# A file that stands in no list would not be built, and nobody would be told.
FOLDERS = domain db api api/render api/siecle tool
UNLISTED = $(filter-out $(SERVER) $(TOOL),$(wildcard $(FOLDERS:%=%/*.c)))

check-sources:
	@test -z '$(UNLISTED)' || { echo 'in no list: $(UNLISTED)'; exit 1; }

# Other versions of clang-format break lines elsewhere: Debian 12 has 14.
STYLED = $(wildcard $(FOLDERS:%=%/*.[ch]) tests/*/*.[ch])

check-style:
	@if command -v clang-format >/dev/null; then \
	    clang-format --dry-run -Werror $(STYLED); \
	else echo 'check-style: clang-format is not installed, skipped'; fi

$(OUT)/acquis.so: $(call objects,$(SERVER)) $(OUT)/query.o \
    $(OUT)/password_common.o
	@echo "  LINK $@"
	@$(CC) -shared $(CFLAGS) -pthread -o $@ $^ $(PKG_LIBS)

# The tool shares the server's code but not Kore: tool/host.c stands for the
# worker.
TOOL_API = $(filter-out api/entry.c api/import_job_run.c api/intake.c \
	api/mailer.c api/refusal.c api/request.c api/seccomp.c api/send.c \
	api/smtp.c api/task.c api/worker.c,$(API))

$(OUT)/acquis: $(call objects,$(TOOL) $(DOMAIN) $(DB) $(TOOL_API) $(RENDER) \
    $(SIECLE)) $(OUT)/query.o $(OUT)/password_common.o
	@echo "  LINK $@"
	@$(CC) $(CFLAGS) -pthread -o $@ $^ $(PKG_LIBS)

$(OUT)/import_bench: tests/bench/import_bench.c $(call objects,$(SIECLE) \
    api/import_analysis.c api/import_preview.c api/json.c db/arena.c \
    db/text.c $(DOMAIN))
	@echo "  LINK $@"
	@$(CC) $(CFLAGS) -D_GNU_SOURCE -I$(OUT) $(PKG_CFLAGS) -pthread -o $@ $^ \
	    $(PKG_LIBS)

$(OUT)/%.o: %.c $(OUT)/query.h
	@mkdir -p $(@D)
	@echo "  CC   $<"
	@$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(OUT)/query.o: $(OUT)/query.c
	@$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(OUT)/query.h $(OUT)/query.c &: db/queries.sh $(wildcard db/queries/*.sql)
	@sh db/queries.sh $(OUT)
	@touch $(OUT)/query.h $(OUT)/query.c

$(OUT)/password_common.o: $(OUT)/password_common.c
	@$(CC) $(ALL_CFLAGS) -I. -c -o $@ $<

$(OUT)/password_common.c: api/password_common.txt
	@mkdir -p $(@D)
	@{ echo '#include "api/password_common.h"'; \
	    echo 'const char *const password_common[] = {'; \
	    sed 's/.*/\t"&",/' $<; echo '};'; \
	    echo 'const size_t password_common_count ='; \
	    echo '    sizeof(password_common) / sizeof(password_common[0]);'; \
	} >$@

# --- test programs, always under the sanitizers ---

T = build/test
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover
TEST_CFLAGS = -std=gnu11 -D_GNU_SOURCE -g -O1 -pthread $(SANITIZE) -I. \
	-Ibuild $(PKG_CFLAGS)
TEST_LIBS = $(PKG_LIBS) -lm

DOMAIN_TESTS = access activation date fold grade interim login mark person \
	position radar role term uai utf8 weight
SIECLE_TESTS = file import reimport sample
SIECLE_PARTS = $(SIECLE) db/arena.c db/text.c domain/date.c domain/uai.c \
	domain/login.c domain/fold.c domain/utf8.c
RENDER_PARTS = tests/render/sample.c $(RENDER) db/arena.c db/text.c \
	domain/position.c domain/decimal.c domain/grade.c domain/weight.c

FUZZ = json_gate header weight multipart siecle zip

programs: $(DOMAIN_TESTS:%=$(T)/domain/%) $(T)/domain/grade_reference \
    $(T)/domain/login_oracle $(SIECLE_TESTS:%=$(T)/siecle/%) \
    $(T)/render/render $(T)/render/quick \
    $(T)/render/files $(T)/tool/framework \
    $(FUZZ:%=$(T)/fuzz/%)

$(T)/domain/%: tests/domain/%_test.c tests/domain/check.h $(DOMAIN)
	@mkdir -p $(@D)
	@echo "  TEST $@"
	@$(CC) $(TEST_CFLAGS) -o $@ $< $(DOMAIN) -lm

# The same rules in another language, on random cases (G1).
$(T)/domain/grade_reference: $(T)/grade_stream tests/domain/grade_reference.mjs
	@printf '#!/bin/sh\nexec node tests/domain/grade_reference.mjs %s\n' \
	    $(T)/grade_stream > $@
	@chmod +x $@

$(T)/domain/login_oracle: $(T)/login_stream tests/domain/login_oracle.mjs
	@printf '#!/bin/sh\nexec node tests/domain/login_oracle.mjs %s\n' \
	    $(T)/login_stream > $@
	@chmod +x $@

$(T)/%_stream: tests/domain/%_stream.c $(DOMAIN)
	@mkdir -p $(@D) $(T)/domain
	@echo "  TEST $@"
	@$(CC) -std=c11 -O2 -I. -o $@ $< $(DOMAIN)

$(T)/siecle/%: tests/siecle/%_test.c tests/siecle/siecle.c \
    tests/siecle/story.h $(SIECLE_PARTS)
	@mkdir -p $(@D)
	@echo "  TEST $@"
	@$(CC) $(TEST_CFLAGS) -o $@ $< tests/siecle/siecle.c $(SIECLE_PARTS) \
	    $(TEST_LIBS)

# Not under the sanitizers: it measures memory, in a process that may call
# next to nothing.
$(T)/siecle/sample: tests/siecle/sample_test.c tests/siecle/siecle.c \
    tests/siecle/cell.c tests/siecle/archive.c $(SIECLE_PARTS)
	@mkdir -p $(@D)
	@echo "  TEST $@"
	@$(CC) -std=gnu11 -D_GNU_SOURCE -g -O2 -pthread -I. -Ibuild \
	    $(PKG_CFLAGS) -o $@ $(filter %.c,$^) $(TEST_LIBS)

TOOL_PARTS = api/framework_parse.c api/framework_check.c \
	api/framework_shape.c api/framework_tree.c domain/weight.c \
	domain/position.c domain/decimal.c db/arena.c

$(T)/tool/framework: tests/tool/framework_test.c $(TOOL_PARTS)
	@mkdir -p $(@D)
	@echo "  TEST $@"
	@$(CC) $(TEST_CFLAGS) -o $@ $< $(TOOL_PARTS) $(TEST_LIBS)

$(T)/render/render $(T)/render/quick: $(T)/render/%: \
    tests/render/%_test.c $(RENDER_PARTS)
	@mkdir -p $(@D)
	@echo "  TEST $@"
	@$(CC) -std=gnu11 -D_GNU_SOURCE -g -O1 -pthread -I. $(PKG_CFLAGS) \
	    -o $@ $< $(RENDER_PARTS) $(TEST_LIBS)

$(T)/render_samples: tests/render/render_samples.c $(RENDER_PARTS)
	@mkdir -p $(@D)
	@echo "  TEST $@"
	@$(CC) -std=gnu11 -D_GNU_SOURCE -g -O1 -pthread -I. $(PKG_CFLAGS) \
	    -o $@ $< $(RENDER_PARTS) $(TEST_LIBS)

$(T)/render/files: $(T)/render_samples tests/render/files_test.mjs
	@mkdir -p $(@D)
	@printf '#!/bin/sh\nRENDER_SAMPLES=%s exec node tests/lib/runner.mjs tests/render/files_test.mjs\n' \
	    $(T)/render_samples > $@
	@chmod +x $@

# --- fuzz ---
#
# tests/fuzz/x_fuzz.c, each with the sources it needs and its corpus.  Two
# forms: a plain program that mutates its corpus the same way every time, for
# the suite, and with `make fuzz` one that libFuzzer guides (clang,
# libclang-rt-14-dev), SECONDS of it each; what that finds stays in
# build/fuzz.

FUZZ_json_gate = api/json_gate.c api/header.c db/arena.c db/text.c \
	domain/utf8.c
FUZZ_header = api/header.c api/cursor.c api/gate.c api/context.c \
	api/json_gate.c db/arena.c db/text.c domain/utf8.c
FUZZ_weight = domain/weight.c domain/decimal.c domain/date.c \
	domain/position.c
FUZZ_multipart = api/multipart.c db/arena.c db/text.c domain/utf8.c
FUZZ_siecle = tests/siecle/siecle.c $(SIECLE_PARTS)
FUZZ_zip = $(SIECLE_PARTS)

CORPUS_siecle = $(shell find tests/data/samples -name '*.xml' -size -4k)
CORPUS_zip = $(shell find tests/data/samples -iname '*.zip' -size -9k)
corpus = $(or $(CORPUS_$(1)),$(wildcard tests/fuzz/corpus/$(1)/*))

# Of a source that is tested in part, the rest and what it calls is left out
# (clang's instruments keep the rest: what that calls is never reached).
FUZZ_CFLAGS = $(KORE_CFLAGS) -ffunction-sections -fdata-sections
FUZZ_LIBS = -Wl,--gc-sections $(TEST_LIBS)
FUZZ_CC = clang
SECONDS = 60
ROUNDS = 20000

$(T)/fuzz/%: $(T)/%_fuzz
	@mkdir -p $(@D)
	@printf '#!/bin/sh\nexec %s %s %s\n' $< $(ROUNDS) \
	    "$(strip $(call corpus,$*))" > $@
	@chmod +x $@

.SECONDARY: $(FUZZ:%=$(T)/%_fuzz) $(FUZZ:%=build/fuzz/%)
.SECONDEXPANSION:
$(T)/%_fuzz: tests/fuzz/%_fuzz.c tests/fuzz/driver.c $$(FUZZ_$$*) \
    build/query.h
	@mkdir -p $(@D)
	@echo "  TEST $@"
	@$(CC) $(TEST_CFLAGS) $(FUZZ_CFLAGS) -o $@ $(filter %.c,$^) \
	    $(FUZZ_LIBS)

build/fuzz/%: tests/fuzz/%_fuzz.c $$(FUZZ_$$*) build/query.h
	@mkdir -p $(@D)/$*.corpus
	@echo "  FUZZ $@"
	@$(FUZZ_CC) $(TEST_CFLAGS) $(FUZZ_CFLAGS) -fsanitize=fuzzer \
	    -D__SANITIZE_ADDRESS__=1 -no-pie -Wl,--unresolved-symbols=ignore-all \
	    -o $@ $(filter %.c,$^) $(FUZZ_LIBS)

fuzz: $(FUZZ:%=fuzz-%)

comma = ,
fuzz-%: build/fuzz/%
	@echo "== $*, $(SECONDS) s"
	@$< -max_total_time=$(SECONDS) -max_len=16384 -verbosity=0 \
	    -print_final_stats=1 -artifact_prefix=$<. \
	    -seed_inputs=$(subst $() ,$(comma),$(strip $(call corpus,$*))) \
	    $<.corpus >$<.log 2>&1 || { tail -n 60 $<.log; exit 1; }
	@grep executed $<.log

export PREFIX DESTDIR SYSCONFDIR STATEDIR UNITDIR NAME CERTIFICATE KEY

install:
	@test -n '$(DESTDIR)' || scripts/install.sh run
	@$(MAKE) --no-print-directory all
	@scripts/deploy.sh install

uninstall:
	@scripts/deploy.sh uninstall

clean:
	rm -rf build

.PHONY: all strict run test check check-debug check-long check-pure \
	check-sources check-style bench programs fuzz soak install uninstall clean

-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
