package preview

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

func listen(t *testing.T, addr string, explicit bool) *Listener {
	t.Helper()
	l, err := Listen(addr, explicit)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func TestListenMovesOnFromATakenPort(t *testing.T) {
	first := listen(t, "localhost:0", false)
	if first.Port == 0 || first.Asked != 0 || first.URL() != fmt.Sprintf("http://localhost:%d/", first.Port) {
		t.Errorf("got %+v, %s", first, first.URL())
	}
	addr := fmt.Sprintf("localhost:%d", first.Port)
	second := listen(t, addr, false)
	if second.Asked != first.Port || second.Port <= first.Port || second.Port >= first.Port+tries {
		t.Errorf("asked for %d, got %d", first.Port, second.Port)
	}
	_, err := Listen(addr, true)
	if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("the port %d is taken", first.Port)) {
		t.Errorf("got %v, want the port to be taken", err)
	}
}

// Whoever has only one of the two loopback addresses has the port: a browser
// would reach either of us.
func TestListenNeedsBothLoopbacks(t *testing.T) {
	for _, taken := range []string{"127.0.0.1:0", "[::1]:0"} {
		other, err := net.Listen("tcp", taken)
		if err != nil && strings.HasPrefix(taken, "[") {
			continue // this machine has no IPv6
		}
		if err != nil {
			t.Fatal(err)
		}
		port := other.Addr().(*net.TCPAddr).Port
		if l, err := Listen(fmt.Sprintf("localhost:%d", port), true); err == nil {
			t.Errorf("%s was taken, and %d was given", taken, l.Port)
			l.Close()
		}
		other.Close()
	}
}

func TestListenRefusesAddresses(t *testing.T) {
	for _, addr := range []string{"", "localhost", "localhost:", "localhost:http", "localhost:-1", "localhost:65536", "a:b:c"} {
		if l, err := Listen(addr, false); err == nil {
			t.Errorf("%q gives the port %d, want an error", addr, l.Port)
			l.Close()
		}
	}
}

func TestServeOnBothLoopbacks(t *testing.T) {
	l := listen(t, "localhost:0", true)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, l, showing(table(t, pagesForTests), Options{})) }()
	for _, one := range l.listeners {
		r, err := http.Get("http://" + one.Addr().String() + "/a/")
		if err != nil {
			t.Fatal(err)
		}
		if got := body(t, r); got != "page a" {
			t.Errorf("%s: got %q", one.Addr(), got)
		}
		r.Body.Close()
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("got %v", err)
	}
}

func TestServeStopsAtOnce(t *testing.T) {
	l := listen(t, "127.0.0.1:0", true)
	ctx, cancel := context.WithCancel(t.Context())
	begun := make(chan struct{})
	stubborn := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "begun")
		_ = http.NewResponseController(w).Flush()
		close(begun)
		<-r.Context().Done() // the server's context reaches here
	})
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, l, stubborn) }()
	conn, err := net.Dial("tcp", l.listeners[0].Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
	if _, err := bufio.NewReader(conn).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	<-begun
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("got %v", err)
	}
}

func TestURLCanBeGoneTo(t *testing.T) {
	for host, want := range map[string]string{
		"": "http://localhost:1/", "0.0.0.0": "http://localhost:1/", "::": "http://localhost:1/",
		"127.0.0.1": "http://127.0.0.1:1/", "::1": "http://[::1]:1/", "mine.test": "http://mine.test:1/",
	} {
		if got := (&Listener{Host: host, Port: 1}).URL(); got != want {
			t.Errorf("%q: got %s, want %s", host, got, want)
		}
	}
}
