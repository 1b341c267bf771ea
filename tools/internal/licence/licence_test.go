package licence

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestOf(t *testing.T) {
	const (
		mit  = "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining\na copy of this. The above copyright notice and this\npermission notice shall be included in all copies."
		bsd  = "Redistribution and use in source and binary forms, with or without.\n"
		bsd3 = bsd + "Neither the name may be used to endorse or promote\n products."
		gpl  = "GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007"
	)
	for _, test := range []struct {
		files map[string]string
		want  []string // nil for an error
	}{
		{map[string]string{"LICENSE": mit}, []string{"MIT"}},
		{map[string]string{"License.txt": bsd}, []string{"BSD-2-Clause"}},
		{map[string]string{"COPYING": bsd3, "LICENCE": mit, "main.go": gpl}, []string{"BSD-3-Clause", "MIT"}},
		{map[string]string{"LICENSE": mit, "LICENSE.other": gpl}, nil},
		{map[string]string{"LICENSE": ""}, nil},
		{map[string]string{"README": mit}, nil},
	} {
		dir := t.TempDir()
		for name, text := range test.files {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := Of(dir); !slices.Equal(got, test.want) || (err != nil) != (test.want == nil) {
			t.Errorf("%q: got %q, %v, want %q", test.files, got, err, test.want)
		}
	}
}
