package preview

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// hosts decides by which names a browser may ask. A page of another site can
// make a browser send requests here under a name of that site's choice (DNS
// rebinding) and read the answers, drafts included; so unknown names are
// refused. Addresses cannot be used in that way.
type hosts struct {
	exact map[string]bool
	below []string // ".preview.test"
	// given are the names of --allow-host alone.
	given map[string]bool
}

func newHosts(o Options) hosts {
	h := hosts{exact: make(map[string]bool), given: make(map[string]bool)}
	for _, name := range o.AllowHost {
		h.given[strings.ToLower(bare(name))] = true
	}
	for _, name := range append([]string{"localhost", "*.localhost", o.Host}, o.AllowHost...) {
		name = strings.ToLower(bare(name))
		if below, ok := strings.CutPrefix(name, "*"); ok && strings.HasPrefix(below, ".") {
			h.below = append(h.below, below)
		} else if name != "" {
			h.exact[name] = true
		}
	}
	return h
}

// allow says whether the request's Host is one of ours.
func (h hosts) allow(r *http.Request) bool {
	name := strings.TrimSuffix(strings.ToLower(bare(r.Host)), ".")
	if h.exact[name] {
		return true
	}
	if h.isBelow(name) {
		return true
	}
	addr, err := netip.ParseAddr(name)
	if err != nil {
		return false
	}
	return addr.Unmap().IsLoopback() || addr.Unmap() == localAddr(r)
}

func (h hosts) isBelow(name string) bool {
	for _, below := range h.below {
		if strings.HasSuffix(name, below) && name != below {
			return true
		}
	}
	return false
}

// named says whether --allow-host names the host. Those that are always
// allowed do not count: any program of this machine may serve a page from
// localhost.
func (h hosts) named(name string) bool {
	name = strings.TrimSuffix(strings.ToLower(name), ".")
	return h.given[name] || !strings.HasSuffix(name, ".localhost") && h.isBelow(name)
}

// localAddr is the address at which this very request arrived, which somebody
// in the same network may have typed.
func localAddr(r *http.Request) netip.Addr {
	if local, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr); ok {
		return local.AddrPort().Addr().Unmap().WithZone("")
	}
	return netip.Addr{}
}

// bare takes the port and the brackets from a host.
func bare(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
}

func (h hosts) refuse(w http.ResponseWriter, r *http.Request) {
	http.Error(w, fmt.Sprintf("the preview does not answer to the host %q; if that is yours, start it with --allow-host %s",
		bare(r.Host), plainHost(bare(r.Host))), http.StatusMisdirectedRequest)
}

// plainHost is what of a stranger's text can be in a host name.
func plainHost(host string) string {
	kept := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(".-_:", r) {
			return r
		}
		return -1
	}, host)
	if kept == "" || strings.HasPrefix(kept, "-") {
		return "NAME"
	}
	return kept
}
