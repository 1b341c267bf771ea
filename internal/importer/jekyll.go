package importer

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"publish/internal/pattern"
	"publish/internal/tree"
)

// Jekyll: _posts/ with the date in the names, _drafts/, collections, pages with
// front matter, Liquid in the texts, kramdown's attribute lists.
// https://jekyllrb.com/docs/

var jekyllFiles = []string{"_config.yml", "_config.yaml", "_config.toml"}

func jekyllMark(s *source) string {
	for _, name := range jekyllFiles {
		if s.isFile(name) {
			return fmt.Sprintf("it has a file %q", name)
		}
	}
	if s.isDir("_posts") {
		return fmt.Sprintf("it has a folder %q", "_posts")
	}
	return ""
}

func jekyllEvidence(s *source) string {
	if mark := jekyllMark(s); mark != "" {
		return mark
	}
	names, err := s.files()
	if err != nil {
		return ""
	}
	for _, name := range names {
		for _, folder := range []string{"_posts", "_drafts", "_news", "_incidents", "_postmortems"} {
			if isText(name) && strings.Contains("/"+name, "/"+folder+"/") {
				return fmt.Sprintf("it has a folder %q", folder)
			}
		}
	}
	return ""
}

// jekyllOwn are folders of Jekyll's that hold no texts.
var jekyllOwn = map[string]bool{"_includes": true, "_layouts": true, "_sass": true, "_data": true, "_plugins": true, "vendor": true}

// datedName is how the name of a post begins.
var datedName = pattern.New(`^\d{2,4}-\d{1,2}-\d{1,2}[-.]`)

// jekyll is a Jekyll site while it is read.
type jekyll struct {
	move
	root    *tree.Node
	file    string
	written []byte
	docs    []*document
}

func readJekyll(_ context.Context, src *source, r *Result) error {
	root, file, written, err := src.settings(jekyllFiles...)
	if err != nil {
		return err
	}
	j := &jekyll{root: root, file: file, written: written}
	j.move = move{
		src: src, r: r, texts: map[string]*document{}, byAddress: map[string]*document{}, address: map[*document]string{},
		roots: []string{"."}, assetTo: func(name string) string { return r.inContent(plainFolders(name)) },
	}
	if base := getText(root, "url"); base != "" {
		j.hosts = append(j.hosts, hostOf(base))
	}
	if err := j.readTexts(); err != nil {
		return err
	}
	places, err := j.claimPlaces()
	if err != nil {
		return err
	}
	j.siteSettings()
	if err := j.feed(places); err != nil {
		return err
	}
	return j.finish(j.convert)
}

// readTexts reads every text of which Jekyll makes a page.
func (j *jekyll) readTexts() error {
	names, err := j.src.files()
	if err != nil {
		return err
	}
	for _, name := range names {
		why, draft := j.standing(name)
		switch {
		case name == j.file || strings.HasPrefix(path.Base(name), "."):
		case why != "":
			j.r.pass(name, "%s", why)
		case isText(name):
			if err := j.readText(name, draft); err != nil {
				return err
			}
		case strings.EqualFold(path.Ext(name), ".html") && strings.Contains(name, "_posts/"):
			j.r.pass(name, "HTML: only Markdown is read")
		}
	}
	return nil
}

// standing says why Jekyll makes no page of a file, and whether it is a draft.
func (j *jekyll) standing(name string) (why string, draft bool) {
	if pattern := j.excluded(name); pattern != "" {
		return fmt.Sprintf("excluded by %s (%s)", j.file, pattern), false
	}
	parts := strings.Split(path.Dir(name), "/")
	for i, part := range parts {
		switch {
		case part == "_drafts":
			draft = true
		case part == "_posts":
			if isText(name) && !draft && !datedName.MatchString(path.Base(name)) {
				return "Jekyll reads only posts whose names begin with a date", false
			}
			return "", draft
		case jekyllOwn[part]:
			return "a folder of Jekyll's", false
		case strings.HasPrefix(part, "_") && !j.collection(strings.Join(parts[:i+1], "/"), part):
			return "no collection with `output: true` in " + j.file, false
		}
	}
	return "", draft
}

// excluded gives the pattern of `exclude` that hides a file.
func (j *jekyll) excluded(name string) string {
	for _, pattern := range textsOf(get(j.root, "exclude")) {
		plain := strings.Trim(strings.TrimPrefix(pattern, "./"), "/")
		matched, _ := path.Match(plain, name)
		base, _ := path.Match(plain, path.Base(name))
		if plain != "" && (matched || base || strings.HasPrefix(name, plain+"/")) {
			return pattern
		}
	}
	return ""
}

// collection says whether Jekyll makes pages of a collection's texts. Without
// settings nobody can say so, and the folder was named to be imported.
func (j *jekyll) collection(dir, part string) bool {
	if j.root == nil {
		return true
	}
	for _, e := range entriesIn(get(j.root, "collections")) {
		if "_"+e.Key.Value == part && strings.EqualFold(getText(e.Value, "output"), "true") {
			return true
		}
	}
	return slices.Contains(textsOf(get(j.root, "include")), dir)
}

func entriesIn(n *tree.Node) []tree.Entry {
	if n == nil {
		return nil
	}
	return n.Entries
}

func (j *jekyll) readText(name string, draft bool) error {
	data, err := j.src.file(name)
	if err != nil {
		return err
	}
	d := readDocument(name, data, j.r)
	inFolder := strings.Contains("/"+path.Dir(name)+"/", "/_")
	if d.bare && !inFolder && path.Dir(name) == "." && !isIndexName(name) {
		j.r.pass(name, "no front matter, so it is no page of Jekyll's")
		return nil
	}
	d.to = j.r.inContent(plainFolders(name))
	if draft && d.get("draft") == nil {
		d.put("draft", plainNode("true"))
		j.r.went("folder _drafts", "draft")
	}
	if before, _, ok := strings.Cut("/"+path.Dir(name)+"/", "/_posts/"); ok && strings.Trim(before, "/") != "" {
		d.addCategories(j.r, strings.Split(strings.Trim(before, "/"), "/"))
	}
	j.fillDefaults(d)
	j.texts[name] = d
	j.docs = append(j.docs, d)
	return nil
}

func isIndexName(name string) bool {
	switch strings.ToLower(strings.TrimSuffix(path.Base(name), path.Ext(name))) {
	case "index", "readme":
		return true
	}
	return false
}

// plainFolders takes Jekyll's marks out of a path: posts and drafts lie at the
// top, and a collection is a folder like any other.
func plainFolders(name string) string {
	var parts []string
	for part := range strings.SplitSeq(name, "/") {
		if part == "_posts" || part == "_drafts" {
			continue
		}
		parts = append(parts, strings.TrimLeft(part, "_"))
	}
	return path.Join(parts...)
}

// addCategories adds the folders above _posts, which Jekyll takes for
// categories.
func (d *document) addCategories(r *Result, folders []string) {
	key := "categories"
	for _, k := range []string{"categories", "category"} {
		if d.get(k) != nil {
			key = k
		}
	}
	known := textsOf(d.get(key))
	if n := d.get(key); n != nil && n.Kind == tree.Scalar && key == "categories" {
		known = strings.Fields(n.Value)
	}
	all := slices.Clone(folders)
	for _, k := range known {
		if !slices.Contains(all, k) {
			all = append(all, k)
		}
	}
	d.remove("category")
	d.put("categories", listNode(all...))
	r.went("folder above _posts", "categories")
}

// fillDefaults gives a text what `defaults` gives it.
func (j *jekyll) fillDefaults(d *document) {
	list := get(j.root, "defaults")
	if list == nil {
		return
	}
	for _, item := range slices.Backward(list.Items) { // the last one counts
		scope, kind := strings.Trim(getText(item, "scope", "path"), "/"), getText(item, "scope", "type")
		below := scope == "" || d.from == scope || strings.HasPrefix(d.from, scope+"/") || globbed(scope, d.from)
		if below && (kind == "" || kind == jekyllType(d.from)) {
			d.fill(j.r, j.file+": defaults", entriesIn(get(item, "values")))
		}
	}
}

func globbed(pattern, name string) bool {
	ok, _ := path.Match(pattern, name)
	return ok
}

// jekyllType is how Jekyll calls a kind of text.
func jekyllType(name string) string {
	for part := range strings.SplitSeq(path.Dir(name), "/") {
		switch {
		case part == "_posts":
			return "posts"
		case part == "_drafts":
			return "drafts"
		case strings.HasPrefix(part, "_"):
			return strings.TrimPrefix(part, "_")
		}
	}
	return "pages"
}

// claimPlaces asks how Jekyll addresses the texts.
func (j *jekyll) claimPlaces() (map[string]Place, error) {
	if j.src.places == nil || j.src.single != "" {
		return nil, nil
	}
	places, err := j.src.places(j.src.FS)
	if err != nil {
		return nil, err
	}
	for _, d := range j.docs {
		if place, ok := places[d.from]; ok {
			j.claim(d, place.Address)
		}
	}
	return places, nil
}

func (j *jekyll) siteSettings() {
	r := j.r
	if j.root == nil {
		return
	}
	text := func(key string, from ...string) {
		if v := getText(j.root, from...); v != "" {
			r.setting(key, textNode(v), j.file+": "+strings.Join(from, "."))
		}
	}
	text("title", "title")
	if getText(j.root, "title") == "" {
		text("title", "name")
	}
	text("description", "description")
	if base := getText(j.root, "url"); isSiteAddress(base) {
		r.setting("base_url", textNode(strings.TrimSuffix(base, "/")+"/"+strings.Trim(getText(j.root, "baseurl"), "/")), j.file+": url and baseurl")
	}
	for _, key := range []string{"lang", "locale", "language"} {
		if tag := getText(j.root, key); languageTag.MatchString(tag) {
			r.setting("language", textNode(strings.ReplaceAll(tag, "_", "-")), j.file+": "+key)
			break
		}
	}
	text("timezone", "timezone")
	taken := []string{"title", "description", "url", "baseurl", "timezone", "lang", "defaults", "exclude", "include", "collections", "permalink", "excerpt_separator"}
	for _, e := range j.root.Entries {
		if !slices.Contains(taken, e.Key.Value) {
			r.left(j.file+": "+e.Key.Value, "leftovers/"+j.file)
		}
	}
	r.leftover(j.file, j.written, j.file)
}
