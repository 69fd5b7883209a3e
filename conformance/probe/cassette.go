package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

// cassette keeps the exchanges with their form and without their content: letters become x, digits 0, wherever the words
// could be about somebody.
type cassette struct {
	secrets []string

	mu      sync.Mutex
	entries []entry
}

type entry struct {
	Operation string      `json:"operation,omitempty"`
	Method    string      `json:"method"`
	URL       string      `json:"url"`
	Header    http.Header `json:"header,omitempty"` // of the answer
	Status    int         `json:"status"`
	Body      any         `json:"body,omitempty"`
}

// record takes an answer down.
func (c *cassette) record(v judge.Verdict) {
	if v.Response == nil {
		return
	}
	e := entry{Operation: v.Operation, Method: v.Request.Method, URL: c.address(v), Status: v.Response.StatusCode, Header: http.Header{}}
	for name, values := range v.Response.Header {
		for _, value := range values {
			if !plainHeader(name) {
				value = mask(value)
			}
			e.Header.Add(name, c.blank(value))
		}
	}
	var body any
	if json.Unmarshal(v.Body, &body) == nil {
		e.Body = c.redact("", body)
	} else if len(v.Body) > 0 {
		e.Body = c.blank(mask(string(v.Body[:min(len(v.Body), 2000)])))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries = append(c.entries, e)
}

// address is the path template's shape with masked values.
func (c *cassette) address(v judge.Verdict) string {
	u := url.URL{Path: v.Request.URL.Path}
	for _, value := range v.PathValues {
		u.Path = strings.ReplaceAll(u.Path, "/"+value, "/"+mask(value))
	}
	q := v.Request.URL.Query()
	for name, values := range q {
		for i := range values {
			q[name][i] = mask(values[i])
		}
	}
	u.RawQuery = q.Encode()
	return c.blank(u.String())
}

// plainHeader says that a header speaks of the service, not of who asks.
func plainHeader(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "x-ratelimit-") || slices.Contains([]string{"content-type", "content-length", "server", "vary", "cache-control", "retry-after", "date"}, name)
}

// plainKeys are keys whose words are the service's own.
var plainKeys = []string{"status", "type", "message", "error", "code", "statusCode", "completed", "pending"}

func (c *cassette) redact(key string, value any) any {
	switch v := value.(type) {
	case string:
		if slices.Contains(plainKeys, key) {
			return c.blank(v)
		}
		return c.blank(mask(v))
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = c.redact(key, v[i])
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for name, inner := range v {
			out[name] = c.redact(name, inner)
		}
		return out
	}
	return value
}

// blank takes out what is known to be secret.
func (c *cassette) blank(text string) string {
	for _, secret := range c.secrets {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "[redacted]")
		}
	}
	return text
}

// mask keeps the form of a text and nothing else: "10/28/2022, 6:24 PM" becomes "00/00/0000, 0:00 xx".
func mask(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r):
			return 'x'
		case unicode.IsNumber(r):
			return '0'
		}
		return r
	}, text)
}

// write leaves the cassette in a directory.
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
