package preview

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"

	"publish/internal/bug"
)

const (
	// tries is how many ports are tried when the default one is taken.
	tries = 20
	// patience is how long requests may go on after the end was asked for.
	patience = 50 * time.Millisecond
)

// Listener is where the preview can be reached.
type Listener struct {
	// Host is the host that was asked for; empty means every address.
	Host string
	// Port is the port in use, Asked the one that was asked for: they differ
	// when it was taken, or was 0.
	Port, Asked int

	listeners []net.Listener
}

// URL is the address of the server's root, for a browser of this machine:
// 0.0.0.0 is none that one can go to everywhere.
func (l *Listener) URL() string {
	host := l.Host
	if addr, err := netip.ParseAddr(host); host == "" || err == nil && addr.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, strconv.Itoa(l.Port)) + "/"
}

// Close stops listening; Serve does so too.
func (l *Listener) Close() error {
	var err error
	for _, one := range l.listeners {
		err = errors.Join(err, one.Close())
	}
	return err
}

// Listen takes an address such as "localhost:4000" or ":4000". For localhost
// it listens on the loopback addresses of IPv4 and IPv6, whichever there are.
// A port that is taken is an error if it was asked for explicitly; otherwise
// the next free one of 20 is used. Port 0 is any free port.
func Listen(addr string, explicit bool) (*Listener, error) {
	host, service, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("the address %q is not of the form HOST:PORT", addr)
	}
	asked, err := strconv.ParseUint(service, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("the port %q in %q is not a number from 0 to 65535", service, addr)
	}
	l := &Listener{Host: host, Asked: int(asked)}
	for i := range tries {
		port := l.Asked
		if port != 0 {
			port += i
		}
		err = l.listen(port)
		if err == nil {
			return l, nil
		}
		if !taken(err) || port == 65535 || explicit && port != 0 {
			break
		}
	}
	switch {
	case !taken(err):
		return nil, fmt.Errorf("cannot listen on %q: %w", addr, err)
	case explicit:
		return nil, fmt.Errorf("the port %d is taken by another program: %w", l.Asked, err)
	}
	return nil, fmt.Errorf("the port %d and those after it are taken by other programs: %w", l.Asked, err)
}

// listen opens one port on all addresses of the host, or on none.
func (l *Listener) listen(port int) error {
	l.listeners, l.Port = nil, port
	if l.Host != "localhost" {
		return l.open("tcp", l.Host)
	}
	v4 := l.open("tcp4", "127.0.0.1")
	if v4 != nil && taken(v4) {
		return v4
	}
	v6 := l.open("tcp6", "::1")
	if v6 != nil && taken(v6) || v4 != nil && v6 != nil {
		_ = l.Close()
		return errors.Join(v6, v4)
	}
	return nil // at least one: a machine may have either switched off
}

// open adds one listener. With port 0 the first decides for the next.
func (l *Listener) open(network, host string) error {
	one, err := net.Listen(network, net.JoinHostPort(host, strconv.Itoa(l.Port)))
	if err != nil {
		return err
	}
	l.listeners = append(l.listeners, one)
	l.Port = one.Addr().(*net.TCPAddr).Port
	return nil
}

// taken says whether a port is in use. Windows has a number of its own for it
// (WSAEADDRINUSE), which package syscall does not name.
func taken(err error) bool {
	const windows syscall.Errno = 10048
	return errors.Is(err, syscall.EADDRINUSE) || runtime.GOOS == "windows" && errors.Is(err, windows)
}

// Serve answers requests until the context ends, and then returns nil within a
// tenth of a second. Requests carry the context.
func Serve(ctx context.Context, l *Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ErrorLog:          log.New(io.Discard, "", 0), // broken connections concern nobody
	}
	failed := make(chan error, len(l.listeners))
	var group sync.WaitGroup
	for _, one := range l.listeners {
		group.Go(func() { failed <- bug.Caught(func() error { return server.Serve(one) }) })
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if server.Shutdown(grace) != nil {
		_ = server.Close() // somebody reads slowly
	}
	group.Wait()
	return err
}
