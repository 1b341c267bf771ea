package main

import (
	"os"
	"path"
	"path/filepath"
	"slices"

	"publish/internal/content"
	"publish/internal/plainfile"
)

// aboveInGit gives the folders that hold dir, up to the root of its git
// repository, innermost first, each with the path of dir from there; nothing
// without git. The folder dir itself is the root if it holds .git.
func aboveInGit(dir string) (folders []content.Gitignore) {
	below := ""
	for at := dir; ; at = filepath.Dir(at) {
		if below != "" {
			folders = append(folders, content.Gitignore{Site: below, Text: ignoreFile(at)})
		}
		if _, err := os.Stat(filepath.Join(at, ".git")); err == nil {
			return folders
		}
		if filepath.Dir(at) == at {
			return nil
		}
		below = path.Join(filepath.Base(at), below)
	}
}

// ignoreFile is the text of a folder's .gitignore. One that cannot be read hides nothing.
func ignoreFile(dir string) string {
	text, err := plainfile.Read(os.OpenFile, filepath.Join(dir, ".gitignore"))
	if err != nil {
		return ""
	}
	return string(text)
}

// gitignores are the .gitignore files above the site folder, outermost first.
func gitignores(dir string) []content.Gitignore {
	files := aboveInGit(dir)
	slices.Reverse(files)
	return files
}

// gitPrefix is the site folder as seen from the root of its git repository,
// ending in a slash, for annotations; "" at the root or without git.
func gitPrefix(dir string) string {
	folders := aboveInGit(dir)
	if len(folders) == 0 {
		return ""
	}
	return folders[len(folders)-1].Site + "/"
}
