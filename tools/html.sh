#!/usr/bin/env bash
# html.sh FOLDER ...
# Judges every HTML file in the folders with the Nu validator: errors only.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: html.sh FOLDER ..." >&2; exit 2; }

here=$(dirname "$0")
"$here/need.sh" java=default-jre-headless
modules=$("$here/npm.sh")
pages=$(find "$@" -name '*.html' | wc -l)
[ "$pages" -gt 0 ] || { echo "no HTML files in $*" >&2; exit 1; }
# The default stack is too small for deeply nested pages.
java -Xss4m -jar "$modules/vnu-jar/build/dist/vnu.jar" --errors-only --skip-non-html "$@"
echo "$pages HTML files are valid"
