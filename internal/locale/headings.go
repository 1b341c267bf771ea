package locale

import (
	"bytes"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"publish/internal/pattern"
)

// A name with more around it than this is not what a heading is about.
const (
	maxOtherWords   = 5
	maxOtherLetters = 10 // in scripts without spaces
)

// headingNames is an index of the names of roles, folded.
type headingNames struct {
	within   map[string]Role // may stand within a heading
	whole    map[string]Role // must be a whole part of it
	longWord map[string]bool // the longest word of each name
	han      map[rune]bool   // the Chinese characters that names begin with
	longest  int             // words of the longest name
	unspaced int             // letters of the longest name without spaces
	// joiners and beforeDates are small words; see the data files.
	joiners     map[string]bool
	beforeDates map[string]bool
}

func newHeadingNames() *headingNames {
	return &headingNames{
		within: map[string]Role{}, whole: map[string]Role{}, longWord: map[string]bool{}, han: map[rune]bool{},
		joiners: map[string]bool{}, beforeDates: map[string]bool{},
	}
}

// add takes names that nobody has taken before.
func (n *headingNames) add(role Role, names []string) {
	for _, name := range names {
		whole := strings.HasPrefix(name, "=")
		name = Fold(name)
		if name == "" {
			continue
		}
		if _, taken := n.whole[name]; !taken {
			n.whole[name] = role
			n.longWord[longestWord(name)] = true
		}
		if _, taken := n.within[name]; whole || taken {
			continue
		}
		n.within[name] = role
		n.longest = max(n.longest, strings.Count(name, " ")+1)
		if r, _ := utf8.DecodeRuneInString(name); Unspaced(r) {
			n.unspaced = max(n.unspaced, utf8.RuneCountInString(name))
			n.han[r] = true
		}
	}
}

// longestWord is the longest word of a name, the first of those that are as long.
func longestWord(name string) (longest string) {
	for word := range strings.SplitSeq(name, " ") {
		if len(word) > len(longest) {
			longest = word
		}
	}
	return longest
}

// find gives the role of a heading: of the whole if that is a name, else of
// its parts. A timeline anywhere wins, since only what begins with a time
// becomes an event; otherwise the first part with a role does.
func (n *headingNames) find(heading string) Role {
	var few [96]byte
	words, rest := AppendFold(few[:0], heading, len(heading))
	if rest != "" {
		words = []byte(Fold(heading))
	}
	if role, ok := n.whole[string(words)]; ok || !n.mayHold(words) {
		return role
	}
	return n.findAmong(heading)
}

// mayHold says whether a name may stand among the folded words of a heading: the
// longest word of one does, or a letter of a script in which names begin anywhere.
// What find does not look at in a heading leaves its other words as they are.
func (n *headingNames) mayHold(words []byte) bool {
	for from, i := 0, 0; i <= len(words); i++ {
		if i == len(words) || words[i] == ' ' {
			if n.longWord[string(words[from:i])] {
				return true
			}
			from = i + 1
		}
	}
	return n.unspaced > 0 && bytes.ContainsFunc(words, Unspaced)
}

// findAmong is find for a heading that may hold a name among others.
func (n *headingNames) findAmong(heading string) Role {
	if role := n.bracketed(heading); role != NoRole {
		return role
	}
	heading = undecorated(heading)
	if role, ok := n.asWhole(heading); ok {
		return role
	}
	found := NoRole
	for piece := range pieces(heading) {
		for part := range n.parts(Fold(piece)) {
			switch role := n.findInPart(part); {
			case role == noneRole, role == RoleTimeline:
				return role
			case found == NoRole:
				found = role
			}
		}
	}
	return found
}

// asWhole is the role of a text that is a name and nothing else.
func (n *headingNames) asWhole(text string) (role Role, ok bool) {
	return folded(n.whole, text)
}

// bracketed is the role that brackets at the end give outright, where it is one
// whose entries are read: "Remediation (action items)".
func (n *headingNames) bracketed(heading string) Role {
	if m := bracketed.FindStringSubmatch(heading); m != nil {
		if role, _ := n.asWhole(m[1]); role == RoleTimeline || role == RoleCountermeasures {
			return role
		}
	}
	return NoRole
}

var (
	decoration = pattern.New(`<[^>]*>|:[a-z0-9_+-]+:|\((?:e?s|x|n)\)`)
	enumerator = pattern.Holding(asciiDigits+".)]:-–—", `^[\s#*]*(?:[(\[]?(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Za-z])(?:[.)\]:]|\s+[-–—])|\d+(?:\.\d+)*(?:\s|$))+\s*`)
	bracketed  = pattern.Holding("(", `\(([^()]+)\)[\s:.]*$`)
)

const asciiDigits = "0123456789"

// undecorated takes away what does not belong to the words of a heading:
// tags, emoji codes, the plural's "(s)", what stands in parentheses at the
// end, enumerators. Signs and emoji are lost in fold.
func undecorated(heading string) string {
	s := heading
	if mayBeDecorated(s) {
		s = decoration.ReplaceAllString(s, " ")
	}
	if at := closedAt(s); at > 0 {
		s = s[:at]
	}
	if rest := s[len(enumerator.FindString(s)):]; strings.TrimSpace(rest) != "" {
		s = rest
	}
	return s
}

// mayBeDecorated says whether a tag, an emoji code or a plural may stand in a
// heading: most have a colon or brackets at most.
func mayBeDecorated(s string) bool {
	if strings.Contains(s, "<") || strings.Count(s, ":") > 1 {
		return true
	}
	for at := strings.IndexByte(s, '('); at >= 0; at = strings.IndexByte(s, '(') {
		s = s[at+1:]
		if end := strings.IndexByte(s, ')'); end == 1 || end == 2 {
			return true
		}
	}
	return false
}

// closedAt is where the brackets begin that a heading ends with, and the blanks
// before them; -1 if it ends otherwise.
func closedAt(s string) int {
	const blanks = " \t\n\f\r"
	inner := strings.TrimRight(s, blanks+":：.。#*")
	if last, _ := utf8.DecodeLastRuneInString(inner); !strings.ContainsRune(")]）】〕", last) {
		return -1
	}
	line := strings.LastIndexByte(inner, '\n') + 1
	open := strings.IndexAny(inner[line:], "([（【〔")
	if open < 0 {
		return -1
	}
	return len(strings.TrimRight(inner[:line+open], blanks))
}

// pieces splits a heading at the signs that part what it is about: most signs, and
// hyphens and full stops where blanks stand beside them.
func pieces(heading string) iter.Seq[string] {
	return func(yield func(string) bool) {
		from := 0
		for i, r := range heading {
			end := i + utf8.RuneLen(r)
			switch {
			case r == '-' && i > 0 && isBlank(heading[i-1]) && end < len(heading) && isBlank(heading[end]):
			case r == '.' && end < len(heading) && isBlank(heading[end]):
			case strings.ContainsRune(":：,、，/|&+;；・()（）–—", r):
			default:
				continue
			}
			if !yield(heading[from:i]) {
				return
			}
			from = end
		}
		yield(heading[from:])
	}
}

func isBlank(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' && c != '\v' }

// parts splits folded words at joining ones.
func (n *headingNames) parts(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		from, at := 0, 0
		for word := range strings.SplitSeq(text, " ") {
			if n.joiners[word] {
				if !yield(strings.TrimSpace(text[from:at])) {
					return
				}
				from = min(at+len(word)+1, len(text))
			}
			at += len(word) + 1
		}
		yield(strings.TrimSpace(text[from:]))
	}
}

func (n *headingNames) findInPart(part string) Role {
	if role, ok := n.whole[part]; ok || part == "" {
		return role
	}
	if undated := n.undated(part); undated != part {
		if role, ok := n.whole[undated]; ok {
			return role
		}
	}
	if role := n.findWithin(part); role != NoRole {
		return role
	}
	return n.findUnspaced(part)
}

// undated leaves out the words of a date and what leads to them: "update 4th
// july" is an update.
func (n *headingNames) undated(part string) string {
	dated := false
	for word := range strings.SplitSeq(part, " ") {
		dated = dated || ofDate(word)
	}
	if !dated {
		return part
	}
	kept := slices.DeleteFunc(strings.Split(part, " "), ofDate)
	for len(kept) > 1 && n.beforeDates[kept[len(kept)-1]] {
		kept = kept[:len(kept)-1]
	}
	return strings.Join(kept, " ")
}

// ofDate says whether a word is one of a date.
func ofDate(word string) bool {
	_, month := MonthByName(word)
	_, weekday := WeekdayByName(word)
	return month || weekday || '0' <= word[0] && word[0] <= '9'
}

// findWithin looks for the longest name among the words of a part.
func (n *headingNames) findWithin(part string) Role {
	var few [16]int
	starts := append(few[:0], 0) // of the words, and of one behind the last
	for i := range len(part) {
		if part[i] == ' ' {
			starts = append(starts, i+1)
		}
	}
	starts = append(starts, len(part)+1)
	words := len(starts) - 1
	found, length := NoRole, 0
	for from := range words {
		for to := from + 1; to <= min(words, from+n.longest); to++ {
			name := part[starts[from] : starts[to]-1]
			role, ok := n.within[name]
			if !ok || role != noneRole && words-(to-from) > maxOtherWords {
				continue
			}
			if len(name) > length || len(name) == length && before(role, found) {
				found, length = role, len(name)
			}
		}
	}
	return found
}

// findUnspaced does the same in scripts that write no spaces.
func (n *headingNames) findUnspaced(part string) Role {
	if n.unspaced == 0 || strings.IndexFunc(part, Unspaced) < 0 {
		return NoRole
	}
	joined := strings.ReplaceAll(part, " ", "")
	var few [64]int
	starts := few[:0] // of the letters, and of one behind the last
	for at := range joined {
		starts = append(starts, at)
	}
	letters := len(starts)
	starts = append(starts, len(joined))
	found, length := NoRole, 0
	for from := range letters {
		if r, _ := utf8.DecodeRuneInString(joined[starts[from]:]); PlainHan(r) && !n.han[r] {
			continue
		}
		for to := from + 1; to <= min(letters, from+n.unspaced); to++ {
			role, ok := n.within[joined[starts[from]:starts[to]]]
			if !ok || role != noneRole && letters-(to-from) > maxOtherLetters {
				continue
			}
			if to-from > length || to-from == length && before(role, found) {
				found, length = role, to-from
			}
		}
	}
	return found
}

// before says that a role counts before another where their names are of the
// same length.
func before(a, b Role) bool {
	return slices.Index(Roles, a) < slices.Index(Roles, b)
}
