package postmortem

import "testing"

func TestHostDoubts(t *testing.T) {
	testDoubts(t, []doubtTest{
		{"", "See status.example.io.\nSubscribe at https://status.example.com/feed", `2 host-mismatch "status.example.com": elsewhere the report says "status.example.io"`},
		{"", "Ask api.example.io (once)\nThe API is api.example.com\nand api.example.com again", `1 host-mismatch "api.example.io": elsewhere the report says "api.example.com"`},
		{"", "gateway.example.com\nGateway.example.com\ngatway.example.com\ngateway.example.com", `3 host-mismatch "gatway.example.com": elsewhere the report says "gateway.example.com"`},
		// Both are meant.
		{"", "We moved status.example.io to status.example.com\nsee status.example.com", ""},
		{"", "api.example.io\napi.example.io\napi.example.com\napi.example.com", ""},
		// Countries, numbers, plurals, letters that count.
		{"", "shop.example.fr\nshop.example.de\nshop.example.com", ""},
		{"", "db-server1.example.com\ndb-server1.example.com\ndb-server1.example.com\ndb-server2.example.com", ""},
		{"", "ns-a.example.com\nns-a.example.com\nns-a.example.com\nns-b.example.com", ""},
		{"", "runner.example.com\nrunner.example.com\nrunner.example.com\nrunners.example.com", ""},
		{"", "gateway.example.com\ngatway.example.com", ""},
		// No hosts, or too short a name.
		{"", "github.com\ngithub.com\ngithub.io", ""},
		{"", "config.prod.yaml\nconfig.prod.json\nSystem.Net.Http\nconsole.log", ""},
		{"", "com.example.app\ncom.example.cloud\nops@mail.example.com\nmail.example.io", ""},
	})
}
