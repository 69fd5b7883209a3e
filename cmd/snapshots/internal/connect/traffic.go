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

// maxShown is the largest number of bytes shown of a body.
const maxShown = 4 << 10

// showTraffic logs each request and response to out, without tokens. Bodies of the token endpoint are not shown at all,
// because they consist of secrets.
func showTraffic(out io.Writer) func(http.RoundTripper) http.RoundTripper {
	var mu sync.Mutex
	return func(next http.RoundTripper) http.RoundTripper {
		return roundTripper(func(r *http.Request) (*http.Response, error) {
			secret := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
			show := func(prefix string, lines ...string) {
				mu.Lock()
				defer mu.Unlock()
				for line := range strings.Lines(Redact(strings.Join(lines, "\n"), secret)) {
					fmt.Fprintln(out, output.Visible(prefix+strings.TrimRight(line, "\r\n")))
				}
			}
			hidden := strings.Contains(r.URL.Path, "/oauth/")
			body, err := readBody(r)
			if err != nil {
				return nil, err
			}
			show("> ", slices.Concat([]string{r.Method + " " + r.URL.String()}, headerLines(r.Header), bodyLines(body, hidden))...)
			if r.Body != nil {
				r = r.Clone(r.Context())
				r.Body = io.NopCloser(bytes.NewReader(body))
			}
			began := time.Now()
			answer, err := next.RoundTrip(r)
			took := time.Since(began).Round(time.Millisecond)
			if err != nil {
				show("< ", fmt.Sprintf("no answer after %v: %v", took, err))
				return nil, err
			}
			head := new(bytes.Buffer)
			_, _ = io.CopyN(head, answer.Body, maxShown) // the next read of the body returns the error again
			show("< ", slices.Concat([]string{fmt.Sprintf("%s after %v", answer.Status, took)}, headerLines(answer.Header), bodyLines(head.Bytes(), hidden))...)
			answer.Body = struct {
				io.Reader
				io.Closer
			}{io.MultiReader(head, answer.Body), answer.Body}
			return answer, nil
		})
	}
}

// Redact returns a string without the secret and without anything that looks like a token.
func Redact(text, secret string) string { return rest.RedactError(errors.New(text), secret).Error() }

// headerLines returns the headers sorted by name, without secrets.
func headerLines(h http.Header) []string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(h)) {
		value := strings.Join(h[name], ", ")
		switch name {
		case "Authorization":
			value = "Bearer [token]"
		case "Cookie", "Set-Cookie":
			value = "[not shown]"
		}
		lines = append(lines, name+": "+value)
	}
	return lines
}

// bodyLines returns the beginning of a body.
func bodyLines(body []byte, hidden bool) []string {
	switch {
	case len(body) == 0:
		return nil
	case hidden:
		return []string{"[the body is not shown: it holds secrets]"}
	case len(body) >= maxShown:
		body = append(bytes.Clone(body[:maxShown]), "…"...)
	}
	return []string{strings.TrimRight(string(body), "\n")}
}

// readBody reads and closes the body of a request, which the clients keep in memory.
func readBody(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	defer r.Body.Close()
	return io.ReadAll(r.Body)
}

// roundTripper is a function that implements [http.RoundTripper].
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
