package check

import (
	"context"
	"strings"

	"publish/internal/diag"
	"publish/internal/site"
)

// maxQuoted is how many letters of a countermeasure a message quotes.
const maxQuoted = 60

// countermeasures asks what was promised and is neither done nor dropped for
// its date and its owner. A report that names no owner at all keeps them
// elsewhere: only one that names some has forgotten the others.
func countermeasures(_ context.Context, in Input) diag.List {
	var list diag.List
	register := in.Site.Register()
	owned := map[*site.Page]bool{}
	for _, p := range register {
		owned[p.Page] = owned[p.Page] || p.Owner != ""
	}
	for _, p := range register {
		if p.Late {
			list.Report(diag.CountermeasureOverdue, p.Pos, "give it a new date or a new status",
				"%q was due on %s and is not done", quoted(p.Text), p.Due.DateString())
		}
		if p.Unsettled() && p.Owner == "" && owned[p.Page] {
			list.Report(diag.CountermeasureNoOwner, p.Pos, "name who does it, as for the others of this report",
				"%q is open and has no owner", quoted(p.Text))
		}
	}
	return list
}

// quoted is the beginning of a text, in one line.
func quoted(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	letters := []rune(text)
	if len(letters) <= maxQuoted {
		return text
	}
	return strings.TrimSpace(string(letters[:maxQuoted])) + "…"
}
