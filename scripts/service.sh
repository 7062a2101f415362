#!/bin/bash
# The steps of conf/systemd/acquis.service.
#
#   scripts/service.sh prepare    as root, before Kore: migrate the database,
#                                 load the frameworks, write what Kore reads
#   scripts/service.sh ready      wait until it serves
#   scripts/service.sh stop PID   let what is under way end, then end Kore
#
# ACQUIS_PORT, ACQUIS_WORKERS, ACQUIS_DATA, ACQUIS_DATABASE_URL and
# ACQUIS_OWNER_URL are those of scripts/run.sh; the demonstration school is
# not made.  Kore's files go to RUNTIME_DIRECTORY (/run/acquis).

# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

port=${ACQUIS_PORT:-8080}
workers=${ACQUIS_WORKERS:-$(nproc)}
data=${ACQUIS_DATA:-/var/lib/acquis}
run=${RUNTIME_DIRECTORY:-/run/acquis}

find_database()
{
	if [[ -n ${ACQUIS_DATABASE_URL:-} && -z ${ACQUIS_PRIVATE:-} ]]; then
		ACQUIS_OWNER_URL=${ACQUIS_OWNER_URL:-$ACQUIS_DATABASE_URL}
	else
		scripts/pg.sh status "$data" || die "PostgreSQL does not run:" \
			"systemctl status acquis-postgresql"
		ACQUIS_DATABASE_URL=$(scripts/pg.sh url "$data" acquis_api)
		ACQUIS_OWNER_URL=$(scripts/pg.sh url "$data" acquis_owner)
		ACQUIS_PRIVATE=yes
	fi
	export ACQUIS_DATABASE_URL ACQUIS_OWNER_URL
}

# In the words of systemd's EnvironmentFile.  We read it ourselves when it is
# still there at the next start, hence ACQUIS_PRIVATE.
write_environment()
{
	local text=${ACQUIS_DATABASE_URL//\\/\\\\}

	printf '%s\n' "ACQUIS_DATABASE_URL=\"${text//\"/\\\"}\"" \
		"ACQUIS_PRIVATE=${ACQUIS_PRIVATE:-}" >"$run/environment"
}

prepare()
{
	check_settings
	find_database
	build/acquis migrate || exit 1
	build/acquis frameworks frameworks || exit 1
	write_environment || die "$run cannot be written"
	kore_conf "$run/kore.conf" "$run/kore.pid" ||
		die "$run/kore.conf cannot be written"
	# Not secret, but of no use to anybody else.
	((EUID != 0)) || chown "$worker:" "$run/kore.conf"
}

ready()
{
	local i

	for ((i = 0; i < 300; i++)); do
		[[ $(http_status "$port" /readyz) == 200 ]] && return
		sleep 0.1
	done
	die "the server does not answer on port $port"
}

case ${1:-} in
prepare) prepare ;;
ready) ready ;;
stop) [[ -z ${2:-} ]] || end_kore "$2" ;;
*) die "usage: scripts/service.sh prepare|ready|stop PID" ;;
esac
