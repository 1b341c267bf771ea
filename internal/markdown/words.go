package markdown

import "strings"

// english are the words that the HTML itself needs, by the key that
// Options.Words is asked for; they stand in where nobody gives words. {0} (or
// %s) is replaced: in "permalink" by the heading, in "table" by a number.
var english = map[string]string{
	"note": "Note", "tip": "Tip", "important": "Important", "warning": "Warning", "caution": "Caution",
	"permalink":     "Permalink: {0}",
	"footnotes":     "Footnotes",
	"footnote":      "Footnote {0}",
	"footnote-back": "Back to text",
	"table":         "Table {0}",
	"task-open":     "Open",
	"task-done":     "Done",
	"image-full":    "Image at full size",
}

// word gives the words of a key with its one argument put in.
func (w *writer) word(key, arg string) string { return w.o.word(key, arg) }

func (o *Options) word(key, arg string) string {
	before, after, ok := o.wordsAround(key)
	if !ok && arg != "" {
		before += " "
	}
	return strings.TrimSpace(before + arg + after)
}

// wordsAround gives the words before the argument and those behind it; ok says
// that the argument has its place in them.
func (o *Options) wordsAround(key string) (before, after string, ok bool) {
	words := ""
	if o.Words != nil {
		words = o.Words(key)
	}
	if words == "" {
		words = english[key]
	}
	if before, after, ok = strings.Cut(words, "{0}"); ok {
		return before, after, true
	}
	return strings.Cut(words, "%s")
}
