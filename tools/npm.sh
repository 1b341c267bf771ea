#!/usr/bin/env bash
# npm.sh prints the folder that holds the npm packages of package-lock.json,
# installed there if need be. Their scripts are not run.
set -euo pipefail
cd "$(dirname "$0")"

"./need.sh" node=nodejs npm=npm >&2
folder=$PWD/../.cache/npm
if ! cmp -s package-lock.json "$folder/installed.json"; then
	mkdir -p "$folder"
	cp package.json package-lock.json "$folder"
	(cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund >&2)
	cp package-lock.json "$folder/installed.json"
fi
echo "$folder/node_modules"
