#!/bin/bash
# Put what was built where a server has it, or take it away again: what
# `make install` and `make uninstall` do.
#
#   scripts/deploy.sh install
#   scripts/deploy.sh uninstall   the data and the settings stay
#
# PREFIX (/usr/local): PREFIX/lib/acquis holds the program, PREFIX/bin the
# command.  DESTDIR is put before every path, for packages; without it the
# Debian packages and the user that are missing are made as well.
# NAME (this machine's), CERTIFICATE, KEY (where certbot puts those of NAME):
# of the site for nginx.  SYSCONFDIR, STATEDIR, UNITDIR: /etc/acquis,
# /var/lib/acquis, /etc/systemd/system.
#
# Settings that are there are kept.  Installing over a running version is an
# upgrade: `systemctl restart acquis` migrates its data and serves it.

# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

prefix=${PREFIX:-/usr/local}
lib=$prefix/lib/acquis
conf=${SYSCONFDIR:-/etc/acquis}
state=${STATEDIR:-/var/lib/acquis}
units=${UNITDIR:-/etc/systemd/system}
to=${DESTDIR:-}
name=${NAME:-$(hostname -f 2>/dev/null || hostname)}
certificate=${CERTIFICATE:-/etc/letsencrypt/live/$name/fullchain.pem}
key=${KEY:-/etc/letsencrypt/live/$name/privkey.pem}

# filled FILE: with the words between @ filled in.
filled()
{
	sed -e "s|@LIB@|$lib|g" -e "s|@CONF@|$conf|g" \
		-e "s|@STATE@|$state|g" -e "s|@USER@|$worker|g" \
		-e "s|@NAME@|$name|g" -e "s|@CERTIFICATE@|$certificate|g" \
		-e "s|@KEY@|$key|g" -e "s|@PORT@|${ACQUIS_PORT:-8080}|g" \
		-e "s|@HTTP@|80|g" -e "s|@HTTPS@|443|g" "$1"
}

# The shape of the source tree, of what runs.  Removed first: a file that a
# newer version has no more would be served, or applied.
copy_program()
{
	local folder

	rm -rf "$to$lib"
	install -d "$to$lib"/{build,conf,docs,frameworks,migrations,scripts} \
		"$to$prefix/bin"
	install -m 0644 build/acquis.so "$to$lib/build"
	install -m 0755 build/acquis "$to$lib/build"
	install -m 0644 conf/kore.conf conf/postgresql.conf "$to$lib/conf"
	install -m 0755 scripts/{acquis,pg,service}.sh "$to$lib/scripts"
	install -m 0644 scripts/lib.sh "$to$lib/scripts"
	install -m 0644 openapi.yaml README.md "$to$lib"
	install -m 0644 docs/*.md "$to$lib/docs"
	for folder in frameworks migrations; do
		install -m 0644 $folder/* "$to$lib/$folder"
	done
	cp -R frontend "$to$lib" && chmod -R u=rwX,go=rX "$to$lib/frontend"
}

write_command()
{
	cat >"$to$prefix/bin/acquis" <<-COMMAND
		#!/bin/sh
		# The acquis command on the data of this machine's service.
		set -a
		ACQUIS_DATA=$state
		[ ! -r $conf/acquis.conf ] || . $conf/acquis.conf
		exec $lib/scripts/acquis.sh "\$@"
	COMMAND
	chmod 0755 "$to$prefix/bin/acquis"
}

write_settings()
{
	local unit

	install -d "$to$conf" "$to$units"
	install -d -m 0711 "$to$state"
	[[ -e $to$conf/acquis.conf ]] ||
		install -m 0640 conf/acquis.conf "$to$conf"
	if [[ -n ${NAME:-} || ! -e $to$conf/nginx.conf ]]; then
		filled conf/nginx/acquis.conf >"$to$conf/nginx.conf"
	fi
	for unit in conf/systemd/*; do
		filled "$unit" >"$to$units/${unit##*/}"
	done
}

reload()
{
	[[ -n $to || ! -d /run/systemd/system ]] || systemctl daemon-reload
}

install_all()
{
	[[ -e build/acquis.so && -e build/acquis ]] ||
		die "nothing is built: run make first"
	set -e
	copy_program
	write_command
	write_settings
	set +e
	reload
	say "Acquis is in $to$lib, its settings in $to$conf/acquis.conf," \
		"its site for nginx in $to$conf/nginx.conf ($name)."
	say "Next: systemctl enable --now acquis-postgresql acquis" \
		"acquis-traces.timer"
}

uninstall_all()
{
	if [[ -z $to && -d /run/systemd/system ]]; then
		systemctl disable --now acquis-traces.timer acquis \
			acquis-postgresql 2>/dev/null
	fi
	rm -rf "$to$lib"
	rm -f "$to$prefix/bin/acquis" \
		"$to$units"/{acquis,acquis-postgresql,acquis-traces}.service \
		"$to$units/acquis-traces.timer"
	reload
	say "Acquis is removed. Its data stay in $to$state," \
		"its settings in $to$conf: remove them yourself" \
		"if nobody needs them any more."
}

case ${1:-} in
install) install_all ;;
uninstall) uninstall_all ;;
*) die "usage: scripts/deploy.sh install|uninstall" ;;
esac
