package route

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"publish/internal/diag"
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

func (r *Route) panicked(p any) error {
	what, _, _ := strings.Cut(fmt.Sprint(p), "\n")
	var list diag.List
	list.Report(diag.TemplateError, diag.Pos{File: r.Source},
		"this is a mistake in publish, not yours: please report it, with this line and the file",
		"the page %s cannot be made: %s", r.Path, what)
	return &diag.ErrorList{List: list}
}
