package check

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// sites are two hosts on loopback that answer in every way.
func sites(t *testing.T) (one, other string, asked *atomic.Int64) {
	t.Helper()
	asked = new(atomic.Int64)
	second := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(second.Close)
	mux := http.NewServeMux()
	status := func(path string, code int) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
	}
	status("/there", http.StatusOK)
	status("/gone", http.StatusGone)
	status("/closed", http.StatusForbidden)
	status("/login", http.StatusOK)
	status("/there/", http.StatusOK)
	mux.HandleFunc("/no-head", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			w.WriteHeader(http.StatusNotFound)
		}
	})
	busy := true
	mux.HandleFunc("/busy", func(w http.ResponseWriter, _ *http.Request) {
		if busy {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusTooManyRequests)
		}
		busy = false
	})
	mux.HandleFunc("/late", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	for from, to := range map[string]string{"/old": "/there", "/stroke": "/stroke/", "/circle": "/circle", "/private": "/login?next=private", "/older": "/old"} {
		mux.Handle(from, http.RedirectHandler(to, http.StatusMovedPermanently))
	}
	status("/stroke/", http.StatusOK)
	mux.Handle("/today", http.RedirectHandler("/there", http.StatusFound))
	first := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(first.Close)
	return first.URL, second.URL, asked
}

func TestAsker(t *testing.T) {
	one, other, asked := sites(t)
	want := map[string]Answer{
		one + "/there":        {State: There},
		one + "/no-head":      {State: There},
		one + "/busy":         {State: There},
		one + "/today":        {State: There},
		one + "/stroke":       {State: There},
		one + "/private":      {State: There},
		one + "/old":          {State: Moved, To: one + "/there"},
		one + "/older":        {State: Moved, To: one + "/there"},
		one + "/gone":         {State: Gone, Reason: "answers 410 Gone"},
		one + "/closed":       {State: Silent, Reason: "answers 403 Forbidden"},
		one + "/circle":       {State: Silent, Reason: "it leads its visitors in circles"},
		one + "/late":         {State: Silent, Reason: "there was no answer in time"},
		other + "/":           {State: Gone, Reason: "answers 404 Not Found"},
		"http://127.0.0.1:1/": {State: Gone, Reason: "its host takes no connections there"},
	}
	var addresses []string
	for address := range want {
		addresses = append(addresses, address)
	}
	said := ""
	a := &Asker{Patience: 500 * time.Millisecond, Say: func(addresses, sites int) {
		said = strings.Repeat("a", addresses) + strings.Repeat("s", sites)
	}}
	got := a.All(t.Context(), addresses)
	for address, want := range want {
		if got := got[address]; got.State != want.State || got.To != want.To || !strings.HasSuffix(got.Reason, want.Reason) {
			t.Errorf("%s: got %+v, want %+v", address, got, want)
		}
	}
	if !a.Reached() || said != strings.Repeat("a", len(want))+"sss" {
		t.Errorf("reached %v, said %q", a.Reached(), said)
	}

	before := asked.Load()
	a.All(t.Context(), []string{one + "/there", one + "/gone", one + "/closed"})
	if n := asked.Load() - before; n != 2 {
		t.Errorf("%d requests for one address that had been silent, want its head and its whole", n)
	}
}

func TestAskerIsStopped(t *testing.T) {
	one, _, _ := sites(t)
	ctx, stop := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, stop)
	a := &Asker{}
	if got := a.All(ctx, []string{one + "/late"}); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestAskerReachesNobody(t *testing.T) {
	a := &Asker{}
	if !a.Reached() {
		t.Error("nothing was asked")
	}
	a.All(t.Context(), []string{"http://127.0.0.1:1/"})
	if a.Reached() {
		t.Error("nobody can have answered")
	}
}
