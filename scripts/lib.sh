# shellcheck shell=bash
# What the scripts of this folder share.  Sourced, not run.
#
# ROOT is the top of the source tree, and the working directory after this
# file was read.  Messages go to standard error, so that a script's standard
# output stays what its manual says.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$ROOT" || exit 1

# The user of Kore's workers when root starts them; one that nothing else runs
# as, because the database opens to it (scripts/pg.sh).
# shellcheck disable=SC2034
worker=${ACQUIS_USER:-acquis}

say()
{
	printf '%s\n' "$*" >&2
}

die()
{
	say "acquis: $*"
	exit 1
}

need_worker()
{
	((EUID != 0)) || id -u "$worker" >/dev/null 2>&1 ||
		die "there is no user \"$worker\" to run the server as:" \
			"run scripts/install.sh, or name one with ACQUIS_USER"
}

# number_ok TEXT MIN MAX: a plain whole number between the two.
number_ok()
{
	[[ $1 =~ ^[1-9][0-9]{0,8}$ ]] && (($1 >= $2 && $1 <= $3))
}

# free_mb DIR: megabytes this user may still write there.  DIR may not exist
# yet, then its nearest parent counts.
free_mb()
{
	local dir=$1

	while [[ ! -d $dir ]]; do
		dir=$(dirname "$dir")
	done
	df -Pk "$dir" | awk 'END { print int($4 / 1024) }'
}

# need_space DIR: stop with one sentence before anything is written.
need_space()
{
	local least=200 mb

	mb=$(free_mb "$1")
	((mb >= least)) || die "the disk that holds $1 has only $mb MB free:" \
		"Acquis needs $least MB; free some or choose another disk" \
		"with ACQUIS_DATA=/path"
}

# listener PORT: who listens on this TCP port, as text; empty when nobody.
# Only the kernel's tables are read, so nothing is connected to.
listener()
{
	local inode fd pid name

	inode=$(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
		awk -v p="$(printf ':%04X' "$1")" \
			'$4 == "0A" && substr($2, length($2) - 4) == p \
			{ print $10; exit }')
	[[ -n $inode ]] || return 0
	fd=$(find /proc/[0-9]*/fd -lname "socket:\[$inode\]" -print -quit \
		2>/dev/null)
	pid=${fd#/proc/}
	pid=${pid%%/*}
	if read -r name 2>/dev/null <"/proc/$pid/comm"; then
		echo "$name (process $pid)"
	else
		echo "another program"
	fi
}

# pid_alive PID: runs, and is not a zombie that nobody has waited for.
# A process of another user counts too, which kill -0 would not say.
pid_alive()
{
	local line

	[[ $1 =~ ^[0-9]+$ ]] || return 1
	{ read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
	[[ ${line##*) } != [ZX]* ]]
}

# kore_session PID: the Kore processes of the session that PID leads or led.
# Workers do not end with a parent that was killed, and keep the port.
kore_session()
{
	local file line field

	for file in /proc/[0-9]*/stat; do
		{ read -r line <"$file"; } 2>/dev/null || continue
		read -r -a field <<<"${line##*) }"
		[[ ${field[3]} == "$1" && ${field[0]} != [ZX] ]] || continue
		[[ $(readlink "${file%stat}exe") == */kore ]] || continue
		file=${file%/stat}
		echo "${file#/proc/}"
	done
}

# end_kore PID: end the Kore that leads this session.  Kore forgets a signal
# that arrives together with another, so it is told every second.  After 30 s
# it is no longer asked.
end_kore()
{
	local i left

	for ((i = 0; i < 300; i++)); do
		left=$(kore_session "$1")
		[[ -n $left ]] || return 0
		if ((i % 10 == 0)); then
			pid_alive "$1" && left=$1
			# shellcheck disable=SC2086
			kill -TERM $left 2>/dev/null
		fi
		sleep 0.1
	done
	# shellcheck disable=SC2086
	kill -KILL $left 2>/dev/null
}

# http_status PORT PATH: the status code of a GET on 127.0.0.1; 000 when
# nothing answers within two seconds.
http_status()
{
	local line=

	{
		exec 7<>"/dev/tcp/127.0.0.1/$1" &&
			printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\n%s' \
				"$2" "$1" $'Connection: close\r\n\r\n' >&7 &&
			read -r -t 2 line <&7
		exec 7>&-
	} 2>/dev/null
	[[ $line =~ ^HTTP/1\.[01]\ ([0-9]{3}) ]] && echo "${BASH_REMATCH[1]}" ||
		echo 000
}

# Whether $port and $workers, of the script that asks, can be.
# shellcheck disable=SC2154
check_settings()
{
	number_ok "$port" 1 65535 ||
		die "ACQUIS_PORT must be a port number, not \"$port\""
	((port >= 1024 || EUID == 0)) ||
		die "port $port is kept for root:" \
			"choose one from 1024 with ACQUIS_PORT=..."
	number_ok "$workers" 1 64 ||
		die "ACQUIS_WORKERS must be 1 to 64, not \"$workers\""
	need_worker
}

# kore_conf FILE PIDFILE: what Kore reads, for $port and $workers.  Paths are
# relative to the tree where they can be: Kore splits at spaces.
kore_conf()
{
	rm -f "$1"
	{
		sed -e "s|@PORT@|$port|g" -e "s|@WORKERS@|$workers|g" \
			-e "s|@MODULE@|./build/acquis.so|g" \
			-e "s|@ROOT@|.|g" -e "s|@USER@|$worker|g" conf/kore.conf
		echo "pidfile $2"
	} >"$1"
}
