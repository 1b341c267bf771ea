//go:build linux

package faults

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// kills kills builds that change one, some and all pages, at random instants.
func (s *suite) kills(t *testing.T, w *site) {
	for _, revision := range revisions[1:] {
		w.took[revision] = w.took["base"]
		r := s.row(w.generator, "kill -9, "+revision+" changed")
		for range 4 * times(67, 5) {
			if r.runs == times(67, 5) {
				break
			}
			will := revision
			if w.now == revision {
				will = "base" // and back, which changes as much
			}
			s.interrupt(t, w, r, will, syscall.SIGKILL)
		}
		if r.runs == 0 {
			t.Errorf("%s: no build was killed in time", r.fault)
		}
		w.become(t, "base")
	}
}

// signals asks builds to end, as Ctrl-C and a runner do.
func (s *suite) signals(t *testing.T, w *site) {
	w.took["all"] = w.took["base"]
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		r := s.row(w.generator, signal.String())
		for range 4 * times(15, 2) {
			if r.runs == times(15, 2) {
				break
			}
			will := "all"
			if w.now == will {
				will = "base"
			}
			s.interrupt(t, w, r, will, signal)
		}
	}
}

// interrupt sends a signal to a build at a random instant. A build that had ended
// by then does not count.
func (s *suite) interrupt(t *testing.T, w *site, r *row, will string, signal syscall.Signal) {
	t.Helper()
	was := w.now
	w.write(t, will)
	at := s.random.Float64()
	if s.random.IntN(2) == 0 {
		at = 0.5 + at/2 // where the output is written, twice as often
	}
	after := max(1, time.Duration(at*1.1*float64(w.took[will])))
	if w.strict && s.random.IntN(4) == 0 {
		after = 0
	}
	c := w.build(w.out)
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	err := wait(after, w.out, ended, func() { _ = c.Process.Signal(signal) })
	if err == nil || exited(c, 0) { // it had ended, or was past the point of no return
		if err != nil {
			t.Fatalf("a build without a fault: %v\n%s", err, &said)
		}
		w.took[will] = time.Since(begin)
		if state, why := w.look(t, was, will); state != isNew {
			w.fault(t, "%s: a build that ended well: %s %s", r.fault, state, why)
			r.note("with exit status 0, " + why)
			w.after(t, r, was, will, said.Bytes())
		}
		return
	}
	if w.strict && signal != syscall.SIGKILL {
		if !exited(c, 3) || !strings.Contains(said.String(), "interrupted") {
			// Before the program has set up its answer, the signal ends it as any other.
			if status, ok := c.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Signaled() {
				t.Errorf("%s after %v: %v\n%s", r.fault, after, err, &said)
			}
		}
		if left := w.litter(t); len(left) > 0 {
			t.Errorf("%s: it leaves %q", r.fault, left)
		}
	}
	if len(w.litter(t)) > 0 {
		r.writing++
	}
	w.after(t, r, was, will, said.Bytes())
}

// wait sends a signal after a time, or, if that is 0, at once when something else
// stands at a path: where that is the served folder, the old one is being removed
// then. It returns when the build has ended.
func wait(after time.Duration, path string, ended <-chan error, send func()) error {
	if after > 0 {
		select {
		case err := <-ended:
			return err
		case <-time.After(after):
		}
		send()
		return <-ended
	}
	before, _ := os.Stat(path)
	for {
		select {
		case err := <-ended:
			return err
		default:
		}
		if now, err := os.Stat(path); err == nil && !os.SameFile(before, now) {
			send()
			return <-ended
		}
		time.Sleep(50 * time.Microsecond)
	}
}

// exited says whether a command ended with an exit status.
func exited(c *exec.Cmd, status int) bool { return c.ProcessState.ExitCode() == status }

// busy is what publish says when another build holds the folder.
const busy = "another build is writing to this folder"

// twoAtOnce begins a second build while one is in the middle of its work. It
// stands still there, so that there is no luck in it.
func (s *suite) twoAtOnce(t *testing.T, w *site) {
	r := s.row(w.generator, "two builds at once")
	for i := range times(15, 2) {
		was, will := "base", "all"
		if i%2 == 1 {
			was, will = will, was
		}
		w.write(t, will)
		first := w.build(w.out)
		var said bytes.Buffer
		first.Stdout, first.Stderr = &said, &said
		if err := first.Start(); err != nil {
			t.Fatal(err)
		}
		stopped := w.stopInTheMiddle(t, first)
		out, second := w.runOrWait(t, func() { _ = first.Process.Signal(syscall.SIGCONT) })
		if w.strict && stopped && second == nil {
			t.Errorf("the second build did not notice the first:\n%s", out)
		}
		if w.strict && second != nil && !strings.Contains(out, busy) {
			t.Errorf("the second build says %v, %q", second, out)
		}
		if w.strict && stopped && second != nil && len(w.litter(t)) == 0 {
			t.Errorf("the second build removed what the first was writing")
		}
		_ = first.Process.Signal(syscall.SIGCONT) // if it still stands
		// Where the first was not stopped in time, the second may have come before it.
		err := first.Wait()
		overtaken := !stopped && second == nil && strings.Contains(said.String(), busy)
		if err != nil && !overtaken {
			w.fault(t, "the first of two builds: %v\n%s", err, &said)
		}
		if state, why := w.look(t, was, will); state != isNew {
			w.fault(t, "after two builds: %s %s", state, why)
		}
		w.after(t, r, was, will, nil)
	}
}

// runOrWait runs a build. One that waits for the other may do so: after a time that
// goes on.
func (w *site) runOrWait(t *testing.T, goOn func()) (said string, err error) {
	t.Helper()
	c := w.build(w.out)
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(3*w.took["base"], goOn)
	err = c.Wait()
	late.Stop()
	return out.String(), err
}

// stopInTheMiddle stops a build once it has begun to write beside the served
// folder. It says whether the build was still at it.
func (w *site) stopInTheMiddle(t *testing.T, c *exec.Cmd) bool {
	t.Helper()
	deadline := time.Now().Add(w.took["base"])
	staging := filepath.Join(filepath.Dir(w.out), ".public.publish-new")
	for time.Now().Before(deadline) {
		if _, err := os.Lstat(staging); err == nil {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if c.Process.Signal(syscall.SIGSTOP) != nil {
		return false
	}
	_, err := os.Lstat(staging)
	return err == nil
}
