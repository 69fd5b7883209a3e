package connect

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
)

// maxShown bounds what is shown of a body.
const maxShown = 4 << 10

// showTraffic writes each request and each answer to out, without tokens. The bodies of the token endpoint are not shown at
// all: they consist of secrets.
func showTraffic(out io.Writer) func(http.RoundTripper) http.RoundTripper {
	var mu sync.Mutex
	return func(next http.RoundTripper) http.RoundTripper {
		return roundTripper(func(r *http.Request) (*http.Response, error) {
			secret := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
			show := func(text string) {
				mu.Lock()
				defer mu.Unlock()
				for line := range strings.Lines(Redact(text, secret)) {
					fmt.Fprintln(out, output.Visible(strings.TrimRight(line, "\r\n")))
				}
			}
			hidden := strings.Contains(r.URL.Path, "/oauth/")
			body, err := readBody(r)
			if err != nil {
				return nil, err
			}
			show("> " + r.Method + " " + r.URL.String() + "\n" + headerLines("> ", r.Header) + bodyLines("> ", body, hidden))
			if r.Body != nil {
				r = r.Clone(r.Context())
				r.Body = io.NopCloser(bytes.NewReader(body))
			}
			began := time.Now()
			answer, err := next.RoundTrip(r)
			if err != nil {
				show(fmt.Sprintf("< no answer after %v: %v\n", time.Since(began).Round(time.Millisecond), err))
				return nil, err
			}
			head := new(bytes.Buffer)
			_, _ = io.CopyN(head, answer.Body, maxShown) // an error comes again to who reads on
			show(fmt.Sprintf("< %s after %v\n", answer.Status, time.Since(began).Round(time.Millisecond)) + headerLines("< ", answer.Header) + bodyLines("< ", head.Bytes(), hidden))
			answer.Body = struct {
				io.Reader
				io.Closer
			}{io.MultiReader(head, answer.Body), answer.Body}
			return answer, nil
		})
	}
}

// Redact returns a text without a secret and without what looks like a token.
func Redact(text, secret string) string { return rest.RedactError(errors.New(text), secret).Error() }

func headerLines(prefix string, h http.Header) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(h)) {
		value := strings.Join(h[name], ", ")
		switch name {
		case "Authorization":
			value = "Bearer [token]"
		case "Cookie", "Set-Cookie":
			value = "[not shown]"
		}
		b.WriteString(prefix + name + ": " + value + "\n")
	}
	return b.String()
}

func bodyLines(prefix string, body []byte, hidden bool) string {
	switch {
	case len(body) == 0:
		return ""
	case hidden:
		return prefix + "[the body is not shown: it holds secrets]\n"
	case len(body) >= maxShown:
		body = append(bytes.Clone(body[:maxShown]), "…"...)
	}
	return prefix + strings.ReplaceAll(strings.TrimRight(string(body), "\n"), "\n", "\n"+prefix) + "\n"
}

// readBody reads the body of a request. Those of the clients are in memory.
func readBody(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	defer r.Body.Close()
	return io.ReadAll(r.Body)
}

// roundTripper makes an [http.RoundTripper] of a function.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
