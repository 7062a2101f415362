#!/bin/bash
# Measure, side by side, in one run on one machine: what `make bench` does
# once everything is built.
#
#   tests/bench/run.sh                  all of it; about 15 minutes
#   BENCH=short tests/bench/run.sh      a smaller base, shorter rounds: 2
#                                       minutes; README.md is left as it is
#   tests/bench/run.sh save print       only these: dashboard schools save
#                                       print imports mixed
#
# A private PostgreSQL in a scratch directory, Kore with two workers, and
# whoever they are measured against.  The results are printed; after a whole
# run they are written to tests/bench/README.md as well.  Ends with status 1
# when something was not reached.  ACQUIS_BENCH_KEEP=1 keeps the scratch
# directory.

# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/../../scripts/lib.sh"

scripts/install.sh bench || exit 1
for need in build/acquis build/acquis.so; do
	[[ -e $need ]] || die "$need is missing: run make first"
done
unset ACQUIS_DATABASE_URL ACQUIS_OWNER_URL
dir=$(mktemp -d "${TMPDIR:-/tmp}/acquis-bench-XXXXXX") || exit 1
child=

clean()
{
	trap '' INT TERM HUP
	[[ -z $child ]] || kill -TERM "$child" 2>/dev/null
	wait
	if [[ -n ${ACQUIS_BENCH_KEEP:-} ]]; then
		scripts/pg.sh stop "$dir"
		say "Kept: $dir"
	else
		scripts/pg.sh destroy "$dir"
		rm -rf "$dir"
	fi
}

trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
((EUID != 0)) || chmod 0711 "$dir"
mkdir "$dir/servers"
scripts/pg.sh start "$dir" || exit 1
ACQUIS_OWNER_URL=$(scripts/pg.sh url "$dir" acquis_owner)
ACQUIS_DATABASE_URL=$(scripts/pg.sh url "$dir" acquis_api)
ACQUIS_SUPER_URL=$(scripts/pg.sh url "$dir" postgres postgres)
export ACQUIS_OWNER_URL ACQUIS_DATABASE_URL ACQUIS_SUPER_URL
export ACQUIS_TEST_DIR=$dir ACQUIS_DATA=$dir
build/acquis migrate >/dev/null || exit 1
build/acquis frameworks frameworks >/dev/null || exit 1
node tests/bench/bench.mjs "$@" &
child=$!
wait "$child"
status=$?
child=
exit "$status"
