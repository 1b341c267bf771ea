//go:build linux

package hostile

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// measured is what came of a case.
type measured struct {
	*trial
	outcome []string
	took    time.Duration // of the processor
	memory  int64         // at its peak, in bytes
}

// try runs a case in a folder of its own.
func (w *workshop) try(t *testing.T, c *trial) measured {
	t.Helper()
	dir, err := os.MkdirTemp(w.dir, "site-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	site := filepath.Join(dir, "site")
	w.plainSite(t, site)
	for _, f := range c.files {
		w.put(t, site, f)
	}
	if w.nobody { // an import writes into the site, and a build beside its output
		for _, name := range []string{dir, site, filepath.Join(site, "content")} {
			if err := os.Chmod(name, 0o777); err != nil {
				t.Fatal(err)
			}
		}
	}
	args := []string{"build", "--keep-going", "--output", filepath.Join(dir, "out")}
	if c.run != "" {
		args = strings.Fields(c.run)
	}
	m := w.run(t, site, args)
	m.trial = c
	files := m.judge(t, site, filepath.Join(dir, "out"))
	if w.plain == nil {
		w.plain = map[string]bool{}
		for _, name := range files {
			w.plain[name] = true
		}
	}
	return m.measured
}

// plainSite writes the good pages.
func (w *workshop) plainSite(t *testing.T, site string) {
	t.Helper()
	w.put(t, site, file{name: "publish.yaml", how: "=", text: settings})
	for _, g := range good {
		w.put(t, site, file{name: g.file, how: "=", text: g.text})
	}
}

// put makes one file of a case.
func (w *workshop) put(t *testing.T, site string, f file) {
	t.Helper()
	name := filepath.Join(site, f.name)
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	if f.how == "mode" {
		must(os.Chmod(name, fs.FileMode(f.mode)))
		return
	}
	must(os.MkdirAll(filepath.Dir(name), 0o755))
	must(os.RemoveAll(name))
	switch f.how {
	case "=":
		must(os.WriteFile(name, []byte(f.text), 0o644))
	case "->":
		must(os.Symlink(f.text, name))
	case "fifo":
		must(syscall.Mkfifo(name, 0o666))
	case "device": // /dev/full's numbers; who may not make one has a link to it
		if err := syscall.Mknod(name, syscall.S_IFCHR|0o666, 1<<8|7); err != nil {
			t.Logf("%s: no device can be made here (%v): it is a pipe", f.name, err)
			must(syscall.Mkfifo(name, 0o666))
		}
	case "socket":
		at, err := net.ListenUnix("unix", &net.UnixAddr{Name: name, Net: "unix"})
		must(err)
		at.SetUnlinkOnClose(false)
		must(at.Close())
	case "folder":
		must(os.Mkdir(name, 0o755))
	}
}

// ran is a case whose command has ended.
type ran struct {
	measured
	code  int
	said  string
	plain map[string]bool // what every site has
}

// run runs publish with a limit of time.
func (w *workshop) run(t *testing.T, site string, args []string) ran {
	t.Helper()
	command := exec.Command(os.Args[0], append([]string{w.program}, args...)...)
	command.Dir = site
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // so that all of it can be ended
	command.Env = append(environment(), launching+"=1")
	var said, spent bytes.Buffer
	command.Stdout, command.Stderr = &said, &said
	tell, told, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	command.ExtraFiles = []*os.File{told}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	told.Close()
	hung := time.AfterFunc(patience, func() { _ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL) })
	_, err = spent.ReadFrom(tell)
	err = errors.Join(err, command.Wait())
	if !hung.Stop() {
		t.Errorf("it was still at it after %v", patience)
		return ran{code: -1, said: said.String(), plain: w.plain}
	}
	var e ending
	if err := errors.Join(err, json.Unmarshal(spent.Bytes(), &e)); err != nil {
		t.Fatal(err)
	}
	return ran{measured: measured{took: e.Took, memory: e.Memory}, code: e.Code, said: said.String(), plain: w.plain}
}

// diagnostic is the first line of one: place, level, message, code.
var diagnostic = regexp.MustCompile(`^(?:(?:\S.*: )?(?:error|warning|note): |passed over |held back ).*`)

// internals are what only a programmer understands.
var internals = regexp.MustCompile(`goroutine |panic|runtime error|\*fs\.|\*os\.|\*tree\.|map\[|interface ?\{|\[\]byte|strconv\.|(?m:^| )(?:yaml|toml|json|xml|zip): |escapes from parent|unmarshal|unexpected EOF|%!|\.go:\d|<nil>|\bnil\b|html/template|template: |invalid character`)

// told is how many diagnostics of a case stand in the table.
const told = 6

// judge looks at what was said and made, whatever the case is, and writes down
// its outcome.
func (m *ran) judge(t *testing.T, site, out string) []string {
	t.Helper()
	m.outcome = append(m.outcome, fmt.Sprint("exit: ", m.code))
	m.judgeWords(t, site)
	if _, err := os.Stat(out); err != nil {
		if m.code == 0 && m.run == "" {
			t.Errorf("there is no site:\n%s", m.said)
		}
		return nil
	}
	for _, g := range good {
		if text, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(g.path))); err != nil || !strings.Contains(string(text), g.shows) {
			t.Errorf("%s is not there unharmed (%v):\n%s", g.path, err, m.said)
		}
	}
	pages := m.judgeSite(t, out)
	m.judgeSkipped(t, pages)
	for _, s := range m.shows {
		text, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(s.path)))
		if err != nil || !strings.Contains(string(text), s.text) {
			t.Errorf("%s does not show %q (%v)", s.path, s.text, err)
		}
	}
	return pages
}

// judgeWords: each message can be read, and by somebody who knows no Go.
func (m *ran) judgeWords(t *testing.T, site string) {
	t.Helper()
	if len(m.said) > 64<<10 {
		t.Errorf("it says %d bytes, beginning with\n%.2000s", len(m.said), m.said)
	}
	if found := internals.FindString(m.said); found != "" {
		t.Errorf("it says %q:\n%s", found, m.said)
	}
	if !utf8.ValidString(m.said) || strings.ContainsFunc(strings.ReplaceAll(m.said, "\n", ""), unicode.IsControl) {
		t.Errorf("it sends signs to the terminal: %q", m.said)
	}
	var says []string
	for line := range strings.Lines(m.said) {
		line = strings.TrimSuffix(line, "\n")
		if utf8.RuneCountInString(line) > 500 {
			t.Errorf("a line of %d characters: %.300s", utf8.RuneCountInString(line), line)
		}
		if line = strings.TrimPrefix(line, "publish: "); diagnostic.MatchString(line) && !strings.Contains(line, "[base-url") {
			says = append(says, "says: "+strings.ReplaceAll(line, filepath.Dir(site), "DIR"))
		}
	}
	more := len(says) - told
	if more > 0 {
		says = append(says[:told:told], fmt.Sprintf("says: %d more", more))
	}
	m.outcome = append(m.outcome, says...)
}

// judgeSite: every file of the site is what its name says. It gives the files.
func (m *ran) judgeSite(t *testing.T, out string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(out, name)
		files = append(files, rel)
		if !slices.Contains([]string{".html", ".xml", ".json", ".svg"}, filepath.Ext(name)) {
			return nil
		}
		data, err := os.ReadFile(name)
		if why := sound(filepath.Ext(name), data); why != nil && m.mine(rel) {
			t.Errorf("%s: %v", rel, why)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	slices.Sort(files)
	var more []string
	for _, name := range files {
		page, isPage := strings.CutSuffix(name, "index.html")
		switch {
		case m.plain[name] || hashedName.MatchString(name) || strings.HasPrefix(name, "search/"):
		case isPage:
			more = append(more, fmt.Sprintf("page: %s", shown("/"+page)))
		case !strings.HasSuffix(name, "/text.js") && !strings.HasSuffix(name, ".publish-manifest"):
			more = append(more, "file: "+shown("/"+name))
		}
	}
	if extra := len(more) - told; extra > 0 {
		more = append(more[:told:told], fmt.Sprintf("page: %d more", extra))
	}
	m.outcome = append(m.outcome, more...)
	return files
}

// shown is a name as the table has it.
func shown(name string) string {
	if len(name) > 80 {
		name = name[:60] + fmt.Sprintf("… (%d bytes)", len(name))
	}
	if strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return fmt.Sprintf("%q", name)
	}
	return name
}

// mine says that publish wrote the file, and did not copy it.
func (m *ran) mine(name string) bool {
	return !slices.ContainsFunc(m.files, func(f file) bool {
		return strings.HasSuffix(f.name, "/"+filepath.Base(name)) && !strings.HasSuffix(f.name, ".svg")
	})
}

// sound says what is wrong with the bytes of a file that a browser or a program
// reads.
func sound(ext string, data []byte) error {
	if !utf8.Valid(data) {
		return errors.New("it is not UTF-8")
	}
	if at := bytes.IndexFunc(data, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f }); at >= 0 {
		return fmt.Errorf("a control character at %q", data[max(at-20, 0):min(at+20, len(data))])
	}
	switch ext {
	case ".html":
		if !bytes.Contains(data, []byte("</html>")) {
			return errors.New("it has no end")
		}
	case ".json":
		if !json.Valid(data) {
			return errors.New("it is no JSON")
		}
	default:
		decoder := xml.NewDecoder(bytes.NewReader(data))
		for {
			if _, err := decoder.Token(); err == io.EOF {
				return nil
			} else if err != nil {
				return err
			}
		}
	}
	return nil
}

// judgeSkipped: no text is passed over without a word. One that is not named has a
// page, with whatever address its name makes.
func (m *ran) judgeSkipped(t *testing.T, files []string) {
	t.Helper()
	if m.run != "" || m.plain == nil {
		return
	}
	if lost := silent(m.files, files, m.plain, m.said); lost > 0 {
		t.Errorf("%d texts are neither published nor in a message:\n%s", lost, m.said)
	}
}

// silent is how many texts of a case no message names, less the pages that the
// site has beside those of plain and beside its overviews. Hidden files are none,
// and what joins the home page or the navigation has no page of its own.
func silent(texts []file, made []string, plain map[string]bool, said string) int {
	n := 0
	for _, f := range texts {
		below, ok := strings.CutPrefix(f.name, "content/")
		switch {
		case f.how == "mode" || f.how == "folder" || !ok || path.Ext(below) != ".md":
		case strings.Contains("/"+below, "/.") || path.Base(below) == "SUMMARY.md" || below == "index.html.md":
		case !isNamed(f.name, said):
			n++
		}
	}
	for _, name := range made {
		if strings.HasSuffix(name, "/index.html") && !plain[name] && !overview.MatchString(name) {
			n--
		}
	}
	return n
}

// isNamed says that a message is about a file, or about a folder around it that is
// passed over whole.
func isNamed(name, said string) bool {
	if strings.Contains(said, visible(name)) {
		return true
	}
	for dir := path.Dir(name); dir != "content" && dir != "."; dir = path.Dir(dir) {
		if strings.Contains(said, " "+visible(dir)+":") {
			return true
		}
	}
	return false
}

// overview is a page that stands for no text of its own.
var overview = regexp.MustCompile(`^(services|severity|tags|providers|page)/|^\d{4}/index\.html$`)

// visible is a name as messages show it.
func visible(name string) string {
	name = norm.NFC.String(strings.ToValidUTF8(name, "\ufffd"))
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ':
			return '\u2400' + r
		case r == 0x7f:
			return '\u2421'
		}
		return r
	}, name)
}

var hashedName = regexp.MustCompile(`^[a-z]+(\.[0-9a-f]{10})?\.(js|css|svg)$`)
