#!/usr/bin/env bash
# Writes down what a real Jekyll makes of cmd/publish/testdata/jekyll/site, for
# each permalink style: its URLs, feed ids and excerpts. The test
# TestJekyllAgrees compares publish with these files, so that it needs no Ruby.
# Needs Debian's packages jekyll, ruby-jekyll-feed and ruby-jekyll-redirect-from.
set -euo pipefail
cd "$(dirname "$0")/../cmd/publish/testdata/jekyll"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/plugins"
cat > "$work/plugins/dump.rb" <<'RUBY'
require "json"
Jekyll::Hooks.register :site, :post_render do |site|
  posts = site.posts.docs.map do |d|
    file = d.destination(site.dest).delete_prefix(site.dest + "/")
    excerpt = d.data["excerpt"].to_s.gsub(/<[^>]*>/, "").split.join(" ")
    { "source" => d.relative_path, "url" => d.url, "file" => file, "id" => d.id, "excerpt" => excerpt }
  end
  pages = site.pages.select { |p| p.path.end_with?(".md") }.map do |p|
    { "source" => p.path, "url" => p.url, "file" => p.destination(site.dest).delete_prefix(site.dest + "/") }
  end
  File.write(ENV.fetch("DUMP"), JSON.pretty_generate(
    "posts" => posts.sort_by { |p| p["source"] }, "pages" => pages.sort_by { |p| p["source"] }) + "\n")
end
RUBY
rm -f ./*.json ./*.ids
for style in date pretty ordinal weekdate none '/:year/:short_month/:i_day/:slug/' '/:categories/:title'; do
  name=$(printf '%s' "$style" | tr -cs 'a-z' '-' | sed 's/^-//; s/-$//')
  cp -r site "$work/src"
  printf 'permalink: %s\nplugins_dir: %s\n' "$style" "$work/plugins" >> "$work/src/_config.yml"
  DUMP="$PWD/$name.json" TZ=UTC LANG=C.UTF-8 jekyll build -q -s "$work/src" -d "$work/out" --disable-disk-cache
  grep -o '<id>[^<]*</id>' "$work/out/feed.xml" | sed 1d | sort > "$name.ids"
  rm -rf "$work/src" "$work/out"
done
