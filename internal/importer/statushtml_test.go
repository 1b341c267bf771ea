package importer

import "testing"

func TestMarkdownOf(t *testing.T) {
	for text, want := range map[string]string{
		"One line.":                                        "One line.",
		"One.\r\nTwo.\r\n\r\nThree.":                       "One.  \nTwo.\n\nThree.",
		"So:\r\n- a\r\n- b\r\nWe watch.":                   "So:\n\n- a\n- b\n\nWe watch.",
		"labels_v2 is *slow*":                              "labels_v2 is *slow*",
		"It is <strong>over</strong>.":                     "It is **over**.",
		"a_b\nc <b>d</b>\n\ne * f":                         "a\\_b  \nc **d**\n\ne * f",
		"<p>We <em>see</em> 2 * 3 * 4.":                    "We *see* 2 * 3 * 4.",
		"<p>x<sup>2</sup> and <u>y</u>.":                   "x<sup>2</sup> and <u>y</u>.",
		"1 < 2 and 3 > 2":                                  "1 < 2 and 3 > 2",
		"<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>": "- a\n\n  - b\n- c",
	} {
		if got := markdownOf(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
