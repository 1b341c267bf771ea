package main

import (
	"context"
	"net"
	"net/netip"
	"os/exec"
	"runtime"
	"strconv"
	"strings"

	"publish/internal/preview"
)

// warnOfNetwork says that others can read the preview, and where.
func (p *program) warnOfNetwork(l *preview.Listener, base string) {
	host := strings.Trim(l.Host, "[]")
	if addr, err := netip.ParseAddr(host); host == "localhost" || err == nil && addr.IsLoopback() {
		return
	}
	p.say("warning: whoever reaches this machine can read the preview, with what is not public yet")
	for _, addr := range lanAddresses() {
		p.say("in your network: http://%s%s", net.JoinHostPort(addr, strconv.Itoa(l.Port)), base)
	}
}

// lanAddresses are the private IPv4 addresses of this machine, which other
// devices in the room can type.
func lanAddresses() []string {
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return nil // there is nothing to name, and the warning stands
	}
	var list []string
	for _, a := range addrs {
		if prefix, err := netip.ParsePrefix(a.String()); err == nil && prefix.Addr().Is4() && prefix.Addr().IsPrivate() {
			list = append(list, prefix.Addr().String())
		}
	}
	return list
}

// openBrowser shows an address in the browser of the person at the machine.
func (p *program) openBrowser(ctx context.Context, url string) {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	c := exec.CommandContext(context.WithoutCancel(ctx), name, args...)
	if err := c.Start(); err != nil {
		p.say("no browser could be opened (%s): the address is above", name)
		return
	}
	go func() { _ = c.Wait() }() // whatever it says, the preview goes on
}
