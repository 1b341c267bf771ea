package leak

import (
	_ "embed"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"publish/internal/diag"
)

//go:embed rules.txt
var rulesText string

//go:embed words.txt
var wordsText string

// rule is one of rules.txt, which says what its parts are for.
type rule struct {
	id, kind string
	code     diag.Code
	anchors  []string
	// pattern is made when it is first needed: most sites need few of them.
	pattern func() *regexp.Regexp
	exact   bool // the case of the anchors counts
	before  *[256]bool
	check   func(*ruleBook, *candidate) bool
	sure    bool // what passes the check is certain
	lines   int
	bits    float64
	special finder // in the place of a pattern
	example string
	never   []string
}

// finder finds by code what a pattern cannot say: the bytes of a match around
// an anchor.
type finder func(s *Scanner, text []byte, at int) (start, end int, ok bool)

// ruleBook is rules.txt and words.txt, read.
type ruleBook struct {
	list                                                                  []*rule
	anchors                                                               *anchors
	placeholders, nobody                                                  []string
	weak, standIns, published, roles, roleParts, files, everywhere, parts map[string]bool
}

// rules reads the embedded files once; a test holds that they are good.
var rules = sync.OnceValue(load)

func load() *ruleBook {
	words := readWords(wordsText)
	b := &ruleBook{
		list: readRules(rulesText), placeholders: words["placeholders"], nobody: words["nobody"],
		weak: set(words["weak"]), standIns: set(words["stand-ins"]), published: set(words["published"]), roles: set(words["roles"]), roleParts: set(words["role-parts"]),
		files: set(words["files"]), everywhere: set(words["everywhere"]), parts: set(words["parts"]),
	}
	b.anchors = newAnchors(b.list)
	return b
}

// usual is the least entropy of a secret, in bits a sign.
const usual = 2.8

// readRules reads rules.txt.
func readRules(text string) []*rule {
	var list []*rule
	var code diag.Code
	var r *rule
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		if name, ok := strings.CutPrefix(line, "["); ok {
			code = diag.Code(strings.TrimSuffix(name, "]"))
			continue
		}
		key, value, _ := strings.Cut(line, ": ")
		if key == "id" {
			r = &rule{code: code, lines: 1, bits: usual}
			list = append(list, r)
		}
		r.set(key, value)
	}
	return list
}

// set takes a line of rules.txt. What it does not know a test finds.
func (r *rule) set(key, value string) (known bool) {
	switch key {
	case "id":
		r.id = value
	case "kind":
		r.kind = value
	case "anchors":
		for anchor := range strings.FieldsSeq(value) {
			anchor = strings.ReplaceAll(anchor, "␣", " ")
			if start, digits := strings.CutSuffix(anchor, "#"); digits {
				for digit := '0'; digit <= '9'; digit++ {
					r.anchors = append(r.anchors, start+string(digit))
				}
				continue
			}
			r.anchors = append(r.anchors, anchor)
		}
	case "pattern":
		r.pattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:` + value + `)`) })
		r.exact = !strings.HasPrefix(value, "(?i)")
	case "before":
		r.before = signs(value)
	case "check":
		r.check, r.sure = checks[value], strings.HasPrefix(value, "sure-")
		return r.check != nil
	case "bits":
		r.bits, _ = strconv.ParseFloat(value, 64)
	case "lines":
		r.lines, _ = strconv.Atoi(value)
	case "code":
		r.special = finders[value]
		return r.special != nil
	case "example":
		r.example = lineEnds.Replace(value)
	case "never":
		r.never = append(r.never, lineEnds.Replace(value))
	default:
		return key == "source"
	}
	return true
}

var lineEnds = strings.NewReplacer(`\n`, "\n")

// signs reads what stands in a character class: signs, and ranges of them.
func signs(class string) *[256]bool {
	set := new([256]bool)
	for i := 0; i < len(class); i++ {
		from, to := class[i], class[i]
		if i+2 < len(class) && class[i+1] == '-' {
			to = class[i+2]
			i += 2
		}
		for c := int(from); c <= int(to); c++ {
			set[c] = true
		}
	}
	return set
}

// readWords reads words.txt.
func readWords(text string) map[string][]string {
	lists := map[string][]string{}
	name := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if head, ok := strings.CutPrefix(line, "["); ok {
			name = strings.TrimSuffix(head, "]")
		} else if !strings.HasPrefix(line, "#") {
			lists[name] = append(lists[name], strings.Fields(strings.ToLower(line))...)
		}
	}
	return lists
}

func set(words []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, word := range words {
		m[word] = true
	}
	return m
}
