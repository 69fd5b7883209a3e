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
	"unicode"
	"unicode/utf16"

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

// word is what the names of properties look like.
var word = regexp.MustCompile(`^[A-Za-z][A-Za-z_-]{0,40}[0-9]{0,2}$`)

// personal is what the service's own words may quote of somebody: an address, a telephone number, an id.
var personal = regexp.MustCompile(`[^\s"'<>()]+@[^\s"'<>()]+|\+[0-9][0-9 ().-]{6,}|[A-Za-z0-9_-]{16,}`)

// plainKeys are keys whose words are the service's own.
var plainKeys = []string{"status", "type", "message", "error", "code", "statusCode", "completed", "pending"}

func (c *cassette) redact(key string, value any) any {
	switch v := value.(type) {
	case string:
		if slices.Contains(plainKeys, key) {
			return personal.ReplaceAllStringFunc(c.blank(v), mask)
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
			// A name that is no word is an id that something is kept under.
			if !word.MatchString(name) {
				name = mask(name)
			}
			out[c.blank(name)] = c.redact(name, inner)
		}
		return out
	case float64:
		if !slices.Contains(plainKeys, key) {
			return 0 // a telephone number, an amount
		}
	}
	return value
}

// blank takes secrets out of a text: as they are, in the forms that they have in URLs, in JSON and in base64, and in
// another case.
func (c *cassette) blank(text string) string {
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

// forms are the ways in which a text is written by others, the longer ones first.
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
