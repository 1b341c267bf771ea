package content

import (
	"bytes"
	"strings"
	"testing"

	"publish/internal/diag"
)

func TestCutMDX(t *testing.T) {
	for _, test := range []struct{ name, text, want, said string }{
		{"nothing of it", "a {b} c\n", "a {b} c\n", ""},
		{"a comment", "a {/* x */} b\n", "a  b\n", ""},
		{"over lines", "a\n{/* x\n\ny */}\nb\n", "a\n\n\n\nb\n", ""},
		{"with blanks in its braces", "{ /* x */ }b", "b", ""},
		{"several", "{/* x */}a{/* y */}b", "ab", ""},
		{"in an expression", "{a /* stays: no comment begins it */}", "{a /* stays: no comment begins it */}", ""},
		{"before an expression", "{/* x */ a}", "{ a}", ""},
		{"escaped", "\\{/* x */}", "\\{/* x */}", ""},
		{"in a code span", "`{/* x */}` and ``{/* ` */}``{/* y */}", "`{/* x */}` and ``{/* ` */}``", ""},
		{"behind a stray backquote", "a ` b\n\n{/* x */}`", "a ` b\n\n`", ""},
		{"in a fence", "```js\n{/* x */}\nimport a from 'b'\n```\n{/* y */}\n", "```js\n{/* x */}\nimport a from 'b'\n```\n\n", ""},
		{"in a fence of a list", "- ~~~\n  {/* x */}\n  ~~~\n{/* y */}\n", "- ~~~\n  {/* x */}\n  ~~~\n\n", ""},
		{"in a longer fence", "````\n```\n{/* x */}\n````\n", "````\n```\n{/* x */}\n````\n", ""},
		{"never closed", "a\n{/* x\n\nb\n", "a\n\n\n\n", "12 internal-mark"},
		{"imports", "import A from './a'\nimport {B} from \"b\"\n\nText\n", "\n\n\nText\n", "11 tag-unknown"},
		{"an import below a heading", "# A\nimport A, {B} from './a'\n", "# A\nimport A, {B} from './a'\n", ""},
		{"exports", "Text\n\nexport const a = {\n  b: 1,\n\n  c: 2,\n}\n\nText\n", "Text\n\n\n\n\n\n\n\nText\n", "13 tag-unknown"},
		{"an export never closed", "export const a = {\n\nText\n", "\n\nText\n", "11 tag-unknown"},
		{"prose", "import duties were raised\n\nexport of data failed\n\nexport default\n", "import duties were raised\n\nexport of data failed\n\n\n", "15 tag-unknown"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, diags := cutMDX("x.mdx", []byte(test.text), 11)
			if string(got) != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			said := ""
			if len(diags) > 0 {
				said = strings.TrimPrefix(diags[0].Pos.String(), "x.mdx:")
				said = said[:strings.IndexByte(said, ':')] + " " + string(diags[0].Code)
			}
			if said != test.said || len(diags) > 1 {
				t.Errorf("said %v, want %q", diags, test.said)
			}
		})
	}
}

func TestOnlyMDXIsCut(t *testing.T) {
	const text = "---\ntitle: x\n---\nimport A from './a'\n\nseen {/* the SECRET */} too\n"
	for name, want := range map[string]string{"content/x.mdx": "\n\nseen  too\n", "content/x.md": "import A from './a'\n\nseen {/* the SECRET */} too\n"} {
		d, diags := document(t, name, text)
		if d.facts.Get().text.String() != want {
			t.Errorf("%s: got %q", name, d.facts.Get().text.String())
		}
		if named := len(diags) == 1 && diags[0].Code == diag.TagUnknown && diags[0].Line == 4; named != (name == "content/x.mdx") {
			t.Errorf("%s: said %v", name, diags)
		}
	}
}

func FuzzCutMDX(f *testing.F) {
	for _, s := range []string{"a {/* x */} b\n", "`{/*`\n```\n{/*\n```\nimport {a\n\nx", "{ /*\\*/`}export {", "~~~\\\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, _ := cutMDX("x.mdx", text, 1)
		if bytes.Count(got, []byte("\n")) != bytes.Count(text, []byte("\n")) {
			t.Errorf("%q: the lines moved: %q", text, got)
		}
	})
}
