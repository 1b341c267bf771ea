//go:build linux

package faults

import (
	"encoding/json"
	"fmt"

	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The process that may mount is told by these what to do.
const (
	diskSite   = "PUBLISH_FAULTS_SITE"
	diskResult = "PUBLISH_FAULTS_RESULT"
)

// Result is what it hands back, as JSON.
type Result struct {
	Fault          string
	Runs, Old, New int
	Torn, Broken   int
	Worst          string
	Failures       []string
	Refused        int // builds that said they failed
}

// smallDisk serves from a small file system, with room left for less and less of
// a build, then with names left for less and less, then read-only. It needs the
// right to mount, if only in a namespace of its own; where the system gives none,
// limits on the size of files have been the full disk (fileSize).
func (s *suite) smallDisk(t *testing.T, w *site) {
	file := filepath.Join(w.dir, "result.json")
	wants, err := json.Marshal(diskTask{w.dir, w.name, w.command("OUT"), w.content, w.reports, w.wants, times(20, 4), w.strict})
	if err != nil {
		t.Fatal(err)
	}
	task := filepath.Join(w.dir, "task.json")
	put(t, task, string(wants))
	out, allowed := inNamespace(t, "TestInNamespace", diskSite+"="+task, diskResult+"="+file)
	if !allowed {
		t.Logf("nothing may be mounted here, so limits on the size of files stand for a full disk\n%s", out)
		return
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var results []Result
	if err := json.Unmarshal(data, &results); err != nil {
		t.Fatal(err)
	}
	for _, one := range results {
		r := s.row(w.generator, one.Fault)
		r.runs, r.old, r.new, r.torn, r.unrepaired, r.worst = one.Runs, one.Old, one.New, one.Torn, one.Broken, one.Worst
		for _, f := range one.Failures {
			w.fault(t, "%s: %s", one.Fault, f)
		}
		if w.strict && (one.Old+one.Torn == 0 || one.Refused == 0) {
			t.Errorf("%s: no build failed", one.Fault)
		}
	}
}

// diskTask is what the process needs to know.
type diskTask struct {
	Dir, Name string
	Command   []string
	Content   string
	Reports   int
	Wants     map[string]manifest
	Steps     int
	Strict    bool
}

// TestInNamespace is the process that may mount; without its variables it is
// nothing.
func TestInNamespace(t *testing.T) {
	if os.Getenv(diskSite) == "" {
		return
	}
	data, err := os.ReadFile(os.Getenv(diskSite))
	if err != nil {
		t.Fatal(err)
	}
	var task diskTask
	if err := json.Unmarshal(data, &task); err != nil {
		t.Fatal(err)
	}
	served := filepath.Join(task.Dir, "served")
	// Nothing that is mounted here is to be seen outside.
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		fmt.Println(cannotMount, err)
		return
	}
	if err := syscall.Mount("none", served, "tmpfs", 0, "size=64m,mode=755"); err != nil {
		fmt.Println(cannotMount, err)
		return
	}
	d := &smallDisk{site: task.site(served), served: served, steps: task.Steps}
	d.become(t, "base")
	results := []Result{d.fill(t), d.names(t), d.readOnly(t)}
	if task.Strict { // others make no such promise
		results = append(results, d.mountPoint(t))
	}
	out, err := json.Marshal(results)
	if err != nil {
		t.Fatal(err)
	}
	put(t, os.Getenv(diskResult), string(out))
}

// site is the site that was made outside.
func (task *diskTask) site(served string) *site {
	return &site{
		generator: &generator{
			name: task.Name, content: task.Content, strict: task.Strict,
			command: func(out string) []string {
				command := make([]string, len(task.Command))
				for i, arg := range task.Command {
					if command[i] = arg; arg == "OUT" {
						command[i] = out
					}
				}
				return command
			},
		},
		dir: task.Dir, out: filepath.Join(served, "public"), reports: task.Reports,
		now: "base", wants: task.Wants, took: map[string]time.Duration{},
	}
}

// smallDisk is the file system and what is served from it.
type smallDisk struct {
	*site
	served string
	steps  int
}

// fill leaves less and less room.
func (d *smallDisk) fill(t *testing.T) Result {
	need := d.needs(t)
	res := Result{Fault: "full disk"}
	for i := range d.steps {
		room := need * int64(d.steps-i-1) / int64(d.steps-1) // from all that is needed down to none
		d.one(t, &res, func() {
			var fs syscall.Statfs_t
			if err := syscall.Statfs(d.served, &fs); err != nil {
				t.Fatal(err)
			}
			ballast(t, filepath.Join(d.served, "ballast"), int64(fs.Bavail)*fs.Bsize-room)
		}, func() { os.Remove(filepath.Join(d.served, "ballast")) }, "no space left")
	}
	return res
}

// needs is how much room a build takes that changes all pages.
func (d *smallDisk) needs(t *testing.T) (size int64) {
	t.Helper()
	_ = filepath.Walk(d.out, func(_ string, info os.FileInfo, err error) error {
		if err == nil {
			size += (info.Size() + 4095) / 4096 * 4096
		}
		return nil
	})
	return size
}

func ballast(t *testing.T, file string, size int64) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	zeros := make([]byte, 1<<16)
	for size > 0 {
		n, err := f.Write(zeros[:min(size, int64(len(zeros)))])
		if err != nil {
			return // as full as can be
		}
		size -= int64(n)
	}
}

// names leaves room for fewer and fewer files.
func (d *smallDisk) names(t *testing.T) Result {
	res := Result{Fault: "no more files on the disk"}
	files := len(d.wants["all"]) * 2 // and folders
	for i := range d.steps {
		left := files * (d.steps - i - 1) / (d.steps - 1)
		d.one(t, &res, func() {
			var fs syscall.Statfs_t
			if err := syscall.Statfs(d.served, &fs); err != nil {
				t.Fatal(err)
			}
			d.remount(t, 0, fmt.Sprintf("nr_inodes=%d", int(fs.Files-fs.Ffree)+left))
		}, func() { d.remount(t, 0, "nr_inodes=100000") }, "no space left")
	}
	return res
}

// readOnly is a disk that may only be read.
func (d *smallDisk) readOnly(t *testing.T) Result {
	res := Result{Fault: "read-only disk"}
	for range max(1, d.steps/10) {
		d.one(t, &res, func() { d.remount(t, syscall.MS_RDONLY, "") }, func() { d.remount(t, 0, "") }, "read-only file system")
	}
	return res
}

func (d *smallDisk) remount(t *testing.T, flags uintptr, options string) {
	t.Helper()
	if err := syscall.Mount("none", d.served, "tmpfs", syscall.MS_REMOUNT|flags, options); err != nil {
		t.Fatal(err)
	}
}

// one builds while something is taken away, and again when it is back.
func (d *smallDisk) one(t *testing.T, res *Result, take, give func(), word string) {
	t.Helper()
	was, will := d.now, "all"
	if was == will {
		will = "base"
	}
	d.write(t, will)
	take()
	out, err := d.run(d.out)
	if err != nil {
		res.Refused++
		if d.strict && (!goodWords([]byte(out)) || !strings.Contains(out, word)) {
			res.Failures = append(res.Failures, "it says: "+out)
		}
	}
	state, why := d.look(t, was, will)
	give()
	res.Runs++
	switch state {
	case isOld:
		res.Old++
	case isNew:
		res.New++
	default:
		res.Torn++
		if res.Worst == "" {
			res.Worst = why
		}
		res.Failures = append(res.Failures, why)
	}
	if err == nil && state != isNew {
		res.Failures = append(res.Failures, "a build that ended well left the "+state+" site")
	}
	out, err = d.run(d.out)
	state, why = d.look(t, was, will)
	if left := d.litter(t); err != nil || state != isNew || len(left) > 0 {
		res.Broken++
		res.Failures = append(res.Failures, fmt.Sprintf("the next build: %v, %s %s, beside it %q\n%s", err, state, why, left, out))
		_ = os.RemoveAll(d.out)
		d.become(t, will)
	}
}
