#!/bin/sh
# fuzz.sh TIME [PACKAGE…]: runs every fuzz target for a time (20s, 10m), one after
# the other, and keeps of what it found new some inputs for `make test`: below testdata/fuzz
# of the package, the newest of each target, since what is found late is what is
# found seldom. What fails is kept by Go itself.
#
# An input is made smaller in 50 tries: Go's own limit, a minute each, left a
# quarter of the time for fuzzing.
set -eu
time=${1:?how long: 20s, 10m}
shift
inputs=25 # of a target, from one run
most=50   # of a target
bytes=1500 # of an input
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=
for package in $(go list "${@:-./...}"); do
	dir=$(go list -f '{{.Dir}}' "$package")
	targets=$(go test -list '^Fuzz' "$package" | grep '^Fuzz' || true)
	[ -n "$targets" ] || continue
	go test -c -fuzz=. -o "$work/fuzz.test" "$package"
	for target in $targets; do
		echo "$package $target"
		(cd "$dir" && "$work/fuzz.test" -test.run '^$' -test.fuzz "^$target\$" -test.fuzztime "$time" \
			-test.fuzzminimizetime 50x -test.fuzzcachedir "$work/cache") || failed="$failed $target"
		[ -d "$work/cache/$target" ] || continue
		kept=$dir/testdata/fuzz/$target
		mkdir -p "$kept"
		room=$((most - $(find "$kept" -type f | wc -l)))
		find "$work/cache/$target" -type f -size "-${bytes}c" -printf '%T@ %p\n' | sort -rn |
			head -n "$((room < 0 ? 0 : room < inputs ? room : inputs))" |
			while read -r _ input; do cp "$input" "$kept/"; done
	done
	rm -rf "$work/cache"
done
[ -z "$failed" ] || { echo "fuzz.sh: failed:$failed" >&2; exit 1; }
