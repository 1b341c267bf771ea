package content

import (
	"regexp"
	"strings"

	"publish/internal/config"
	"publish/internal/diag"
	"publish/internal/leak"
	"publish/internal/postmortem"
	"publish/internal/tree"
)

// leaks looks for what must not be published in what is left of a text once
// internal parts are cut: all of the text, comments and code included, and the
// values of front matter that a page or the data may show. What is not going to
// be published may hold anything; an embargo ends by itself, so it does not count.
func (d *reader) leaks(root *tree.Node, parts postmortem.Parts) {
	if d.internal || d.kept() {
		return
	}
	sheet := d.scanner.Sheet(d.Path, leak.Markdown)
	sheet.Text(parts.Body, parts.BodyLine)
	if root != nil {
		sheet.Allow(parts.Matter, parts.MatterLine)
		f := frontLeaks{sheet: sheet, reader: d, matter: parts.Matter, first: parts.MatterLine}
		for _, e := range root.Entries {
			if !f.hidden(e) {
				f.look(e.Value, signed[strings.ToLower(e.Key.Value)])
			}
		}
	}
	d.diags = append(d.diags, sheet.Diags()...)
}

// signed are the fields in which authors say how to reach them.
var signed = map[string]bool{"author": true, "authors": true, "contact": true}

// frontLeaks looks through front matter.
type frontLeaks struct {
	*reader
	sheet  *leak.Sheet
	matter []byte
	lines  lines // of the matter, once they are asked for
	first  int   // the number of the first line
}

// hidden says that neither a page nor the data show an entry: it means nothing
// here, and the site does not say otherwise (`data.extra`).
func (f *frontLeaks) hidden(e tree.Entry) bool {
	for _, unknown := range f.Meta.Unknown {
		if unknown.Key == e.Key {
			for _, extra := range f.decoding.Extra {
				if extra == e.Key.Value {
					return false
				}
			}
			return true
		}
	}
	return false
}

// look looks through a value, but for what is marked as internal.
func (f *frontLeaks) look(n *tree.Node, signed bool) {
	if n == nil || postmortem.IsInternal(n) {
		return
	}
	if n.Value != "" {
		var none []diag.Code
		if signed {
			none = []diag.Code{diag.LeakPersonal}
		}
		f.sheet.Value(n.Value, n.Pos, f.from, none...)
		if f.ticket(n.Value) {
			f.diags.Report(diag.LeakHost, n.Pos, "take the link out: its readers cannot open it", "%q becomes a link to a tracker that is internal", n.Value)
		}
	}
	for _, item := range n.Items {
		f.look(item, signed)
	}
	for _, e := range n.Entries {
		f.look(e.Value, signed)
	}
}

// from is the front matter from a line on.
func (f *frontLeaks) from(line int) []byte {
	if f.lines.starts == nil {
		f.lines = newLines(f.matter)
	}
	if i := line - f.first; i >= 0 && i < len(f.lines.starts) {
		return f.lines.text[f.lines.starts[i]:]
	}
	return nil
}

// lines is a text with the places where its lines begin.
type lines struct {
	text   []byte
	starts []int
}

func newLines(text []byte) lines {
	l := lines{text, []int{0}}
	for at := range text {
		if text[at] == '\n' {
			l.starts = append(l.starts, at+1)
		}
	}
	return l
}

// ticket says that a value is the name of a ticket of an internal tracker.
func (f *frontLeaks) ticket(value string) bool {
	return f.tickets != nil && f.tickets.MatchString(value)
}

// leakOptions are what a site publishes on purpose, and what it calls internal.
func leakOptions(cfg *config.Config) leak.Options {
	own := append([]string{cfg.Contact, cfg.StatusPage, cfg.SubscribeURL, cfg.Repository}, cfg.Authors...)
	if cfg.BaseURL != nil {
		own = append(own, cfg.BaseURL.String())
	}
	return leak.Options{Own: own, Hosts: cfg.InternalHosts}
}

// internalTickets finds the names of tickets of those trackers whose address is
// internal; nil if there is none.
func internalTickets(cfg *config.Config, s *leak.Scanner) *regexp.Regexp {
	var names []string
	for _, t := range cfg.Trackers {
		if len(s.Scan([]byte(t.URL+"1"))) > 0 {
			names = append(names, regexp.QuoteMeta(t.Prefix))
		}
	}
	if names == nil {
		return nil
	}
	return regexp.MustCompile(`^\s*(?:` + strings.Join(names, "|") + `)[-#]*\d+\s*$`)
}
