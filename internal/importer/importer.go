// Package importer turns what other tools keep (Statuspage, Jekyll, GitBook,
// cState, Hugo) into files of a site folder, and says of each field of the
// source where it went.
//
// Each format has a file of its own. All of them fill one Result, which is a
// pure function of the source: what is written is decided afterwards, in
// Plan, and written by Write, all of it or nothing.
//
// Nothing is invented: front matter holds what the source says. Nothing is
// dropped: a field that publish has no place for stays in the front matter,
// below `extra`, and what belongs to no text stays in a file below leftovers/,
// which is never published.
package importer

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strings"
)

// Options say what to import.
type Options struct {
	// Format is one of Formats; "" asks the source.
	Format string
	// Source is a file, a folder, a .zip of a folder, or an http address.
	Source string
	// Content is the content folder, from the site folder.
	Content string
	// Client asks for addresses; nil is a client with sensible limits.
	Client *http.Client
	// Places gives, by file, where the texts of a Jekyll folder stand there.
	// Whoever calls knows how Jekyll makes addresses.
	Places func(fs.FS) (map[string]Place, error)

	mostAnswers int64 // for tests; 0 is maxAnswers
}

// Place is where a text stands: its path from the root of the site, the same as a
// full URL, and the id that jekyll-feed gives it. The last two are empty where
// the site's address is not known.
type Place struct{ Address, URL, FeedID string }

// format is one kind of source: how it is recognised and how it is read.
type format struct {
	name string
	// mark says by what lies in a folder that it is the root of such a site, ""
	// if it is none; nil where a source has no root.
	mark func(*source) string
	// evidence says by what a source is seen to be of this format, "" if it
	// is not. It may look deeper than mark.
	evidence func(*source) string
	read     func(context.Context, *source, *Result) error
}

// formats are asked in this order: a cState site is a Hugo site too.
var formats = []format{
	{"statuspage", nil, statuspageEvidence, readStatuspage},
	{"cstate", cstateMark, cstateEvidence, readCState},
	{"hugo", hugoEvidence, hugoEvidence, readHugo},
	{"jekyll", jekyllMark, jekyllEvidence, readJekyll},
	{"gitbook", gitbookEvidence, gitbookEvidence, readGitBook},
}

// Formats lists the names of the formats.
func Formats() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// Failure is an error of whoever asked: what was asked for is not there, or is
// something else. Hint tells what to do.
type Failure struct {
	Message, Hint string
}

func (f *Failure) Error() string { return f.Message }

func failf(hint, format string, args ...any) error {
	return &Failure{fmt.Sprintf(format, args...), hint}
}

// Read reads a source. The error is a *Failure where the source is not what it
// was said to be, else of the machine.
func Read(ctx context.Context, o Options) (*Result, error) {
	src, err := open(ctx, o)
	if src != nil {
		defer src.close()
	}
	if err != nil {
		return nil, err
	}
	r := &Result{content: o.Content, traces: map[trace]*Trace{}, taken: map[string]int{}}
	if err := src.enterRoot(o.Format, r); err != nil {
		return nil, err
	}
	chosen, evidence := detect(src, o.Format)
	if _, err := src.files(); err != nil {
		return nil, err // in what cannot be read, nothing is found
	}
	if chosen == nil {
		return nil, failf("name the format: "+strings.Join(Formats(), ", "), "%q is of no format that is known: %s", o.Source, src.describe())
	}
	r.Format, r.Evidence = chosen.name, evidence
	if err := chosen.read(ctx, src, r); err != nil {
		return nil, err
	}
	for _, p := range src.passed {
		r.pass(p.name, "%s", p.why)
	}
	if len(r.Files) == 0 {
		message := fmt.Sprintf("%q holds nothing to import as %s", o.Source, chosen.name)
		if problem := src.unreadable(); problem != "" {
			message += ": " + problem
		}
		return nil, &Failure{message, "look whether it is the right folder, or name another format"}
	}
	return r, r.finish()
}

// detect finds the format of a source. A format that was named is believed.
func detect(src *source, named string) (*format, string) {
	if named != "" {
		i := slices.IndexFunc(formats, func(f format) bool { return f.name == named })
		return &formats[i], ""
	}
	for i := range formats {
		if evidence := formats[i].evidence(src); evidence != "" {
			return &formats[i], evidence
		}
	}
	return nil, ""
}
