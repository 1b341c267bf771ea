package content

import (
	"fmt"
	"slices"
	"strings"

	"publish/internal/diag"
)

// ledger keeps all diagnostics by file, so that those of one file can be
// exchanged without going through all the others.
type ledger struct {
	said    map[string]diag.List // by file, sorted, nothing twice
	unknown map[string][]use     // of a key that means nothing, by message, in the order of files
	list    diag.List            // what is given out: in the order of files; never changed
}

// use says how often a file uses an unknown key.
type use struct {
	file  string
	times int
}

func newLedger(all diag.List) *ledger {
	all.Sort()
	l := &ledger{said: map[string]diag.List{}, unknown: map[string][]use{}}
	l.list = make(diag.List, 0, len(all))
	var files []string
	for start := 0; start < len(all); {
		file, end := all[start].File, start+1
		for end < len(all) && all[end].File == file {
			end++
		}
		l.said[file] = all[start:end:end]
		for message, times := range unknownIn(l.said[file]) {
			l.unknown[message] = append(l.unknown[message], use{file, times}) // files come in order
		}
		files = append(files, file)
		start = end
	}
	for _, file := range files {
		l.list = l.appendShown(l.list, file)
	}
	return l
}

// unknownIn counts the unknown keys of a file by message; nil if it has none.
func unknownIn(diags diag.List) map[string]int {
	var times map[string]int
	for i := range diags {
		if diags[i].Code == diag.FieldUnknown {
			if times == nil {
				times = map[string]int{}
			}
			times[diags[i].Message]++
		}
	}
	return times
}

// appendShown appends what is given out of a file: each unknown key is said
// once, where it stands first, with how often it is used.
func (l *ledger) appendShown(list diag.List, file string) diag.List {
	var said map[string]bool
	for _, d := range l.said[file] {
		if d.Code == diag.FieldUnknown {
			uses := l.unknown[d.Message]
			if uses[0].file != file || said[d.Message] {
				continue
			}
			if said == nil {
				said = map[string]bool{}
			}
			said[d.Message] = true
			times := 0
			for _, u := range uses {
				times += u.times
			}
			if times > 1 {
				d.Message += fmt.Sprintf(" (%d times)", times)
			}
		}
		list = append(list, d)
	}
	return list
}

// replace exchanges what is said of one file. Besides, an unknown key may now
// stand first in another one.
func (l *ledger) replace(file string, diags diag.List) {
	before, after := unknownIn(l.said[file]), unknownIn(diags)
	if l.said[file] = diags; len(diags) == 0 {
		delete(l.said, file)
	}
	touched := []string{file}
	exchange := func(message string) {
		touched = append(touched, l.first(message)...)
		l.setUse(message, use{file, after[message]})
		touched = append(touched, l.first(message)...)
	}
	for message := range before {
		exchange(message)
	}
	for message := range after {
		exchange(message)
	}
	slices.Sort(touched)
	l.rebuild(slices.Compact(touched))
}

// first is the file in which an unknown key stands first, if there is one.
func (l *ledger) first(message string) []string {
	if uses := l.unknown[message]; len(uses) > 0 {
		return []string{uses[0].file}
	}
	return nil
}

// setUse puts in how often a file uses a key; 0 takes the file out.
func (l *ledger) setUse(message string, u use) {
	uses := l.unknown[message]
	at, found := slices.BinarySearchFunc(uses, u, func(a, b use) int { return strings.Compare(a.file, b.file) })
	switch {
	case found && u.times > 0:
		uses[at] = u
	case found:
		uses = slices.Delete(uses, at, at+1)
	case u.times > 0:
		uses = slices.Insert(uses, at, u)
	}
	if l.unknown[message] = uses; len(uses) == 0 {
		delete(l.unknown, message)
	}
}

// rebuild makes the list anew, in which only some files, sorted, are others.
func (l *ledger) rebuild(files []string) {
	list := make(diag.List, 0, len(l.list)+16)
	rest := l.list
	for _, file := range files {
		at, _ := slices.BinarySearchFunc(rest, file, func(d diag.Diagnostic, file string) int { return strings.Compare(d.File, file) })
		list = l.appendShown(append(list, rest[:at]...), file)
		for at < len(rest) && rest[at].File == file {
			at++
		}
		rest = rest[at:]
	}
	l.list = append(list, rest...)
}
