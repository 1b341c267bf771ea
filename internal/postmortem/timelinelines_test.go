package postmortem

import (
	"testing"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/locale"
)

// softBlocks is blocksOf with ` / ` for soft line breaks, and with blocks of
// code, which begin with a `$`: its lines are divided by ` $ `.
func softBlocks(text string) []block.Block {
	blocks := blocksOf(text)
	for i := range blocks {
		b := &blocks[i]
		if b.Kind == block.Paragraph && len(b.Text) > 1 && b.Text[0] == '$' {
			b.Kind = block.Code
			b.Text = joinLines(b.Text[2:], " $ ", "\n", nil)
			continue
		}
		b.Text = joinLines(b.Text, " / ", " ", &b.Soft)
	}
	return blocks
}

func joinLines(text, mark, by string, at *[]int) string {
	out := ""
	for text != "" {
		n := len(text)
		for i := range text {
			if len(text)-i >= len(mark) && text[i:i+len(mark)] == mark {
				n = i
				break
			}
		}
		out += text[:n]
		if n == len(text) {
			return out
		}
		if at != nil {
			*at = append(*at, len(out))
		}
		out += by
		text = text[n+len(mark):]
	}
	return out
}

func TestTimelineLines(t *testing.T) {
	date, _ := ParseMoment("2024-05-03")
	for _, c := range []struct{ name, text, want string }{
		{"a line each", "## Timeline\n\n10:00 alarm / 10:05 call / 10:20 over", "10:00|alarm; 10:05|call; 10:20|over"},
		{"japanese", "## タイムライン\n\n10:00 障害発生 / 10時5分 検知 / 10:20 復旧", "10:00|障害発生; 10:05|検知; 10:20|復旧"},
		{"bold, and words that go on", "## Timeline\n\n**10:00** alarm / for all / **10:05** call", "10:00|alarm for all; 10:05|call"},
		{"prose with a time at the beginning of a line", "## Timeline\n\n10:00 we saw it first, at about / 10:05 we called, and until / it was over nobody / slept.\n\n10:30 over", "10:00|we saw it first, at about 10:05 we called, and until it was over nobody slept.; 10:30|over"},
		{"a day on top", "## Timeline\n\nMay 2 / 10:00 alarm / 10:05 call", "2024-05-02T10:00|alarm; 2024-05-02T10:05|call"},
		{"a label in the same paragraph", "Timeline: / 10:00 alarm / 10:05 call\n\n## Impact\n\nNone.", "10:00|alarm; 10:05|call"},
		{"code", "## Timeline\n\n$ 10:00 alarm $ 10:05 call $       the second one $ 10:20 over", "10:00|alarm; 10:05|call\nthe second one; 10:20|over"},
		{"code under days", "## Timeline\n\n### May 2\n\n$ 10:00 alarm $ 10:05 call\n\n### May 3\n\n$ 09:00 over $ 09:10 note", "2024-05-02T10:00|alarm; 2024-05-02T10:05|call; 09:00|over; 09:10|note"},
		{"code beside a list", "## Timeline\n\n- 10:00 alarm\n- 10:05 call\n\n$ 10:01 a $ 10:02 b", "10:00|alarm; 10:05|call"},
		{"code with the marks of a list", "## Timeline\n\n$ All times are UTC. $ - _10:00_ - alarm $ - _10:05_ - call $ 3. 10:20 over", "10:00|alarm; 10:05|call; 10:20|over"},
		{"a log", "## Timeline\n\n$ 10:00:00,123 ERROR a $ 10:00:01,444 ERROR b", ""},
		{"a chat", "## Timeline\n\n$ 14:32 <ana> anyone? $ 14:35 <ben> yes", ""},
		{"what happened", "## What happened?\n\n### May 2\n\n- 10:00 alarm\n- 10:05 call\n\n### May 3\n\n- 09:00 over", "2024-05-02T10:00|alarm; 2024-05-02T10:05|call; 09:00|over"},
		{"was ist passiert", "## Was ist passiert?\n\n10:00 Alarm / 10:05 Anruf / 10:20 vorbei", "10:00|Alarm; 10:05|Anruf; 10:20|vorbei"},
		{"o que aconteceu", "## O que aconteceu\n\n- 10h00: alarme\n- 10h05: chamada\n- 10h20: fim", "10:00|alarme; 10:05|chamada; 10:20|fim"},
		{"a summary with two times", "## What happened\n\n- 10:00 alarm\n- 10:05 call\n- then it was over", ""},
		{"a summary beside a timeline", "## Summary\n\n- 10:00 a\n- 10:05 b\n- 10:10 c\n\n## Timeline\n\n- 10:00 alarm\n- 10:05 call", "10:00|alarm; 10:05|call"},
	} {
		t.Run(c.name, func(t *testing.T) {
			blocks := softBlocks(c.text)
			context := Context{Date: date}
			r, _ := ReadText(blocks, FindSections(blocks, context), context)
			got := ""
			for _, e := range r.Facts.Timeline {
				at := e.At.Time.Format("15:04")
				if e.At.Time.Day() != 3 {
					at = e.At.Time.Format("2006-01-02T15:04")
				}
				if got != "" {
					got += "; "
				}
				got += at + "|" + e.Text
				if b := blocks[e.Span.Block-1]; b.Text[e.Span.Start:e.Span.End] != e.At.Written {
					t.Errorf("the span of %q is %q", e.Text, b.Text[e.Span.Start:e.Span.End])
				}
			}
			if got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestLinesHavePlaces(t *testing.T) {
	blocks := softBlocks("## Timeline\n\n10:00 alarm / 10:05 call / 25:10 over")
	blocks[1].Pos = diag.Pos{File: "f", Line: 3, Column: 5}
	context := Context{}
	r, _ := ReadText(blocks, FindSections(blocks, context), context)
	if len(r.Facts.Timeline) < 2 || r.Facts.Timeline[1].Pos.Line != 4 || r.Facts.Timeline[0].Pos.Column != 5 {
		t.Errorf("got %v", r.Facts.Timeline)
	}
	if r.Sections[0].Role != locale.RoleTimeline {
		t.Errorf("got %v", r.Sections)
	}
}
