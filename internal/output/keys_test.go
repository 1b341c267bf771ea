package output

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"publish/internal/route"
)

// keyed is a site whose pages' keys are their texts. It notes which are rendered,
// by several goroutines; those in lies have another text than their key says.
type keyed struct {
	mutex    sync.Mutex
	rendered []string
	lies     map[string]string
}

func (k *keyed) note(path string) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.rendered = append(k.rendered, path)
}

func (k *keyed) table(t testing.TB, pages map[string]string) *route.Table {
	t.Helper()
	var routes []*route.Route
	for path, text := range pages {
		var h route.Hash
		h.Add(path, text)
		if lie, ok := k.lies[path]; ok {
			text = lie
		}
		routes = append(routes, &route.Route{Path: path, Key: h.Sum(), Source: "content" + path, Render: func(w io.Writer) error {
			k.note(path)
			_, err := io.WriteString(w, text)
			return err
		}})
	}
	table, diags := route.New(routes)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return table
}

// build writes the pages, one at a time, and gives what was rendered.
func (k *keyed) build(t testing.TB, pages map[string]string, o Options) []string {
	t.Helper()
	k.rendered, o.Jobs = nil, 1
	report, err := Write(t.Context(), k.table(t, pages), o)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(k.rendered)
	k.rendered = slices.Compact(k.rendered) // a folder that cannot be exchanged is tried twice
	if report.Rendered != len(k.rendered) {
		t.Errorf("the report says that %d were rendered, not %q", report.Rendered, k.rendered)
	}
	return k.rendered
}

func keysOptions(t testing.TB, o Options) Options {
	holder := t.TempDir()
	o.Dir, o.Keys = filepath.Join(holder, "site", "public"), filepath.Join(holder, "cache", "keys", "public")
	return o
}

func TestKeysSayWhatIsRendered(t *testing.T) {
	for name, o := range ways {
		t.Run(name, func(t *testing.T) {
			o, k := keysOptions(t, o), &keyed{}
			if got := k.build(t, first, o); len(got) != len(first) {
				t.Errorf("the first build rendered %q", got)
			}
			before := stamps(t, filepath.Dir(filepath.Dir(o.Dir)))
			if got := k.build(t, first, o); len(got) != 0 {
				t.Errorf("nothing changed, and %q were rendered", got)
			}
			if !maps.EqualFunc(before, stamps(t, filepath.Dir(filepath.Dir(o.Dir))), sameStamp) {
				t.Error("nothing changed, and something was written")
			}
			if got, want := k.build(t, second, o), []string{"/", "/c/d/", "/feed.xml"}; !slices.Equal(got, want) {
				t.Errorf("got %q rendered, want %q", got, want)
			}
			expect(t, o.Dir, secondFiles)
		})
	}
}

func TestKeysAreOfThisFolderAsItIs(t *testing.T) {
	index := func(o Options) string { return filepath.Join(o.Dir, "index.html") }
	for _, test := range []struct {
		name string
		edit func(o Options) error
		want []string
	}{
		{"nothing", func(Options) error { return nil }, nil},
		{"a page edited", func(o Options) error { return os.WriteFile(index(o), []byte("hime"), 0o644) }, []string{"/"}},
		{"a page removed", func(o Options) error { return os.Remove(index(o)) }, []string{"/"}},
		{"a page of another mode", func(o Options) error { return os.Chmod(index(o), 0o600) }, []string{"/"}},
		{"a page that is a link", func(o Options) error {
			return errors.Join(os.Rename(index(o), o.Dir+"/moved"), os.Symlink("moved", index(o)))
		}, []string{"/"}},
		{"the output removed", func(o Options) error { return os.RemoveAll(o.Dir) }, slices.Sorted(maps.Keys(first))},
		{"the keys removed", func(o Options) error { return os.Remove(o.Keys) }, slices.Sorted(maps.Keys(first))},
		{"the keys cut short", func(o Options) error { return os.Truncate(o.Keys, 100) }, slices.Sorted(maps.Keys(first))},
		{"the keys unreadable", func(o Options) error {
			return errors.Join(os.Remove(o.Keys), os.Mkdir(o.Keys, 0o755))
		}, slices.Sorted(maps.Keys(first))},
		{"the output written by another", func(o Options) error {
			_, err := Write(t.Context(), site(t, second), Options{Dir: o.Dir})
			return err
		}, slices.Sorted(maps.Keys(first))},
	} {
		t.Run(test.name, func(t *testing.T) {
			o, k := keysOptions(t, Options{Force: true}), &keyed{}
			k.build(t, first, o)
			if err := test.edit(o); err != nil {
				t.Fatal(err)
			}
			if got := k.build(t, first, o); !slices.Equal(got, test.want) {
				t.Errorf("got %q rendered, want %q", got, test.want)
			}
			got := texts(t, o.Dir)
			for file, text := range firstFiles {
				if got[file] != text {
					t.Errorf("%s is %q, want %q", file, got[file], text)
				}
			}
		})
	}
}

// A page without a key is rendered each time.
func TestKeysThatAreNotKnown(t *testing.T) {
	o := keysOptions(t, Options{})
	write(t, first, o)
	if report := write(t, first, o); report.Rendered != len(first) || report.Written != 0 {
		t.Errorf("got %+v", report)
	}
}

func TestVerifyFindsWrongKeys(t *testing.T) {
	o, k := keysOptions(t, Options{}), &keyed{}
	k.build(t, first, o)
	o.Verify = true
	if got := k.build(t, first, o); len(got) != len(first) {
		t.Errorf("to verify, %q were rendered", got)
	}
	k.lies = map[string]string{"/a/": "page A"}
	_, err := Write(t.Context(), k.table(t, first), o)
	if wrong, ok := errors.AsType[*WrongKey](err); !ok || wrong.Path != "/a/" {
		t.Errorf("got the error %v", err)
	}
	expect(t, o.Dir, firstFiles)
}

// What must not be published may stand in a page that did not change.
func TestKeptPagesAreInspected(t *testing.T) {
	o, k := keysOptions(t, Options{}), &keyed{}
	k.build(t, first, o)
	found := errors.New("found")
	o.Inspect = func(file string, data []byte) error {
		if strings.Contains(string(data), "page b") && file == "b/index.html" {
			return found
		}
		return nil
	}
	if _, err := Write(t.Context(), k.table(t, first), o); !errors.Is(err, found) {
		t.Errorf("got the error %v", err)
	}
}

func TestKeysOfFoldersNoLongerBuiltGo(t *testing.T) {
	o, k := keysOptions(t, Options{}), &keyed{}
	old, recent := filepath.Join(filepath.Dir(o.Keys), "old"), filepath.Join(filepath.Dir(o.Keys), "recent")
	put(t, old, "")
	put(t, recent, "")
	long := time.Now().Add(-keysAge - time.Hour)
	if err := os.Chtimes(old, long, long); err != nil {
		t.Fatal(err)
	}
	k.build(t, first, o)
	got := slices.Sorted(maps.Keys(texts(t, filepath.Dir(o.Keys))))
	if want := []string{"public", "recent"}; !slices.Equal(got, want) {
		t.Errorf("got the files %q, want %q", got, want)
	}
}

// Whichever call fails by which keys are read and written, once or for good, the
// build is as good as without keys; and the next one knows no wrong key.
func TestKeysWhateverCallFails(t *testing.T) {
	for _, forGood := range []bool{false, true} {
		seen := map[string]bool{}
		for n := 1; ; n++ {
			o, k := keysOptions(t, Options{}), &keyed{}
			holder := filepath.Dir(o.Keys)
			k.build(t, first, o)
			long := time.Now().Add(-keysAge - time.Hour)
			put(t, filepath.Join(holder, "old"), "")
			if err := os.Chtimes(filepath.Join(holder, "old"), long, long); err != nil {
				t.Fatal(err)
			}
			f := &nth{n: n, forGood: forGood, err: syscall.EIO}
			with := o
			with.seams.fail = func(op, path string) error {
				if path != holder && filepath.Dir(path) != holder {
					return nil // not of the keys
				}
				return f.fail(op, path)
			}
			where := fmt.Sprintf("call %d, for good %v", n, forGood)
			k.build(t, second, with) // which fails the test if it fails
			if f.op == "" {
				break
			}
			seen[f.op] = true
			expect(t, o.Dir, secondFiles)
			got := k.build(t, second, o) // some, or none, or all are rendered
			expect(t, o.Dir, secondFiles)
			if again := k.build(t, second, o); len(again) != 0 {
				t.Errorf("%s (%s): after %q, the third build rendered %q", where, f.op, got, again)
			}
			if data, err := os.ReadFile(o.Keys); err != nil || parseKeys(data, readManifest(t, o.Dir)) == nil {
				t.Errorf("%s (%s): the keys cannot be read: %v", where, f.op, err)
			}
		}
		want := []string{"close", "create", "list", "mkdir all", "read", "remove", "rename", "write"}
		if got := slices.Sorted(maps.Keys(seen)); !slices.Equal(got, want) {
			t.Errorf("these calls failed: %q, want %q", got, want)
		}
	}
}

func readManifest(t *testing.T, dir string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
