#!/usr/bin/env bash
# npm.sh [FOLDER] prints the folder that holds the npm packages of FOLDER's
# package-lock.json (default: the one beside this file), installed there if
# need be. Their scripts are not run.
set -euo pipefail
cd "$(dirname "$0")"
tools=$PWD
cd "${1:-.}"

"$tools/need.sh" node=nodejs npm=npm >&2
folder=$tools/../.cache/npm${1:+-$1}
if ! cmp -s package-lock.json "$folder/installed.json"; then
	mkdir -p "$folder"
	cp package.json package-lock.json "$folder"
	(cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund >&2)
	cp package-lock.json "$folder/installed.json"
fi
echo "$folder/node_modules"
