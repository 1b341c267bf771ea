package postmortem

import (
	"net/url"
	"slices"
	"strings"

	"publish/internal/diag"
)

// hostNamed is a host of the report, with where it is named first.
type hostNamed struct {
	name   string
	labels []string
	blocks []int // that name it, one for each time
	offset int   // in the first of them
}

// hosts notes two spellings of what is likely one host: `status.example.io` here
// and `status.example.com` there. Whether both exist only the author knows, so
// it is a note, and none is made where anything speaks for two hosts: both named
// in one passage, countries, numbers, names of two labels.
func (a *auditor) hosts() {
	list := a.hostsNamed()
	if len(list) > maxHosts {
		return // a list of machines
	}
	for i, x := range list {
		for _, y := range list[i+1:] {
			odd, usual := y, x
			if len(x.blocks) < len(y.blocks) {
				odd, usual = x, y
			}
			if !variant(odd, usual) || slices.ContainsFunc(odd.blocks, func(n int) bool { return slices.Contains(usual.blocks, n) }) {
				continue
			}
			a.diags.Report(diag.HostMismatch, a.place(odd.blocks[0], odd.offset), "write one name everywhere, if one host is meant",
				"%q: elsewhere the report says \"%s\"", odd.name, usual.name)
		}
	}
}

// maxHosts is how many hosts are compared with each other.
const maxHosts = 200

// variant says that a host is named so seldom, and so much like another, that it
// may be a slip.
func variant(odd, usual hostNamed) bool {
	n := len(odd.labels)
	if n != len(usual.labels) || len(odd.blocks) > 1 {
		return false
	}
	differ := -1
	for i := range n {
		if odd.labels[i] != usual.labels[i] {
			if differ >= 0 {
				return false
			}
			differ = i
		}
	}
	if differ == n-1 {
		return true
	}
	return differ >= 0 && len(usual.blocks) >= 3 && oneLetterOff(odd.labels[differ], usual.labels[differ])
}

// oneLetterOff says that two labels differ by one letter within a long word.
// What differs by a number or by a letter that stands alone is counted, and by
// a last s a plural.
func oneLetterOff(a, b string) bool {
	x, y := strings.Split(a, "-"), strings.Split(b, "-")
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] == y[i] {
			continue
		}
		if !slices.Equal(x[i+1:], y[i+1:]) {
			return false
		}
		long, short := x[i], y[i]
		if len(long) < len(short) {
			long, short = short, long
		}
		return len(short) >= 5 && !strings.ContainsAny(long+short, "0123456789") && long != short+"s" && editedOnce(long, short)
	}
	return false
}

// editedOnce says that the shorter word is the longer with one letter changed or
// left out.
func editedOnce(long, short string) bool {
	i := 0
	for i < len(short) && long[i] == short[i] {
		i++
	}
	switch len(long) - len(short) {
	case 0:
		return i < len(short) && long[i+1:] == short[i+1:]
	case 1:
		return long[i+1:] == short[i:]
	}
	return false
}

// hostsNamed are the hosts of the text and of its links, in the order of their
// first place. The text of a link and its address are one mention.
func (a *auditor) hostsNamed() []hostNamed {
	var list []hostNamed
	known := map[string]int{}
	add := func(name string, block, offset int) {
		name = strings.ToLower(name)
		labels := strings.Split(name, ".")
		if !isServer(labels) {
			return
		}
		i, named := known[name]
		if !named {
			i = len(list)
			known[name] = i
			list = append(list, hostNamed{name: name, labels: labels, offset: offset})
		}
		list[i].blocks = append(list[i].blocks, block)
	}
	for i, text := range a.prose {
		for start, end := 0, 0; start < len(text); start = end + 1 {
			for end = start; end < len(text) && hostByte(text[end]); end++ {
			}
			name := strings.TrimRight(text[start:end], ".-")
			if strings.Count(name, ".") > 1 && (start == 0 || text[start-1] != '@') && (end == len(text) || text[end] != '@' && text[end] != '(') {
				add(name, i, start)
			}
		}
		for _, l := range a.blocks[i].Links {
			u, err := url.Parse(l.Dest)
			if err == nil && u.Host != "" && !strings.Contains(strings.ToLower(text[l.Start:l.End]), strings.ToLower(u.Hostname())) {
				add(u.Hostname(), i, l.Start)
			}
		}
	}
	return list
}

// hostByte is what may stand in the name of a host; _ joins what is none to it.
func hostByte(c byte) bool {
	return c == '.' || c == '-' || c == '_' || c >= 0x80 || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// isServer says that labels name a host below a domain, with an ending that no
// country has: there is often one host for each country. A name that begins with
// such an ending is a package of a program.
func isServer(labels []string) bool {
	return len(labels) > 2 && labels[0] != "www" && !slices.Contains(labels, "") &&
		meaningOf("host ending", labels[len(labels)-1]) != "" && meaningOf("host ending", labels[0]) != "package"
}
