package console

import (
	"cmp"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// refuse returns why a request is refused, or "". A request must come from this machine, with a Host that names this
// machine, and from the page itself. So neither other machines can use the console, whatever address the sandbox listens on,
// nor other pages in the browser, even with a domain that resolves to this machine.
func refuse(r *http.Request) string {
	if from, err := netip.ParseAddrPort(r.RemoteAddr); err != nil || !from.Addr().IsLoopback() {
		return "the console answers only on the machine that it runs on"
	}
	if !isThisMachine(r.Host, portOf(r)) {
		return "the console answers only to 127.0.0.1, [::1] and localhost, with the port that it listens on"
	}
	for _, origin := range r.Header.Values("Origin") {
		if !strings.EqualFold(origin, "http://"+r.Host) {
			return "the console answers only to its own page"
		}
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
	default:
		// A link on another page may lead only to the page of the console.
		if r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Method != http.MethodGet || strings.HasPrefix(r.URL.Path, Path+"/api/") {
			return "the console answers only to its own page"
		}
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead && r.Header.Get("X-Console") == "" {
		return "the header X-Console is missing"
	}
	return ""
}

// portOf returns the port that a request was received on, or "" if unknown.
func portOf(r *http.Request) string {
	addr, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return ""
	}
	_, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return ""
	}
	return port
}

// isThisMachine reports whether a Host header names the loopback interface and the port.
func isThisMachine(host, port string) bool {
	u, err := url.Parse("http://" + host)
	if err != nil || u.Host != host || cmp.Or(u.Port(), "80") != port {
		return false
	}
	if strings.EqualFold(u.Hostname(), "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(u.Hostname())
	return err == nil && addr.IsLoopback()
}

// protect sets the headers that isolate the page from others.
func protect(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// protected sets those headers on every response, even where net/http removes some of them, as in a 404.
type protected struct{ http.ResponseWriter }

func (w protected) WriteHeader(status int) {
	protect(w.Header())
	w.ResponseWriter.WriteHeader(status)
}

func (w protected) Write(data []byte) (int, error) {
	protect(w.Header()) // has no effect once they are sent
	return w.ResponseWriter.Write(data)
}

// Unwrap gives [http.ResponseController] access to the connection.
func (w protected) Unwrap() http.ResponseWriter { return w.ResponseWriter }
