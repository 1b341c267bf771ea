#!/usr/bin/env bash
# What action.yml runs. It builds publish from the action's own sources, says what
# is doubtful, what a deploy would change, and builds the site into a new folder.
# In the environment: what action.yml sets, and the runner's RUNNER_TEMP,
# GITHUB_OUTPUT and GITHUB_STEP_SUMMARY.
set -euo pipefail

# escaped TEXT: as the text of a workflow command, whose line ends and signs of
# percent would begin something else.
escaped() {
	local text=$1
	text=${text//'%'/%25}
	text=${text//$'\r'/%0D}
	printf '%s' "${text//$'\n'/%0A}"
}

# flag NAME VALUE: adds the flag to flags, if the value is "true".
flag() {
	case $2 in
	true) flags+=("$1") ;;
	false | "") ;;
	*)
		echo "::error::$1 is true or false, and not \"$(escaped "$2")\""
		exit 2
		;;
	esac
}

# Whoever mistyped an input need not wait until publish is built.
flags=()
flag --strict "$STRICT"
checking=(${flags[@]+"${flags[@]}"})
flags=()
flag --portable "$PORTABLE"
flag --allow-internal-deploy "$ALLOW_INTERNAL"
building=(${flags[@]+"${flags[@]}"})
case $AUDIENCE in
public | internal | "") ;;
*)
	echo "::error::audience is public or internal, and not \"$(escaped "$AUDIENCE")\""
	exit 2
	;;
esac

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

"$publish" check "${common[@]}" ${checking[@]+"${checking[@]}"}

# The first time there is nothing to compare with, and a site that does not answer
# must not keep the new one back.
old=${COMPARE:-$BASE_URL}
if [ -n "$old" ] && [ "$AUDIENCE" = public ]; then
	"$publish" diff "${old%/}/" "${common[@]}" || echo "::notice::What would change cannot be said (see the log): is the site online already?"
fi

"$publish" build "${common[@]}" ${building[@]+"${building[@]}"} --quiet --output "$site"

echo "path=$site" >>"$GITHUB_OUTPUT"
