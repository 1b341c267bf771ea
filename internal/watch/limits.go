package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// pollsAlways: on Windows a folder cannot be renamed or moved while a folder
// below it is open, and a watch keeps it open. Authors must not find their
// folders locked by a preview, and listing a folder tells sizes and times
// there without a further call.
const pollsAlways = runtime.GOOS == "windows"

// perFile: the kqueue systems keep a file descriptor open for every file of a
// watched folder, which the server then has not got for its connections.
const (
	perFile  = runtime.GOOS != "linux" && runtime.GOOS != "windows"
	maxFiles = 4000
)

var errTooManyFiles = fmt.Errorf("more than %d files", maxFiles)

const noEvents = "changes were found that this file system did not announce, as on network drives, WSL and container mounts"

const instead = ": looking through the site some times a second instead"

// arm asks for the events of a folder. Where there is no room for more, it
// goes over to polling. A folder that is gone or that nobody may read needs no
// watch: the one above it tells when that changes.
func (w *Watcher) arm(dir string) {
	if w.queue == nil {
		return
	}
	var err error
	switch {
	case perFile && w.tree.count() > maxFiles:
		err = errTooManyFiles
	case w.tests.arm != nil:
		err = w.tests.arm(w.queue.events, dir)
	default:
		err = w.queue.events.Add(dir)
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.ENOTDIR) {
		return
	}
	w.poll(whyPolling(err))
}

func (w *Watcher) disarm(dir string) {
	if w.queue != nil {
		w.queue.events.Remove(dir) // an error says that the system was quicker
	}
}

// poll goes over to polling for good, and says why.
func (w *Watcher) poll(why string) {
	if w.sweeper.polling && w.queue == nil {
		return
	}
	if !w.sweeper.polling {
		w.say(why + instead + "; --poll does so from the start")
	}
	w.sweeper.polling = true
	if why != noEvents { // where some come, they are quicker than a sweep
		w.quit()
	}
	clear(w.silent)
	if w.planted {
		w.tellAll()
		w.sweeper.hurry(w.tree)
	}
}

// whyPolling says in words what refused to send events, and what helps.
func whyPolling(err error) string {
	const cannot = "cannot be told of changes"
	switch {
	case errors.Is(err, fsnotify.ErrClosed):
		return cannot
	case errors.Is(err, syscall.ENOSPC):
		return cannot + ", since no more folders may be watched (raise fs.inotify.max_user_watches)"
	case errors.Is(err, syscall.EMFILE) && runtime.GOOS == "linux":
		return cannot + ", since no more programs may watch folders or too many files are open (raise fs.inotify.max_user_instances, or `ulimit -n`)"
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return cannot + ", since too many files are open (raise `ulimit -n`)"
	}
	return cannot + " (" + err.Error() + ")"
}
