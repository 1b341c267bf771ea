package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// How much of a difference is printed without --verbose.
const (
	maxShownPages = 40
	maxShownLines = 6
	maxShownWidth = 110
)

// printText prints a difference as people read one: what goes with a minus,
// what comes with a plus, what changes with a tilde.
func (c *difference) printText(w io.Writer, f *flags) {
	t := &diffText{w: w, all: f.verbose}
	if !f.quiet {
		for _, note := range c.Notes {
			t.line("note: %s", note)
		}
		t.withdrawn(c)
		t.pages(c)
		t.feeds(c)
		t.files(c)
	}
	t.breaks(c)
	if !f.quiet {
		t.summary(c)
	}
}

type diffText struct {
	w   io.Writer
	all bool // --verbose
}

// line prints a line, in which what other sites say cannot steer a terminal.
func (t *diffText) line(format string, args ...any) {
	fmt.Fprintln(t.w, oneLine(fmt.Sprintf(format, args...)))
}

// some prints the first of a long list, and how many are left.
func (t *diffText) some(n int, print func(i int)) {
	for i := range n {
		if i == maxShownPages && !t.all {
			t.line("  … %d more (--verbose shows them)", n-i)
			return
		}
		print(i)
	}
}

// withdrawn comes first: it is the one change that a deploy cannot bring to the
// end.
func (t *diffText) withdrawn(c *difference) {
	if len(c.Pages.Withdrawn) == 0 {
		return
	}
	t.line("withdrawn")
	t.some(len(c.Pages.Withdrawn), func(i int) { t.line("x %s  %s", c.Pages.Withdrawn[i].Path, c.Pages.Withdrawn[i].Title) })
	t.line("  the addresses and the entries in feeds stay, without the text; what readers of feeds and")
	t.line("  search engines have fetched already cannot be recalled")
	t.line("")
}

func (t *diffText) pages(c *difference) {
	added, changed := t.documents(c.Pages.Added), t.documents(c.Pages.Changed)
	if len(c.Pages.Added)+len(c.Pages.Changed)+len(c.Pages.Moved)+len(c.Pages.Removed) == 0 {
		return
	}
	t.line("pages")
	t.some(len(c.Pages.Removed), func(i int) { t.line("- %s  %s", c.Pages.Removed[i].Path, c.Pages.Removed[i].Title) })
	t.some(len(added), func(i int) { t.line("+ %s  %s", added[i].Path, added[i].Title) })
	if lists := len(c.Pages.Added) - len(added); lists > 0 {
		t.line("+ %s", count(lists, "overview"))
	}
	t.some(len(c.Pages.Moved), func(i int) {
		t.line("> %s  %s", c.Pages.Moved[i].Path, c.Pages.Moved[i].Title)
		t.line("    from %s", c.Pages.Moved[i].From)
		t.words(c.Pages.Moved[i].Lines)
	})
	t.some(len(changed), func(i int) {
		t.line("~ %s  %s", changed[i].Path, changed[i].Title)
		t.words(changed[i].Lines)
	})
	if c.Lists > 0 && !t.all {
		t.line("~ %s", count(c.Lists, "overview"))
	}
	t.line("")
}

// documents leaves out the pages that publish makes of others.
func (t *diffText) documents(pages []pageChange) []pageChange {
	var list []pageChange
	for _, p := range pages {
		if p.File != "" || t.all {
			list = append(list, p)
		}
	}
	return list
}

// words prints the lines of a page that differ.
func (t *diffText) words(lines []string) {
	for i, line := range lines {
		if i == maxShownLines && !t.all {
			t.line("    … %s more", count(len(lines)-i, "line"))
			return
		}
		t.line("    %s", t.short(line))
	}
}

func (t *diffText) short(line string) string {
	if t.all || utf8.RuneCountInString(line) <= maxShownWidth {
		return line
	}
	return strings.TrimSpace(string([]rune(line)[:maxShownWidth])) + "…"
}

func (t *diffText) feeds(c *difference) {
	terms := 0
	for _, f := range c.Feeds {
		if strings.Count(f.Path, "/") > 1 && !f.Gone && !t.all {
			terms += 1 + len(f.Also)
			continue
		}
		name := "feed " + f.Path
		switch {
		case f.New:
			name += " (new)"
		case f.Gone:
			name += " (gone)"
		}
		if len(f.Also) > 0 {
			name += ", also in " + strings.Join(f.Also, ", ")
		}
		t.line("%s", name)
		if !f.Gone {
			t.some(len(f.Removed), func(i int) { t.line("- %s", f.Removed[i].Title) })
		}
		if f.New {
			t.line("+ %s", count(len(f.Added), "entry"))
		} else {
			t.some(len(f.Added), func(i int) { t.line("+ %s", f.Added[i].Title) })
		}
		t.some(len(f.Changed), func(i int) { t.line("~ %s", f.Changed[i].Title) })
		t.line("")
	}
	if terms > 0 {
		t.line("%s of services, severities and tags with changes (--verbose shows them)", count(terms, "feed"))
		t.line("")
	}
}

func (t *diffText) files(c *difference) {
	if len(c.Files.Added)+len(c.Files.Changed)+len(c.Files.Removed) == 0 {
		return
	}
	t.line("files")
	for _, l := range []struct {
		sign string
		list []string
	}{{"-", c.Files.Removed}, {"+", c.Files.Added}, {"~", c.Files.Changed}} {
		t.some(len(l.list), func(i int) { t.line("%s %s", l.sign, l.list[i]) })
	}
	t.line("")
}

// breaks says of each address that would vanish what keeps it.
func (t *diffText) breaks(c *difference) {
	if len(c.Breaks) == 0 {
		return
	}
	t.line("this would vanish")
	for _, b := range c.Breaks {
		name := b.Address
		if b.Title != "" {
			name += "  " + b.Title
		}
		t.line("! %s", name)
		reason := b.Reason
		if b.Now != "" {
			reason += ": " + b.Now
		}
		t.line("    %s", reason)
		switch {
		case b.File != "":
			under := ""
			if b.Under != "" {
				under = ", under `" + b.Under + "`"
			}
			t.line("    to keep it, put into %s%s:", b.File, under)
			t.line("      %s", b.Line)
		case b.Line != "":
			t.line("      %s", b.Line)
		}
	}
	t.line("")
}

func (t *diffText) summary(c *difference) {
	p := c.Pages
	if len(p.Withdrawn)+len(p.Added)+len(p.Changed)+len(p.Moved)+len(p.Removed)+len(c.Feeds)+len(c.Files.Added)+len(c.Files.Changed)+len(c.Files.Removed) == 0 {
		if c.Complete {
			t.line("nothing would change for readers of %s (%s)", c.Other, count(p.Same, "page"))
		} else {
			t.line("nothing differs in what was compared of %s (%s); the rest is not known%s", c.Other, count(p.Same, "page"), t.unread(p))
		}
		return
	}
	withdrawn := ""
	if n := len(p.Withdrawn); n > 0 {
		withdrawn = fmt.Sprintf("%d withdrawn, ", n)
	}
	t.line("compared with %s: %s%s added, %d changed, %d moved, %d removed; %d would vanish%s", c.Other,
		withdrawn, count(len(p.Added), "page"), len(p.Changed)-c.Lists, len(p.Moved), len(p.Removed), len(c.Breaks), t.unread(p))
}

// unread says of how many pages only the addresses were compared.
func (t *diffText) unread(p pageChanges) string {
	if p.Unread == 0 {
		return ""
	}
	return fmt.Sprintf("; the words of %s were not compared", count(p.Unread, "page"))
}
