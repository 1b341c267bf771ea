package output

import (
	"errors"
	"io/fs"
	"os"
)

// One build at a time writes to an output folder. The lock is an advisory one
// (flock) on the folder itself, so that it leaves nothing behind and works
// where nothing may be written; it ends with the process. Because an exchange
// puts another folder in the output's place, whoever writes holds the locks of
// both, and whoever gets a lock looks again whether it is still the folder of
// that name. While there is no output yet the staging folder stands for it.
//
// On Windows, where folders cannot be locked, it is the empty file .NAME.lock
// beside the output. File systems without locks are used without.

// errMoved says that a folder was exchanged between being opened and locked.
var errMoved = errors.New("the folder was exchanged")

// lock is what one build holds.
type lock struct{ held []*os.File }

// acquire makes sure that no other build writes here. It may make the staging
// folder.
func (t *target) acquire() (*lock, error) {
	for range 10 {
		held, err := t.tryAcquire()
		if err == nil {
			return held, nil
		}
		held.release()
		if !errors.Is(err, errMoved) {
			return nil, err
		}
		if err := t.look(); err != nil {
			return nil, err
		}
	}
	return nil, ErrBusy // others come and go all the time
}

func (t *target) tryAcquire() (*lock, error) {
	held := &lock{}
	if t.exists && locksFolders {
		return held, held.add(t.dir)
	}
	if err := t.sys.mkdirAll(t.parent, 0o755); err != nil {
		return held, err
	}
	if !locksFolders {
		return held, held.add(t.beside(".lock"))
	}
	staging := t.beside(stagingName)
	if err := t.sys.mkdir(nil, staging, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return held, err
	}
	if err := held.add(staging); err != nil {
		return held, err
	}
	if _, err := os.Lstat(t.dir); err == nil {
		return held, errMoved // another build's first site came meanwhile
	}
	return held, nil
}

// follow locks one more folder that stands, or will stand, for the output.
func (l *lock) follow(folder string) error {
	if !locksFolders {
		return nil
	}
	return l.add(folder)
}

// add locks one more path.
func (l *lock) add(path string) error {
	f, err := openLock(path)
	if errors.Is(err, fs.ErrNotExist) {
		return errMoved
	}
	if errors.Is(err, fs.ErrPermission) {
		return nil // not even readable: the work itself will say so
	}
	if err != nil {
		return err
	}
	l.held = append(l.held, f)
	if err := tryLock(f); err != nil {
		return err
	}
	if !l.has(path) {
		return errMoved
	}
	return nil
}

// has says whether the folder that now stands at path is one of the locked.
func (l *lock) has(path string) bool {
	now, err := os.Stat(path)
	if err != nil {
		return false
	}
	for _, f := range l.held {
		if info, err := f.Stat(); err == nil && os.SameFile(info, now) {
			return true
		}
	}
	return false
}

func (l *lock) release() {
	for _, f := range l.held {
		f.Close()
		removeLock(f)
	}
	l.held = nil
}
