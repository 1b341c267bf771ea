package main

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/pattern"
)

// yearFolder is the name of a folder that holds the reports of a year.
var yearFolder = pattern.New(`^(?:19|20)\d\d$`)

// placeOfReports is the folder, from the site folder, in which this site's
// author would put a new report: where the newest one lies, in the folder of
// its own year if reports are kept so; _posts in a Jekyll folder; content/ in
// one that has none.
func placeOfReports(cfg *config.Config, folder *content.Folder, day time.Time) string {
	reports := slices.DeleteFunc(reportsIn(folder), func(d *content.Document) bool { return d.Draft || d.Translates != "" })
	if len(reports) > 0 {
		newest := slices.MaxFunc(reports, func(a, b *content.Document) int {
			return cmp.Or(cmp.Compare(a.Date.DateString(), b.Date.DateString()), cmp.Compare(b.Path, a.Path))
		})
		dir := path.Dir(newest.Path)
		if newest.Index && newest.Dir != "" {
			dir = path.Dir(dir)
		}
		if yearFolder.MatchString(path.Base(dir)) && strings.HasPrefix(newest.Date.DateString(), path.Base(dir)) {
			dir = path.Join(path.Dir(dir), day.Format("2006"))
		}
		return dir
	}
	switch {
	case folder.Jekyll:
		return path.Join(folder.Root, "_posts")
	case cfg.Content == "" && folder.Root == ".":
		return "content"
	}
	return folder.Root
}
