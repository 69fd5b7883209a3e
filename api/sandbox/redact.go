package sandbox

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/api/rest"
)

const redacted = "[token]"

// redactor removes the secrets from one request and its answer, for the log: values with the name of a secret, the same values in other
// places, tokens of the sandbox, and what looks like a token.
type redactor struct {
	own   []string // secrets that the request contains
	known []string // of the sandbox

	answer bool // the response is redacted, in which numbers with the name code are error codes
}

// secrets lists the tokens that are known from the start. Those that the sandbox issues are known by their prefixes.
func (s *Sandbox) secrets() []string {
	all := append(slices.Collect(maps.Keys(s.tokens)), s.app.ClientSecret)
	return slices.DeleteFunc(all, func(secret string) bool { return len(secret) < 8 }) // otherwise any word might be one
}

// redactInto sets the text fields of a log entry from a request and its response, without secrets.
func redactInto(r *Request, v *visit, a *answer, sent []byte, known []string) {
	kind := v.Header.Get("Content-Type")
	c := redactor{known: known}
	if len(v.token) >= 4 {
		c.own = append(c.own, v.token)
	}
	for name, values := range v.Header {
		for _, value := range values {
			c.collectHeader(name, value)
		}
	}
	query, path, request := c.form(v.URL.RawQuery), c.named(v.URL.EscapedPath()), c.body(kind, v.body)
	r.Query, r.Path, r.Host, r.Refused = c.text(query), c.text(path), c.text(v.Host), c.text(c.named(a.refused))
	r.RequestHeader = c.header(v.Header)
	r.RequestBody = []byte(c.text(request))
	c.answer = true
	r.ResponseHeader = c.header(a.header)
	r.ResponseBody = []byte(c.text(c.body(a.kind, sent)))
}

// first returns the first 64 KiB of a body.
func first(body string) string { return body[:min(len(body), mostLogBody)] }

// mostSecrets is how many secrets of a request are searched for in its other parts: a body can have a hundred thousand.
const mostSecrets = 32

// collect adds a secret to those that are searched for, unless it is so short that any word may contain it.
func (c *redactor) collect(secret string) {
	if len(c.own) < mostSecrets && len(secret) >= 6 && secret != redacted && !slices.Contains(c.own, secret) {
		c.own = append(c.own, secret)
	}
}

// collectHeader collects the secret of a header of credentials.
func (c *redactor) collectHeader(name, value string) {
	scheme, rest, two := strings.Cut(value, " ")
	switch {
	case !isCredential(name):
	case two && strings.EqualFold(scheme, "basic"):
		if plain, err := base64.StdEncoding.DecodeString(strings.TrimSpace(rest)); err == nil {
			_, password, _ := strings.Cut(string(plain), ":")
			c.collect(password)
		}
		c.collect(rest)
	case two:
		c.collect(rest)
	default:
		c.collect(value)
	}
}

func isCredential(name string) bool {
	return isSecret(name) || isSecret(strings.TrimPrefix(name, "X-")) || name == "Proxy-Authorization"
}

func (c *redactor) header(h http.Header) http.Header {
	out := make(http.Header, len(h))
	for name, values := range h {
		for _, value := range values {
			switch {
			case isCredential(name):
				scheme, _, _ := strings.Cut(value, " ")
				value = redacted
				if strings.EqualFold(scheme, "bearer") || strings.EqualFold(scheme, "basic") {
					value = scheme + " " + redacted
				}
			case name == FaultHeader: // it may contain a body; Request.Fault has what it did
				value = "[fault]"
			case name == "Cookie", name == "Set-Cookie":
				value = redacted
			}
			out[name] = append(out[name], c.text(c.named(value)))
		}
	}
	return out
}

// body returns the first 64 KiB of a body, with the values redacted that have the name of a secret. Without any, the body is unchanged.
func (c *redactor) body(kind string, body []byte) string {
	kind, _, _ = mime.ParseMediaType(kind)
	switch {
	case kind == "application/x-www-form-urlencoded":
		return first(c.form(string(body)))
	case len(body) == 0 || !mayHoldSecret(body):
		return first(string(body))
	}
	var value any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	err := d.Decode(&value)
	_, end := d.Token()
	isJSON := err == nil && end == io.EOF
	if isJSON && c.value(value) {
		body, _ = json.Marshal(value) // it was JSON, so it is again
	}
	if isJSON && !bytes.Contains(body, []byte(`\"`)) && !bytes.Contains(body, []byte("=")) {
		return first(string(body))
	}
	return c.named(first(string(body))) // also incomplete JSON, and JSON or a form inside a string
}

// mayHoldSecret reports whether a body may contain the name of a secret, so that most bodies need not be decoded.
func mayHoldSecret(body []byte) bool {
	lower := bytes.ToLower(body)
	for _, word := range []string{"token", "secret", "code", "key", "password", "assertion", "authorization", `\u`} {
		if bytes.Contains(lower, []byte(word)) {
			return true
		}
	}
	return false
}

// value redacts secrets inside a JSON value, and reports whether it changed something.
func (c *redactor) value(v any) (found bool) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			found = c.value(item) || found
		}
	case map[string]any:
		for name, item := range v {
			if isSecret(name) {
				if instead := c.replacement(item); instead != nil {
					v[name], found = instead, true
					continue
				}
			}
			found = c.value(item) || found
		}
	}
	return found
}

// replacement returns a value of the same type that replaces a secret in JSON, or nil if the value is not secret.
func (c *redactor) replacement(v any) any {
	switch v := v.(type) {
	case string:
		if v != "" {
			c.collect(v)
			return redacted
		}
	case json.Number:
		if !c.answer {
			return json.Number("0")
		}
	case []any:
		out := make([]any, len(v))
		for i := range v {
			if out[i] = c.replacement(v[i]); out[i] == nil {
				c.value(v[i])
				out[i] = v[i]
			}
		}
		return out
	}
	return nil
}

// form redacts secrets in a form or a query. Names are compared after decoding.
func (c *redactor) form(text string) string {
	if text == "" {
		return ""
	}
	pairs := strings.Split(text, "&")
	for i, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		plain, err := url.QueryUnescape(name)
		if value == "" || err == nil && !isSecret(plain) {
			continue
		}
		if secret, err := url.QueryUnescape(value); err == nil {
			c.collect(secret)
		}
		pairs[i] = name + "=" + redacted
	}
	return strings.Join(pairs, "&")
}

// text redacts the known secrets, even if escaped, and anything that looks like a token, as the client does in errors.
func (c *redactor) text(text string) string {
	if text == "" {
		return ""
	}
	plain := unescape(text)
	var found []string
	for _, secret := range c.own {
		if strings.Contains(text, secret) || strings.Contains(plain, secret) {
			found = append(found, secret)
		}
	}
	for _, secret := range c.known {
		if holdsWord(text, secret) || holdsWord(plain, secret) {
			found = append(found, secret)
		}
	}
	text = issuedToken.ReplaceAllLiteralString(text, redacted)
	if found == nil && !looksLikeToken(plain) {
		return text
	}
	text = rest.RedactError(errors.New(text), found...).Error()
	if plain = unescape(text); plain != text && rest.RedactError(errors.New(plain)).Error() != plain || issuedToken.MatchString(plain) {
		return redacted // there is a token with escaped characters
	}
	return text
}

// looksLikeToken reports whether a text may contain a token, so that most texts need not be searched, which is slow for long ones.
func looksLikeToken(text string) bool {
	lower := strings.ToLower(text)
	for _, begin := range []string{"pit-", "eyj", "bearer", accessPrefix, refreshPrefix, codePrefix} {
		if strings.Contains(lower, begin) {
			return true
		}
	}
	return false
}

// holdsWord reports whether a text contains a secret that is not part of a longer word, since tokens in tests are often plain words.
func holdsWord(text, secret string) bool {
	inWord := func(s string, at int) bool {
		return at >= 0 && at < len(s) && (s[at] == '_' || s[at] == '-' || '0' <= s[at] && s[at] <= '9' || 'a' <= s[at]|0x20 && s[at]|0x20 <= 'z')
	}
	for from := 0; ; {
		at := strings.Index(text[from:], secret)
		if at < 0 {
			return false
		}
		begin, end := from+at, from+at+len(secret)
		if !inWord(text, begin-1) && !inWord(text, end) {
			return true
		}
		from = begin + 1
	}
}
