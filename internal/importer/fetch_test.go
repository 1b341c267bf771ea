package importer

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestFetchBounds: hosts that never end, and what is said of each.
func TestFetchBounds(t *testing.T) {
	page := 0
	filler := strings.Repeat("x", 1<<20)
	mux := http.NewServeMux()
	mux.HandleFunc("/pages/api/v2/incidents.json", func(w http.ResponseWriter, _ *http.Request) {
		page++
		fmt.Fprintf(w, `{"incidents": [{"id": "i%d", "name": "A", "x": %q, "incident_updates": []}]}`, page, filler)
	})
	mux.HandleFunc("/slow/", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusOK)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	mux.HandleFunc("/login/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<!doctype html><title>Log in</title>") })
	mux.HandleFunc("/file/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "file:///etc/passwd")
		w.WriteHeader(http.StatusFound)
	})
	host := httptest.NewServer(mux)
	defer host.Close()
	for _, test := range []struct {
		path, want string
		ofSource   bool
	}{
		{"pages", "with more than 4 MB in all", true},
		{"slow", "did not answer in full within", false},
		{"login", "it is a page for people (HTML)", true},
		{"file", "unsupported protocol scheme", false},
	} {
		t.Run(test.path, func(t *testing.T) {
			client := &http.Client{}
			if test.path == "slow" {
				client.Timeout = 300 * time.Millisecond
			}
			_, err := Read(context.Background(), Options{Source: host.URL + "/" + test.path, Content: "content", Client: client, mostAnswers: 4 << 20})
			var f *Failure
			if err == nil || !strings.Contains(err.Error(), test.want) || errors.As(err, &f) != test.ofSource {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}
