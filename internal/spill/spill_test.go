package spill

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestTexts(t *testing.T) {
	folder := t.TempDir()
	f := &File{folder: folder, room: 10}
	defer f.Close()
	held := f.Put("ten bytes.")
	away := f.Put("and now to the disk")
	source := []byte("will be changed")
	copied := f.Copy(source)
	copy(source, "????????????????")
	for _, c := range []struct {
		text Text
		want string
		away bool
	}{{held, "ten bytes.", false}, {away, "and now to the disk", true}, {copied, "will be changed", true}, {f.Put(""), "", false}, {Text{}, "", false}} {
		if c.text.String() != c.want || string(c.text.Bytes()) != c.want || c.text.Len() != len(c.want) || c.text.Away() != c.away {
			t.Errorf("%q: got %q of %d bytes, away: %v", c.want, c.text.String(), c.text.Len(), c.text.Away())
		}
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
	if again := f.Put("after the end"); again.Away() || again.String() != "after the end" {
		t.Error("a closed file took a text")
	}
	defer func() {
		lost, _ := recover().(*Lost)
		if lost == nil || !errors.Is(lost, os.ErrClosed) {
			t.Errorf("a text that is gone: %v", lost)
		}
	}()
	_ = away.String()
}

// TestInMemory: without a file, and where the disk takes none, texts stay in
// memory.
func TestInMemory(t *testing.T) {
	source := []byte("text")
	for name, f := range map[string]*File{"none": nil, "no folder": {folder: filepath.Join(t.TempDir(), "none")}} {
		put, copied := f.Put("text"), f.Copy(source)
		source[0] = '?'
		if put.Away() || put.String() != "text" || copied.Away() || copied.String() != "text" {
			t.Errorf("%s: got %q and %q", name, put.String(), copied.String())
		}
		source[0] = 't'
		if err := f.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestDiskFills: what the disk does not take stays in memory, and it is not asked
// again.
func TestDiskFills(t *testing.T) {
	f := New(0)
	f.folder = t.TempDir()
	if !f.Put("first").Away() {
		t.Fatal("the first is in memory")
	}
	readOnly, err := os.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	whole := f.file
	f.file = readOnly // no write to it can succeed
	for _, text := range []string{"second", "third"} {
		if put := f.Put(text); put.Away() || put.String() != text {
			t.Errorf("%s: got %q", text, put.String())
		}
	}
	if !f.full {
		t.Error("the disk would be asked again")
	}
	f.file = whole
	if err := errors.Join(readOnly.Close(), f.Close()); err != nil {
		t.Error(err)
	}
}

func TestItems(t *testing.T) {
	type item struct {
		a int32
		b bool
		c [3]int64
	}
	f := New(0)
	f.folder = t.TempDir()
	defer f.Close()
	list := []item{{1, true, [3]int64{1, 2, 3}}, {}, {-1, false, [3]int64{1 << 62, 0, -5}}}
	for _, file := range []*File{nil, f} {
		for n := range len(list) + 1 {
			put := PutItems(file, ItemsOf(list[:n]))
			if got := put.All(); !slices.Equal(got, list[:n]) {
				t.Errorf("got %v, want %v", got, list[:n])
			}
			if n > 0 && put.away.Away() != (file != nil) {
				t.Errorf("%d items are at the wrong place", n)
			}
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	f := New(100)
	f.folder = t.TempDir()
	defer f.Close()
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for n := range 50 {
				want := strings.Repeat(string(rune('a'+worker)), n)
				if got := f.Put(want).String(); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
			}
		})
	}
	group.Wait()
}
