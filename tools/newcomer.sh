#!/usr/bin/env bash
# newcomer.sh [--quick PUBLISH] [FOLDER ...]
# Plays somebody who sees this repository for the first time, and says how long
# everything took. The commands are those of README.md, taken out of it: clone,
# look at the demonstration, install; then init, write, check and build in an
# empty repository, and init and build in a copy of each FOLDER, which holds
# postmortems of somebody else. What was built is then served below a path and
# looked at with curl and Chromium, and held against what GitHub Pages asks for.
#
# All of it happens in a room with nothing in it but /usr, a few files of /etc and
# the repository: no caches of Go, no settings and no name for git, another
# language, once with umask 077. Where the system allows no such room, an empty
# environment and an empty home have to do, and the last lines say so.
#
# With --quick a PUBLISH that was built before is used, and cloning and building
# are left out.
set -euo pipefail

address=https://github.com/acme/publish # of this repository, as the newcomer knows it
reports=https://github.com/acme/reports # of the one that the newcomer begins

say() { printf 'newcomer: %s\n' "$*"; }
fail() {
	printf 'newcomer: error: %s\n' "$*" >&2
	exit 1
}

# block N: the Nth block of commands of README.md.
block() { awk -v want="$1" '/^```sh$/ {n++; on = 1; next} /^```/ {on = 0} on && n == want' /srv/README.md; }

seconds() { awk -v from="$begin" -v to="$(date +%s%N)" 'BEGIN {printf "%.1f", (to - from) / 1e9}'; }
figure() { printf '%s\t%s\n' "$1" "$2" >>"$HOME/figures"; }

# typed LINE: what happens when the newcomer types it.
typed() {
	local line=${1//ADDRESS-OF-THIS-REPOSITORY/$address} status=0
	: >"$HOME/said.log"
	printf '$ %s\n' "$line"
	case $line in
	*"publish serve"*) look "$line" ;;
	"publish new"*) write "$line" ;;
	*) eval "$line" >"$HOME/said.log" 2>&1 || status=$? ;;
	esac
	commands=$((commands + 1))
	tr "\r" "\n" <"$HOME/said.log" | tail -n 12
	return "$status"
}

# look LINE: starts a preview, asks for its home page, and ends it with ctrl-c.
look() {
	local url="" pid
	: >"$HOME/preview.log"
	set -m # a group of processes of its own, as in a terminal
	(eval "$1") >"$HOME/preview.log" 2>&1 &
	pid=$!
	set +m
	for ((i = 0; i < 3000; i++)); do
		url=$(sed -n 's,.* at \(http://[^ ]*\) (ctrl-c to stop).*,\1,p' "$HOME/preview.log")
		[ -z "$url" ] && kill -0 "$pid" 2>/dev/null || break
		sleep 0.1
	done
	if [ -z "$url" ] || ! curl --fail --silent --show-error --max-time 20 --output "$HOME/page.html" "$url" || ! grep -q '<h1' "$HOME/page.html"; then
		cat "$HOME/preview.log"
		fail "\"$1\" shows no page"
	fi
	figure "$stage" "$(seconds)"
	kill -INT -- "-$pid"
	wait "$pid" || [ $? = 130 ] || fail "\"$1\" does not end well"
	tail -n 3 "$HOME/preview.log"
}

# write LINE: begins a report, and answers a few of its questions.
write() {
	local file
	file=$(eval "$1")
	printf '%s\n' "$file"
	sed -i -e '/^stage: draft/d' -e 's/^severity:.*/severity: sev2/' -e 's/^services:.*/services: [Login]/' \
		-e '0,/^<!-- more -->/s//For 52 minutes nobody could log in.\n\n&/' \
		-e 's/^## Timeline$/&\n\n- **08:00** the certificate of the login service expires\n- **08:52** a new certificate is in place/' "$file"
}

# play STAGE: one visit of the newcomer, inside of the room.
play() {
	local line
	stage=$1 commands=0 begin=$(date +%s%N)
	cd "$HOME"
	case $stage in
	demonstration)
		while read -r line; do typed "$line"; done < <(block 1)
		;;
	own)
		git clone --quiet "$reports" reports 2>/dev/null # which warns that it is empty
		cd reports
		commands=2
		while read -r line; do typed "$line"; done < <(block 2)
		figure built "$(seconds)"
		;;
	*)
		cp -R "/srv/corpora/$stage" "$stage"
		chmod -R u+w "$stage"
		cd "$stage"
		[ -d .git ] || git init --quiet
		git remote add origin "https://github.com/acme/$stage" 2>/dev/null || true # so that its address is known
		typed "publish init"
		typed "publish serve"
		typed "publish build" || { # what real reports lack is said, and the rest may go online
			[ $? = 1 ] || fail "publish build: neither a site nor a mistake of the author"
			typed "publish build --keep-going" || [ $? = 1 ]
		}
		;;
	esac
	figure "commands $stage" "$commands"
	# On a machine that does other things too, what processors worked says more than
	# the time that passed.
	times >"$HOME/times"
	figure "cpu $stage" "$(awk -F '[ms ]' 'END {printf "%.0f", $1 * 60 + $2 + $4 * 60 + $5}' "$HOME/times")"
}

if [ "${1-}" = play ]; then
	exec 2>&1
	umask "$3"
	play "$2"
	exit
fi

here=$(cd "$(dirname "$0")" && pwd)
repository=$(dirname "$here")
quick="" corpora=()
while [ $# -gt 0 ]; do
	case $1 in
	--quick)
		[ $# -gt 1 ] || fail "--quick needs a binary"
		quick=$(realpath "$2")
		shift
		;;
	-*) fail "there is no $1" ;;
	*) corpora+=("$(realpath "$1")") ;;
	esac
	shift
done
"$here/need.sh" git=git curl=curl node=nodejs chromium=chromium

work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir -p "$work/home" "$work/srv/corpora"
cp "$0" "$repository/README.md" "$work/srv"
git init --quiet --bare --initial-branch main "$work/srv/reports.git"
for folder in "${corpora[@]}"; do
	cp -R "$folder" "$work/srv/corpora/"
done
if [ -n "$quick" ]; then
	mkdir "$work/home/bin"
	cp "$quick" "$work/home/bin/publish"
else
	git clone --quiet --bare "$repository" "$work/srv/publish.git"
fi

# The addresses lead to folders, by git's settings of the whole system.
settings=$work/srv/gitconfig
git config --file "$settings" url./srv/publish.git.insteadOf "$address"
git config --file "$settings" --add url./srv/reports.git.insteadOf "$reports"
git config --file "$settings" safe.directory '*' # whoever runs this

goroot=$(go env GOROOT 2>/dev/null || echo /usr)
proxy=$(go env GOPROXY 2>/dev/null || true)
modules=${proxy%%[,|]*}
if [ -z "$quick" ] && ! curl --fail --silent --max-time 20 --output /dev/null "$modules/github.com/spf13/cobra/@v/list"; then
	# Without the network: what was loaded earlier, from a folder.
	(cd "$repository" && go mod download)
	mkdir "$work/srv/modules"
	cp -R "$(go env GOMODCACHE)/cache/download/." "$work/srv/modules"
	modules=file:///srv/modules proxy=$modules
fi

# room COMMAND ...: runs it where nothing is but what it says above.
room() {
	unshare --map-root-user --mount --pid --fork --kill-child -- bash -euo pipefail -c '
		root=$1/root work=$1 goroot=$2
		shift 2
		mkdir -p "$root"
		mount -t tmpfs -o mode=755 newcomer "$root"
		cd "$root"
		mkdir -p usr etc proc dev tmp srv home/newcomer
		chmod 1777 tmp
		mount --rbind /usr usr
		case $goroot in /usr/*) ;; *) mkdir -p ".$goroot" && mount --bind "$goroot" ".$goroot" ;; esac
		for name in bin sbin lib lib32 lib64; do
			if [ -L "/$name" ]; then cp -P "/$name" .; elif [ -d "/$name" ]; then mkdir "$name" && mount --rbind "/$name" "$name"; fi
		done
		for name in resolv.conf hosts nsswitch.conf passwd group ld.so.cache; do
			[ ! -e "/etc/$name" ] || cat "/etc/$name" >"etc/$name"
		done
		for name in ssl ca-certificates alternatives; do
			[ ! -d "/etc/$name" ] || { mkdir "etc/$name" && mount --rbind "/etc/$name" "etc/$name"; }
		done
		for name in null zero random urandom; do touch "dev/$name" && mount --bind "/dev/$name" "dev/$name"; done
		ln -s /proc/self/fd dev/fd
		mount -t proc proc proc 2>/dev/null || mount --rbind /proc proc
		mount --bind "$work/srv" srv
		mount --bind "$work/home" home/newcomer
		exec chroot "$root" "$@"
	' room "$work" "$goroot" "$@"
}

# as LANGUAGE UMASK STAGE: a visit.
as() {
	local environment=(env -i "LANG=$1" "GIT_CONFIG_SYSTEM=/srv/gitconfig" "GOPROXY=$modules" "TERM=dumb")
	echo
	say "$3: LANG=$1, umask $2"
	if [ "$alone" = yes ]; then
		room "${environment[@]}" HOME=/home/newcomer "PATH=/home/newcomer/bin:$goroot/bin:/usr/local/bin:/usr/bin:/bin" \
			bash -euo pipefail /srv/newcomer.sh play "$3" "$2"
		return
	fi
	sed "s,/srv/,$work/srv/,g" "$work/srv/newcomer.sh" >"$work/newcomer.sh"
	sed "s,/srv/,$work/srv/,g" "$settings" >"$work/gitconfig"
	"${environment[@]}" "GIT_CONFIG_SYSTEM=$work/gitconfig" "GOPROXY=${modules/#file:\/\/\/srv/file://$work/srv}" HOME="$work/home" \
		"PATH=$work/home/bin:$goroot/bin:/usr/local/bin:/usr/bin:/bin" bash -euo pipefail "$work/newcomer.sh" play "$3" "$2"
}

alone=yes
room true 2>/dev/null || alone=no

[ -n "$quick" ] || as de_DE.UTF-8 022 demonstration
as de_DE.UTF-8 022 own
for folder in "${corpora[@]}"; do
	as fr_FR.UTF-8 077 "$(basename "$folder")"
done

# What GitHub Pages asks of a site: files and folders that everybody may read, no
# links, less than 1 GB. Names of files are not looked at: none is held back.
pages() {
	local wrong
	wrong=$(find "$1" ! -type f ! -type d -o -type f -links +1 -o -type f ! -perm -444 -o -type d ! -perm -555)
	[ -z "$wrong" ] || fail "GitHub Pages does not take this: $wrong"
	[ "$(du -sm "$1" | cut -f 1)" -lt 1000 ] || fail "$1 is larger than GitHub Pages allows"
}
echo
for site in "$work"/home/*/public; do
	pages "$site"
	node "$here/visit.mjs" "/$(basename "$(dirname "$site")")/" "$site"
done

of() { awk -F '\t' -v key="$1" '$1 == key {print $2; exit}' "$work/home/figures"; }
lines() { grep -cvE '^[[:space:]]*(#|$)' "$1"; }
echo
say "$(date -u +%F), $(uname -sm), $(nproc) processors with $(cut -d ' ' -f 1 /proc/loadavg) programs that want them, $(go env GOVERSION 2>/dev/null || echo no Go)"
if [ "$alone" = yes ]; then
	say "in a room with nothing but /usr and the repository"
else
	say "in an empty environment with an empty home; this system allows no room of its own"
fi
if [ -z "$quick" ]; then
	case $modules in
	file:*) say "modules from a folder of this machine, since $proxy does not answer" ;;
	*) say "modules from $modules" ;;
	esac
	say "from git clone to the first page of the demonstration: $(of demonstration) s, of which processors worked $(of "cpu demonstration") s; $(of "commands demonstration") commands"
fi
say "from an empty repository to the first page: $(of own) s; to a written, checked and built site: $(of built) s; $(of "commands own") commands, 1 file edited"
say "lines of configuration: none typed, $(lines "$work/home/reports/publish.yaml") written by init into publish.yaml"
for folder in "${corpora[@]}"; do
	name=$(basename "$folder")
	say "from the folder of $name to the first page: $(of "$name") s; $(of "commands $name") commands"
done
