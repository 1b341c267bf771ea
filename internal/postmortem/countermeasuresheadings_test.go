package postmortem

import (
	"strings"
	"testing"
)

func TestCountermeasuresUnderHeadingsAndLegends(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"headings that count", "## Resulting Action\n\n### 1) Renew earlier\n\nA week before.\n\n### 2) Alert\n\nOn it.\n\n## Notes\n\n### 3) no", "Renew earlier; Alert"},
		{"headings above lists are groups", "## Action items\n\n### 1. Prevent\n\n- a\n- b\n\n### 2. Detect\n\n- c", "a; b; c"},
		{"one heading alone", "## Action items\n\n### 1. Renew earlier\n\nA week before.", ""},
		{"headings that do not count", "## Action items\n\n### Renewal\n\nProse.\n\n### Alerts\n\nProse.", ""},
		{"a legend", "## Action items\n\n| Action | Type | Priority |\n| a | Prevent | P0 |\n| b | Detect | P1 |\n\nTypes.\n\n- Prevent - that it does not happen again\n- Detect - that we see it sooner\n- Mitigate - that it hurts less", "a; b"},
		{"no legend", "## Action items\n\n| Action | Type |\n| a | Prevent |\n| b | Detect |\n\nLater.\n\n- c\n- d: e", "a; b; c; d: e"},
		{"what we do", "## What we're doing about it\n\n- a\n- b", "a; b"},
		{"预防", "## 预防\n\n- 增加监控\n- 补充文档", "增加监控; 补充文档"},
		{"not applicable", "## Action items\n\n- [N/A] a\n- b", "[N/A] a dropped; b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, _ := readText(blocksOf(c.text), Context{})
			var got []string
			for _, m := range r.Facts.Countermeasures {
				if m.Status == "dropped" {
					m.Text += " dropped"
				}
				got = append(got, m.Text)
			}
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("got %q, want %q", s, c.want)
			}
		})
	}
}

func TestRowsWithoutReadableTimes(t *testing.T) {
	date, _ := ParseMoment("2026-04-20")
	lines, _ := timelineOf(t, "## タイムライン\n\n| 時刻 (JST) | イベント |\n| 2026-04-20 09:00 | a |\n| 同セッション | b |\n| 同セッション + 数分 | c |\n| 09:30 頃 | d |\n| 翌週 | e |\n| 後日 | f |", Context{Date: date})
	want := "2026-04-20T09:00:00+09:00 a\n- b\n- c\n~2026-04-20T09:30:00+09:00 d\n- e\n- f\n"
	if lines != want {
		t.Errorf("got\n%s\nwant\n%s", lines, want)
	}
}
