#!/bin/bash
# build/acquis on the database of `make run`, whether that runs or not.
#
#   scripts/acquis.sh school add 0999001W "Lycée des Essais" 2025
#   scripts/acquis.sh --help
#
# ACQUIS_DATA, ACQUIS_DATABASE_URL and ACQUIS_OWNER_URL are those of
# scripts/run.sh.  A private PostgreSQL that was not running is migrated, and
# stopped again at the end.

# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

data=$(realpath -m "${ACQUIS_DATA:-var}")
started=

# The lock of scripts/run.sh: nobody else starts or stops this cluster now.
start_database()
{
	mkdir -p "$data" || die "$data cannot be made"
	exec 9>>"$data/lock" || die "$data/lock belongs to" \
		"$(stat -c %U "$data/lock"): run as that user"
	flock -n 9 || return 0
	# Of systemd, or of a run that was killed.
	scripts/pg.sh status "$data" 9>&- && return
	scripts/pg.sh start "$data" 9>&- || exit 1
	started=yes
}

finish()
{
	[[ -z $started ]] || scripts/pg.sh stop "$data" 9>&-
}

[[ -x build/acquis ]] || die "build/acquis is missing: run make first"
export ACQUIS_DATA=$data
if [[ -n ${ACQUIS_DATABASE_URL:-} ]]; then
	export ACQUIS_OWNER_URL=${ACQUIS_OWNER_URL:-$ACQUIS_DATABASE_URL}
	exec build/acquis "$@"
fi
trap finish EXIT
start_database
ACQUIS_OWNER_URL=$(scripts/pg.sh url "$data" acquis_owner)
export ACQUIS_OWNER_URL
if [[ -n $started ]]; then
	build/acquis migrate 9>&- || exit 1
fi
build/acquis "$@" 9>&-
