package site

import (
	"path"
	"strings"

	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/markdown"
)

// maxMenu is how many pages stand in the header where the site lists none.
const maxMenu = 4

// frameFile is the name of the file in which links of the frame are taken to
// stand: any file at the top of the content folder.
const frameFile = "SUMMARY.md"

// navigate makes the header's links and the tree of SUMMARY.md. Where they
// lead is settled by follow and Confirm, as for any other link.
func (s *Site) navigate() {
	s.frame = &Page{Document: &content.Document{Path: path.Join(s.root, frameFile)}, Path: "/"}
	for _, item := range s.Config.Menu {
		s.Menu = append(s.Menu, Link{Title: item.Title, link: &markdown.Link{Dest: item.URL, Text: item.Title, Pos: item.Pos}})
	}
	s.Navigation = tree(s.folder.Navigation)
	if len(s.Config.Menu) > 0 {
		return
	}
	for _, p := range s.Pages {
		if strings.Count(p.Path, "/") <= 2 && len(s.Menu) < maxMenu {
			s.Menu = append(s.Menu, Link{Title: p.Title, Path: p.Path})
		}
	}
}

func tree(items []content.NavItem) []Link {
	var links []Link
	for _, item := range items {
		l := Link{Title: item.Title, Items: tree(item.Items)}
		if item.Dest != "" {
			l.link = &markdown.Link{Dest: item.Dest, Text: item.Title}
		}
		links = append(links, l)
	}
	return links
}

// takeLogo takes the logo that is a file of the content folder. One of static/
// is the theme's.
func (s *Site) takeLogo(diags *diag.List) {
	name := s.Config.Theme.Logo
	if name == "" || strings.HasPrefix(name, "static/") {
		return
	}
	for _, file := range []string{path.Join(s.root, name), name} {
		if f := s.folder.Files[file]; f != nil {
			s.Logo = s.asset(f)
			return
		}
	}
	diags.Report(diag.Config, s.Config.Theme.LogoPos, "it is looked for in the content folder; a file of static/ is written `static/"+path.Base(name)+"`",
		"`theme.logo` names %q, which does not exist", name)
}

// settleFrame writes the addresses of the frame's links, once they are known,
// and drops those that lead nowhere.
func (s *Site) settleFrame(links []Link) []Link {
	var kept []Link
	for _, l := range links {
		l.Items = s.settleFrame(l.Items)
		if l.link != nil && s.heldBack(l.link) {
			kept = append(kept, l.Items...) // its name would say what is held back
			continue
		}
		if l.link != nil {
			d := s.destinationOf(s.frame, l.link)
			switch {
			case d.url != "":
				l.Path, l.External = d.url, true
			case d.page != nil && d.page != s.frame:
				l.Path = d.page.Path + d.suffix
			case d.asset != nil:
				l.Path = d.asset.Route + d.suffix
			case d.route != "":
				l.Path = d.route + d.suffix
			}
		}
		if l.Path != "" || len(l.Items) > 0 {
			kept = append(kept, l)
		}
	}
	return kept
}

// heldBack says that a link of the frame leads to what is there and is not
// public.
func (s *Site) heldBack(l *markdown.Link) bool {
	d, problem := s.resolve(s.frame, l)
	return problem == nil && d.none()
}
