#!/usr/bin/env bash
# systems.sh: everything, tests included, compiles for Windows and macOS; and where
# Wine is installed, the binary for Windows makes the same bytes as that for this
# machine, and changes nothing when it builds again. (Wine needs a
# bcryptprimitives.dll, which Go asks for and version 8 has not.)
set -euo pipefail
cd "$(dirname "$0")/.."

for system in windows/amd64 darwin/arm64; do
	echo "vet for $system"
	GOOS=${system%/*} GOARCH=${system#*/} go vet ./...
done
if ! command -v wine >/dev/null; then
	echo "the binary for Windows was NOT RUN: there is no wine"
	exit 0
fi

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
CGO_ENABLED=0 go build -trimpath -o "$dir/publish" ./cmd/publish
CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build -trimpath -o "$dir/publish.exe" ./cmd/publish
export WINEPREFIX=${WINEPREFIX:-$dir/wine} WINEDEBUG=-all
if ! wine "$dir/publish.exe" version; then
	echo "the binary for Windows was NOT RUN: this wine cannot run programs of Go"
	exit 0
fi
for site in . cmd/publish/testdata/golden; do
	args=(build --site "$site" --now 2026-11-21 --base-url https://example.org/reports/ --quiet)
	"$dir/publish" "${args[@]}" --output "$dir/here"
	(cd "$dir" && wine publish.exe "${args[@]}" --site "Z:$OLDPWD/$site" --output windows)
	diff -r "$dir/here" "$dir/windows"
	again=$(cd "$dir" && wine publish.exe "${args[@]/--quiet/--jobs=1}" --site "Z:$OLDPWD/$site" --output windows 2>&1)
	grep -q ' files in windows: [0-9]* unchanged' <<<"$again" || { echo "$again"; exit 1; }
	echo "$site: $(find "$dir/here" -type f | wc -l) files, the same from Windows and from here"
	rm -rf "$dir/here" "$dir/windows"
done
