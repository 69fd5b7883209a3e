package rest

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
)

// Tokens are redacted in all text of the service and the transport, because services repeat what they refuse. The token of
// the call is known; the patterns find others, such as one that a proxy sent.
var (
	tokenLike     = regexp.MustCompile(`(?i)\bpit-[0-9a-f]{8}-[0-9a-f-]{4,}|\beyJ[\w-]{5,}\.[\w-]+\.?[\w-]*|\bbearer\s+[\w.~+/=-]{8,}`)
	redactedToken = "[token]"
)

// redact returns a copy of body without tokens.
func redact(body []byte, t Token) []byte {
	for _, secret := range t.secrets() {
		body = bytes.ReplaceAll(body, []byte(secret), []byte(redactedToken))
		if bytes.ContainsAny(body, escapes) {
			body = spellings(secret).ReplaceAllLiteral(body, []byte(redactedToken))
		}
	}
	return tokenLike.ReplaceAllLiteral(body, []byte(redactedToken))
}

// escapes are the bytes that begin an escaped character. A body without them contains no escaped token.
const escapes = `\&%`

// spellings matches a secret however its characters are escaped: in JSON, in HTML, in a URL. A service that repeats a token
// may escape it.
func spellings(secret string) *regexp.Regexp {
	if last := lastSpelled.Load(); last != nil && last.secret == secret {
		return last.pattern
	}
	var pattern strings.Builder
	for _, c := range secret {
		fmt.Fprintf(&pattern, `(?:%s|\\?\\(?:u(?i:%04x))|&#0*%d;|&#[xX]0*(?i:%x);|(?i:`, regexp.QuoteMeta(string(c)), c, c, c)
		for _, b := range []byte(string(c)) {
			fmt.Fprintf(&pattern, `%%%02x`, b)
		}
		pattern.WriteByte(')')
		switch c {
		case '/', '"', '\\':
			pattern.WriteString(`|\\{1,3}` + regexp.QuoteMeta(string(c)))
		}
		pattern.WriteByte(')')
	}
	expression, err := regexp.Compile(pattern.String())
	if err != nil { // the token is too long for a pattern: match at least its plain spelling
		expression = regexp.MustCompile(regexp.QuoteMeta(secret))
	}
	lastSpelled.Store(&spelled{secret, expression})
	return expression
}

// lastSpelled is the pattern of the last token, which is usually also the next one.
var lastSpelled atomic.Pointer[spelled]

type spelled struct {
	secret  string
	pattern *regexp.Regexp
}

func redactText(text string, t Token) string {
	for _, secret := range t.secrets() {
		text = strings.ReplaceAll(text, secret, redactedToken)
		if strings.ContainsAny(text, escapes) {
			text = spellings(secret).ReplaceAllLiteralString(text, redactedToken)
		}
	}
	return tokenLike.ReplaceAllLiteralString(text, redactedToken)
}

func redactHeader(h http.Header, t Token) http.Header {
	out := make(http.Header, len(h))
	for name, values := range h {
		for _, v := range values {
			out[name] = append(out[name], redactText(v, t))
		}
	}
	return out
}

// redactError returns err, or, if its text contains a token, an error that is the same to errors.Is and has other text.
func redactError(err error, t Token) error {
	text := err.Error()
	if clean := redactText(text, t); clean != text {
		return &redactedError{text: clean, err: err}
	}
	return err
}

// RedactError returns err without the given secrets and without anything that looks like a token. An *[Error] in it is
// modified, so it must not be in use elsewhere. If other text in the error contains a secret, the result is equal for
// errors.Is but has other text; errors.As then finds nothing in it.
func RedactError(err error, secrets ...string) error {
	refused, answered := errors.AsType[*Error](err)
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		if answered {
			refused.Redact(secret)
		}
		err = redactError(err, Token{Value: secret})
	}
	return redactError(err, Token{})
}

type redactedError struct {
	text string
	err  error
}

func (e *redactedError) Error() string { return e.text }

// Is searches the chain without exposing it: an error in it would print the token again.
func (e *redactedError) Is(target error) bool { return errors.Is(e.err, target) }

// Temporary returns that of the error whose text was redacted.
func (e *redactedError) Temporary() bool {
	inner, ok := errors.AsType[interface {
		error
		Temporary() bool
	}](e.err)
	return ok && inner.Temporary()
}

// Redact removes another secret from all text of the service in the error. It is for programs that send secrets other than
// the token, and must not be called while others use the error.
func (e *Error) Redact(secret string) {
	t := Token{Value: secret}
	e.Body, e.Header = redact(e.Body, t), redactHeader(e.Header, t)
	e.Code, e.TraceID = redactText(e.Code, t), redactText(e.TraceID, t)
	for i := range e.Messages {
		e.Messages[i] = redactText(e.Messages[i], t)
	}
	if e.cause != nil {
		e.cause = redactError(e.cause, t)
	}
}
