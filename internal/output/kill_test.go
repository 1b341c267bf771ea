package output

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// killAt names the step at which a test's child process kills itself; the
// other variables say what it builds.
const (
	killAt  = "PUBLISH_TEST_KILL_AT"
	killDir = "PUBLISH_TEST_KILL_DIR"
	killWay = "PUBLISH_TEST_KILL_WAY"
)

func TestMain(m *testing.M) {
	if step := os.Getenv(killAt); step != "" {
		buildAndDie(step)
		return
	}
	os.Exit(m.Run())
}

// buildAndDie is the child: a build of the second site that ends by SIGKILL.
func buildAndDie(at string) {
	die := func(step string) {
		if step == at {
			fmt.Print("dying at ", step)
			self, _ := os.FindProcess(os.Getpid())
			_ = self.Kill()
			select {}
		}
	}
	o := ways[os.Getenv(killWay)]
	o.Dir = os.Getenv(killDir)
	o.Jobs = 1
	o.seams.reached = die
	o.Progress = func(done, _ int) { die(fmt.Sprint("page ", done)) }
	_, err := Write(context.Background(), site(new(testing.T), second), o)
	fmt.Println("not killed:", err)
}

func TestWriteRepairsWhatAKilledBuildLeft(t *testing.T) {
	tests := []struct {
		way   string
		steps []string
	}{
		{"exchanged", []string{"locked", "page 1", "page 3", "page 5", "rendered", "staged", "flushed", "exchanged"}},
		{"two renames", []string{"staged", "aside", "exchanged"}},
		{"without links", []string{"staged"}},
		{"in place", []string{"page 3", "announced", "placed c/d/index.html", "placed index.html", "removed"}},
	}
	for _, test := range tests {
		for _, step := range test.steps {
			for _, foreign := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s, %s, foreign %v", test.way, step, foreign), func(t *testing.T) {
					dir := filepath.Join(t.TempDir(), "public")
					write(t, first, Options{Dir: dir})
					was, will := firstFiles, secondFiles
					if foreign {
						put(t, filepath.Join(dir, "CNAME"), "example.org")
						was, will = with(was, "CNAME", "example.org"), with(will, "CNAME", "example.org")
					}
					kill(t, dir, test.way, step)
					if test.way != "in place" {
						expectWhole(t, dir, step, was, will)
					}
					o := ways[test.way]
					o.Dir = dir
					write(t, first, o) // back to the old site: the hardest to get right
					expect(t, dir, was)
					write(t, second, o)
					expect(t, dir, will)
				})
			}
		}
	}
}

func kill(t *testing.T, dir, way, step string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), self)
	child.Env = append(os.Environ(), killAt+"="+step, killDir+"="+dir, killWay+"="+way)
	if out, err := child.CombinedOutput(); err == nil || string(out) != "dying at "+step {
		t.Fatalf("the child was not killed: %v, %s", err, out)
	}
}

// expectWhole checks that the folder is one of the two sites, or, within the
// gap of two renames, not there.
func expectWhole(t *testing.T, dir, step string, was, will map[string]string) {
	t.Helper()
	if _, err := os.Lstat(dir); step == "aside" && err != nil {
		return
	}
	got := texts(t, dir)
	delete(got, manifestName)
	want := was
	if step == "exchanged" {
		want = will
	}
	if !maps.Equal(got, want) {
		t.Errorf("after the kill the site is %q, want %q", got, want)
	}
}

func TestWriteRepairsAKilledFirstBuild(t *testing.T) {
	for _, step := range []string{"locked", "page 2", "staged", "exchanged"} {
		dir := filepath.Join(t.TempDir(), "public")
		kill(t, dir, "exchanged", step)
		if _, err := os.Lstat(dir); (err == nil) != (step == "exchanged") {
			t.Errorf("%s: the folder: %v", step, err)
		}
		write(t, first, Options{Dir: dir})
		expect(t, dir, firstFiles)
	}
}

func TestWriteOneAtATime(t *testing.T) {
	for name, o := range ways {
		for _, exists := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, exists %v", name, exists), func(t *testing.T) {
				holder := t.TempDir()
				o.Dir = filepath.Join(holder, "public")
				if exists {
					write(t, first, Options{Dir: o.Dir})
				}
				tried := 0
				o.seams.reached = func(step string) {
					tried++
					if _, err := Write(t.Context(), site(t, first), Options{Dir: o.Dir}); !errors.Is(err, ErrBusy) {
						t.Errorf("at %q the second build got %v, want ErrBusy", step, err)
					}
					write(t, first, Options{Dir: filepath.Join(holder, "other")})
				}
				write(t, second, o)
				expect(t, o.Dir, secondFiles)
				if tried < 4 {
					t.Errorf("only %d steps were reached", tried)
				}
			})
		}
	}
}

func TestWriteFromManyAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for j := range 10 {
				pages := first
				if (i+j)%2 == 0 {
					pages = second
				}
				if _, err := Write(t.Context(), site(t, pages), Options{Dir: dir}); err != nil && !errors.Is(err, ErrBusy) {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	write(t, first, Options{Dir: dir})
	expect(t, dir, firstFiles)
}

// A reader by path sees each page whole, and after a page of the new site none
// of the old one.
func TestReadersSeeOneSiteAfterTheOther(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	revision := func(n int) map[string]string {
		pages := make(map[string]string)
		for i := range 20 {
			pages[fmt.Sprintf("/p/%d/", i)] = strings.Repeat(fmt.Sprintf("%06d", n), 500)
		}
		pages["/same/"] = strings.Repeat("000000", 500)
		return pages
	}
	write(t, revision(0), Options{Dir: dir})
	done := make(chan struct{})
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			newest := "000000"
			for i := 0; ; i++ {
				select {
				case <-done:
					return
				default:
				}
				data, err := os.ReadFile(filepath.Join(dir, "p", fmt.Sprint(i%20), "index.html"))
				if err != nil || len(data) != 3000 || strings.Repeat(string(data[:6]), 500) != string(data) {
					t.Errorf("a torn page: %d bytes, %v", len(data), err)
					return
				}
				if now := string(data[:6]); now < newest {
					t.Errorf("a page of revision %s after one of %s", now, newest)
					return
				} else {
					newest = now
				}
			}
		})
	}
	for n := range 50 {
		write(t, revision(n+1), Options{Dir: dir})
	}
	close(done)
	group.Wait()
}
