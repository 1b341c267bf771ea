package leak

import (
	"fmt"
	"strings"
	"testing"
)

// said is what a sheet of a text says, a line each.
func said(text string) string {
	sh := New(Options{}).Sheet("a.md", Markdown)
	sh.Text([]byte(text), 1)
	list := sh.Diags()
	list.Sort()
	var b strings.Builder
	for _, d := range list {
		fmt.Fprintf(&b, "%d:%d %s %s\n", d.Line, d.Column, d.Code, d.Message)
	}
	return b.String()
}

func TestAllowances(t *testing.T) {
	const host = `leak-host "10…" looks like a private address` + "\n"
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "at 10.42.7.17\n", "1:4 " + host},
		{"on the line", "at 10.42.7.17 <!-- allow leak-host: a test range -->\n", ""},
		{"on the line before", "<!-- allow leak-host: a test range -->\nat 10.42.7.17\n", ""},
		{"with an empty line between", "<!-- allow leak-host: a test range -->\n\nat 10.42.7.17\n", ""},
		{"not on the line after the next", "<!-- allow leak-host: a test range -->\nat 10.42.7.17\nat 10.42.7.18\n", "3:4 " + host},
		{"in a quotation", "> <!-- allow leak-host: a test range -->\n> at 10.42.7.17\n", ""},
		{"in MDX", "{/* allow leak-host: a test range */}\nat 10.42.7.17\n", ""},
		{"behind other words it is for its line alone", "x <!-- allow leak-host: a test range -->\nat 10.42.7.17\n",
			"1:3 leak-allowance this allowance allows nothing: there is no leak-host at its place\n2:4 " + host},
		{"a block of code", "<!-- allow leak-host: a test range -->\n```\na 10.42.7.17\n\nb 10.42.7.18\n```\nc 10.42.7.19\n", "7:3 " + host},
		{"a block of code in a list", "- <!-- allow leak-host: a test range -->\n\n  ~~~\n  a 10.42.7.17\n  ~~~\n", ""},
		{"a table", "<!-- allow leak-host: a test range -->\n| a |\n|---|\n| 10.42.7.17 |\n\n10.42.7.18\n", "6:1 " + host},
		{"in a file", "# allow leak-host: a test range\naddress = 10.42.7.17\n", ""},
		{"two codes", "<!-- allow leak-host, leak-personal: a drill -->\njane.roe@roe-hosting.net at 10.42.7.17\n", ""},
		{"another code", "<!-- allow leak-secret: a drill -->\nat 10.42.7.17\n",
			"1:1 leak-allowance this allowance allows nothing: there is no leak-secret at its place\n2:4 " + host},
		{"no reason", "<!-- allow leak-host -->\nat 10.42.7.17\n", "1:1 leak-allowance an allowance without a reason allows nothing\n2:4 " + host},
		{"an empty reason", "<!-- allow leak-host: -->\nat 10.42.7.17\n", "1:1 leak-allowance an allowance without a reason allows nothing\n2:4 " + host},
		{"no code", "<!-- allow leak-everything: why -->\nat 10.42.7.17\n", "1:1 leak-allowance this allowance names no code that can be allowed\n2:4 " + host},
		{"words about it", "You may allow leak-host here.\n", ""},
		{"at the end", "<!-- allow leak-host: x -->", "1:1 leak-allowance this allowance allows nothing: there is no leak-host at its place\n"},
	} {
		if got := said(test.text); got != test.want {
			t.Errorf("%s:\ngot  %swant %s", test.name, got, test.want)
		}
	}
}

// TestMessagesKeepTheSecret: a message shows where it is and what it is, and at
// most four signs of it, none of a short one.
func TestMessagesKeepTheSecret(t *testing.T) {
	for _, r := range rules().list {
		text := cook(r.example, 3)
		for _, f := range New(Options{}).Scan([]byte("so: " + text + " and\n")) {
			shown := []rune(strings.TrimSuffix(f.Masked, "…"))
			if len(shown) > 4 || len(shown)*4 > len([]rune(text)) {
				t.Errorf("%s: %q of %q is too much", r.id, f.Masked, text)
			}
		}
	}
}

// TestSiteOwn: what the site publishes on purpose is no leak, and what it calls
// internal is one.
func TestSiteOwn(t *testing.T) {
	s := New(Options{
		Own:   []string{"Jane Roe <jane.roe@roe-hosting.net>, +33 6 28 47 19 35", "https://status.roe.corp/"},
		Hosts: []string{"ops.roe-hosting.net", "*-int.roe-hosting.net", "bastion*"},
	})
	for text, want := range map[string]int{
		"jane.roe@roe-hosting.net": 0, "john.roe@roe-hosting.net": 1, "call 06 28 47 19 36": 1, "+33628471935": 0,
		"status.roe.corp": 0, "db.roe.corp": 1, "see ops.roe-hosting.net.": 1, "https://a.ops.roe-hosting.net/x": 1,
		"www.roe-hosting.net": 0, "db-int.roe-hosting.net": 1, "bastion7": 1, "a mint.roe-hosting.net": 0,
	} {
		if found := s.Scan([]byte(text)); len(found) != want {
			t.Errorf("%q: got %v, want %d", text, found, want)
		}
	}
}
