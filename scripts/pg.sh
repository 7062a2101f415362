#!/bin/bash
# The private PostgreSQL 15 cluster of one data directory.
#
#   scripts/pg.sh start DATA       make it if there is none, start it, wait
#   scripts/pg.sh prepare DATA     the same, for systemd to start it
#   scripts/pg.sh stop DATA        finish what is under way, stop cleanly
#   scripts/pg.sh status DATA      exit 0 when it runs, 1 when not
#   scripts/pg.sh url DATA ROLE [DATABASE]
#                                  its libpq connection string
#   scripts/pg.sh psql DATA ROLE [ARGUMENT...]
#   scripts/pg.sh destroy DATA     stop it and delete all of it
#
# It lives in DATA/pg and listens on a Unix socket only.  Roles: acquis_owner
# owns the database `acquis` and runs migrations, acquis_api is the server's
# and owns nothing, postgres is the superuser.  Who may be which role is
# decided by the operating system user at the other end (peer): whoever
# started it, and root, may be all of them; when that is root, ACQUIS_USER
# (acquis, the user of Kore's workers) may be acquis_api, and it alone enters
# the directory of the socket.
#
# PostgreSQL does not run as root.  Started by root it runs as `postgres`, and
# when that user cannot reach DATA the cluster is made in /var/lib/acquis and
# DATA/pg is a link to it.  Every command may be repeated.

# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

major=15
bin=${ACQUIS_PG_BIN:-/usr/lib/postgresql/$major/bin}
umask 077

# as USER COMMAND...: run it as that user, from a directory all can enter.
as()
{
	local user=$1

	shift
	if [[ $user == "$(id -un)" ]]; then
		(cd / && exec "$@")
	else
		(cd / && exec setpriv --reuid="$user" \
			--regid="$(id -g "$user")" --init-groups "$@")
	fi
}

reaches()
{
	as "$1" test -x "$2" 2>/dev/null
}

# The user the cluster belongs to, or will.
owner()
{
	if [[ -d $pg ]]; then
		stat -L -c %U "$pg"
	elif ((EUID == 0)); then
		echo postgres
	else
		id -un
	fi
}

# A directory for the socket: the one in use, or one that is short enough for
# the kernel (107 bytes with the name of the socket), without the comma that
# libpq takes for a list, and in reach of the server and the workers.
socket_dir()
{
	local dir=$data/run hash

	if postmaster >/dev/null; then
		sed -n 5p "$pg/data/postmaster.pid"
		return
	fi
	if ((${#dir} <= 90)) && [[ $dir != *,* ]] && reaches "$user" "$data" &&
		{ ((EUID != 0)) || reaches "$worker" "$data"; }; then
		echo "$dir"
		return
	fi
	hash=$(printf %s "$data" | sha256sum | cut -c 1-12)
	if ((EUID == 0)); then
		echo "/run/acquis-$hash"
	else
		echo "/tmp/acquis-$(id -u)-$hash"
	fi
}

# Nobody comes to the socket but its owner, root and the workers.  A directory
# that somebody else made is not trusted.
make_socket_dir()
{
	mkdir "$socket" 2>/dev/null
	((EUID != 0)) || chown -h "$user:$(id -g "$worker")" "$socket"
	[[ ! -L $socket && $(stat -c %U "$socket" 2>/dev/null) == "$user" ]] ||
		die "$socket belongs to somebody else: remove it and try again"
	if ((EUID == 0)); then
		chmod 0710 "$socket"
	else
		chmod 0700 "$socket"
	fi
}

# Make DATA/pg, or the link that stands for it, for the user of the cluster.
make_place()
{
	[[ -d $pg ]] && return
	[[ ! -L $link ]] || die "the database of $data was in $pg, which is" \
		"gone: restore it, or remove $link to start afresh"
	if reaches "$user" "$data"; then
		mkdir "$pg" && chown "$user:" "$pg" && return
		die "$pg cannot be made"
	fi
	install -d -m 0711 /var/lib/acquis
	pg=$(mktemp -d /var/lib/acquis/XXXXXXXX) ||
		die "/var/lib/acquis cannot be written"
	printf '%s\n' "$data" >"$pg/belongs-to"
	chown -R "$user:" "$pg"
	ln -s "$pg" "$link" || die "$link cannot be made"
	say "The user $user cannot enter $data: the database is in $pg"
}

# Made beside its final name and moved there complete, so an interruption
# leaves nothing that looks like a cluster.
make_cluster()
{
	local new=$pg/data.new log=$pg/initdb.log

	rm -rf "$new"
	as "$user" "$bin/initdb" -D "$new" -U postgres --auth=peer \
		--encoding=UTF8 --locale=C.UTF-8 --data-checksums \
		>"$log" 2>&1 ||
		die "the database could not be made: $(tail -n 1 "$log")"
	as "$user" "$bin/postgres" --single -D "$new" -c log_min_messages=fatal \
		postgres >>"$log" 2>&1 <<-'SQL' || die "see $log"
		CREATE ROLE acquis_owner LOGIN NOSUPERUSER NOBYPASSRLS
		CREATE ROLE acquis_api LOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT
		GRANT acquis_api TO acquis_owner
		CREATE DATABASE acquis OWNER acquis_owner
		REVOKE ALL ON DATABASE acquis FROM PUBLIC
		GRANT CONNECT ON DATABASE acquis TO acquis_api
	SQL
	! grep -E '(ERROR|FATAL|PANIC):' "$log" >&2 || die "see $log"
	echo "include 'acquis.conf'" >>"$new/postgresql.conf"
	mv "$new" "$pg/data" && sync "$pg" && rm "$log"
}

# Rewritten at each start: the tree may have moved, the users changed.
write_conf()
{
	local name

	{
		cat "$ROOT/conf/postgresql.conf"
		printf "unix_socket_directories = '%s'\n" "${socket//\'/\'\'}"
		((EUID == 0)) && echo "unix_socket_permissions = 0777" ||
			echo "unix_socket_permissions = 0700"
	} >"$pg/data/acquis.conf"
	cat >"$pg/data/pg_hba.conf" <<-'HBA'
		local all         all      peer map=acquis
		local replication postgres peer map=acquis
	HBA
	{
		for name in postgres acquis_owner acquis_api; do
			printf 'acquis "%s" %s\n' "$user" $name root $name |
				sed 's/^acquis "root"/acquis root/'
		done
		((EUID != 0)) || [[ $worker == "$user" ]] ||
			echo "acquis \"$worker\" acquis_api"
	} >"$pg/data/pg_ident.conf"
	chown "$user:" "$pg/data/"{acquis,pg_hba,pg_ident}.conf
}

postmaster()
{
	local pid

	{ read -r pid <"$pg/data/postmaster.pid"; } 2>/dev/null || return 1
	pid_alive "$pid" &&
		[[ $(readlink "/proc/$pid/cwd") == "$pg/data" ]] &&
		echo "$pid"
}

# After kill -9 of the postmaster its children end by themselves; and its pid
# file may name a process that nobody waits for, or a stranger that was given
# the same number.  PostgreSQL would refuse to start for any of these.
clear_remains()
{
	local i

	for ((i = 0; i < 100; i++)); do
		find /proc -maxdepth 2 -path '/proc/[0-9]*/cwd' \
			-lname "$pg/data" 2>/dev/null | grep -q . || break
		sleep 0.1
	done
	((i < 100)) || die "an earlier PostgreSQL still works in $pg:" \
		"wait for it to end, or end it"
	rm -f "$pg/data/postmaster.pid" "$socket/.s.PGSQL.5432"{,.lock}
}

check_usable()
{
	local version

	[[ -x $bin/postgres ]] || die "PostgreSQL $major is not installed:" \
		"run scripts/install.sh"
	[[ ! -d $pg || -x $pg ]] ||
		die "$pg belongs to $user: run as that user or as root," \
			"or choose another directory with ACQUIS_DATA=/path"
	[[ -d $pg/data ]] || return 0
	version=$(cat "$pg/data/PG_VERSION" 2>/dev/null)
	[[ -n $version ]] || die "$pg/data is not a PostgreSQL cluster:" \
		"choose another directory with ACQUIS_DATA=/path"
	[[ $version == "$major" ]] ||
		die "$pg/data was made by PostgreSQL $version and this is" \
			"PostgreSQL $major: convert it with pg_upgrade, or" \
			"choose another directory with ACQUIS_DATA=/path"
}

# All but starting it; nothing where it runs.
prepare()
{
	need_worker
	check_usable
	postmaster >/dev/null && return
	need_space "$data"
	make_place
	need_space "$pg"
	[[ -d $pg/data ]] || make_cluster
	make_socket_dir
	clear_remains
	write_conf
}

start()
{
	prepare
	postmaster >/dev/null && return
	# pg_ctl gives the server a session of its own, so that the
	# terminal's Ctrl-C does not reach it before we stop it.
	as "$user" "$bin/pg_ctl" -D "$pg/data" -l "$pg/server.log" -t 120 -s \
		-w start >/dev/null 2>&1 9>&- ||
		die "PostgreSQL does not start: $(grep -aE 'FATAL|PANIC' \
			"$pg/server.log" | tail -n 1) (see $pg/server.log)"
}

# Repeating `fast` is harmless; a server that does not end in a minute is
# told to, which costs a recovery at the next start and no data.
stop()
{
	postmaster >/dev/null || return 0
	as "$user" "$bin/pg_ctl" -D "$pg/data" -t 60 -s -m fast -w stop ||
		as "$user" "$bin/pg_ctl" -D "$pg/data" -t 10 -s \
			-m immediate -w stop
}

destroy()
{
	[[ -d $pg ]] || return 0
	stop
	[[ $pg == "$link" || $pg == /var/lib/acquis/* ]] ||
		die "$pg was not made here"
	rm -rf "$pg" "$link" "$socket"
}

quoted()
{
	local text=${1//\\/\\\\}

	printf "'%s'" "${text//\'/\\\'}"
}

url()
{
	echo "host=$(quoted "$socket") dbname=${2:-acquis} user=$1"
}

usage()
{
	die "usage: scripts/pg.sh start|prepare|stop|status|url|psql|destroy DATA ..."
}

(($# >= 2)) || usage
command=$1
data=$(realpath -m "$2")
link=$data/pg
pg=$(realpath -m "$link")
shift 2
user=$(owner)
mkdir -p "$data" 2>/dev/null || die "$data cannot be made"
socket=$(socket_dir)
case $command in
start) start ;;
prepare) prepare ;;
stop) stop ;;
status) postmaster >/dev/null ;;
url) url "${1:-acquis_api}" "${2:-acquis}" ;;
psql)
	role=${1:-acquis_owner}
	shift
	exec "$bin/psql" -X "$(url "$role")" "$@"
	;;
destroy) destroy ;;
*) usage ;;
esac
