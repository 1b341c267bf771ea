package leak

import (
	"fmt"
	"strings"
	"testing"
)

func TestAccounts(t *testing.T) {
	s := New(Options{})
	for text, want := range map[string]string{
		"4929-6312-8047-1154":                          "4929-6312-8047-1154",
		"card=4929631280471154":                        "4929631280471154",
		`{"cardNumber": "4929631280471154"}`:           "4929631280471154",
		"numéro de carte : 4929631280471154.":          "4929631280471154",
		"id 4929631280471154":                          "",
		"order 4929 6312 8047 1151":                    "",
		"3712 847562 19045":                            "3712 847562 19045",
		"Amex 371284756219045":                         "371284756219045",
		"4929 6312-8047 1154":                          "",
		"4929 6312 8047 1154 4929":                     "",
		"4929 6312 8047 1154 12/27":                    "4929 6312 8047 1154",
		"12 4929 6312 8047 1154":                       "",
		"paid to FR54 3000 2005 5000 0015 7845 Z02.":   "",
		"to DE75512108001245126199, then":              "DE75512108001245126199",
		"DE75 5121 0800 1245 1261 99 (the customer's)": "DE75 5121 0800 1245 1261 99",
		"DE75 51210800 1245126199":                     "DE75 51210800 1245126199",
		"DE755121 0800 1245 1261 9":                    "",
		"XDE75512108001245126199":                      "",
		"NL91 ABNA 0417 1643 00":                       "",
	} {
		var got []string
		for _, f := range s.Scan([]byte(text)) {
			got = append(got, text[f.Start:f.End])
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: got %q", text, got)
		}
	}
}

// A site may have many hosts of its own.
func TestManyHosts(t *testing.T) {
	var hosts []string
	for i := range 2000 {
		hosts = append(hosts, fmt.Sprintf("%c%c%d.acme-hosting.net", 'a'+i%26, 'a'+i/26%26, i))
	}
	s := New(Options{Hosts: hosts})
	for _, i := range []int{0, 999, 1999} {
		if found := s.Scan([]byte("see https://x." + hosts[i] + "/a and AKIA" + cook("{base32:15}7", 1))); len(found) != 2 {
			t.Errorf("%s: %v", hosts[i], found)
		}
	}
}

// A pattern of nothing but stars is every host.
func TestEveryHost(t *testing.T) {
	s := New(Options{Hosts: []string{"*"}})
	if found := s.Scan([]byte("it ran on a.b.acme.io, then")); len(found) != 1 || found[0].Masked != mask([]byte("a.b.acme.io")) {
		t.Errorf("%v", found)
	}
}
