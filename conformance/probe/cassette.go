package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

// cassette stores the form of exchanges without their content: it keeps only words that services use. In the rest, letters
// become x and digits 0, since it could be a person's.
type cassette struct {
	secrets []string
	known   words

	mu      sync.Mutex
	entries []entry
}

type entry struct {
	Operation string      `json:"operation,omitempty"`
	Method    string      `json:"method"`
	URL       string      `json:"url"`
	Header    http.Header `json:"header,omitempty"` // of the response
	Status    int         `json:"status"`
	Body      any         `json:"body,omitempty"`
}

// record adds a response.
func (c *cassette) record(v judge.Verdict) {
	if v.Response == nil {
		return
	}
	e := entry{Operation: v.Operation, Method: v.Request.Method, URL: c.address(v), Status: v.Response.StatusCode, Header: http.Header{}}
	for name, values := range v.Response.Header {
		for _, value := range values {
			e.Header.Add(c.headerName(name), c.headerValue(name, value))
		}
	}
	var body any
	switch {
	case json.Unmarshal(v.Body, &body) == nil:
		e.Body = c.value("", body)
	case len(v.Body) > 0 && (!utf8.Valid(v.Body) || v.Response.Header.Get("Content-Encoding") != ""):
		e.Body = fmt.Sprintf("%d bytes that are not text", len(v.Body)) // whatever they contain, it cannot be masked
	case len(v.Body) > 0:
		e.Body = mask(c.withoutSecrets(string(v.Body[:min(len(v.Body), 2000)])))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries = append(c.entries, e)
}

// address returns the URL of the request with masked values.
func (c *cassette) address(v judge.Verdict) string {
	u := url.URL{Path: v.Request.URL.Path}
	for _, value := range v.PathValues {
		u.Path = strings.ReplaceAll(u.Path, "/"+value, "/"+mask(value))
	}
	u.Path = c.words(u.Path)
	query := url.Values{}
	for name, values := range v.Request.URL.Query() {
		for _, value := range values {
			query.Add(c.words(name), mask(value))
		}
	}
	u.RawQuery = query.Encode()
	return u.String()
}

// words masks a text except its known words.
func (c *cassette) words(text string) string { return c.known.keep(c.withoutSecrets(text)) }

// amount is a number too small for a telephone number or an id of a company.
var amount = regexp.MustCompile(`^[0-9]{1,6}$`)

// amounts are the headers whose numbers are about the service.
var amounts = []string{"Content-Length", "Retry-After", "Age", "X-Ratelimit-Limit-Daily", "X-Ratelimit-Daily-Remaining",
	"X-Ratelimit-Interval-Milliseconds", "X-Ratelimit-Max", "X-Ratelimit-Remaining"}

func (c *cassette) headerName(name string) string {
	if slices.Contains(amounts, http.CanonicalHeaderKey(name)) {
		return name
	}
	return c.words(name)
}

func (c *cassette) headerValue(name, value string) string {
	if slices.Contains(amounts, http.CanonicalHeaderKey(name)) && amount.MatchString(value) {
		return c.withoutSecrets(value)
	}
	return c.words(value)
}

// spoken are keys whose strings are the service's own words.
var spoken = []string{"status", "type", "message", "error", "code", "statusCode", "completed", "pending"}

// value masks the value of a key.
func (c *cassette) value(key string, value any) any {
	switch v := value.(type) {
	case string:
		if slices.Contains(spoken, key) {
			return c.words(v)
		}
		return mask(c.withoutSecrets(v))
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = c.value(key, v[i])
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for name, inner := range v {
			masked := c.words(name)
			for out[masked] != nil {
				masked += "x" // two names with the same form
			}
			out[masked] = c.value(name, inner)
		}
		return out
	case float64:
		if status := int(v); !slices.Contains(spoken, key) || float64(status) != v || status < 100 || status > 599 {
			return 0 // a telephone number, an amount
		}
	}
	return value
}

// withoutSecrets removes secrets from a text: as they are, in their forms in URLs, in JSON and in base64, and in another
// case.
func (c *cassette) withoutSecrets(text string) string {
	for _, secret := range c.secrets {
		if secret == "" {
			continue
		}
		for _, form := range forms(secret) {
			text = regexp.MustCompile("(?i)"+regexp.QuoteMeta(form)).ReplaceAllLiteralString(text, "[redacted]")
		}
	}
	return text
}

// forms returns the ways in which a text is encoded elsewhere, the longer ones first.
func forms(secret string) []string {
	inJSON, _ := json.Marshal(secret)
	var everyByte, everyUnit strings.Builder
	for _, b := range []byte(secret) {
		fmt.Fprintf(&everyByte, "%%%02X", b)
	}
	for _, r := range utf16.Encode([]rune(secret)) {
		fmt.Fprintf(&everyUnit, `\u%04x`, r)
	}
	out := []string{
		everyUnit.String(), everyByte.String(), strings.Trim(string(inJSON), `"`), url.QueryEscape(secret), url.PathEscape(secret),
		html.EscapeString(secret), strings.NewReplacer("-", "%2D", "_", "%5F", ".", "%2E").Replace(secret), secret,
	}
	if len(secret) < 6 {
		return slices.Compact(out) // in base64 it would be found in any word
	}
	for _, plain := range []string{secret, ":" + secret, secret + ":", "Bearer " + secret} {
		out = append(out, base64.RawStdEncoding.EncodeToString([]byte(plain)), base64.RawURLEncoding.EncodeToString([]byte(plain)))
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(out)
}

// write writes the cassette to a directory.
func (c *cassette) write(dir string) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	text, err := json.MarshalIndent(c.entries, "", "  ")
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	file := filepath.Join(dir, "cassette.json")
	return file, os.WriteFile(file, append(text, '\n'), 0o600)
}
