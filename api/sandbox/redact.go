package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/highlevel-go/snapshots/api/rest"
)

const redacted = "[token]"

// secretNames are the fields whose values are secrets, without separators and in small letters.
var secretNames = map[string]bool{
	"accesstoken": true, "refreshtoken": true, "clientsecret": true, "code": true, "token": true, "authtoken": true, "apikey": true, "authorization": true,
}

var separators = strings.NewReplacer("_", "", "-", "")

func isSecret(name string) bool {
	return secretNames[separators.Replace(strings.ToLower(name))]
}

// redactInto fills in the texts of a request and its answer, without secrets: the token of the request wherever it stands,
// what has the name of a secret, and what looks like a token.
func redactInto(r *Request, v *visit, a *answer, sent []byte) {
	token := v.token
	if len(token) < 4 { // it would be found in any word
		token = ""
	}
	clean := func(text string) string { return redactText(text, token) }
	r.Path, r.Query, r.Refused, r.Host = clean(r.Path), clean(redactForm(r.Query)), clean(r.Refused), clean(r.Host)
	r.RequestHeader, r.ResponseHeader = redactHeader(v.Header, clean), redactHeader(a.header, clean)
	kind := v.Header.Get("Content-Type")
	r.RequestBody = []byte(clean(string(redactBody(kind, v.body))))
	r.ResponseBody = []byte(clean(string(redactBody(a.kind, sent))))
}

// redactText redacts a token, however its characters are escaped, and what looks like one, as the client does in errors.
func redactText(text, token string) string {
	if !maybeToken(text, token) {
		return text
	}
	return rest.RedactError(errors.New(text), token).Error()
}

// maybeToken spares most texts the search, which is slow on long ones.
func maybeToken(text, token string) bool {
	if token != "" && (strings.Contains(text, token) || strings.ContainsAny(text, `\&%`)) {
		return true
	}
	lower := strings.ToLower(text)
	for _, begin := range []string{"pit-", "eyj", "bearer"} {
		if strings.Contains(lower, begin) {
			return true
		}
	}
	return false
}

func redactHeader(h http.Header, clean func(string) string) http.Header {
	out := make(http.Header, len(h))
	for name, values := range h {
		for _, value := range values {
			switch name {
			case "Authorization", "Proxy-Authorization":
				scheme, _, _ := strings.Cut(value, " ")
				value = redacted
				if strings.EqualFold(scheme, "bearer") || strings.EqualFold(scheme, "basic") {
					value = scheme + " " + redacted
				}
			case FaultHeader: // a text in a text; the log tells what it did
				value = "[fault]"
			case "Cookie", "Set-Cookie":
				value = redacted
			case "Location":
				if before, query, ok := strings.Cut(value, "?"); ok {
					value = before + "?" + redactForm(query)
				}
			}
			out[name] = append(out[name], clean(value))
		}
	}
	return out
}

// redactBody returns the first 64 KiB of a body, in which what has the name of a secret is redacted. A body is written anew
// only where there was something to redact.
func redactBody(kind string, body []byte) []byte {
	kind, _, _ = mime.ParseMediaType(kind)
	switch {
	case kind == "application/x-www-form-urlencoded":
		body = []byte(redactForm(string(body)))
	case len(body) > 0 && mayHoldSecret(body):
		var value any
		d := json.NewDecoder(bytes.NewReader(body))
		d.UseNumber()
		if d.Decode(&value) == nil && redactValue(value) {
			body, _ = json.Marshal(value) // it was JSON, so it is again
		}
	}
	if len(body) > mostLogBody {
		body = body[:mostLogBody]
	}
	return bytes.Clone(body)
}

// mayHoldSecret spares decoding most bodies.
func mayHoldSecret(body []byte) bool {
	lower := bytes.ToLower(body)
	for _, word := range []string{"token", "secret", "code", "key", "authorization", `\u`} {
		if bytes.Contains(lower, []byte(word)) {
			return true
		}
	}
	return false
}

// redactValue redacts inside a JSON value, and reports whether there was something.
func redactValue(v any) (found bool) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			found = redactValue(item) || found
		}
	case map[string]any:
		for name, item := range v {
			if text, ok := item.(string); ok && text != "" && isSecret(name) {
				v[name], found = redacted, true
			} else {
				found = redactValue(item) || found
			}
		}
	}
	return found
}

// redactForm redacts in a form or a query. Names are compared as they are when decoded, values replaced as they stand.
func redactForm(text string) string {
	if text == "" {
		return ""
	}
	pairs := strings.Split(text, "&")
	for i, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		plain, err := url.QueryUnescape(name)
		if value != "" && (err != nil || isSecret(plain)) {
			pairs[i] = name + "=" + redacted
		}
	}
	return strings.Join(pairs, "&")
}
