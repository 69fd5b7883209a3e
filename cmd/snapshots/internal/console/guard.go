package console

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// refuse returns why a request is not the console's user's; empty when it is. The page must be asked for by the name of this machine itself,
// so that no name of somebody else's that leads here reads it, and other pages in the browser can neither read nor change anything.
func refuse(r *http.Request) string {
	if !isThisMachine(r.Host) {
		return "the console answers only to 127.0.0.1, [::1] and localhost"
	}
	for _, origin := range r.Header.Values("Origin") {
		if origin != "http://"+r.Host {
			return "the console answers only to its own page"
		}
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
	default:
		// A link from another page may lead to the console, and no further.
		if r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Method != http.MethodGet || strings.HasPrefix(r.URL.Path, Path+"/api/") {
			return "the console answers only to its own page"
		}
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead && r.Header.Get("X-Console") == "" {
		return "the header X-Console is missing"
	}
	return ""
}

// isThisMachine reports whether a Host header names the loopback interface.
func isThisMachine(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	if strings.EqualFold(name, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(strings.Trim(name, "[]"))
	return err == nil && addr.IsLoopback()
}

// protect sets the headers that keep the page to itself.
func protect(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

func splitPattern(pattern string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	return method, path
}
