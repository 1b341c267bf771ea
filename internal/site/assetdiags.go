package site

import (
	"maps"
	"slices"

	"publish/internal/content"
	"publish/internal/diag"
)

// noteSecret notes that a page refers to a file that holds a secret.
func (s *Site) noteSecret(f *content.File) {
	if s.taking != nil {
		s.secret[f.Path] = f
	}
}

// doubtAssets says what is wrong with the files that pages refer to.
func (s *Site) doubtAssets(diags *diag.List) {
	for _, name := range slices.Sorted(maps.Keys(s.secret)) {
		*diags = append(*diags, s.folder.Leaks(s.secret[name])...)
	}
	for _, a := range s.Assets {
		*diags = append(*diags, s.folder.Leaks(a.File)...)
		if a.fault != "" {
			diags.Report(diag.AssetMissing, diag.Pos{File: a.Path}, "put the image there; until then browsers show a broken one",
				"the image %s", a.fault)
		}
		if a.changed {
			diags.Report(diag.HTMLDropped, diag.Pos{File: a.Path}, "export it without scripts and with its files in it, or leave it as it is: the drawing stays",
				"what runs when the drawing is opened by itself (scripts, handlers, foreign content) and what it fetches from elsewhere is left out")
		}
		if a.place && !s.Options.Internal {
			diags.Report(diag.LeakPersonal, diag.Pos{File: a.Path}, "export it as JPEG, PNG or WebP: of those it is left out",
				"the picture says where it was taken, and is of a format that is published as it is")
		}
	}
}
