package leak

// anchors finds where the anchors of all rules stand in a text. Three bytes say whether
// one may begin with them, and nothing depends on the bytes before: of what is read,
// one place in twenty is looked at twice. Letters of either case are one.
type anchors struct {
	class  [256]uint8
	thirds [1 << (2 * classBits)]uint64 // by the classes of two bytes, those that may follow: a bit each
	begin  [1 << (2 * classBits)]uint16 // the anchors that begin with two bytes: a place in lists
	lists  [][]anchor                   // each in the order of the rules; the first is empty
}

// classBits are the bits of a class. The bytes that no anchor has among its first three
// are class 0; when no other class is left, the rest share the last.
const (
	classBits  = 6
	classCount = 1 << classBits
)

// anchor is what a rule begins with. Of most rules the letters' case counts.
type anchor struct {
	rule  int
	text  string
	exact bool
}

func newAnchors(list []*rule) *anchors {
	a := &anchors{lists: [][]anchor{nil}}
	a.classify(list)
	for n, r := range list {
		for _, text := range r.anchors {
			a.add(anchor{rule: n, text: text, exact: r.exact})
		}
	}
	return a
}

// classify gives every byte that an anchor has among its first three a class.
func (a *anchors) classify(list []*rule) {
	used := 1
	for _, r := range list {
		for _, text := range r.anchors {
			for _, c := range []byte(text[:min(len(text), 3)]) {
				if c = lower(c); a.class[c] == 0 {
					a.class[c] = uint8(min(used, classCount-1))
					used++
				}
			}
		}
	}
	for c := byte('a'); c <= 'z'; c++ {
		a.class[c-0x20] = a.class[c]
	}
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c | 0x20
	}
	return c
}

// add notes by which bytes an anchor is found. Behind a short one there may be any.
func (a *anchors) add(it anchor) {
	third := ^uint64(0)
	if len(it.text) > 2 {
		third = 1 << a.class[it.text[2]]
	}
	first := int(a.class[it.text[0]]) << classBits
	if len(it.text) > 1 {
		a.addPair(first|int(a.class[it.text[1]]), third, it)
		return
	}
	for second := range classCount {
		a.addPair(first|second, third, it)
	}
}

func (a *anchors) addPair(pair int, third uint64, it anchor) {
	a.thirds[pair] |= third
	if a.begin[pair] == 0 {
		a.begin[pair] = uint16(len(a.lists))
		a.lists = append(a.lists, nil)
	}
	list := &a.lists[a.begin[pair]]
	*list = append(*list, it)
}

// each calls found with the rule of every anchor in a text and the place where it
// begins, place after place, and at one place in the order of the rules.
func (a *anchors) each(text []byte, found func(rule, start int)) {
	last3 := uint32(0) // the classes of the last three bytes
	for i, c := range text {
		last3 = last3<<classBits | uint32(a.class[c])
		pair := last3 >> classBits % uint32(len(a.thirds))
		if a.thirds[pair]>>(last3%classCount)&1 != 0 {
			a.at(text, i-2, pair, found)
		}
	}
	for start := len(text) - 2; start < len(text); start++ {
		last3 <<= classBits
		a.at(text, start, last3>>classBits%uint32(len(a.thirds)), found)
	}
}

// at calls found with the rules of the anchors that stand at a place. They begin with
// bytes of two classes.
func (a *anchors) at(text []byte, start int, pair uint32, found func(rule, start int)) {
	for _, it := range a.lists[a.begin[pair]] {
		if it.stands(text[start:]) {
			found(it.rule, start)
		}
	}
}

// stands says that a text begins with the anchor.
func (it *anchor) stands(text []byte) bool {
	if len(text) < len(it.text) {
		return false
	}
	if it.exact {
		return text[0] == it.text[0] && string(text[:len(it.text)]) == it.text
	}
	for i := range len(it.text) { // hosts differ at the beginning, and share their domain
		if lower(text[i]) != lower(it.text[i]) {
			return false
		}
	}
	return true
}
