#!/usr/bin/env bash
# What action.yml runs. It builds publish from the action's own sources, says what
# is doubtful, what a deploy would change, and builds the site into a new folder.
# In the environment: what action.yml sets, and the runner's RUNNER_TEMP,
# GITHUB_OUTPUT and GITHUB_STEP_SUMMARY.
set -euo pipefail

# flag NAME VALUE: the flag, if the value is "true".
flag() {
	case $2 in
	true) flags+=("$1") ;;
	false | "") ;;
	*)
		echo "::error::$1 is true or false, and not \"$2\""
		exit 2
		;;
	esac
}

work=$(mktemp -d "$RUNNER_TEMP/publish-XXXXXXXX")
chmod 755 "$work"
publish=$work/publish
site=$work/site

echo "::group::Build publish"
(cd "$ACTION" && CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-X main.version=${REF:-development}" -o "$publish" ./cmd/publish)
"$publish" version
echo "::endgroup::"

if [ -n "$BASE_URL" ]; then
	export PUBLISH_BASE_URL=$BASE_URL
fi
common=(--site "$SITE" --audience "$AUDIENCE")

flags=()
flag --strict "$STRICT"
"$publish" check "${common[@]}" ${flags[@]+"${flags[@]}"}

# The first time there is nothing to compare with, and a site that does not answer
# must not keep the new one back.
old=${COMPARE:-$BASE_URL}
if [ -n "$old" ] && [ "$AUDIENCE" = public ]; then
	"$publish" diff "${old%/}/" "${common[@]}" || echo "::notice::What would change cannot be said (see the log): is the site online already?"
fi

flags=()
flag --portable "$PORTABLE"
flag --allow-internal-deploy "$ALLOW_INTERNAL"
"$publish" build "${common[@]}" ${flags[@]+"${flags[@]}"} --quiet --output "$site"

echo "path=$site" >>"$GITHUB_OUTPUT"
