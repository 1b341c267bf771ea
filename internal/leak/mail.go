package leak

import (
	"strings"

	"publish/internal/pattern"
)

// finders are the ones that rows of rules.txt name.
var finders = map[string]finder{
	"mail": mail, "phone": phone, "card": card, "iban": iban,
	"private-ipv4": privateIPv4, "private-ipv6": privateIPv6, "internal-host": internalHost, "inner-host": innerHost, "private-link": privateLink,
}

// ownHost finds the hosts that the site calls internal.
func ownHost(s *Scanner, text []byte, at int) (start, end int, ok bool) {
	start, end = hostAround(text, at)
	name := strings.ToLower(strings.Trim(string(text[start:end]), ".-"))
	return start, end, name != "" && s.hosts.MatchString(name) && !s.isOwn(name)
}

// isOwn says that the site publishes an address on purpose.
func (s *Scanner) isOwn(address string) bool {
	return s.own != "" && strings.Contains(s.own, strings.ToLower(address))
}

// isNobody says that a domain belongs to nobody: it is one of RFC 2606, or
// stands for any.
func (b *ruleBook) isNobody(domain string) bool {
	for _, end := range [...]string{"example", "test", "invalid", "localhost"} {
		if domain == end || strings.HasSuffix(domain, "."+end) {
			return true
		}
	}
	for _, name := range b.nobody {
		if domain == name || strings.HasSuffix(domain, "."+name) {
			return true
		}
	}
	return false
}

// mail finds the address around an @: of a person, since a role is nobody in
// particular, and what a machine is called by looks the same (git@github.com).
func mail(s *Scanner, text []byte, at int) (start, end int, ok bool) {
	start, end = at, at+1
	for start > 0 && at-start < 64 && localByte(text[start-1]) {
		start--
	}
	for end < len(text) && end-at < 254 && hostByte(text[end]) {
		end++
	}
	for end > at && (text[end-1] == '.' || text[end-1] == '-') {
		end--
	}
	for start < at && (text[start] == '.' || text[start] == '-' || text[start] == '+') {
		start++
	}
	local, domain := strings.ToLower(string(text[start:at])), strings.ToLower(string(text[min(at+1, end):end]))
	switch {
	case len(local) < 2 || !isMailDomain(domain):
	case start > 0 && (text[start-1] == '@' || text[start-1] == '/' || text[start-1] == '$' || text[start-1] == '{'):
	case machineBefore.Match(text[max(0, start-40):start]):
	case start > 0 && text[start-1] == ':' && !endsWithMailto(text[:start]):
	case end < len(text) && (text[end] == ':' && end+1 < len(text) && text[end+1] > ' ' || text[end] == '/' || text[end] == '@' || text[end] == '('):
		// a repository, a path, a call
	case s.rules.files[domain[strings.LastIndexByte(domain, '.')+1:]], s.rules.isNobody(domain):
	case s.rules.isRole(local), s.isOwn(local + "@" + domain), strings.HasPrefix(domain, local+"."):
	default:
		return start, end, true
	}
	return 0, 0, false
}

// machineBefore is a command whose user and machine look like an address.
var machineBefore = pattern.New(`\b(?:ssh|scp|sftp|rsync|mosh|git clone|ssh-copy-id)(?: -[^\n]{0,30})? $`)

// roleWords make a role of any mailbox that holds one.
var roleWords = [...]string{"incident", "support", "security", "helpdesk", "compliance"}

func endsWithMailto(text []byte) bool {
	return len(text) >= 7 && strings.EqualFold(string(text[len(text)-7:]), "mailto:")
}

func localByte(c byte) bool {
	return isAlnum(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-' || c == '\''
}

// isMailDomain says that a name has at least two labels and ends in letters.
func isMailDomain(domain string) bool {
	dot := strings.LastIndexByte(domain, '.')
	if dot <= 0 || len(domain)-dot-1 < 2 || strings.Contains(domain, "..") || strings.Contains(domain, "_") {
		return false
	}
	for _, c := range []byte(domain[dot+1:]) {
		if c < 'a' || c > 'z' {
			return strings.HasPrefix(domain[dot+1:], "xn--")
		}
	}
	return !strings.Contains(domain[:dot], "@") && strings.IndexFunc(domain[:dot], func(r rune) bool { return r >= 'a' && r <= 'z' }) >= 0
}

// isRole says that a mailbox is a role's: "security", "support-fr",
// "acme-team", "noreply+123".
func (b *ruleBook) isRole(local string) bool {
	local, _, _ = strings.Cut(local, "+")
	if b.roles[local] {
		return true
	}
	for _, word := range roleWords {
		if strings.Contains(local, word) {
			return true
		}
	}
	for part := range strings.FieldsFuncSeq(local, func(r rune) bool { return r == '-' || r == '_' || r == '.' }) {
		if b.roleParts[part] {
			return true
		}
	}
	return false
}
