#!/bin/bash
# Serve Acquis: what `make run` does once everything is built.
#
#   scripts/run.sh          until Ctrl-C or SIGTERM
#   scripts/run.sh check    only say, in one sentence, why it could not
#
# ACQUIS_PORT (8080), ACQUIS_DATA (var), ACQUIS_WORKERS (one per processor),
# ACQUIS_DATABASE_URL (another PostgreSQL than the private one; then
# ACQUIS_OWNER_URL is who migrates, the same when not given), ACQUIS_DEMO=0.
# Started by root, Kore's workers run as ACQUIS_USER (acquis).
#
# Stopping lets Kore finish what is under way, then stops PostgreSQL.  Killed
# without notice, the next run takes up what is left.  build/acquis is given
# ACQUIS_DATABASE_URL, ACQUIS_OWNER_URL, ACQUIS_DATA; the server is not given
# ACQUIS_OWNER_URL.

# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

port=${ACQUIS_PORT:-8080}
workers=${ACQUIS_WORKERS:-$(nproc)}
data=$(realpath -m "${ACQUIS_DATA:-var}")
here=${data#"$ROOT/"}
private=${ACQUIS_DATABASE_URL:+no}
kore=
stopping=

# A path that Kore can read, whose conf splits at spaces.
check_data()
{
	[[ $here != *[[:space:]]* ]] || die "ACQUIS_DATA must be a path" \
		"without spaces: Kore cannot read \"$here\""
}

# One run on one data directory.  The descriptor stays open until we end,
# however we end; what we start does not inherit it.
take_lock()
{
	mkdir -p "$data" || die "$data cannot be made"
	[[ -w $data ]] || die "$data cannot be written by $(id -un)," \
		"it belongs to $(stat -c %U "$data"): run as that user," \
		"or choose another directory with ACQUIS_DATA=/path"
	exec 9>>"$data/lock" || die "$data/lock belongs to" \
		"$(stat -c %U "$data/lock"): run as that user"
	flock -n 9 || die "Acquis is already running on $data:" \
		"stop it first, or choose another with ACQUIS_DATA=/path"
}

# A run that was killed may have left its Kore behind.
stop_leftover()
{
	local pid

	{ read -r pid <"$data/kore.pid"; } 2>/dev/null || return 0
	[[ -n $(kore_session "$pid") ]] || return 0
	say "Stopping the server that an interrupted run left behind"
	end_kore "$pid"
}

check_port()
{
	local who

	who=$(listener "$port")
	[[ -z $who ]] || die "port $port is taken by $who:" \
		"choose another with ACQUIS_PORT=..."
}

start_database()
{
	if [[ -n $private ]]; then
		export ACQUIS_OWNER_URL=${ACQUIS_OWNER_URL:-$ACQUIS_DATABASE_URL}
		return
	fi
	scripts/pg.sh start "$data" 9>&- || exit 1
	ACQUIS_DATABASE_URL=$(scripts/pg.sh url "$data" acquis_api)
	ACQUIS_OWNER_URL=$(scripts/pg.sh url "$data" acquis_owner)
	export ACQUIS_DATABASE_URL ACQUIS_OWNER_URL
}

fill_database()
{
	build/acquis migrate 9>&- || exit 1
	build/acquis frameworks frameworks 9>&- ||
		die "the frameworks could not be loaded"
	[[ -n $stopping ]] && return
	[[ ${ACQUIS_DEMO:-1} == 0 ]] || build/acquis demo 9>&- ||
		die "the demonstration school could not be made"
}

# In a session of its own, so that Ctrl-C reaches us alone and we end it in
# order; told to end should we be killed.  Its log is by lines, or the log of
# a killed server would lack its end.  G_SLICE: GLib before 2.76 would keep for
# itself what a printed class has freed.
start_kore()
{
	local flags=-fn

	((EUID == 0)) || flags=-fnr
	[[ ! -e $data/server.log ]] ||
		mv -f "$data/server.log" "$data/server.log.1"
	setpriv --pdeathsig TERM \
		setsid env -u ACQUIS_OWNER_URL G_SLICE=always-malloc stdbuf -oL \
		kore -c "$data/kore.conf" $flags \
		>"$data/server.log" 2>&1 9>&- &
	kore=$!
}

wait_ready()
{
	local i

	for ((i = 0; i < 300; i++)); do
		[[ -n $stopping ]] && return
		[[ $(http_status "$port" /readyz) == 200 ]] && return
		if ! pid_alive $kore || ((i == 299)); then
			tail -n 5 "$data/server.log" >&2
			say "acquis: the server did not start:" \
				"see $data/server.log"
			finish 1
		fi
		sleep 0.1
	done
}

# One account per role, from a file of the shape of design.md 6.
show_accounts()
{
	local file=$data/demo-accounts.json

	[[ -r $file && ${ACQUIS_DEMO:-1} != 0 ]] || return 0
	printf '\n%-15s %-24s %s\n' role login password
	tr -d '\n' <"$file" | sed 's/},*/\n/g' | awk '
		function member(name) {
			if (!match($0, "\"" name "\" *: *\"[^\"]*\""))
				return ""
			s = substr($0, RSTART, RLENGTH - 1)
			sub(/^[^:]*: *"/, "", s)
			return s
		}
		(role = member("role")) != "" && !seen[role]++ {
			printf "%-15s %-24s %s\n", role, member("login"),
			    member("password")
		}'
}

# Nobody can sign in where there is no school.
show_first_step()
{
	local where=

	[[ ${ACQUIS_DEMO:-1} == 0 && -z $(build/acquis school list 9>&-) ]] ||
		return 0
	[[ -n $private || $here == var ]] ||
		where="ACQUIS_DATA=${ACQUIS_DATA@Q} "
	printf '\nNo school yet: %s%s\n' "$where" \
		'scripts/acquis.sh school add UAI "NAME" YEAR'
}

announce()
{
	[[ -z $stopping ]] || return
	echo "Acquis is ready: http://127.0.0.1:$port/"
	show_accounts
	show_first_step
	printf '\nData: %s. Ctrl-C stops it.\n' "$data"
}

# A private PostgreSQL that died is started again while Kore serves.  The
# clock is `read` on a pipe nobody writes to: no process per second.
watch()
{
	local clock

	exec {clock}<> <(:)
	while [[ -z $stopping ]] && pid_alive $kore; do
		read -r -t 1 -u "$clock"
		[[ -n $stopping || -n $private ]] && continue
		postgres_runs || {
			say "PostgreSQL has ended; starting it again"
			scripts/pg.sh start "$data" 9>&-
		}
	done
	exec {clock}>&-
}

postgres_runs()
{
	local pid

	{ read -r pid <"$data/pg/data/postmaster.pid"; } 2>/dev/null &&
		pid_alive "$pid"
}

finish()
{
	trap '' INT TERM HUP
	trap - EXIT
	[[ -z $kore ]] || end_kore "$kore"
	[[ -n $private ]] || scripts/pg.sh stop "$data" 9>&-
	exit "$1"
}

check_settings
check_data
need_space "$data"
take_lock
if [[ ${1:-} == check ]]; then
	[[ -e $data/kore.pid ]] || check_port
	exit
fi
for need in build/acquis build/acquis.so conf/kore.conf; do
	[[ -e $need ]] || die "$need is missing: run make first"
done
stop_leftover
check_port
export ACQUIS_DATA=$data ACQUIS_PORT=$port
export ACQUIS_URL=${ACQUIS_URL:-http://127.0.0.1:$port}
trap 'stopping=yes' INT TERM HUP
start_database
trap 'finish 1' EXIT
fill_database
kore_conf "$data/kore.conf" "$here/kore.pid" ||
	die "$data/kore.conf cannot be written"
[[ -n $stopping ]] || start_kore
wait_ready
announce
watch
if [[ -z $stopping ]]; then
	say "acquis: the server has ended by itself: see $data/server.log"
	finish 1
fi
say "Stopping"
finish 0
