package content

import "testing"

func TestConflict(t *testing.T) {
	const marks = "<<<<<<< HEAD\nold\n=======\nnew\n>>>>>>> main\n"
	for text, want := range map[string]int{
		marks:                               0,
		"---\ntitle: T\n" + marks + "---\n": 13,
		"a\n\n" + marks:                     3,
		"```\n" + marks + "```\n":           -1,
		"```\nx\n```\n" + marks:             10,
		"<<<<<<< HEAD\nold\n>>>>>>> main\n": -1,
		"T\n=======\n>>>>>>> a quotation\n": -1,
		"    <<<<<<< HEAD\n":                -1,
		"<<<<<<< HEAD\n```sh\n=======\n```console\n>>>>>>> main\nx\n```\n": 0,
		"": -1,
	} {
		if got := conflict([]byte(text)); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}
