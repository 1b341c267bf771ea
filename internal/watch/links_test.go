package watch

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func (s *site) link(to, name string) {
	s.t.Helper()
	if err := os.Symlink(filepath.FromSlash(to), s.path(name)); err != nil {
		s.t.Fatal(err)
	}
}

func TestLinkedFolders(t *testing.T) {
	inEveryWay(t, func(t *testing.T, s *site) {
		s.write("shared/img/x.png", "1")
		s.settle()
		s.link("../shared", "content/shared")
		s.expect("content/shared/img/x.png")
		s.settle()
		s.write("shared/img/x.png", "22")
		s.expect("shared/img/x.png", "content/shared/img/x.png")
		s.settle()
		s.write("content/shared/img/new.png", "1") // written through the link
		s.expect("shared/img/new.png", "content/shared/img/new.png")
		s.settle()

		s.rename("shared", "moved") // the link leads nowhere now
		s.expect("shared/img/x.png", "content/shared/img/x.png", "moved/img/x.png")
		s.settle()
		s.write("moved/img/x.png", "333")
		s.expect("moved/img/x.png")
		s.rename("moved", "shared") // and somewhere again
		s.expect("shared/img/x.png", "content/shared/img/x.png")
		s.settle()
		s.write("shared/img/x.png", "4444")
		s.expect("shared/img/x.png", "content/shared/img/x.png")
		s.settle()

		s.remove("content/shared")
		s.expect("content/shared", "content/shared/img/x.png")
		s.settle()
		s.write("shared/img/x.png", "55555")
		if told := s.expect("shared/img/x.png"); slices.Contains(told, "content/shared/img/x.png") {
			t.Errorf("told of %q, where no link is any more", told)
		}
	})
}

func TestLinkedFiles(t *testing.T) {
	inEveryWay(t, func(t *testing.T, s *site) {
		s.link("a.md", "content/alias.md")
		s.link("later.md", "content/nowhere.md")
		s.expect("content/alias.md", "content/nowhere.md")
		s.settle()
		s.write("content/a.md", "two two")
		s.expect("content/a.md", "content/alias.md")
		s.settle()
		s.write("content/later.md", "here it is")
		s.expect("content/later.md", "content/nowhere.md")
		s.settle()
		s.write("content/new", "renamed over")
		s.rename("content/new", "content/a.md")
		s.expect("content/a.md", "content/alias.md")
		s.settle()
		s.write("content/a.md", "and written")
		s.expect("content/a.md", "content/alias.md")
	})
}

func TestLinksInCircles(t *testing.T) {
	inEveryWay(t, func(t *testing.T, s *site) {
		s.link("..", "content/up")
		s.link(".", "content/self")
		s.link("../content", "content/2021/again")
		for _, name := range []string{"p", "q"} {
			s.write(name+"/text.md", "one")
		}
		s.link("../q", "p/q")
		s.link("../p", "q/p")
		s.expect("p/q/text.md", "q/p/text.md")
		s.settle()
		s.write("p/text.md", "other")
		for _, p := range s.expect("p/text.md", "q/p/text.md") {
			if len(p) > len("content/2021/again") {
				t.Errorf("told of %q", p)
			}
		}
	})
}

func TestLinksOut(t *testing.T) {
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "x.md"), []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
	inEveryWay(t, func(t *testing.T, s *site) {
		s.link(outside, "content/out")
		s.expect("content/out")
		s.settle()
		if len(s.w.tree.places) > 3 {
			t.Errorf("%d places are watched", len(s.w.tree.places))
		}
	})
}

func TestLinkedRoot(t *testing.T) {
	inEveryWay(t, func(t *testing.T, s *site) {
		at := filepath.Join(t.TempDir(), "link")
		s.must(os.Symlink(s.root, at))
		linked := &site{t: t, root: at}
		linked.start(Options{}, seams{})
		linked.write("content/a.md", "other")
		linked.expect("content/a.md")
	})
}

func TestIgnored(t *testing.T) {
	for name, set := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := Options{Ignore: func(path string, dir bool) bool {
				return dir && (path == ".git" || path == "content/public") || path == "content/b.md"
			}}
			var tests seams
			set(&o, &tests)
			s := &site{t: t, root: t.TempDir()}
			s.write(".git/index", "one")
			s.write("content/b.md", "one")
			s.start(o, tests)
			s.write(".git/index", "two, longer")
			s.write(".git/refs/heads", "new")
			s.write("content/public/index.html", "new")
			s.write("content/b.md", "two, longer")
			s.write("content/a.md", "text")
			for _, p := range s.expect("content/a.md") {
				if p != "content/a.md" && p != "content" && p != "." && p != "*" {
					t.Errorf("told of %q", p)
				}
			}
		})
	}
}
