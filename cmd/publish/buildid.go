package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"os"
	"sync"
)

// buildID names this build of publish: what one build has rendered under a key
// says nothing about what another would (render.Renderer.Build).
var buildID = sync.OnceValue(func() string {
	name, err := os.Executable()
	if err != nil {
		return version + revision()
	}
	file, err := os.Open(name)
	if err != nil {
		return version + revision()
	}
	defer file.Close()
	id, err := readBuildID(file)
	if err != nil {
		return version + revision()
	}
	return id
})

// buildIDHead is how much of an executable is searched for Go's own id of the
// build, which the linker writes before the code.
const buildIDHead = 64 << 10

// readBuildID gives Go's id of an executable, which is a hash of everything that
// it was made of. One that was built without it is hashed itself.
func readBuildID(file io.Reader) (string, error) {
	head, err := io.ReadAll(io.LimitReader(file, buildIDHead))
	if err != nil {
		return "", err
	}
	if id := noteID(head); id != "" {
		return id, nil
	}
	if _, after, ok := bytes.Cut(head, []byte(`Go build ID: "`)); ok {
		if id, _, ok := bytes.Cut(after, []byte(`"`)); ok && len(id) > 0 && len(id) < 200 {
			return string(id), nil
		}
	}
	sum := sha256.New()
	sum.Write(head)
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// noteID finds the id in an ELF file, where it is a note (System V ABI, "Note
// Section") of the owner "Go" and of type 4: lengths of owner and id, type,
// owner, id. Where numbers are written the other way round it finds none.
func noteID(head []byte) string {
	before, after, ok := bytes.Cut(head, []byte("\x04\x00\x00\x00Go\x00\x00"))
	if !ok || len(before) < 4 {
		return ""
	}
	size := binary.LittleEndian.Uint32(before[len(before)-4:])
	if size == 0 || size > 200 || int(size) > len(after) {
		return ""
	}
	return string(after[:size])
}
