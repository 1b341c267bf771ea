package leak

import (
	"bytes"
	"net/netip"
	"slices"
	"strings"

	"publish/internal/pattern"
)

func hostByte(c byte) bool { return isAlnum(c) || c == '.' || c == '-' || c == '_' }

// hostAround is the name of a host around a place.
func hostAround(text []byte, at int) (start, end int) {
	start, end = at, at
	for start > 0 && at-start < 253 && hostByte(text[start-1]) {
		start--
	}
	for end < len(text) && end-at < 253 && hostByte(text[end]) {
		end++
	}
	for end > start && (text[end-1] == '.' || text[end-1] == '-' || text[end-1] == '_') {
		end--
	}
	return start, end
}

// versionBefore says that what stands before a number makes a version of it.
var versionBefore = pattern.New(`(?i)(?:\bv|[-_]|version:?|release|upgrade[d]? to|ver\.?|build|revision|==|>=|<=|~>|@|\^)\s?["'` + "`" + `]?$`)

// privateIPv4 finds an address of RFC 1918 or of RFC 6598. The ranges
// themselves and what every network has are none, nor is a version.
func privateIPv4(s *Scanner, text []byte, at int) (start, end int, ok bool) {
	if at > 0 && (hostByte(text[at-1]) || text[at-1] == '/' && at > 1 && isAlnum(text[at-2])) {
		return 0, 0, false
	}
	end = at
	for end < len(text) && end-at < 16 && (isDigit(text[end]) || text[end] == '.') {
		end++
	}
	for end > at && text[end-1] == '.' {
		end--
	}
	if end < len(text) && (isAlnum(text[end]) || text[end] == '_' || text[end] == '.' && end+1 < len(text) && isDigit(text[end+1])) {
		return 0, 0, false
	}
	address, err := netip.ParseAddr(string(text[at:end]))
	if err != nil || !address.Is4() || !(address.IsPrivate() || sharedSpace.Contains(address)) || s.rules.everywhere[address.String()] ||
		s.isOwn(address.String()) || versionBefore.Match(text[max(0, at-14):at]) {
		return 0, 0, false
	}
	if bytes.HasPrefix(text[end:], []byte("/8")) || bytes.HasPrefix(text[end:], []byte("/12")) || bytes.HasPrefix(text[end:], []byte("/10")) {
		return 0, 0, false // a range that is everybody's
	}
	return at, end, true
}

var sharedSpace = netip.MustParsePrefix("100.64.0.0/10")

// privateIPv6 finds a unique local or a link-local address.
func privateIPv6(s *Scanner, text []byte, at int) (start, end int, ok bool) {
	if at > 0 && (isAlnum(text[at-1]) || text[at-1] == ':' || text[at-1] == '.' || text[at-1] == '_' || text[at-1] == '-') {
		return 0, 0, false
	}
	if at+4 >= len(text) || text[at+4] != ':' {
		return 0, 0, false
	}
	end = at
	colons := 0
	for end < len(text) && end-at < 40 && (isHex(text[end]) || text[end] == ':') {
		if text[end] == ':' {
			colons++
		}
		end++
	}
	for end > at && text[end-1] == ':' && !bytes.HasSuffix(text[at:end], []byte("::")) {
		end--
	}
	address, err := netip.ParseAddr(string(text[at:end]))
	if err != nil || colons < 2 || !(address.IsPrivate() || address.IsLinkLocalUnicast()) || s.isOwn(string(text[at:end])) {
		return 0, 0, false
	}
	if string(text[at:end]) == "fe80::" || string(text[at:end]) == "fe80::1" || string(text[at:end]) == "fc00::" || string(text[at:end]) == "fd00::" {
		return 0, 0, false
	}
	return at, end, true
}

func isHex(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }

// internalEnds are the ends of names that no public server has. Of the loose
// ones many files and parts of programs have one too.
var (
	internalEnds = []string{".internal", ".corp", ".lan", ".intra", ".intranet", ".local", ".private", ".home.arpa", ".localdomain", ".svc"}
	looseEnds    = map[string]bool{".local": true, ".private": true, ".internal": true, ".lan": true, ".svc": true}
)

// internalHost finds the name of a host that only its own network knows.
func internalHost(s *Scanner, text []byte, at int) (start, end int, ok bool) {
	start, end = hostAround(text, at)
	name := strings.ToLower(string(text[start:end]))
	if start > 0 && (text[start-1] == '/' && !bytes.HasSuffix(text[:start], []byte("://")) || strings.IndexByte("$%{~\\", text[start-1]) >= 0) {
		return 0, 0, false // a path, a variable
	}
	if end < len(text) && (text[end] == '(' || text[end] == '/' && !inAddress(text, start) || text[end] == '*') {
		return 0, 0, false
	}
	ending := endOf(name)
	if ending == "" || name[0] == '.' || name[0] == '-' || name[0] == '_' || strings.Contains(name, "..") || s.isOwn(name) || s.everywhere(name) {
		return 0, 0, false
	}
	labels := strings.Split(strings.TrimSuffix(name, ending), ".")
	for _, label := range labels {
		if label == "" || strings.HasPrefix(label, "_") || strings.HasSuffix(label, "-") || label == "example" || label == "examples" {
			return 0, 0, false
		}
	}
	if !looseEnds[ending] || inAddress(text, start) {
		return start, end, true
	}
	if last := text[end-len(ending)+1 : end]; last[0] != ending[1] && last[1] == ending[2] {
		return 0, 0, false // time.Local: so parts of programs are written, and no hosts
	}
	return start, end, isHostly(s.rules, labels, ending, text, end)
}

// packages are what the names of programs' packages begin with.
var packages = map[string]bool{"com": true, "org": true, "net": true, "io": true, "sun": true, "java": true, "javax": true, "kotlin": true}

// isHostly says that a name that a file might have too is a host's.
func isHostly(b *ruleBook, labels []string, ending string, text []byte, end int) bool {
	first := labels[0]
	if packages[first] || !slices.ContainsFunc(labels, func(label string) bool { return !b.parts[label] }) {
		return false
	}
	if strings.Contains(strings.Join(labels, ""), "_") || strings.IndexFunc(first, func(r rune) bool { return r >= 'A' && r <= 'Z' }) >= 0 {
		return false
	}
	if ending == ".svc" {
		return len(labels) == 2
	}
	return portBehind(text, end) || len(labels) > 1 || strings.ContainsAny(first, "-0123456789") || ending != ".private"
}

// endOf is the end of a name that only inner networks use, "" if it has none.
func endOf(name string) string {
	for _, ending := range internalEnds {
		if strings.HasSuffix(name, ending) {
			return ending
		}
	}
	return ""
}

// innerLabels name an inner network within a public domain.
var innerLabels = []string{"internal", "corp", "intranet", "intra"}

// innerHost finds the name of a host in an inner network of a public domain:
// grafana.internal.acme.com. Parts of programs have such names too, so that it
// must be an address or look like the name of one machine.
func innerHost(s *Scanner, text []byte, at int) (start, end int, ok bool) {
	start, end = hostAround(text, at)
	name := strings.ToLower(string(text[start:end]))
	address := inAddress(text, start)
	if !address && (start > 0 && strings.IndexByte("/$%{~\\", text[start-1]) >= 0 || end < len(text) && strings.IndexByte("(/*", text[end]) >= 0) {
		return 0, 0, false // a path, a variable, a call
	}
	labels := strings.Split(name, ".")
	inner := slices.IndexFunc(labels, func(label string) bool { return slices.Contains(innerLabels, label) })
	if inner < 1 || inner > len(labels)-3 || slices.Contains(labels, "") || slices.Contains(labels, "example") || s.isOwn(name) || s.everywhere(name) {
		return 0, 0, false
	}
	if ending := labels[len(labels)-1]; len(ending) < 2 || strings.Trim(ending, lowerLetters) != "" {
		return 0, 0, false
	}
	machine := strings.ContainsAny(labels[0], "-0123456789") && !strings.Contains(name, "_")
	return start, end, address || machine || portBehind(text, end)
}

const lowerLetters = "abcdefghijklmnopqrstuvwxyz"

// portBehind says that a name is followed by the number of a port.
func portBehind(text []byte, end int) bool {
	return end+1 < len(text) && text[end] == ':' && isDigit(text[end+1])
}

func (s *Scanner) everywhere(name string) bool {
	if s.rules.everywhere[name] {
		return true
	}
	// kubernetes.default.svc and the services that every cluster has
	for _, own := range [...]string{".kube-system.svc", ".kube-system.svc.cluster.local", ".default.svc", ".default.svc.cluster.local"} {
		if strings.HasSuffix(name, own) {
			return true
		}
	}
	return false
}

// inAddress says that a name stands behind the scheme of an address, or a user.
func inAddress(text []byte, start int) bool {
	before := text[max(0, start-80):start]
	return bytes.HasSuffix(before, []byte("://")) || bytes.HasSuffix(before, []byte("@"))
}

// memberPages are addresses of services that show nothing to who has not
// signed in. The rest of an address must follow.
var memberPages = pattern.Of(func() string {
	return `(?i)^https?://(?:` + strings.Join([]string{
		`[a-z0-9-]+\.atlassian\.net/(?:browse|wiki/spaces|jira/[a-z])`,
		`[a-z0-9-]+\.(?:enterprise\.)?slack\.com/(?:archives|messages|files|canvas|client)/`,
		`app\.slack\.com/client/`,
		`linear\.app/[a-z0-9-]+/(?:issue|project|document)/`,
		`app\.asana\.com/\d`,
		`[a-z0-9-]+\.pagerduty\.com/incidents/`,
		`[a-z0-9-]+\.sharepoint\.com/(?::|sites/|personal/)`,
		`[a-z0-9.-]+\.opsgenie\.com/alert/`,
		`app\.incident\.io/[a-z0-9-]+/incidents/`,
		`app\.datadoghq\.(?:com|eu)/(?:dashboard|logs|apm|monitors|notebook)/`,
		`(?:[a-z0-9-]+\.)?console\.aws\.amazon\.com/[a-z0-9]`,
		`console\.cloud\.google\.com/[a-z]`,
		`portal\.azure\.com/\S*#`,
		`[a-z0-9-]+\.sentry\.io/issues/\d`,
		`[a-z0-9-]+\.zoom\.us/j/\d`,
		`meet\.google\.com/[a-z]{3}-[a-z]{4}-[a-z]{3}`,
		`[a-z0-9-]+\.grafana\.net/d/`,
		`app\.shortcut\.com/[a-z0-9-]+/(?:story|epic)/`,
		`app\.clickup\.com/t?/?\d`,
	}, "|") + `)`
})

// privateLink finds the address of a page that only members of a team can open:
// a ticket, a conversation, a dashboard.
func privateLink(s *Scanner, text []byte, at int) (start, end int, ok bool) {
	for start = at; start > 0 && at-start < 100 && !bytes.HasPrefix(text[start:], []byte("http")); start-- {
		if text[start-1] <= ' ' || text[start-1] == '(' || text[start-1] == '<' || text[start-1] == '"' {
			return 0, 0, false
		}
	}
	end = start
	for end < len(text) && end-start < 300 && text[end] > ' ' && strings.IndexByte(`"'<>)]|`, text[end]) < 0 {
		end++
	}
	address := string(text[start:end])
	return start, end, memberPages.MatchString(address) && !s.isOwn(address)
}
