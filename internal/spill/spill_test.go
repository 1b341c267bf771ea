package spill

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
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

// TestClosedBefore: whoever still reads when the program was told to stop makes no
// temporary file that nobody would remove.
func TestClosedBefore(t *testing.T) {
	f := New(0)
	f.folder = t.TempDir()
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if late := f.Put("after the end"); late.Away() || late.String() != "after the end" || f.file != nil {
		t.Error("a closed file took a text")
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
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
	long := func(c string) string { return strings.Repeat(c, batch*2/3) }
	var texts []Text
	put := func(text string, away bool) {
		t.Helper()
		if texts = append(texts, f.Put(text)); texts[len(texts)-1].Away() != away {
			t.Errorf("%.1s is away: %t", text, !away)
		}
	}
	put(long("1"), true)
	put(long("2"), true)
	readOnly, err := os.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	whole := f.file
	f.file = readOnly // no write to it can succeed
	put(long("3"), false)
	put("4", false)
	f.file = whole
	for i, text := range texts {
		if want := strings.Repeat(strconv.Itoa(i+1), text.Len()); text.String() != want {
			t.Errorf("text %d: got %.9q", i+1, text.String())
		}
	}
	if err := errors.Join(readOnly.Close(), f.Close()); err != nil {
		t.Error(err)
	}
}

// TestDiskFillsAtLongText: a text that is longer than a batch stays in memory where
// the disk does not take it, and what was written before can be read.
func TestDiskFillsAtLongText(t *testing.T) {
	f := New(0)
	f.folder = t.TempDir()
	defer f.Close()
	before := f.Put(strings.Repeat("1", batch+1))
	readOnly, err := os.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer readOnly.Close()
	whole := f.file
	f.file = readOnly
	refused := f.Put(strings.Repeat("2", batch+1))
	f.file = whole
	later := f.Put("3")
	for i, text := range []Text{before, refused, later} {
		if want := strings.Repeat(strconv.Itoa(i+1), text.Len()); text.String() != want || text.Away() != (i == 0) {
			t.Errorf("text %d: got %.9q, away: %t", i+1, text.String(), text.Away())
		}
	}
}

// TestBatches: a text is what it was while it waits to be written, when it was, and
// where it has more bytes than are written at once.
func TestBatches(t *testing.T) {
	f := New(0)
	f.folder = t.TempDir()
	defer f.Close()
	var texts []Text
	for i, n := range []int{1, batch - 1, 1, batch, batch + 1, 2, batch / 2, 3 * batch, 1} {
		texts = append(texts, f.Put(strings.Repeat(strconv.Itoa(i), n)))
		room := NewRoom()
		for i, text := range texts {
			want := strings.Repeat(strconv.Itoa(i), text.Len())
			if text.String() != want || room.Lend(text) != want || !text.Away() {
				t.Fatalf("text %d: got %.9q", i, text.String())
			}
		}
		room.Done()
	}
	room := NewRoom()
	if a, b, c := room.Lend(texts[0]), room.Lend(Of("held")), room.Lend(texts[5]); a+b+c != "0held55" || len(room.bytes) != 3 {
		t.Errorf("lent %q, %q and %q in %d bytes", a, b, c, len(room.bytes))
	}
	room.Done()
	if on, err := f.file.Stat(); err != nil || on.Size() != f.written.Load() || len(f.waiting) != 1 {
		t.Errorf("%d of %d bytes are written, %d wait, %v", on.Size(), f.written.Load(), len(f.waiting), err)
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
				want := strings.Repeat(string(rune('a'+worker)), 400*n)
				if got := f.Put(want).String(); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
			}
		})
	}
	group.Wait()
}
