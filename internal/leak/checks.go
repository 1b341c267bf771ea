package leak

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"hash/crc32"
	"math"
	"strings"
	"unicode"

	"publish/internal/pattern"
)

// checks are the tests that rows of rules.txt name.
var checks = map[string]func(*ruleBook, *candidate) bool{
	"sure-key-follows": func(_ *ruleBook, c *candidate) bool {
		return keyFollows(string(c.text[c.end:min(len(c.text), c.end+400)]))
	},
	"has-digit":    func(_ *ruleBook, c *candidate) bool { return strings.ContainsAny(c.value, "0123456789") },
	"sure-github":  func(_ *ruleBook, c *candidate) bool { return githubSum(c.value) },
	"basic":        func(b *ruleBook, c *candidate) bool { return b.basic(c.value) },
	"jwt":          func(_ *ruleBook, c *candidate) bool { return isJWT(c.whole) },
	"sentry":       func(_ *ruleBook, c *candidate) bool { return strings.Contains(c.whole, "@") },
	"url-password": urlPassword,
	"password":     func(b *ruleBook, c *candidate) bool { return b.password(c.value) },
	"session":      func(_ *ruleBook, c *candidate) bool { return mixed(c.value) },
	"assignment":   assignment,
}

// real says that a value is no placeholder: it holds none of the words that
// stand for a secret, was not published by whoever made the form, and has the
// entropy of something that was drawn.
func (b *ruleBook) real(value string, bits float64) bool {
	low := strings.ToLower(value)
	for _, word := range b.placeholders {
		if strings.Contains(low, word) {
			return false
		}
	}
	if strings.Contains(value, "...") || strings.Contains(value, "${") || strings.Contains(value, "{{") || repeats(value) {
		return false
	}
	sum := sha256.Sum256([]byte(value))
	return !b.published[hex.EncodeToString(sum[:8])] && entropy(value) >= bits
}

// repeats says that a sign stands five times in a row, which chance hardly ever
// does and people do who fill a form.
func repeats(s string) bool {
	run := 0
	for i := 1; i < len(s); i++ {
		if s[i] != s[i-1] {
			run = 0
		} else if run++; run == 4 {
			return true
		}
	}
	return false
}

// entropy is Shannon's, in bits a byte.
func entropy(s string) float64 {
	var count [256]int
	for i := range len(s) {
		count[s[i]]++
	}
	sum := 0.0
	for _, n := range count {
		if n > 0 {
			p := float64(n) / float64(len(s))
			sum -= p * math.Log2(p)
		}
	}
	return sum
}

var keyLine = pattern.New(`[A-Za-z0-9+/=]{40}`)

// keyFollows says that what stands behind the first line of a key is a key, and
// not its omission.
func keyFollows(text string) bool {
	text, _, _ = strings.Cut(text, "-----END")
	return keyLine.MatchString(text)
}

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// githubSum says that a token of GitHub's ends in the checksum of what stands
// before: the CRC-32 in base 62, six signs. Only who has drawn a token or knows
// the rule has such a one, so it is told whatever it looks like.
func githubSum(token string) bool {
	_, body, ok := strings.Cut(token, "_")
	if !ok || len(body) < 36 {
		return false
	}
	random, want := body[:len(body)-6], body[len(body)-6:]
	sum, got := crc32.ChecksumIEEE([]byte(random)), [6]byte{}
	for i := 5; i >= 0; i-- {
		got[i] = base62[sum%62]
		sum /= 62
	}
	return string(got[:]) == want
}

// basic says that a text in base 64 is a user and a password.
func (b *ruleBook) basic(value string) bool {
	raw, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(value, "="))
	if err != nil {
		return false
	}
	user, password, ok := strings.Cut(string(raw), ":")
	if !ok || user == "" || strings.ContainsFunc(string(raw), func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsPrint(r) }) {
		return false
	}
	return b.password(password) && b.real(password, 1.5)
}

// isJWT says that the head of a token is what a head of one is.
func isJWT(token string) bool {
	head, _, _ := strings.Cut(token, ".")
	raw, err := base64.RawURLEncoding.DecodeString(head)
	if err != nil {
		return false
	}
	var fields map[string]any
	return json.Unmarshal(raw, &fields) == nil && fields["alg"] != nil
}

// urlPassword judges a password in an address: one of a host that is nobody's,
// or this machine's, tells nothing.
func urlPassword(b *ruleBook, c *candidate) bool {
	at := strings.LastIndexByte(c.whole, '@')
	host := strings.ToLower(strings.Trim(c.whole[at+1:], "."))
	if name, _, ok := strings.Cut(host, ":"); ok {
		host = name
	}
	if b.isNobody(host) || host == "localhost" || strings.HasPrefix(host, "127.") || strings.HasPrefix(host, "[::1") || strings.HasPrefix(host, "0.0.0.0") {
		return false
	}
	_, rest, _ := strings.Cut(c.whole, "://")
	user, _, _ := strings.Cut(rest, ":")
	value := c.value
	if strings.EqualFold(user, value) {
		return false
	}
	return !b.variable(value) && !b.weak[strings.ToLower(value)] && !b.standIn(value)
}

// standIn says that a value is made of words that stand for a password and of
// nothing else, written together or not: wrong_pass, dbPassword. In addresses plain
// words count as passwords, and people choose such, but not these.
func (b *ruleBook) standIn(value string) bool {
	letters := strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_.", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, value)
	ends := make([]bool, len(letters)+1) // where words may end
	ends[0] = true
	for at := range letters {
		for n := 1; ends[at] && n <= len(letters)-at; n++ {
			ends[at+n] = ends[at+n] || b.standIns[letters[at:at+n]]
		}
	}
	return ends[len(letters)]
}

// variable says that a value is the name of one: $TOKEN, %s, {token}, <token>.
func (b *ruleBook) variable(value string) bool {
	return strings.ContainsAny(value[:1], "$%@&!/~*#<>{[(.-=+|?:") || strings.Contains(value, "${") || strings.Contains(value, "$(")
}

// password says that a value may be a password: neither a word that everybody
// uses as an example, nor a plain word.
func (b *ruleBook) password(value string) bool {
	value = strings.TrimRight(value, ".")
	if len(value) < 5 || b.variable(value) || b.weak[strings.ToLower(value)] {
		return false
	}
	var digits, lowers, uppers, others int
	for _, r := range value {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLower(r):
			lowers++
		case unicode.IsUpper(r):
			uppers++
		case r != '-' && r != '_' && r != '.' && r != '/' && r != ':':
			others++
		}
	}
	letters := lowers + uppers
	return letters > 0 && digits+others > 0 || lowers > 0 && uppers > 1 && len(value) >= 8
}

// mixed says that letters and digits follow each other as they do where nobody
// chose them.
func mixed(value string) bool {
	changes, before := 0, 0
	for i := range len(value) {
		kind := before
		switch {
		case isDigit(value[i]):
			kind = 1
		case isAlnum(value[i]):
			kind = 2
		}
		if before != 0 && kind != before {
			changes++
		}
		before = kind
	}
	return changes >= 3
}

var (
	codeName  = pattern.New(`^[A-Za-z_]\w*(?:(?:\.|->|::)[A-Za-z_]\w*)+\.?$`)
	dayOrTime = pattern.New(`^\d{4}-\d\d-\d\d|^\d{1,2}:\d\d`)
	uuid      = pattern.New(`^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$`)
	hashOf    = pattern.New(`(?i)^(?:sha\d|md5|arn:|https?:|file:|urn:|vault:|kms:|op:|ssm:|secret/|projects/)`)
	passwords = pattern.New(`(?i)pass|pwd|mot[_ ]de`)
)

// assignment judges the value of something that is called a password or a key.
// Most such lines in reports are code, names of secrets and settings; what is
// left must look like a value that was drawn or, of passwords, made up.
func assignment(b *ruleBook, c *candidate) bool {
	value := strings.TrimRight(c.value, ".:*!?")
	if c.start > 0 && (c.text[c.start-1] == '?' || c.text[c.start-1] == '&') {
		value, _, _ = strings.Cut(value, "&")
	}
	if len(value) < 6 || b.variable(value) || b.weak[strings.ToLower(value)] || codeName.MatchString(value) ||
		dayOrTime.MatchString(value) || hashOf.MatchString(value) || strings.Contains(value, "://") || strings.Contains(value, `\`) {
		return false
	}
	key := strings.TrimSuffix(c.whole, c.value)
	if passwords.MatchString(key) {
		return len(value) >= 8 && b.password(value) && !named(value)
	}
	return uuid.MatchString(value) || drawn(value)
}

// named says that a value is made of words and numbers: the name of a secret.
func named(value string) bool {
	for part := range strings.FieldsFuncSeq(value, func(r rune) bool { return strings.ContainsRune("-_./:@", r) }) {
		letters := strings.ContainsFunc(part, unicode.IsLetter)
		if letters && strings.ContainsFunc(part, func(r rune) bool { return !unicode.IsLetter(r) }) {
			return false
		}
	}
	return !strings.ContainsAny(value, "!$%&*+=?^~#")
}

// drawn says that a part of a value is long, and that nobody chose its signs.
func drawn(value string) bool {
	for part := range strings.FieldsFuncSeq(value, func(r rune) bool { return strings.ContainsRune("./:@", r) }) {
		if part = strings.Trim(part, "-_="); len(part) >= 16 && mixed(part) && entropy(part) >= 3 {
			return true
		}
	}
	return false
}
