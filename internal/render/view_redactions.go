package render

// Redactions is what redactions.html sees: the register of what the public reads
// as a placeholder. Only the internal edition has it.
type Redactions struct {
	Frame
	Rows []RedactionRow // by page, in the order of the texts
}

// RedactionRow is one reason on one page.
type RedactionRow struct {
	Page   Link   // the page
	Where  string // the file and the line of the first
	Reason string // what the public reads
	Form   string // how it was asked for, in words
	Count  string // how often
}
