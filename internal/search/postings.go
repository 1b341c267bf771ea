package search

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// The form of a shard: a call with one list, three texts for each stem, by
// stem:
//
//	publishSearch(["deploi","#%",      the stem; the documents that have it
//	"6ement,6er", …                    its words, as the length of what they share with the stem and their rest
//
// A document is one number, eight times its distance from the one before, plus
// the weight of the word in it. A number is written in the 90 printable
// characters of ASCII that a JSON text holds unescaped: the last digit of a
// number is one of the first 60, the digits before it are of the other 30.

const (
	lastDigits = 60
	moreDigits = 30
)

// digit is the character of a digit.
func digit(d int) byte {
	c := byte(d) + '#'
	if c >= '\\' {
		c++
	}
	return c
}

func appendNumber(to []byte, n int) []byte {
	last := digit(n % lastDigits)
	n /= lastDigits
	start := len(to)
	for ; n > 0; n /= moreDigits {
		to = append(to, digit(lastDigits+n%moreDigits))
	}
	slices.Reverse(to[start:])
	return append(to, last)
}

// postings are the documents that have a stem.
type postings struct {
	stem   string
	forms  []string
	last   int // the document that is gathered, -1 before the first
	since  int // the last one that was written, plus 1
	weight int // in it
	text   []byte
}

// add adds a document by one of the words of the stem. Of several words the one
// that weighs most counts.
func (p *postings) add(document, weight int) {
	if document != p.last {
		p.flush()
		p.last, p.weight = document, 0
	}
	p.weight = max(p.weight, weight)
}

// flush writes the document that was gathered.
func (p *postings) flush() {
	if p.last < 0 {
		return
	}
	p.text = appendNumber(p.text, 8*(p.last-p.since)+p.weight)
	p.since = p.last + 1
	p.last = -1
}

func appendShard(to []byte, list []*postings) []byte {
	to = append(to, "publishSearch(["...)
	for i, p := range list {
		if i > 0 {
			to = append(to, ',')
		}
		to = append(to, "\n\""...)
		to = append(to, p.stem...)
		to = append(to, `","`...)
		to = append(to, p.text...)
		to = append(to, `","`...)
		to = appendForms(to, p)
		to = append(to, '"')
	}
	return append(to, "\n])\n"...)
}

// appendForms writes the words of a stem; nothing for the stem alone.
func appendForms(to []byte, p *postings) []byte {
	slices.Sort(p.forms)
	forms := slices.Compact(p.forms)
	if len(forms) == 1 && forms[0] == p.stem {
		return to
	}
	for i, f := range forms {
		if i > 0 {
			to = append(to, ',')
		}
		shared := 0
		for shared < min(len(f), len(p.stem)) && f[shared] == p.stem[shared] {
			shared++
		}
		to = strconv.AppendInt(to, int64(shared), 10)
		to = append(to, strings.TrimPrefix(f, p.stem[:shared])...)
	}
	return to
}

// ShardWords gives the words of a shard, one a line, whole: in the shard, they
// are without what they share with their stem. ok says that it is one.
func ShardWords(shard []byte) (words []byte, ok bool) {
	rest, ok := bytes.CutPrefix(shard, []byte("publishSearch([\n\""))
	var list []string
	if !ok || json.Unmarshal(append([]byte("[\""), bytes.TrimSuffix(rest, []byte(")\n"))...), &list) != nil || len(list)%3 != 0 {
		return nil, false
	}
	for i := 0; i < len(list); i += 3 {
		if list[i+2] == "" {
			words = append(append(words, list[i]...), '\n')
		}
		for form := range strings.SplitSeq(list[i+2], ",") {
			digits := len(form) - len(strings.TrimLeft(form, "0123456789"))
			// The rest of a word may begin with a figure: where the number ends is
			// not known then, and every end is taken.
			for n := 1; n <= digits; n++ {
				if shared, err := strconv.Atoi(form[:n]); err == nil && shared <= len(list[i]) {
					words = append(append(append(words, list[i][:shared]...), form[n:]...), '\n')
				}
			}
		}
	}
	return words, true
}
