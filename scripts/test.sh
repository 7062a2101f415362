#!/bin/bash
# Run the test suites on a throw-away PostgreSQL: what `make test` does once
# everything is built.
#
#   scripts/test.sh                 all suites
#   scripts/test.sh api browser     only these
#   ACQUIS_TEST_ONLY=grade ...      only files with that in their name
#   ACQUIS_TEST_LONG=1 ...          each test in its long form, if it has one
#   ACQUIS_TEST_JOBS=1 ...          one file after the other (lib/runner.mjs)
#   ACQUIS_BUILD=build/debug ...    the server and the tool of that build
#
#   domain siecle render fuzz
#                          programs in build/test/<suite>/
#   tool                   the same, then tests/tool/*.test.mjs
#   front                  tests/front/*.test.mjs, the page's pure logic
#   db                     tests/db/*.sql, compared with their .out, and
#                          tests/db/*.test.mjs
#   api browser            tests/<suite>/*.test.mjs, a real server each
#   door                   tests/door/*.test.mjs, with nginx before the server
#   contract               tests/contract/*.test.mjs, after api
#   run                    tests/run/*.test.mjs, what `make run` does
#
# A program says `ok ...` or `not ok ...` per test, or ends with the line
# `N passed, N failed`.  Each suite has a time limit.  What failed is named
# again at the end, for who sees the end alone.  The last line of all is
# `N passed, N failed`; the exit status is 1 when one failed, when a suite
# was empty, when a worker of Kore had to be restarted, or when a server or a
# tool under the sanitizers had something to report.
#
# Tests are given ACQUIS_TEST_DIR, a scratch directory with the cluster in
# it; its database `acquis` is migrated, holds the frameworks and is copied
# for each server.  Set ACQUIS_TEST_KEEP=1 to keep it, with all logs.

# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

passed=0
failed=0
child=
whole=0
declare -A limit=([domain]=120 [siecle]=120 [render]=180 [fuzz]=120
	[front]=120 [db]=480 [api]=900 [contract]=300 [browser]=900
	[tool]=300 [door]=300 [run]=300)
order='domain siecle render fuzz tool front db api door contract browser run'
build=${ACQUIS_BUILD:-build}
[[ $build == build ]] || export ACQUIS_SLOW=${ACQUIS_SLOW:-4}
export ACQUIS_TOOL=$build/acquis

# Everything that was started ends here, however we end.
clean()
{
	local own

	trap '' INT TERM HUP
	[[ -z $child ]] || kill -TERM "$child" 2>/dev/null
	wait
	[[ -n ${ACQUIS_TEST_DIR:-} ]] || return
	((whole)) || name_failures
	# Those of tests that had one to themselves and were ended.
	for own in "$ACQUIS_TEST_DIR"/pg-*; do
		[[ ! -e $own ]] || scripts/pg.sh destroy "$own"
	done
	if [[ -n ${ACQUIS_TEST_KEEP:-} ]]; then
		scripts/pg.sh stop "$ACQUIS_TEST_DIR"
		say "Kept: $ACQUIS_TEST_DIR"
	else
		scripts/pg.sh destroy "$ACQUIS_TEST_DIR"
		rm -rf "$ACQUIS_TEST_DIR"
	fi
}

# failure NAME: one more, and which.
failure()
{
	failed=$((failed + 1))
	echo "not ok: $1"
	echo "$1" >>"$ACQUIS_TEST_DIR/failed"
}

# Those of all suites so far.
name_failures()
{
	[[ -s $ACQUIS_TEST_DIR/failed ]] || return 0
	echo "== failed"
	cat "$ACQUIS_TEST_DIR/failed"
}

# longest SECONDS: those of the short form on a fast build, as they are here.
longest()
{
	echo $(($1 * ${ACQUIS_SLOW:-1} + ${ACQUIS_TEST_LONG:+1200} + 0))
}

# limited SECONDS COMMAND...: in the background, so that our traps work.
limited()
{
	local status most=$1

	shift
	timeout -k 10 "$most" "$@" <&0 &
	child=$!
	wait "$child"
	status=$?
	child=
	((status != 124)) || echo "not ok - ended after $most seconds"
	return "$status"
}

# tally STATUS FILE: add what a program said.  One that failed without
# saying so counts as one failure.
tally()
{
	local ok bad last

	last=$(grep -aE '^[0-9]+ passed, [0-9]+ failed$' "$2" | tail -n 1)
	if [[ -n $last ]]; then
		read -r ok _ bad _ <<<"$last"
	else
		ok=$(grep -acE '^ok( |$)' "$2")
		bad=$(grep -acE '^not ok( |$)' "$2")
	fi
	(($1 == 0 || bad > 0)) || bad=1
	passed=$((passed + ok))
	failed=$((failed + bad))
}

wanted()
{
	[[ -e $1 && ${1##*/} == *"${ACQUIS_TEST_ONLY:-}"* ]]
}

run_programs()
{
	local program log=$ACQUIS_TEST_DIR/$1.log status

	for program in build/test/"$1"/*; do
		[[ -x $program && -f $program ]] || continue
		wanted "$program" || continue
		ACQUIS_TEST_DIR='' limited "$(longest "${limit[$1]}")" \
			"$program" >"$log" 2>&1
		status=$?
		((status == 0)) || {
			echo "not ok: $program (status $status)"
			grep -avE '^ok( |$)' "$log"
			grep -aE '^not ok' "$log" | sed "s|^|$program: |" \
				>>"$ACQUIS_TEST_DIR/failed"
			grep -qaE '^not ok' "$log" ||
				echo "$program (status $status)" \
					>>"$ACQUIS_TEST_DIR/failed"
		}
		tally $status "$log"
	done
}

# The database of the suites: made when the first of them needs it.
need_database()
{
	[[ -z ${ACQUIS_OWNER_URL:-} ]] || return 0
	scripts/pg.sh start "$ACQUIS_TEST_DIR" || return 1
	ACQUIS_OWNER_URL=$(scripts/pg.sh url "$ACQUIS_TEST_DIR" acquis_owner)
	ACQUIS_DATABASE_URL=$(scripts/pg.sh url "$ACQUIS_TEST_DIR" acquis_api)
	ACQUIS_SUPER_URL=$(scripts/pg.sh url "$ACQUIS_TEST_DIR" postgres \
		postgres)
	export ACQUIS_OWNER_URL ACQUIS_DATABASE_URL ACQUIS_SUPER_URL
	ACQUIS_DATA=$ACQUIS_TEST_DIR "$ACQUIS_TOOL" migrate >/dev/null &&
		ACQUIS_DATA=$ACQUIS_TEST_DIR "$ACQUIS_TOOL" frameworks \
			frameworks >/dev/null
}

# Each file has a copy of its own, so files do not see each other.
# tests/db/school.sql, if any, fills the original first.
run_db()
{
	local file name out=$ACQUIS_TEST_DIR/db.out super=$ACQUIS_SUPER_URL

	psql -Xq "$super" -c 'CREATE DATABASE db_school TEMPLATE acquis
		OWNER acquis_owner' || return 1
	[[ ! -e tests/db/school.sql ]] || psql -Xq -v ON_ERROR_STOP=1 \
		-f tests/db/school.sql "$(db_url db_school)" || return 1
	for file in tests/db/*.sql; do
		[[ -e $file ]] || continue
		name=$(basename "$file" .sql)
		[[ $name != school ]] || continue
		wanted "$file" || continue
		psql -Xq "$super" -c "CREATE DATABASE db_one TEMPLATE db_school
			OWNER acquis_owner"
		limited "$(longest 60)" psql -Xq "$(db_url db_one)" <"$file" >"$out" 2>&1
		if diff -u "${file%.sql}.out" "$out"; then
			passed=$((passed + 1))
		else
			failure "$file"
		fi
		psql -Xq "$super" -c 'DROP DATABASE db_one WITH (FORCE)'
	done
}

db_url()
{
	scripts/pg.sh url "$ACQUIS_TEST_DIR" acquis_owner "$1"
}

# The runner ends what is too long by itself, and names it.
run_node()
{
	local sum=$ACQUIS_TEST_DIR/$1.sum files=() file most

	for file in tests/"$1"/*.test.mjs; do
		wanted "$file" && files+=("$file")
	done
	((${#files[@]})) || return 0
	most=$(longest "${limit[$1]}")
	: >"$sum"
	limited $((most + 60)) node tests/lib/runner.mjs --limit "$most" \
		--sum "$sum" "${files[@]}"
	tally $? "$sum"
	[[ -s $sum ]] || echo "$1 (its runner)" >>"$ACQUIS_TEST_DIR/failed"
}

# A worker that had to be restarted is a failure unless the test that killed
# it said so (server.mjs, expectRestarts).
count_restarts()
{
	local seen meant

	seen=$(cat "$ACQUIS_TEST_DIR"/servers/*/server.log 2>/dev/null |
		grep -ac 'restarting worker')
	meant=$(cat "$ACQUIS_TEST_DIR"/servers/*/restarts 2>/dev/null |
		awk '{ n += $1 } END { print n + 0 }')
	echo "worker restarts: $seen, meant: $meant"
	((seen == meant)) && return
	grep -aE 'hdlr:.*gone|sandbox violation' \
		"$ACQUIS_TEST_DIR"/servers/*/server.log
	failure 'a worker was restarted'
}

# What the sanitizers said of a server that went on, or was ended.
count_reports()
{
	local report='ERROR: (Address|Leak)Sanitizer|runtime error:'

	grep -aE -A 30 "$report" "$ACQUIS_TEST_DIR"/servers/*/server.log \
		2>/dev/null || return 0
	failure 'the sanitizers reported a server'
}

run_suite()
{
	local before=$passed bad=$failed start=$SECONDS

	echo "== $1"
	case $1 in
	domain | siecle | render | fuzz) run_programs "$1" ;;
	tool) run_programs tool && need_database && run_node tool ;;
	front | run) run_node "$1" ;;
	db) need_database && run_db && run_node db ;;
	api | door | browser | contract) need_database && run_node "$1" ;;
	esac || failure "$1 could not run"
	if ((passed == before && failed == bad)) &&
		[[ -z ${ACQUIS_TEST_ONLY:-} ]]; then
		failure "$1 has no tests"
	fi
	echo "== $1: $((passed - before)) passed," \
		"$((failed - bad)) failed, $((SECONDS - start)) s"
	((failed == bad)) || name_failures
}

suites=${*:-$order}
for suite in $suites; do
	[[ " $order " == *" $suite "* ]] ||
		die "no suite \"$suite\"; there are: $order"
done
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
unset ACQUIS_DATABASE_URL ACQUIS_OWNER_URL
ACQUIS_TEST_DIR=$(mktemp -d "${TMPDIR:-/tmp}/acquis-test-XXXXXX") || exit 1
export ACQUIS_TEST_DIR ACQUIS_TEST_SUITES="$suites"
need_space "$ACQUIS_TEST_DIR"
# PostgreSQL's and Kore's users come through when root runs the tests.
((EUID != 0)) || chmod 0711 "$ACQUIS_TEST_DIR"
mkdir "$ACQUIS_TEST_DIR/servers" "$ACQUIS_TEST_DIR/contract"
for suite in $suites; do
	run_suite "$suite"
done
count_restarts
count_reports
name_failures
whole=1
echo "$passed passed, $failed failed"
((failed == 0 && passed > 0))
