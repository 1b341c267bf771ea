package diff

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Limits bound what a site on the web may take.
type Limits struct {
	Timeout time.Duration // of one request
	Bytes   int64         // of one file
}

// DefaultLimits are for sites of ten thousand reports and slow hosts.
var DefaultLimits = Limits{Timeout: 20 * time.Second, Bytes: 64 << 20}

// Trouble is why a site on the web cannot be read, and what to do.
type Trouble struct{ Reason, Hint string }

func (t *Trouble) Error() string { return t.Reason }

const maxRedirects = 5

// Web is the source of a site on the web. The address is that of its home page;
// where that leads to another, as it does after a change of domain, the site is
// read from there, and moved says so. No request goes to any other host.
func Web(ctx context.Context, address string, limits Limits) (src Source, moved string, err error) {
	base, err := url.Parse(address)
	if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "" {
		return src, "", &Trouble{fmt.Sprintf("%q is no address of a site", address), "write it as a browser shows it: https://example.github.io/postmortems/"}
	}
	base.RawQuery, base.Fragment = "", ""
	if !strings.HasSuffix(base.Path, "/") {
		base.Path = strings.TrimSuffix(base.Path, "index.html")
		base.Path = strings.TrimSuffix(base.Path, "/") + "/"
	}
	w := &web{limits: limits}
	final, status, home, err := w.get(ctx, base, true)
	if err != nil {
		return src, "", err
	}
	if status != http.StatusOK {
		return src, "", &Trouble{fmt.Sprintf("%s answers %d %s", base, status, http.StatusText(status)), "name the address of the site's home page; a site that is not there yet has nothing to lose"}
	}
	if final.String() != base.String() {
		moved = final.String()
		base = final
		base.Path = base.Path[:strings.LastIndexByte(base.Path, '/')+1]
	}
	src = Source{Base: base.Path, Claimed: claimedBase(home), Jobs: 8, Get: func(ctx context.Context, path string) ([]byte, error) {
		at := *base
		at.Path, at.RawPath = base.Path+strings.TrimPrefix(path, "/"), ""
		_, status, data, err := w.get(ctx, &at, false)
		switch {
		case err != nil:
			return nil, err
		case status == http.StatusOK:
			return data, nil
		case status >= 500 || status == http.StatusTooManyRequests:
			return nil, &Trouble{fmt.Sprintf("%s answers %d %s", &at, status, http.StatusText(status)), "try again later, or compare with a folder that an earlier build wrote"}
		}
		if status == http.StatusNotFound || status == http.StatusGone {
			return nil, nil
		}
		return nil, &Closed{fmt.Sprintf("it answers %d %s", status, http.StatusText(status))}
	}}
	return src, moved, nil
}

type web struct{ limits Limits }

// get asks for one address. Only the home page may lead to another host.
func (w *web) get(ctx context.Context, at *url.URL, anywhere bool) (final *url.URL, status int, data []byte, err error) {
	client := &http.Client{Timeout: w.limits.Timeout, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		switch {
		case len(via) > maxRedirects && !anywhere:
			return &Closed{"it leads its visitors in circles"}
		case len(via) > maxRedirects:
			return &Trouble{fmt.Sprintf("%s redirects more than %d times", at, maxRedirects), "open it in a browser: the host sends its visitors in circles"}
		case !anywhere && r.URL.Host != at.Host:
			return &Closed{"it leads to another host"}
		}
		return nil
	}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, 0, nil, &Trouble{fmt.Sprintf("%s cannot be asked for: %v", at, err), ""}
	}
	request.Header.Set("User-Agent", "publish-diff")
	response, err := client.Do(request)
	if err != nil {
		return nil, 0, nil, w.trouble(at, err)
	}
	defer func() { _ = response.Body.Close() }()
	data, err = io.ReadAll(io.LimitReader(response.Body, w.limits.Bytes+1))
	if err != nil {
		return nil, 0, nil, w.trouble(at, err)
	}
	if int64(len(data)) > w.limits.Bytes {
		return nil, 0, nil, &Trouble{fmt.Sprintf("%s has more than %d bytes", at, w.limits.Bytes), "compare with a folder that an earlier build wrote"}
	}
	return response.Request.URL, response.StatusCode, data, nil
}

func (w *web) trouble(at *url.URL, err error) error {
	var own *Trouble
	var closed *Closed
	var timeout interface{ Timeout() bool }
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &closed):
		return closed
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &timeout) && timeout.Timeout():
		return &Trouble{fmt.Sprintf("%s did not answer within %s", at, w.limits.Timeout), "try again later, or compare with a folder that an earlier build wrote"}
	}
	var inner *url.Error
	if errors.As(err, &inner) {
		err = inner.Err
	}
	return &Trouble{fmt.Sprintf("%s cannot be reached: %v", at, err), "is the address right, and this machine online?"}
}
