package check

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"publish/internal/bug"
)

// Asker asks addresses of other sites whether they are there. It remembers what they
// answered, and may be used by one goroutine at a time.
type Asker struct {
	// Say is told how much is asked before anything is; it may be nil.
	Say func(addresses, sites int)
	// Patience is how long one answer may take; zero is 20 seconds.
	Patience time.Duration

	known map[string]Answer
}

// State is what an address answered.
type State int

// The states of an address.
const (
	There  State = iota
	Moved        // it leads to another for good (301, 308), and that is there
	Silent       // it answered what says nothing of the page (403, 429, 5xx), or too late
	Gone         // it answers 404 or 410, or there is no such host
)

// Answer is what became of one address.
type Answer struct {
	State  State
	Reason string // in words, of Silent and Gone
	To     string // the new address of what Moved

	reached bool // a site answered, whatever it was
}

// How much is asked at once: of one site, less than a browser asks. What does not say
// that it is there is asked once more.
const (
	usualPatience = 20 * time.Second
	sitesAtOnce   = 24
	fewOfOneSite  = 3
	mostRedirects = 10
	longestWait   = 10 * time.Second // for a site that asks to be left alone
	pause         = time.Second      // before a site that was not reached is tried again
)

// All asks what it does not know yet. What ctx ends before it is asked has no answer.
func (a *Asker) All(ctx context.Context, addresses []string) map[string]Answer {
	bySite := map[string][]string{}
	asked := 0
	for _, address := range addresses {
		before, known := a.known[address]
		if u, err := url.Parse(address); err == nil && (!known || before.State == Silent) {
			bySite[u.Host] = append(bySite[u.Host], address)
			asked++
		}
	}
	if a.Say != nil && asked > 0 {
		a.Say(asked, len(bySite))
	}
	var (
		wait  bug.Group
		lock  sync.Mutex
		slots = make(chan struct{}, sitesAtOnce)
	)
	if a.known == nil {
		a.known = map[string]Answer{}
	}
	for _, list := range bySite {
		slices.Sort(list)
		wait.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			bug.Each(len(list), fewOfOneSite, func() func(int) {
				return func(i int) {
					answer := a.ask(ctx, list[i])
					if ctx.Err() != nil {
						return
					}
					lock.Lock()
					a.known[list[i]] = answer
					lock.Unlock()
				}
			})
		})
	}
	wait.Wait()
	return a.known
}

// Reached says that any site answered, or that none was asked. A nil Asker asks none.
func (a *Asker) Reached() bool {
	if a == nil {
		return true
	}
	for _, answer := range a.known {
		if answer.reached {
			return true
		}
	}
	return len(a.known) == 0
}

// ask asks one address, for its head first: that is less work for a site. Some answer
// that with what is not so; those are asked for the whole, of which nothing is read.
func (a *Asker) ask(ctx context.Context, address string) Answer {
	answer, wait := a.try(ctx, http.MethodHead, address)
	if answer.State <= Moved {
		return answer
	}
	if !answer.reached || wait > 0 {
		select {
		case <-time.After(max(wait, pause)):
		case <-ctx.Done():
			return answer
		}
	}
	answer, _ = a.try(ctx, http.MethodGet, address)
	return answer
}

// try sends one request, and says how long the site asks to be left alone for.
func (a *Asker) try(ctx context.Context, method, address string) (answer Answer, wait time.Duration) {
	patience := a.Patience
	if patience == 0 {
		patience = usualPatience
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	request, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err != nil {
		return Answer{State: Gone, Reason: "it is no address"}, 0
	}
	request.Header.Set("User-Agent", "Mozilla/5.0 (compatible; publish-check)")
	request.Header.Set("Accept", "text/html,*/*;q=0.8")
	jar, _ := cookiejar.New(nil) // some lead in circles whoever keeps no cookies; it never fails
	forGood := true
	client := &http.Client{Jar: jar, CheckRedirect: func(next *http.Request, via []*http.Request) error {
		status := next.Response.StatusCode
		forGood = forGood && (status == http.StatusMovedPermanently || status == http.StatusPermanentRedirect)
		if len(via) > mostRedirects {
			return errCircles
		}
		return nil
	}}
	response, err := client.Do(request)
	if err != nil {
		return unreached(err), 0
	}
	_ = response.Body.Close()
	return answered(address, response, forGood), leftAlone(response)
}

var errCircles = errors.New("it leads its visitors in circles")

// answered says what a response means.
func answered(address string, r *http.Response, forGood bool) Answer {
	reason := fmt.Sprintf("%s answers %d %s", r.Request.URL.Host, r.StatusCode, http.StatusText(r.StatusCode))
	switch to := r.Request.URL.String(); {
	case r.StatusCode == http.StatusNotFound || r.StatusCode == http.StatusGone:
		return Answer{State: Gone, Reason: reason, reached: true}
	case r.StatusCode < 200 || r.StatusCode > 299:
		return Answer{State: Silent, Reason: reason, reached: true}
	case forGood && bare(to) != bare(address) && !asksWho(r.Request.URL.Path):
		return Answer{State: Moved, To: to, reached: true}
	}
	return Answer{reached: true}
}

// bare is what matters of an address to whoever writes it: neither http and https nor a
// stroke at its end.
func bare(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	return strings.TrimSuffix(rest, "/")
}

// asksWho says that a page is one where readers log in: what they asked for is behind it.
func asksWho(path string) bool {
	path = strings.ToLower(path)
	return strings.Contains(path, "login") || strings.Contains(path, "signin") || strings.Contains(path, "sign_in")
}

// leftAlone is how long a site asks to be left alone for (RFC 9110, 10.2.3), as far as
// that is waited for.
func leftAlone(r *http.Response) time.Duration {
	seconds, err := strconv.Atoi(r.Header.Get("Retry-After"))
	if err != nil || seconds < 0 {
		return 0
	}
	return min(time.Duration(seconds)*time.Second, longestWait)
}

// unreached says why there is no answer.
func unreached(err error) Answer {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var timeout interface{ Timeout() bool }
	switch {
	case errors.As(err, &name) && name.IsNotFound:
		return Answer{State: Gone, Reason: "there is no host of that name"}
	case errors.Is(err, syscall.ECONNREFUSED):
		return Answer{State: Gone, Reason: "its host takes no connections there"}
	case errors.As(err, &certificate):
		return Answer{State: Gone, Reason: fmt.Sprintf("browsers refuse its certificate: %v", certificate.Err), reached: true}
	case errors.Is(err, errCircles):
		return Answer{State: Silent, Reason: errCircles.Error(), reached: true}
	case errors.As(err, &timeout) && timeout.Timeout():
		return Answer{State: Silent, Reason: "there was no answer in time"}
	}
	reason := err.Error()
	if own := (*url.Error)(nil); errors.As(err, &own) {
		reason = own.Err.Error()
	}
	return Answer{State: Silent, Reason: reason}
}
