package pattern

// These are the methods of regexp.Regexp.

// Find is that of regexp.Regexp.
func (p *Pattern) Find(b []byte) []byte {
	if !p.mayMatchBytes(b) {
		return nil
	}
	return p.Regexp().Find(b)
}

// FindIndex is that of regexp.Regexp.
func (p *Pattern) FindIndex(b []byte) []int {
	if !p.mayMatchBytes(b) {
		return nil
	}
	return p.Regexp().FindIndex(b)
}

// FindSubmatch is that of regexp.Regexp.
func (p *Pattern) FindSubmatch(b []byte) [][]byte {
	if !p.mayMatchBytes(b) {
		return nil
	}
	return p.Regexp().FindSubmatch(b)
}

// FindAllIndex is that of regexp.Regexp.
func (p *Pattern) FindAllIndex(b []byte, n int) [][]int {
	if !p.mayMatchBytes(b) {
		return nil
	}
	return p.Regexp().FindAllIndex(b, n)
}

// FindAllSubmatchIndex is that of regexp.Regexp.
func (p *Pattern) FindAllSubmatchIndex(b []byte, n int) [][]int {
	if !p.mayMatchBytes(b) {
		return nil
	}
	return p.Regexp().FindAllSubmatchIndex(b, n)
}

// Match is that of regexp.Regexp.
func (p *Pattern) Match(b []byte) bool {
	if !p.mayMatchBytes(b) {
		return false
	}
	return p.Regexp().Match(b)
}

// ReplaceAllFunc is that of regexp.Regexp.
func (p *Pattern) ReplaceAllFunc(src []byte, with func([]byte) []byte) []byte {
	if !p.mayMatchBytes(src) {
		return append([]byte(nil), src...)
	}
	return p.Regexp().ReplaceAllFunc(src, with)
}

// FindString is that of regexp.Regexp.
func (p *Pattern) FindString(s string) string {
	if !p.MayMatch(s) {
		return ""
	}
	return p.Regexp().FindString(s)
}

// FindStringIndex is that of regexp.Regexp.
func (p *Pattern) FindStringIndex(s string) []int {
	if !p.MayMatch(s) {
		return nil
	}
	return p.Regexp().FindStringIndex(s)
}

// FindStringSubmatch is that of regexp.Regexp.
func (p *Pattern) FindStringSubmatch(s string) []string {
	if !p.MayMatch(s) {
		return nil
	}
	return p.Regexp().FindStringSubmatch(s)
}

// FindStringSubmatchIndex is that of regexp.Regexp.
func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	if !p.MayMatch(s) {
		return nil
	}
	return p.Regexp().FindStringSubmatchIndex(s)
}

// FindAllString is that of regexp.Regexp.
func (p *Pattern) FindAllString(s string, n int) []string {
	if !p.MayMatch(s) {
		return nil
	}
	return p.Regexp().FindAllString(s, n)
}

// FindAllStringIndex is that of regexp.Regexp.
func (p *Pattern) FindAllStringIndex(s string, n int) [][]int {
	if !p.MayMatch(s) {
		return nil
	}
	return p.Regexp().FindAllStringIndex(s, n)
}

// FindAllStringSubmatch is that of regexp.Regexp.
func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	if !p.MayMatch(s) {
		return nil
	}
	return p.Regexp().FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex is that of regexp.Regexp.
func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	if !p.MayMatch(s) {
		return nil
	}
	return p.Regexp().FindAllStringSubmatchIndex(s, n)
}

// MatchString is that of regexp.Regexp.
func (p *Pattern) MatchString(s string) bool {
	if !p.MayMatch(s) {
		return false
	}
	return p.Regexp().MatchString(s)
}

// ReplaceAllString is that of regexp.Regexp.
func (p *Pattern) ReplaceAllString(src, with string) string {
	if !p.MayMatch(src) {
		return src // regexp makes a copy
	}
	return p.Regexp().ReplaceAllString(src, with)
}

// ReplaceAllLiteralString is that of regexp.Regexp.
func (p *Pattern) ReplaceAllLiteralString(src, with string) string {
	if !p.MayMatch(src) {
		return src // regexp makes a copy
	}
	return p.Regexp().ReplaceAllLiteralString(src, with)
}

// ReplaceAllStringFunc is that of regexp.Regexp.
func (p *Pattern) ReplaceAllStringFunc(src string, with func(string) string) string {
	if !p.MayMatch(src) {
		return src // regexp makes a copy
	}
	return p.Regexp().ReplaceAllStringFunc(src, with)
}

// Split is that of regexp.Regexp.
func (p *Pattern) Split(s string, n int) []string {
	if !p.MayMatch(s) && n != 0 {
		return []string{s}
	}
	return p.Regexp().Split(s, n)
}

// FindSubmatchIndex is that of regexp.Regexp.
func (p *Pattern) FindSubmatchIndex(b []byte) []int {
	if !p.mayMatchBytes(b) {
		return nil
	}
	return p.Regexp().FindSubmatchIndex(b)
}

// String is the text of the pattern.
func (p *Pattern) String() string { return p.Regexp().String() }
