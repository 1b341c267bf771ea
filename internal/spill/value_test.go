package spill

import (
	"errors"
	"math"
	"os"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"
)

// record is a sample without a function, and with texts that are away.
type record struct {
	Source Text
	Rows   Items[[2]int32]
	sample plainSample
}

type plainSample struct {
	Text     string
	name     named
	flag     bool
	few      uint8
	At, Till time.Time
	Parts    []part
	Pair     [2]part
	Next     *plainSample
	Lists    [][]string
	Ints     []int32
	Share    float64
	Count    int
	Last     bool
}

// TestValues: what is read is what was put away, in every bit that somebody can see.
func TestValues(t *testing.T) {
	f := New(0)
	defer f.Close()
	const path = "content/a.md"
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	oddZone, named := time.FixedZone("", 5*3600+45*60), time.FixedZone("X", 3600)
	for name, v := range map[string]*record{
		"nothing":     {},
		"empty lists": {sample: plainSample{Parts: []part{}, Lists: [][]string{{}, nil}, Ints: []int32{}}},
		"all": {Source: f.Put("a text"), Rows: PutItems(f, ItemsOf([][2]int32{{1, 2}, {3, 4}})), sample: plainSample{
			Text: path, name: "n", flag: true, few: 255, At: time.Date(2021, 4, 29, 9, 0, 0, 7, berlin), Till: time.Date(9999, 12, 31, 23, 59, 59, 0, oddZone),
			Parts: []part{{n: -1, Text: "é", odd: [3]bool{true, false, true}}, {}, {n: math.MaxInt, Text: path + "x"}}, Pair: [2]part{{}, {n: 2, odd: [3]bool{2: true}}},
			Next:  &plainSample{Last: true, Next: &plainSample{Text: strings.Repeat("long ", 3000), At: time.Date(0, 1, 1, 0, 0, 0, 0, named)}},
			Lists: [][]string{{"a", "", path}, nil}, Ints: []int32{1, -2, 3}, Share: -0.5, Count: math.MinInt, Last: true,
		}},
		"at the end": {sample: plainSample{Last: true}},
	} {
		put := PutValue(f, v, "another", path)
		if !put.Away() {
			t.Fatalf("%s is in memory", name)
		}
		got := put.Get()
		if !reflect.DeepEqual(got, v) {
			t.Errorf("%s: got %+v, want %+v", name, got, v)
		}
		if got.sample.At != v.sample.At {
			t.Errorf("%s: another location: %v, %v", name, got.sample.At, v.sample.At)
		}
		if s := got.sample.Text; s != "" && unsafe.StringData(s) != unsafe.StringData(path) {
			t.Errorf("%s: what is shared was copied", name)
		}
		if put.Get() != got {
			t.Errorf("%s: who asks twice gets two", name)
		}
	}
}

// TestValuesInMemory: without a file, and as long as memory takes more, a value is
// that which was put.
func TestValuesInMemory(t *testing.T) {
	v := &plainSample{Text: "x"}
	f := New(10)
	defer f.Close()
	for name, put := range map[string]*Value[plainSample]{"no file": PutValue(nil, v), "room": PutValue(f, v), "of": ValueOf(v)} {
		if put.Away() || put.Get() != v {
			t.Errorf("%s: got %p away %t, want %p", name, put.Get(), put.Away(), v)
		}
	}
	if none := (*Value[plainSample])(nil); none.Away() || none.Get() != nil {
		t.Error("no value is one")
	}
	f.Put("eleven bytes")
	if !PutValue(f, v).Away() {
		t.Error("a value is in memory where no text is")
	}
}

// TestValuesAtOnce: many goroutines put values away and read each other's, while
// memory is collected.
func TestValuesAtOnce(t *testing.T) {
	f := New(0)
	defer f.Close()
	var values [200]*Value[plainSample]
	of := func(i int) *plainSample {
		return &plainSample{Count: i, Text: strings.Repeat("x", i), Lists: [][]string{{"a", strings.Repeat("b", i)}}, At: time.Unix(int64(i), 0).In(time.FixedZone("", i*60)), Parts: make([]part, i%7)}
	}
	var wg sync.WaitGroup
	for i := range values {
		wg.Go(func() { values[i] = PutValue(f, of(i)) })
	}
	wg.Wait()
	for range 4 {
		wg.Go(func() {
			for i, v := range values {
				if got, want := v.Get(), of(i); got.Count != i || got.Lists[0][1] != want.Lists[0][1] || !got.At.Equal(want.At) || got.At.Format(time.RFC3339) != want.At.Format(time.RFC3339) || len(got.Parts) != i%7 {
					t.Errorf("%d: got %+v", i, got)
				}
				if i%20 == 0 {
					runtime.GC()
				}
			}
		})
	}
	wg.Wait()
}

// TestValueLost: a value that the disk does not give back is a *Lost.
func TestValueLost(t *testing.T) {
	f := New(0)
	v := PutValue(f, &plainSample{Count: 1})
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // and nobody waits for ever
		func() {
			defer func() {
				if lost, _ := recover().(*Lost); lost == nil || !errors.Is(lost, os.ErrClosed) {
					t.Errorf("got %v", lost)
				}
			}()
			v.Get()
		}()
	}
}
