package output

import (
	"slices"
	"testing"
)

func TestMountPoints(t *testing.T) {
	mounts := "22 27 0:21 / /proc rw,relatime - proc proc rw\n" +
		"30 27 8:1 /x /srv/my\\040site\\134n rw shared:1 - ext4 /dev/sda1 rw\n" +
		"short line\n\n"
	want := []string{"/proc", `/srv/my site\n`}
	if got := mountPoints([]byte(mounts)); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMountedSeesRealMounts(t *testing.T) {
	for folder, want := range map[string]string{"/proc": "it is a mount point", t.TempDir(): ""} {
		if got := mounted(folder); got != want {
			t.Errorf("%s: got %q, want %q", folder, got, want)
		}
	}
}
