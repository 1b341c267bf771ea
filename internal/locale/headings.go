package locale

import (
	"regexp"
	"slices"
	"strings"
)

var (
	decoration = regexp.MustCompile(`<[^>]*>|:[a-z0-9_+-]+:|\((?:e?s|x|n)\)`)
	enumerator = regexp.MustCompile(`^[\s#*]*(?:[(\[]?(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Za-z])(?:[.)\]:]|\s+[-–—])|\d+(?:\.\d+)*(?:\s|$))+\s*`)
	closing    = regexp.MustCompile(`\s*[(\[（【〔][^()\[\]（）【】〔〕]*[)\]）】〕][\s:：.。#]*$`)
	separator  = regexp.MustCompile(`[:：,、，/|&+;；・]|\s[-–—]+\s|[–—]`)
)

// undecorated takes away what does not belong to the words of a heading.
func undecorated(heading string) string {
	s := heading
	if strings.ContainsAny(s, "<:(") {
		s = decoration.ReplaceAllString(s, " ")
	}
	if at := closing.FindStringIndex(s); at != nil && at[0] > 0 {
		s = s[:at[0]]
	}
	if rest := s[len(enumerator.FindString(s)):]; strings.TrimSpace(rest) != "" {
		s = rest
	}
	return s
}

// find gives the role of a heading: of the whole if that is a name, else of
// its parts. A timeline anywhere wins, since only what begins with a time
// becomes an event; otherwise the first part with a role does.
func (n *headingNames) find(heading string) Role {
	whole := fold(heading)
	if role, ok := n.whole[whole]; ok {
		return shown(role)
	}
	found := NoRole
	for _, part := range n.parts(heading) {
		switch role := n.findInPart(part); {
		case role == noneRole:
			return NoRole
		case role == RoleTimeline:
			return role
		case found == NoRole:
			found = role
		}
	}
	return found
}

func shown(role Role) Role {
	if role == noneRole {
		return NoRole
	}
	return role
}

// parts splits a heading at punctuation and joining words.
func (n *headingNames) parts(heading string) [][]string {
	var parts [][]string
	for _, piece := range separator.Split(heading, -1) {
		var part []string
		for word := range strings.FieldsSeq(fold(piece)) {
			if n.joiners[word] {
				parts = append(parts, part)
				part = nil
				continue
			}
			part = append(part, word)
		}
		parts = append(parts, part)
	}
	return parts
}

func (n *headingNames) findInPart(words []string) Role {
	if len(words) == 0 {
		return NoRole
	}
	if role, ok := n.whole[strings.Join(words, " ")]; ok {
		return role
	}
	if role, ok := n.whole[strings.Join(n.undated(words), " ")]; ok {
		return role
	}
	if role := n.findWithin(words); role != NoRole {
		return role
	}
	return n.findUnspaced(strings.Join(words, ""))
}

// undated leaves out the words of a date and what leads to them: "update 4th
// july" is an update.
func (n *headingNames) undated(words []string) []string {
	kept := make([]string, 0, len(words))
	dated := false
	for _, word := range words {
		_, month := MonthByName(word)
		_, weekday := WeekdayByName(word)
		if month || weekday || '0' <= word[0] && word[0] <= '9' {
			dated = true
			continue
		}
		kept = append(kept, word)
	}
	if !dated {
		return words
	}
	for len(kept) > 1 && n.beforeDates[kept[len(kept)-1]] {
		kept = kept[:len(kept)-1]
	}
	return kept
}

// findWithin looks for the longest name among the words.
func (n *headingNames) findWithin(words []string) Role {
	found, length := NoRole, 0
	for from := range words {
		for to := from + 1; to <= min(len(words), from+n.longest); to++ {
			if len(words)-(to-from) > maxOtherWords {
				continue
			}
			name := strings.Join(words[from:to], " ")
			role, ok := n.within[name]
			if ok && (len(name) > length || len(name) == length && before(role, found)) {
				found, length = role, len(name)
			}
		}
	}
	return found
}

// findUnspaced does the same in scripts that write no spaces.
func (n *headingNames) findUnspaced(text string) Role {
	if n.unspaced == 0 || strings.IndexFunc(text, unspaced) < 0 {
		return NoRole
	}
	letters := []rune(text)
	found, length := NoRole, 0
	for from := range letters {
		for to := from + 1; to <= min(len(letters), from+n.unspaced); to++ {
			role, ok := n.within[string(letters[from:to])]
			if !ok || role != noneRole && len(letters)-(to-from) > maxOtherLetters {
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
