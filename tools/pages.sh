#!/usr/bin/env bash
# pages.sh BASE FOLDER ...
# Looks at every page of built sites in a Chromium: see pages.mjs.
set -euo pipefail
[ $# -gt 1 ] || { echo "usage: pages.sh BASE FOLDER ..." >&2; exit 2; }

here=$(dirname "$0")
"$here/need.sh" chromium=chromium
modules=$("$here/npm.sh")
exec node "$here/pages.mjs" "$modules" "$@"
