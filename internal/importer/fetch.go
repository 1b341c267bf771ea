package importer

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"
)

// Limits of asking an address.
const (
	maxAnswer   = 32 << 20
	maxAnswers  = 256 << 20 // of one page, in all
	maxPages    = 200
	answerWaits = 30 * time.Second
)

// openAddress asks a page for what Statuspage's API answers, or a single
// address for what it holds.
func (s *source) openAddress(ctx context.Context) error {
	u, err := url.Parse(s.name)
	if err != nil || u.Host == "" {
		return failf("write it as https://status.example.com", "%q is no address", s.name)
	}
	s.address = u
	if s.client == nil {
		s.client = &http.Client{Timeout: answerWaits}
	}
	s.answers = []blob{}
	switch strings.ToLower(path.Ext(u.Path)) {
	case ".zip":
		return s.fetchZip(ctx, u)
	case ".json", ".atom", ".rss", ".xml":
		return s.ask(ctx, u, true)
	}
	asked := false
	for _, name := range []string{"api/v2/summary.json", "api/v2/components.json", "api/v2/incidents.json", "api/v2/scheduled-maintenances.json"} {
		err := s.ask(ctx, u.JoinPath(name), false)
		if err != nil {
			return err
		}
		asked = asked || name == "api/v2/incidents.json" && s.answered(name)
	}
	for _, name := range []string{"history.atom", "history.rss"} {
		if asked || len(s.answers) > 0 && s.answered("history.atom") {
			break
		}
		if err := s.ask(ctx, u.JoinPath(name), false); err != nil {
			return err
		}
	}
	return nil
}

func (s *source) answered(name string) bool {
	for _, a := range s.answers {
		if strings.HasSuffix(strings.SplitN(a.name, "?", 2)[0], name) {
			return true
		}
	}
	return false
}

// errAbsent is the answer of a page that has no such address.
var errAbsent = errors.New("not found")

// ask gets an answer and the pages behind it. Statuspage itself has one page
// and answers it again; others number theirs.
func (s *source) ask(ctx context.Context, u *url.URL, must bool) error {
	known := map[string]bool{}
	for page := 1; page <= maxPages; page++ {
		at := *u
		if page > 1 {
			query := at.Query()
			query.Set("page", fmt.Sprint(page))
			at.RawQuery = query.Encode()
		}
		data, err := s.get(ctx, &at)
		switch {
		case errors.Is(err, errAbsent) && (page > 1 || !must):
			return nil
		case errors.Is(err, errAbsent):
			return failf("look whether the address is right", "%s does not exist", at.Redacted())
		case err != nil:
			return err
		}
		fresh := false
		for _, id := range incidentIDs(data) {
			fresh = fresh || !known[id]
			known[id] = true
		}
		if page > 1 && !fresh {
			return nil
		}
		s.answers = append(s.answers, blob{at.Redacted(), data})
		if len(known) == 0 {
			return nil
		}
	}
	return nil
}

// incidentIDs are the ids of the incidents of an answer.
func incidentIDs(data []byte) (ids []string) {
	var answer struct {
		Incidents    []object `json:"incidents"`
		Maintenances []object `json:"scheduled_maintenances"`
		Page         any      `json:"page"`
		Components   []object `json:"components"`
	}
	if json.Unmarshal(data, &answer) != nil || len(answer.Components) > 0 { // a summary has no pages
		return nil
	}
	for _, o := range append(answer.Incidents, answer.Maintenances...) {
		ids = append(ids, str(o, "id"))
	}
	return ids
}

// get asks an address once.
func (s *source) get(ctx context.Context, u *url.URL) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, failf("", "%q is no address", u.Redacted())
	}
	request.Header.Set("User-Agent", "publish-import")
	answer, err := s.client.Do(request)
	if err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("%w", ctx.Err())
		}
		if isTimeout(err) {
			return nil, fmt.Errorf("%s did not answer in time", u.Redacted())
		}
		return nil, fmt.Errorf("%s cannot be reached: %w", u.Redacted(), errors.Unwrap(err))
	}
	defer answer.Body.Close()
	switch {
	case answer.StatusCode == http.StatusNotFound || answer.StatusCode == http.StatusGone:
		return nil, errAbsent
	case answer.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("%s answered %q", u.Redacted(), answer.Status)
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	if ctx.Err() != nil {
		return nil, fmt.Errorf("%w", ctx.Err())
	}
	if isTimeout(err) {
		return nil, fmt.Errorf("%s did not answer in full within %s", u.Redacted(), s.client.Timeout)
	}
	if err != nil {
		return nil, fmt.Errorf("%s broke off: %w", u.Redacted(), err)
	}
	if len(data) > maxAnswer {
		return nil, fmt.Errorf("%s answered with more than %d MB", u.Redacted(), maxAnswer>>20)
	}
	if s.read += int64(len(data)); s.read > s.most {
		return nil, failf("save the answers that you need into a folder, and import that", "%s answers with more than %d MB in all", u.Host, s.most>>20)
	}
	return data, nil
}

func isTimeout(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.As(err, &timeout) && timeout.Timeout()
}

// fetchZip fetches an archive, and reads it as a folder.
func (s *source) fetchZip(ctx context.Context, u *url.URL) error {
	data, err := s.get(ctx, u)
	if errors.Is(err, errAbsent) {
		return failf("look whether the address is right", "%s does not exist", u.Redacted())
	}
	if err != nil {
		return err
	}
	s.answers = nil
	return s.openZip(bytes.NewReader(data), int64(len(data)))
}
