package importer

import (
	"path"
	"strings"

	"publish/internal/pattern"
	"publish/internal/postmortem"
	"publish/internal/tree"
)

// hugoAddress is the address that Hugo gave a page. One in another language
// than the site's lies below its tag.
func (h *hugo) hugoAddress(d *document) string {
	below, tag := strings.TrimPrefix(d.from, h.contentDir+"/"), h.languageOf(d)
	if end := path.Ext(below); tag != "" {
		below = strings.TrimSuffix(below, "."+tag+end) + end
	}
	address := h.addressOf(d, below)
	inFolder := strings.EqualFold(getText(h.root, "defaultContentLanguageInSubdir"), "true")
	standard := getText(h.root, "defaultContentLanguage")
	if standard == "" {
		standard = "en"
	}
	switch {
	case address == "" || d.text("url") != "" || tag == "" && !inFolder || tag == standard && !inFolder:
		return address
	case tag == "":
		tag = standard
	}
	return "/" + tag + address
}

// languageOf is the language that the name of a text states, as x.fr.md does; ""
// where it states none.
func (h *hugo) languageOf(d *document) string {
	stem := strings.TrimSuffix(d.from, path.Ext(d.from))
	if at := strings.LastIndexByte(stem, '.'); at > strings.LastIndexByte(stem, '/')+1 && get(h.root, "languages", stem[at+1:]) != nil {
		return stem[at+1:]
	}
	return ""
}

// addressOf is the address of a page as its language alone has it.
func (h *hugo) addressOf(d *document, below string) string {
	dir, base := path.Split(below)
	dir = strings.Trim(dir, "/")
	stem := strings.TrimSuffix(base, path.Ext(base))
	section, _, _ := strings.Cut(dir, "/")
	if strings.EqualFold(stem, "index") || strings.EqualFold(stem, "_index") {
		section, _, _ = strings.Cut(dir, "/")
		if stem = path.Base(dir); dir == "" {
			return "/"
		}
		if dir = path.Dir(dir); dir == "." {
			dir = ""
		}
	}
	if own := d.text("url"); own != "" {
		return "/" + strings.TrimPrefix(own, "/")
	}
	slug := stem
	if own := d.text("slug"); own != "" {
		slug = own
	}
	address := "/" + path.Join(dir, slug)
	if pattern := h.permalinkOf(section); pattern != "" && !strings.EqualFold(base, "_index.md") {
		expanded, ok := expandHugo(pattern, d, section, dir, slug, stem)
		if !ok {
			h.r.note(d.from, "its address by Hugo's pattern %q is not known; no alias is written", pattern)
			return ""
		}
		address = expanded
	}
	address = strings.ToLower(strings.ReplaceAll(address, " ", "-"))
	if strings.EqualFold(getText(h.root, "uglyURLs"), "true") && !strings.HasSuffix(address, "/") {
		return address + ".html"
	}
	return "/" + strings.Trim(address, "/") + "/"
}

func (h *hugo) permalinkOf(section string) string {
	for _, where := range []*tree.Node{get(h.root, "permalinks", "page"), get(h.root, "permalinks")} {
		if pattern := getText(where, section); pattern != "" {
			return pattern
		}
	}
	return ""
}

var hugoPlaceholder = pattern.New(`:[a-z]+`)

// expandHugo fills in a pattern of Hugo's `permalinks`; ok is false where a
// part is not known.
func expandHugo(pattern string, d *document, section, dir, slug, stem string) (address string, ok bool) {
	date, hasDate := postmortem.FindDate(d.text("date"))
	title := strings.Trim(nonWords.ReplaceAllString(strings.ToLower(d.text("title")), "-"), "-")
	ok = true
	address = hugoPlaceholder.ReplaceAllStringFunc(pattern, func(p string) string {
		switch p {
		case ":year", ":month", ":day":
			ok = ok && hasDate
			return map[string]string{":year": date.Time.Format("2006"), ":month": date.Time.Format("01"), ":day": date.Time.Format("02")}[p]
		case ":section":
			return section
		case ":sections":
			return dir
		case ":slug":
			if d.text("slug") == "" && title != "" {
				return title
			}
			return slug
		case ":title":
			return title
		case ":slugorfilename", ":slugorcontentbasename":
			return slug
		case ":filename", ":contentbasename":
			return stem
		}
		ok = false
		return p
	})
	return address, ok
}

var nonWords = pattern.New(`[^\pL\pN_]+`)
