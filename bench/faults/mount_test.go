//go:build linux

package faults

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// mountPoint serves from a folder that is a mount point itself, as a container's
// volume is, and kills builds. Nothing can be exchanged with such a folder: its
// files are replaced one by one, and only each of them is promised to be whole.
func (d *smallDisk) mountPoint(t *testing.T) Result {
	res := Result{Fault: "kill -9, the folder is a mount point", Refused: 1}
	point := filepath.Join(d.served, "point", "public")
	if err := os.MkdirAll(point, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("none", point, "tmpfs", 0, "size=64m,mode=755"); err != nil {
		t.Fatal(err)
	}
	on := *d.site
	on.out, on.inPlace = point, true
	on.become(t, "all")
	begin := time.Now()
	on.become(t, "base")
	took := time.Since(begin)
	random := rand.New(rand.NewPCG(10, 2))
	for range 3 * d.steps {
		if res.Runs == d.steps {
			break
		}
		was, will := on.now, "all"
		if was == will {
			will = "base"
		}
		on.write(t, will)
		c := on.build(point)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		after := time.Duration(float64(took) * (0.4 + 0.6*random.Float64()))
		if random.IntN(2) == 0 {
			after = 0 // when the first page has been replaced
		}
		if err := wait(after, filepath.Join(point, on.firstPage(was, will)), ended, func() { _ = c.Process.Kill() }); err == nil {
			continue
		}
		res.Runs++
		switch state, why := on.look(t, was, will); state {
		case isOld:
			res.Old++
		case isNew:
			res.New++
		default:
			res.Torn++
			res.Worst = why
			res.Failures = append(res.Failures, on.notWhole(t, was, will)...)
		}
		out, err := on.run(point)
		if state, why := on.look(t, was, will); err != nil || state != isNew {
			res.Broken++
			res.Failures = append(res.Failures, "the next build: "+state+" "+why+"\n"+out)
		}
	}
	if err := syscall.Unmount(point, 0); err != nil {
		t.Fatal(err)
	}
	return res
}

// firstPage is the page that is replaced first: of those in the deepest folders the
// first by name.
func (w *site) firstPage(was, will string) (first string) {
	for name, sum := range w.wants[will] {
		depth := strings.Count(name, "/") - strings.Count(first, "/")
		if old, ok := w.wants[was][name]; ok && old != sum && filepath.Ext(name) == ".html" && (depth > 0 || depth == 0 && name < first || first == "") {
			first = name
		}
	}
	return first
}

// notWhole lists the files that are of neither revision, or gone although both
// have them.
func (w *site) notWhole(t *testing.T, was, will string) (wrong []string) {
	t.Helper()
	got, old, now := read(t, w.out).visible(), w.wants[was], w.wants[will]
	for name, sum := range got {
		if before, ok := old[name]; ok && before == sum {
			continue
		}
		if after, ok := now[name]; ok && after == sum {
			continue
		}
		wrong = append(wrong, name+" is neither the old file nor the new")
	}
	for name := range old.visible() {
		if _, stays := now[name]; stays {
			if _, ok := got[name]; !ok {
				wrong = append(wrong, name+" is gone")
			}
		}
	}
	return wrong
}
