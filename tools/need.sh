#!/usr/bin/env bash
# need.sh COMMAND='PACKAGE ...' ...
# Installs the Debian packages of those commands that are missing, and fails
# with a sentence where that cannot be done.
set -euo pipefail

missing=()
for want in "$@"; do
	# Without quotes, since one command may need several packages.
	command -v "${want%%=*}" >/dev/null || missing+=(${want#*=})
done
[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
	echo "missing: ${missing[*]} (Debian's names); install them, then try again" >&2
	exit 1
fi
root=()
if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null || { echo "missing: ${missing[*]}; run as root: apt-get install ${missing[*]}" >&2; exit 1; }
	root=(sudo)
fi
echo "installing ${missing[*]}"
"${root[@]}" apt-get -q update
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "${missing[@]}"
