package content

import "bytes"

// conflict finds where git left both versions of a passage, with its marks around
// them; -1 if nowhere. Between fences of code they may be what a report tells of.
func conflict(text []byte) int {
	if !bytes.Contains(text, []byte("<<<<<<< ")) || !bytes.Contains(text, []byte(">>>>>>> ")) {
		return -1
	}
	var code fences
	begin, middle, at := -1, false, 0
	for line := range bytes.Lines(text) {
		inside := false
		if begin < 0 { // either version may open a fence that the other closes
			_, inside = code.line(bytes.TrimRight(line, "\n"))
		}
		switch {
		case inside:
		case bytes.HasPrefix(line, []byte("<<<<<<< ")):
			begin, middle = at, false
		case begin >= 0 && bytes.Equal(line, []byte("=======\n")):
			middle = true
		case middle && bytes.HasPrefix(line, []byte(">>>>>>> ")):
			return begin
		}
		at += len(line)
	}
	return -1
}
