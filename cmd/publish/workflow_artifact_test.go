package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What GitHub Pages takes at most; above it a deployment may fail.
const largestPages = 1 << 30

// pagesArtifact packs a folder as upload-pages-artifact does, whose script this
// is, and as upload-artifact does with what comes of it: one artifact.tar in one
// ZIP. It gives the names of the files.
func (r *runner) pagesArtifact(dir string) (names []string) {
	r.t.Helper()
	step := map[string]string{"shell": "sh", "run": `tar \
  --dereference --hard-dereference \
  --directory "$INPUT_PATH" \
  -cvf "$RUNNER_TEMP/artifact.tar" \
  --exclude=.git \
  --exclude=.github \
  .`}
	r.step = append(r.step, map[string]string{"INPUT_PATH": dir})
	if _, err := r.script(step); err != nil {
		r.t.Fatalf("%v\n%s", err, &r.log)
	}
	r.step = r.step[:len(r.step)-1]
	packed := []byte(r.read(filepath.Join(r.temp, "artifact.tar")))
	var artifact bytes.Buffer
	w := zip.NewWriter(&artifact)
	file, err := w.Create("artifact.tar")
	if err == nil {
		_, err = file.Write(packed)
	}
	if err != nil || w.Close() != nil {
		r.t.Fatal(err)
	}
	for _, fault := range pagesFaults(artifact.Bytes()) {
		r.t.Error(fault)
	}
	holds := map[string]string{}
	eachOf(packed, func(h *tar.Header, text []byte) {
		if h.Typeflag == tar.TypeReg {
			holds[strings.TrimPrefix(h.Name, "./")] = string(text)
		}
	})
	err = filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, name) // it lies below
		names = append(names, filepath.ToSlash(rel))
		if text, ok := holds[filepath.ToSlash(rel)]; !ok || text != r.read(name) {
			r.t.Errorf("%s does not arrive as it was built", rel)
		}
		return nil
	})
	if err != nil {
		r.t.Fatal(err)
	}
	if len(names) != len(holds) {
		r.t.Errorf("%d files were built, and %d arrive", len(names), len(holds))
	}
	return names
}

// pagesFaults holds an artifact against what deploy-pages and its service ask for:
// one artifact.tar and nothing beside it, which is not too large and has only files
// and folders, that everybody may read; no symbolic or hard links, no way out of it.
// https://github.com/actions/upload-pages-artifact#artifact-validation
func pagesFaults(artifact []byte) (faults []string) {
	if len(artifact) > largestPages {
		faults = append(faults, "the artifact is larger than 1 GB")
	}
	z, err := zip.NewReader(bytes.NewReader(artifact), int64(len(artifact)))
	if err != nil || len(z.File) != 1 || z.File[0].Name != "artifact.tar" {
		return append(faults, "the artifact is not one artifact.tar")
	}
	file, err := z.File[0].Open()
	if err != nil {
		return append(faults, err.Error())
	}
	packed, err := io.ReadAll(file)
	if err != nil {
		return append(faults, err.Error())
	}
	home := false
	err = eachOf(packed, func(h *tar.Header, _ []byte) {
		mode, least := h.FileInfo().Mode().Perm(), fs.FileMode(0o444)
		switch h.Typeflag {
		case tar.TypeDir:
			least = 0o555
		case tar.TypeReg:
		default:
			faults = append(faults, h.Name+" is neither file nor folder")
		}
		if mode&least != least {
			faults = append(faults, h.Name+" may not be read by everybody: "+mode.String())
		}
		if strings.HasPrefix(h.Name, "/") || slices.Contains(strings.Split(h.Name, "/"), "..") {
			faults = append(faults, h.Name+" leads out of the site")
		}
		home = home || h.Name == "./index.html"
	})
	if err != nil {
		faults = append(faults, err.Error())
	}
	if !home {
		faults = append(faults, "there is no home page at the top")
	}
	return faults
}

func eachOf(packed []byte, do func(*tar.Header, []byte)) error {
	files := tar.NewReader(bytes.NewReader(packed))
	for {
		h, err := files.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		text, err := io.ReadAll(files)
		if err != nil {
			return err
		}
		do(h, text)
	}
}

// What Pages would refuse is found.
func TestPagesFaults(t *testing.T) {
	one := func(add ...tar.Header) []byte {
		var packed, artifact bytes.Buffer
		w := tar.NewWriter(&packed)
		for _, h := range append(add, tar.Header{Name: "./", Typeflag: tar.TypeDir, Mode: 0o755}) {
			if err := w.WriteHeader(&h); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		z := zip.NewWriter(&artifact)
		file, _ := z.Create("artifact.tar") // into memory
		if _, err := file.Write(packed.Bytes()); err != nil || z.Close() != nil {
			t.Fatal(err)
		}
		return artifact.Bytes()
	}
	home := tar.Header{Name: "./index.html", Typeflag: tar.TypeReg, Mode: 0o644}
	for _, c := range []struct {
		artifact []byte
		want     string
	}{
		{one(home), ""},
		{one(home, tar.Header{Name: "./x", Typeflag: tar.TypeSymlink, Linkname: "y", Mode: 0o777}), "./x is neither file nor folder"},
		{one(home, tar.Header{Name: "./x", Typeflag: tar.TypeLink, Linkname: "./index.html", Mode: 0o644}), "./x is neither file nor folder"},
		{one(home, tar.Header{Name: "./x", Typeflag: tar.TypeFifo, Mode: 0o644}), "./x is neither file nor folder"},
		{one(home, tar.Header{Name: "./x", Typeflag: tar.TypeReg, Mode: 0o640}), "./x may not be read by everybody: -rw-r-----"},
		{one(home, tar.Header{Name: "./x/", Typeflag: tar.TypeDir, Mode: 0o744}), "./x/ may not be read by everybody: -rwxr--r--"},
		{one(home, tar.Header{Name: "./../x", Typeflag: tar.TypeReg, Mode: 0o644}), "./../x leads out of the site"},
		{one(), "there is no home page at the top"},
		{[]byte("no artifact"), "the artifact is not one artifact.tar"},
	} {
		if got := strings.Join(pagesFaults(c.artifact), "; "); got != c.want {
			t.Errorf("%q is found, and not %q", got, c.want)
		}
	}
}
