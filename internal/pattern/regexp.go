package pattern

// These are the methods of regexp.Regexp.

// Find is that of regexp.Regexp.
func (p *Pattern) Find(b []byte) []byte { return p.onBytes(b).Find(b) }

// FindIndex is that of regexp.Regexp.
func (p *Pattern) FindIndex(b []byte) []int { return p.onBytes(b).FindIndex(b) }

// FindSubmatch is that of regexp.Regexp.
func (p *Pattern) FindSubmatch(b []byte) [][]byte { return p.onBytes(b).FindSubmatch(b) }

// FindAllIndex is that of regexp.Regexp.
func (p *Pattern) FindAllIndex(b []byte, n int) [][]int { return p.onBytes(b).FindAllIndex(b, n) }

// FindAllSubmatchIndex is that of regexp.Regexp.
func (p *Pattern) FindAllSubmatchIndex(b []byte, n int) [][]int {
	return p.onBytes(b).FindAllSubmatchIndex(b, n)
}

// Match is that of regexp.Regexp.
func (p *Pattern) Match(b []byte) bool { return p.onBytes(b).Match(b) }

// ReplaceAllFunc is that of regexp.Regexp.
func (p *Pattern) ReplaceAllFunc(src []byte, with func([]byte) []byte) []byte {
	return p.onBytes(src).ReplaceAllFunc(src, with)
}

// FindString is that of regexp.Regexp.
func (p *Pattern) FindString(s string) string { return p.on(s).FindString(s) }

// FindStringIndex is that of regexp.Regexp.
func (p *Pattern) FindStringIndex(s string) []int { return p.on(s).FindStringIndex(s) }

// FindStringSubmatch is that of regexp.Regexp.
func (p *Pattern) FindStringSubmatch(s string) []string { return p.on(s).FindStringSubmatch(s) }

// FindStringSubmatchIndex is that of regexp.Regexp.
func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	return p.on(s).FindStringSubmatchIndex(s)
}

// FindAllString is that of regexp.Regexp.
func (p *Pattern) FindAllString(s string, n int) []string { return p.on(s).FindAllString(s, n) }

// FindAllStringIndex is that of regexp.Regexp.
func (p *Pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.on(s).FindAllStringIndex(s, n)
}

// FindAllStringSubmatch is that of regexp.Regexp.
func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	return p.on(s).FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex is that of regexp.Regexp.
func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.on(s).FindAllStringSubmatchIndex(s, n)
}

// MatchString is that of regexp.Regexp.
func (p *Pattern) MatchString(s string) bool { return p.on(s).MatchString(s) }

// ReplaceAllString is that of regexp.Regexp.
func (p *Pattern) ReplaceAllString(src, with string) string {
	if !p.mayMatch(src) {
		return src // regexp makes a copy
	}
	return p.Regexp().ReplaceAllString(src, with)
}

// ReplaceAllLiteralString is that of regexp.Regexp.
func (p *Pattern) ReplaceAllLiteralString(src, with string) string {
	if !p.mayMatch(src) {
		return src // regexp makes a copy
	}
	return p.Regexp().ReplaceAllLiteralString(src, with)
}

// ReplaceAllStringFunc is that of regexp.Regexp.
func (p *Pattern) ReplaceAllStringFunc(src string, with func(string) string) string {
	if !p.mayMatch(src) {
		return src // regexp makes a copy
	}
	return p.Regexp().ReplaceAllStringFunc(src, with)
}

// Split is that of regexp.Regexp.
func (p *Pattern) Split(s string, n int) []string { return p.on(s).Split(s, n) }

// FindSubmatchIndex is that of regexp.Regexp.
func (p *Pattern) FindSubmatchIndex(b []byte) []int { return p.onBytes(b).FindSubmatchIndex(b) }

// String is the text of the pattern.
func (p *Pattern) String() string { return p.Regexp().String() }
