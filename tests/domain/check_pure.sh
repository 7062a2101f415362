#!/bin/sh
# The domain is pure: values in, values out.
#
#     tests/domain/check_pure.sh build/domain/*.o
#
# Lists what the given objects call outside themselves and refuses anything
# but the memory and string functions below, and any data that can be written:
# no heap, no I/O, no clock, no chance, no locale, nothing kept between calls.
# Wants objects built without sanitizers.
set -eu
export LC_ALL=C

allowed='memchr memcmp memcpy memmove memset strchr strcmp strlen strncmp'
# what compilers add by themselves
allowed="$allowed _GLOBAL_OFFSET_TABLE_ __stack_chk_fail __memcpy_chk"
allowed="$allowed __memset_chk __memmove_chk"

[ $# -gt 0 ] || { echo 'usage: check_pure.sh object...' >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# a tool that fails must not look like an object with nothing to say
nm -P -u -- "$@" >"$work/nm.undefined"
nm -P --defined-only -- "$@" >"$work/nm.defined"
awk '$2 == "U" { print $1 }' "$work/nm.undefined" | sort -u >"$work/called"
{
	awk '$2 ~ /^[TRDB]$/ { print $1 }' "$work/nm.defined"
	printf '%s\n' $allowed
} | sort -u >"$work/known"
[ -s "$work/nm.defined" ] || { echo 'not ok no objects to look at'; exit 1; }

comm -23 "$work/called" "$work/known" >"$work/unknown"
awk '$2 ~ /^[dDbBC]$/ && $1 !~ /^\.?data\.rel\.ro/ { print $1 }' \
	"$work/nm.defined" >"$work/written"
# pointers in constant tables are relocated, then read-only
for object; do
	objdump -t -- "$object" | awk '/\.data\.rel\.ro/ { print $NF }'
done | sort -u >"$work/constant"
sort -u "$work/written" | comm -23 - "$work/constant" >"$work/state"

status=0
if [ -s "$work/unknown" ]; then
	echo 'not ok style 6: the domain calls what it does not know:'
	sed 's/^/  /' "$work/unknown"
	status=1
fi
if [ -s "$work/state" ]; then
	echo 'not ok style 6: the domain keeps data that changes:'
	sed 's/^/  /' "$work/state"
	status=1
fi
[ $status -eq 0 ] && echo 'ok style 6: the domain is pure'
exit $status
