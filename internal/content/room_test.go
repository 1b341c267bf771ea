package content

import (
	"bytes"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"publish/bench/corpus"
	"publish/internal/config"
	"publish/internal/diag"
	"publish/internal/spill"
	"publish/internal/tree"
)

// TestDocumentKeepsNoSource holds that a document stays as it is when the memory
// of its source, and the room it was read in, are used for the next text; and that
// one whose long texts are on the disk says the same.
func TestDocumentKeepsNoSource(t *testing.T) {
	const body = "\n# It broke\n\n<!-- internal -->\nsaid inside\n<!-- /internal -->\n\nA <!-- redact: law -->name<!-- /redact --> and [[redacted: law]].\n\n" +
		"- 09:21: it broke\n- 09:40: it was repaired\n\nSee [it](b.md) and `code`.\n\n```go\nx := 1\n```\n"
	texts := map[string]string{
		"content/2024-12-05-a.md": string(usual()),
		"content/bare.md":         body,
		"content/empty.md":        "",
		"content/yaml.md":         "---\ntitle: 'It''s \"a\"'\nown: {a: [b, c]}\nsummary: |\n  Two\n  lines\ntimeline:\n  - 09:21 it broke\n---\n" + body,
		"content/toml.md":         "+++\ntitle = 'It broke'\ndate = 2021-04-29\nown = ['b', \"c\\n\"]\n[[timeline]]\nat = '09:21'\ntext = \"it broke\"\n+++\n" + body,
		"content/json.md":         "{\"title\": \"It broke\", \"own\": {\"a\": \"b\"}, \"tags\": [\"x\"]}\n" + body,
		"content/page.mdx":        "import A from './a'\n\n<A title=\"x\" />\n" + body,
		"content/mistakes.md":     "---\ntitel: x\ndate: 2021-13-01\nseverity: [\n---\n" + body + "<!-- internal -->\n",
		"content/marked.md":       "\ufeff---\r\ntitle: x\r\n---\r\n" + body,
	}
	for n := range 12 {
		texts["content/"+corpus.Name(n)] = corpus.Text(n)
	}
	cfg := config.Default()
	cfg.DataExtra = []string{"own"}
	s := newSettings(cfg, &Folder{Root: "content"}, Options{})
	room := &scratch{tree: new(tree.Scratch)}
	disk := spill.New(0)
	defer disk.Close()
	for name, text := range texts {
		want, told := readDocument(name, []byte(text), s, kin{}, nil, &scratch{tree: new(tree.Scratch)})
		raw := []byte(text)
		got, said := readDocument(name, raw, s, kin{}, nil, room)
		copy(raw, bytes.Repeat([]byte("?"), len(raw)))
		readDocument("content/other.md", usual(), s, kin{}, nil, room)
		onDisk := *s
		onDisk.texts = disk
		read, again := readDocument(name, []byte(text), &onDisk, kin{}, nil, room)
		same := cmp.Options{
			cmp.Exporter(func(reflect.Type) bool { return true }),
			cmp.Comparer(func(a, b spill.Text) bool { return a.String() == b.String() }),
			cmp.Transformer("Get", func(v *spill.Value[facts]) *facts { return v.Get() }),
			cmp.FilterPath(
				func(p cmp.Path) bool { return strings.HasPrefix(p.Last().Type().String(), "spill.Items[") },
				cmp.Transformer("All", func(list any) any {
					return reflect.ValueOf(list).MethodByName("All").Call(nil)[0].Interface()
				}),
			),
		}
		for _, d := range []*Document{got, read} {
			if d := cmp.Diff(want, d, same); d != "" {
				t.Errorf("%s is another document: %s", name, d)
			}
		}
		if read.facts.Get().text.Len() > 0 && !read.facts.Get().text.Away() || !read.facts.Away() {
			t.Errorf("%s is in memory", name)
		}
		for _, list := range []diag.List{said, again} {
			if d := cmp.Diff(told, list); d != "" {
				t.Errorf("%s has other mistakes: %s", name, d)
			}
		}
	}
}

// TestPartsHoldAll: whoever has a part of what a document says is given the same
// again, also when memory was collected meanwhile, and nothing is read twice.
func TestPartsHoldAll(t *testing.T) {
	disk := spill.New(0)
	defer disk.Close()
	s := newSettings(config.Default(), &Folder{Root: "content"}, Options{})
	s.texts = disk
	d, _ := readDocument("content/2024-12-05-a.md", usual(), s, kin{}, nil, &scratch{tree: new(tree.Scratch)})
	meta := d.Meta()
	runtime.GC()
	if d.Meta() != meta {
		t.Error("what the front matter says was read twice")
	}
	runtime.KeepAlive(meta)
	body := d.Body()
	runtime.GC()
	if d.Body() != body {
		t.Error("the text was read twice")
	}
	runtime.KeepAlive(body)
}
