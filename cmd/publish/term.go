package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"

	"golang.org/x/term"

	"publish/internal/diag"
	"publish/internal/plainfile"
)

// The voice of the terminal: lower case, no full stop, no emoji. Talk goes to
// stderr with the program's name before it, results to stdout bare. What to do
// next is a line of its own that begins with "hint:". Colour only on a
// terminal, never with NO_COLOR or CLICOLOR=0.

// failure is an error with its exit status and, perhaps, what to do about it.
type failure struct {
	code int
	err  error
	hint string
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// usagef is a mistake on the command line.
func usagef(hint, format string, args ...any) error {
	return &failure{exitUsage, fmt.Errorf(format, args...), hint}
}

// machinef is a failure of the machine.
func machinef(hint, format string, args ...any) error {
	return &failure{exitMachine, fmt.Errorf(format, args...), hint}
}

// errContent and errConfig say that diagnostics were printed and that there
// were errors among them, in the content or in the configuration alone.
var (
	errContent = errors.New("the content has errors")
	errConfig  = errors.New("the configuration has errors")
)

// report prints an error, if it has not been said already, and gives the exit
// status. An error of nobody's making is a mistake on the command line, since
// cobra's are plain errors.
func (p *program) report(err error) int {
	var f *failure
	var disk *fs.PathError
	if errors.As(err, &disk) && errors.As(err, &f) {
		short := disk.Path + ": " + plainfile.Why(disk) // without the name of the system call
		f.err = errors.New(strings.Replace(f.err.Error(), disk.Error(), short, 1))
	}
	switch {
	case err == nil:
		return exitGood
	case errors.Is(err, errContent):
		return exitContent
	case errors.Is(err, errConfig):
		return exitUsage
	case errors.As(err, &f):
		p.say("error: %v", f.err)
		if f.hint != "" {
			p.say("hint: %s", f.hint)
		}
		return f.code
	}
	p.say("error: %v", err)
	return exitUsage
}

// say prints a line for the person at the terminal.
func (p *program) say(format string, args ...any) {
	fmt.Fprintln(p.stderr, oneLine("publish: "+fmt.Sprintf(format, args...)))
}

// oneLine shows control characters as signs: names and values that authors
// wrote must neither steer a terminal nor begin a line that a runner obeys.
func oneLine(text string) string { return diag.Visible(text) }

// sink is a stream that remembers when it could not be written to, so that a
// report that nobody received does not end as a success.
type sink struct {
	w     io.Writer
	mutex sync.Mutex
	err   error
}

func (s *sink) Write(data []byte) (int, error) {
	n, err := s.w.Write(data)
	if err != nil {
		s.mutex.Lock()
		defer s.mutex.Unlock()
		s.err = cmp.Or(s.err, err)
	}
	return n, err
}

// lost says why something that was printed did not arrive, or nil.
func (s *sink) lost() error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.err
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// color says whether a stream gets colours: https://no-color.org, and CLICOLOR
// as on BSD and macOS.
func (p *program) color(terminal bool) bool {
	return terminal && p.getenv("NO_COLOR") == "" && p.getenv("CLICOLOR") != "0" && p.getenv("TERM") != "dumb"
}

// progress writes a line that overwrites itself, on a terminal only.
type progress struct {
	w     io.Writer
	shown bool
}

func (p *progress) show(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	fmt.Fprintf(p.w, "\r%s\x1b[K", line)
	p.shown = true
}

func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}

// count writes a number with its noun: "1 page", "2 pages".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "y") {
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(noun, "y"))
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// size writes a number of bytes for people.
func size(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 1000_000:
		return fmt.Sprintf("%.1f kB", float64(n)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1000_000)
}
