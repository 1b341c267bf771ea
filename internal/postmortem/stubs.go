package postmortem

// Stubs of readers that are being written; each goes when its file lands.

func readTextTimeline(*textReader, *Reading) {}
func readTextImpacts(*textReader, *Reading)  {}
func readTextCauses(*textReader, *Reading)   {}
func readTextUpdates(*textReader, *Reading)  {}
func readTextLessons(*textReader, *Reading)  {}

func (t *textReader) findSections() []Section { return nil }
