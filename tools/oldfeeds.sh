#!/usr/bin/env bash
# oldfeeds.sh CSTATE writes down the ids that real generators give the entries of
# the feeds of cmd/publish/testdata/import/{jekyll,hugo,cstate}.txtar. The test
# TestMoveKeepsSubscribers shows a reader that they stay, and needs none of them.
# Needs Debian's packages jekyll, ruby-jekyll-feed and hugo, and in the folder
# CSTATE a copy of the theme cState.
set -euo pipefail
theme=$(realpath "$1")
cd "$(dirname "$0")/../cmd/publish/testdata/import"
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for kind in jekyll hugo cstate; do
	mkdir "$work/$kind"
	(
		cd "$work/$kind"
		awk '/^-- .+ --$/ { name = $2; system("mkdir -p \"$(dirname \"" name "\")\""); next } name { print > name }' "$here/$kind.txtar"
		case $kind in
		jekyll) TZ=UTC LANG=C.UTF-8 jekyll build -q --disable-disk-cache && mv _site public && mv public/feed.xml public/index.xml ;;
		cstate)
			base=$(sed -n 's/^baseURL: //p' config.yml)
			mkdir themes && cp -r "$theme" themes/cstate
			cp themes/cstate/exampleSite/config.yml . # with all that the theme asks for
			hugo --quiet --baseURL "$base"
			;;
		hugo) hugo --quiet 2> hugo.log || { cat hugo.log >&2 && exit 1; } ;;
		esac
	)
	grep -Eo '<(id|guid)[^>]*>[^<]*' "$work/$kind/public/index.xml" | sed -E 's/<[^>]*>//' | sed -E '/\/feed\.xml$/d' | sort > "$kind.ids"
done
