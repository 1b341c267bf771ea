package main

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"runtime"
)

// keysFile is where the keys of an output folder's pages are remembered: in the
// user's folder for what may be lost, named by the output's path. It is empty
// where the system has no such folder, and then every page is rendered.
func (p *program) keysFile(output string) string {
	folder := p.cacheFolder()
	path, err := filepath.Abs(output)
	if folder == "" || err != nil {
		return ""
	}
	sum := sha256.Sum256([]byte(path))
	return filepath.Join(folder, "publish", "keys", hex.EncodeToString(sum[:12]))
}

// cacheFolder is what os.UserCacheDir gives, by this program's environment: the
// XDG Base Directory Specification's, or what macOS and Windows have for it.
func (p *program) cacheFolder() string {
	if runtime.GOOS == "windows" {
		return absolute(p.getenv("LocalAppData"))
	}
	home := absolute(p.getenv("HOME"))
	switch {
	case runtime.GOOS == "darwin" && home != "":
		return filepath.Join(home, "Library", "Caches")
	case absolute(p.getenv("XDG_CACHE_HOME")) != "":
		return p.getenv("XDG_CACHE_HOME")
	case home != "":
		return filepath.Join(home, ".cache")
	}
	return ""
}

// absolute gives a path back if it is absolute; a relative one would mean
// another folder with every command.
func absolute(path string) string {
	if !filepath.IsAbs(path) {
		return ""
	}
	return path
}
