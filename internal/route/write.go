package route

import (
	"errors"
	"fmt"
	"io"

	"publish/internal/bug"
	"publish/internal/diag"
	"publish/internal/spill"
)

// Write renders the route and turns a panic, which is a mistake of publish and
// not of the author, into a diagnostic that names the page: one page is lost
// then, not the whole run. An error that is not a *diag.ErrorList gains the
// route's name.
func (r *Route) Write(w io.Writer) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = r.panicked(p)
		}
	}()
	if err := r.Render(w); err != nil {
		if _, ok := errors.AsType[*diag.ErrorList](err); ok {
			return err
		}
		return fmt.Errorf("%s, made from %q: %w", r.Path, r.Source, err)
	}
	return nil
}

// panicked says what the page came to grief of: the disk, or a mistake. It is
// called by the deferred function.
func (r *Route) panicked(recovered any) error {
	if lost := spill.LostIn(recovered); lost != nil {
		return fmt.Errorf("%s, made from %q: %w", r.Path, r.Source, lost)
	}
	found := bug.Of(recovered)
	var list diag.List
	list.Report(diag.Bug, diag.Pos{File: r.Source}, bug.Hint, "the page %s cannot be made: %v", r.Path, found)
	return &diag.ErrorList{List: list}
}
