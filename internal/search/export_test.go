package search

// Words gives the words of a text.
func Words(text string) []string {
	list := []string{}
	s := splitter{emit: func(word []byte) { list = append(list, string(word)) }}
	s.split(text)
	return list
}

// Stem gives the stem of a word in a language.
func Stem(lang, word string) string { return stem(classOf(lang), word) }

// StopWords are those that are left out.
func StopWords() map[string]bool { return stopWords().words }
