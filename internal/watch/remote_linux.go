package watch

import "golang.org/x/sys/unix"

// remote names the kind of file system of a folder where others may write
// without the kernel's noticing: it has no events for that.
func remote(dir string) string {
	var s unix.Statfs_t
	if unix.Statfs(dir, &s) != nil {
		return ""
	}
	switch uint32(s.Type) {
	case unix.NFS_SUPER_MAGIC:
		return "NFS"
	case unix.SMB_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC:
		return "SMB"
	case unix.V9FS_MAGIC:
		return "9P, as Windows' drives are in WSL"
	case unix.FUSE_SUPER_MAGIC:
		return "FUSE, as container mounts may be"
	case unix.AFS_FS_MAGIC, unix.AFS_SUPER_MAGIC, unix.CODA_SUPER_MAGIC, unix.CEPH_SUPER_MAGIC:
		return "a network's"
	case 0x786f4256:
		return "VirtualBox'"
	case 0x53464846:
		return "WSL's"
	}
	return ""
}
