#!/usr/bin/env bash
# audit.sh BASE FOLDER PAGE ...
# Asks Lighthouse about pages of a built site, served below a path: see audit.mjs.
set -euo pipefail
[ $# -gt 2 ] || { echo "usage: audit.sh BASE FOLDER PAGE ..." >&2; exit 2; }

here=$(dirname "$0")
"$here/need.sh" chromium=chromium
modules=$("$here/npm.sh" audit)
CHROME_PATH=$(command -v chromium) exec node "$here/audit.mjs" "$modules" "$@"
