package mcpserver

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// MinTokenLength is the minimum length of the token of an HTTP server.
const MinTokenLength = 16

// Listen listens on a loopback address, and refuses others.
func Listen(addr string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	if !isLoopback(host) {
		return nil, fmt.Errorf("%s is not a loopback address: use 127.0.0.1, [::1] or localhost, with a port", addr)
	}
	return net.Listen("tcp", addr)
}

// Serve serves HTTP until ctx ends. A request must send the token, and come from a page of this machine or from no page.
func Serve(ctx context.Context, listener net.Listener, server *mcp.Server, token string) error {
	out := &http.Server{Handler: Handler(server, token), ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- out.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		_ = out.Close() // streams stay open as long as their clients
		<-ended
		return nil
	}
}

// Handler returns the handler that Serve uses.
func Handler(server *mcp.Server, token string) http.Handler {
	inner := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, &mcp.StreamableHTTPOptions{SessionTimeout: time.Hour})
	want := sha256.Sum256([]byte(token))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := local(r); err != nil { // a page on the web whose domain resolves to this address
			http.Error(w, err.Error(), http.StatusForbidden)
			return
		}
		scheme, given, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		have := sha256.Sum256([]byte(given))
		if len(token) < MinTokenLength || !strings.EqualFold(scheme, "Bearer") || subtle.ConstantTimeCompare(have[:], want[:]) != 1 {
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, "the token of this server is missing or wrong", http.StatusUnauthorized)
			return
		}
		r.Header.Del("Authorization") // no handler after this one needs it
		inner.ServeHTTP(w, r)
	})
}

// local reports whether a request is for this machine and from it.
func local(r *http.Request) error {
	if !isLoopback((&url.URL{Host: r.Host}).Hostname()) {
		return errors.New("the Host of the request is not this machine")
	}
	for _, origin := range r.Header.Values("Origin") {
		from, err := url.Parse(origin)
		if err != nil || from.Scheme != "http" && from.Scheme != "https" || !isLoopback(from.Hostname()) {
			return errors.New("the Origin of the request is not this machine")
		}
	}
	return nil
}

func isLoopback(host string) bool {
	return strings.EqualFold(host, "localhost") || net.ParseIP(host).IsLoopback()
}
