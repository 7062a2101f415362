#!/bin/bash
# Install what Acquis needs and this machine lacks.
#
#   scripts/install.sh        to build and run
#   scripts/install.sh test   to run the test suites as well
#   scripts/install.sh bench  to measure as well
#
# Debian 12 packages through apt-get (with sudo when not root); for root, the
# system user that the server's workers run as; for the tests, the npm packages
# of package-lock.json.  Says what it will do before it does; with nothing
# missing it is silent and takes a moment.

# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

# package, or package=command where the command may come from elsewhere
run_packages='
	gcc=gcc libc6-dev make=make pkg-config=pkg-config
	kore libssl-dev libpq-dev libcjson-dev libxlsxwriter-dev
	libcairo2-dev libpango1.0-dev libexpat1-dev libsodium-dev
	libunistring-dev libdeflate-dev libqrencode-dev libcurl4-openssl-dev
	fonts-dejavu-core ca-certificates
	postgresql-15 postgresql-client-15
'
test_packages='
	nodejs=node npm=npm chromium=chromium qpdf=qpdf
	poppler-utils=pdftotext nginx-light=nginx openssl=openssl python3=python3
	exim4-daemon-light=exim4
'
bench_packages='
	wrk=wrk
'

missing_packages()
{
	local want have entry

	have=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null |
		sed -n 's/^installed //p')
	have=" ${have//$'\n'/ } "
	for entry in "$@"; do
		want=${entry%%=*}
		[[ $have == *" $want "* ]] && continue
		[[ $entry == *=* ]] && PATH=$PATH:/usr/sbin command -v \
			"${entry#*=}" >/dev/null && continue
		echo "$want"
	done
}

# How to become root; empty for root itself.
as_root()
{
	((EUID == 0)) && return
	command -v sudo >/dev/null ||
		die "these packages are missing and sudo is not installed;" \
			"run as root: apt-get install $*"
	echo sudo
}

install_packages()
{
	local sudo package

	command -v apt-get >/dev/null ||
		die "Acquis is built on Debian 12 packages," \
			"and this system has no apt-get"
	sudo=$(as_root "$@") || exit 1
	say "Installing Debian packages: $*"
	$sudo apt-get -q update >&2 ||
		die "the package lists could not be fetched:" \
			"check the network and /etc/apt/sources.list"
	for package in "$@"; do
		[[ $(apt-cache policy "$package") == *Candidate:\ [0-9]* ]] ||
			die "this system offers no package $package:" \
				"Acquis needs Debian 12 (bookworm)"
	done
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
		-o DPkg::Lock::Timeout=120 install --no-install-recommends \
		--no-remove \
		"$@" >&2 || die "apt-get could not install the packages"
}

# An ordinary user runs all of it as themselves.
make_worker()
{
	((EUID == 0)) || return 0
	[[ $worker == acquis ]] && ! id -u acquis >/dev/null 2>&1 && {
		say "Creating the system user acquis, for the server to run as"
		PATH=$PATH:/usr/sbin useradd --system --user-group \
			--no-create-home --home-dir /nonexistent \
			--shell /usr/sbin/nologin acquis ||
			die "the system user acquis could not be created"
	}
	need_worker
}

# The stamp is a copy of the lock file made when npm had finished, so a half
# done installation is done again.
install_npm()
{
	local stamp=node_modules/.acquis-lock

	cmp -s package-lock.json $stamp && return
	(($(node -p 'process.versions.node.split(".")[0]') >= 18)) ||
		die "Node.js 18 or later is needed for the tests"
	say "Installing npm packages for the tests into node_modules"
	npm ci --no-progress --loglevel=error >&2 ||
		die "npm could not install the packages of package-lock.json"
	cp package-lock.json $stamp
}

case ${1:-run} in
run) want=$run_packages ;;
test) want="$run_packages $test_packages" ;;
bench) want="$run_packages $test_packages $bench_packages" ;;
*) die "usage: scripts/install.sh [run|test|bench]" ;;
esac
# shellcheck disable=SC2086
missing=$(missing_packages $want)
# shellcheck disable=SC2086
[[ -z $missing ]] || install_packages $missing
make_worker
[[ ${1:-run} == run ]] || install_npm
