package postmortem

import (
	"math/rand/v2"
	"os"
	"reflect"
	"testing"

	"publish/internal/block"
)

// Lists that are in use at one time are zero when they are given, and whatever is
// written to one or put behind it, the others keep what they hold.
func TestPile(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var p pile[int]
	for range 200 {
		var lists [][]int
		for n := 1 + random.IntN(20); len(lists) < n; {
			list := p.take(random.IntN(60))
			for i := range list {
				if list[i] != 0 {
					t.Fatalf("a list is given with a %d in it", list[i])
				}
				list[i] = len(lists) + 1
			}
			lists = append(lists, list)
			_ = append(list, -1)
		}
		for n, list := range lists {
			for _, value := range list {
				if value != n+1 {
					t.Fatalf("list %d of %d holds a %d", n+1, len(lists), value)
				}
			}
		}
		p.done()
	}
	p.take(mostPiled + 1)
	if p.done(); cap(p.all) > 0 {
		t.Errorf("%d values are kept for the next text", cap(p.all))
	}
}

// A text is read as by itself when others were read before in the same place, and what
// it said stays when others are read there.
func TestReadingAgain(t *testing.T) {
	entries, err := os.ReadDir("testdata/text")
	if err != nil {
		t.Fatal(err)
	}
	c := onDay("2024-03-05")
	texts := [][]block.Block{
		plainBlocks("## Timeline\n- 10:00 a\n- 10:10 b\n### Countermeasures\n- 10:20 c\n- 10:30 d\n- 10:40 e"), // of which a part is no timeline
		plainBlocks("## Timeline\nIt began.\n- 10:00 a\n- 10:10 b\n- 10:20 c\n- 10:30 d\n- 10:40 e"),
	}
	for _, e := range entries {
		text, err := os.ReadFile("testdata/text/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, plainBlocks(string(text)))
	}
	var r Reading
	var said []Postmortem
	for _, blocks := range texts {
		want, told := readText(blocks, c)
		if diags := r.ReadText(blocks, FindSections(blocks, c), c); !reflect.DeepEqual(r.Facts, want.Facts) || !reflect.DeepEqual(diags, told) {
			t.Errorf("%q\nsays %+v, %v\nby itself %+v, %v", blocks[0].Text, r.Facts, diags, want.Facts, told)
		}
		said = append(said, r.Facts)
	}
	for i, blocks := range texts {
		if want, _ := readText(blocks, c); !reflect.DeepEqual(said[i], want.Facts) {
			t.Errorf("%q\nlater says %+v\nat first %+v", blocks[0].Text, said[i], want.Facts)
		}
	}
}
