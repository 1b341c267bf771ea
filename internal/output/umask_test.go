//go:build unix

package output

import (
	"path/filepath"
	"syscall"
	"testing"
)

func TestWriteModesWhateverTheUmask(t *testing.T) {
	for _, mask := range []int{0, 0o022, 0o077, 0o777} {
		for name, o := range ways {
			holder := t.TempDir()
			o.Dir = filepath.Join(holder, "public")
			was := syscall.Umask(mask)
			_, err := Write(t.Context(), site(t, first), o)
			_, err2 := Write(t.Context(), site(t, second), o)
			syscall.Umask(was)
			if err != nil || err2 != nil {
				t.Fatalf("umask %#o, %s: %v, %v", mask, name, err, err2)
			}
			for path, s := range stamps(t, o.Dir) {
				want := fileMode
				if s.mode.IsDir() {
					want = folderMode
				}
				if s.mode.Perm() != want {
					t.Errorf("umask %#o, %s: %s has the mode %v, want %v", mask, name, filepath.Base(path), s.mode, want)
				}
			}
		}
	}
}
