# Acquis.
#
#   make          build build/acquis.so (the server) and build/acquis (the tool)
#   make run      install what is missing, build, serve on 127.0.0.1
#   make test     install what is missing, build (debug, sanitized), test all
#   make check    the tests, with nothing installed
#   make strict   make, warnings are errors
#   make check-pure   the domain calls nothing but itself
#   make bench    measure, side by side; results in tests/bench/README.md
#   make clean    remove build/
#
# BUILD=debug builds under the address and undefined behaviour sanitizers, in
# build/debug.

BUILD ?= release
OUT = build
CFLAGS = -O2 -g
ifeq ($(BUILD),debug)
OUT = build/debug
CFLAGS = -O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer
endif

PKGS = libpq libcjson libsodium expat cairo pangocairo libpng
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null) \
	-lunistring -lxlsxwriter

# As Debian built Kore: its structures have other members without these.
KORE_CFLAGS = -DKORE_USE_PGSQL -DKORE_USE_TASKS

ALL_CFLAGS = -std=gnu11 -D_GNU_SOURCE $(KORE_CFLAGS) -fPIC -pthread -Wall -Wextra -Wshadow -Wconversion \
	-Wno-sign-conversion -Wno-missing-field-initializers $(CFLAGS) \
	-I$(OUT) $(PKG_CFLAGS) -MMD

DOMAIN = $(sort $(wildcard domain/*.c))
DB = $(sort $(wildcard db/*.c))
API = $(sort $(wildcard api/*.c))
RENDER = $(sort $(wildcard api/render/*.c))
SIECLE = $(sort $(wildcard api/siecle/*.c))
TOOL = $(sort $(wildcard tool/*.c))

SERVER = $(DOMAIN) $(DB) $(API) $(RENDER) $(SIECLE)

objects = $(patsubst %.c,$(OUT)/%.o,$(1))

all: $(OUT)/acquis.so $(OUT)/acquis

strict:
	$(MAKE) all CFLAGS='$(CFLAGS) -Werror'

$(OUT)/acquis.so: $(call objects,$(SERVER)) $(OUT)/query.o
	@echo "  LINK $@"
	@$(CC) -shared $(CFLAGS) -pthread -o $@ $^ $(PKG_LIBS)

$(OUT)/%.o: %.c $(OUT)/query.h
	@mkdir -p $(@D)
	@echo "  CC   $<"
	@$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(OUT)/query.o: $(OUT)/query.c
	@echo "  CC   $<"
	@$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(OUT)/query.h $(OUT)/query.c &: db/queries.sh $(wildcard db/queries/*.sql)
	sh db/queries.sh $(OUT)
	@touch $(OUT)/query.h

clean:
	rm -rf build

.PHONY: all strict clean

-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
