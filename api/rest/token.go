package rest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"
)

// Token is what a request is authenticated by, and what its source knows about it. Fields other than Value are zero where that
// is not known; see [Token.Info]. No form of printing it shows its value.
type Token struct {
	Value string // travels after "Bearer"
	Type  string // its level, in the words of [Operation.TokenTypes]

	CompanyID  string    // the agency
	LocationID string    // the sub-account
	Scopes     []string  // the scopes that it has
	Expires    time.Time // when it ends

	others []string // secrets beside Value that the call sends
}

// secrets are what must not be shown of a call.
func (t Token) secrets() []string {
	if t.Value == "" {
		return t.others
	}
	return append([]string{t.Value}, t.others...)
}

// TokenSource supplies the token of each attempt. It must be safe for concurrent use.
//
// refused is empty, or the value that the service has just refused. A source that can renew its token does so then,
// unless it holds a newer one already; any other returns the same token again, and the call fails with the service's
// answer. A call asks with a refused token at most once.
//
// An error that may pass by itself, such as that of a gateway in front of a token endpoint, says so with a method
// Temporary() bool that returns true. Who waits for something then goes on waiting.
type TokenSource interface {
	Token(ctx context.Context, refused string) (Token, error)
}

// TokenFunc makes a [TokenSource] of a function that knows the current token, such as the Token method of an oauth2
// library. Renewing is left to the function.
type TokenFunc func(ctx context.Context) (string, error)

// Token calls f.
func (f TokenFunc) Token(ctx context.Context, _ string) (Token, error) {
	value, err := f(ctx)
	return Token{Value: value}, err
}

// WithToken sends a fixed token, such as a Private Integration Token. Space and line ends around it are dropped, since
// they often come along from a file or a form.
func WithToken(token string) Option {
	return func(c *config) error {
		value, err := cleanToken(token)
		if err != nil {
			return err
		}
		c.source = fixedToken(func() string { return value })
		sum := sha256.Sum256([]byte(value))
		c.identity = hex.EncodeToString(sum[:16])
		return nil
	}
}

// WithTokenSource takes tokens from source, such as OAuth. Clients with the same source share one budget of requests per
// company; a source that implements interface{ Identity() string } shares it with all sources of that identity.
func WithTokenSource(source TokenSource) Option {
	return func(c *config) error {
		if v := reflect.ValueOf(source); !v.IsValid() || (v.Kind() == reflect.Func || v.Kind() == reflect.Pointer) && v.IsNil() {
			return errors.New("token source is nil")
		}
		c.source = source
		c.identity = identify(source)
		return nil
	}
}

// anonymous numbers the sources that nothing else tells apart; process keeps them from being taken for those of another
// process by a budget that several share.
var (
	anonymous atomic.Int64
	process   = rand.Text()
)

func identify(source TokenSource) string {
	if named, ok := source.(interface{ Identity() string }); ok {
		return named.Identity()
	}
	if reflect.TypeOf(source).Kind() == reflect.Pointer {
		return fmt.Sprintf("source %p of %s", source, process)
	}
	return fmt.Sprintf("source %d of %s", anonymous.Add(1), process)
}

// fixedToken keeps its token in a function, where no printing verb finds it.
type fixedToken func() string

func (f fixedToken) Token(context.Context, string) (Token, error) { return Token{Value: f()}, nil }

func cleanToken(token string) (string, error) {
	token = strings.TrimSpace(token)
	switch {
	case token == "":
		return "", errors.New("token is empty")
	case visibleASCII(token): // as tokens are; this is asked for each attempt
	case !utf8.ValidString(token):
		return "", errors.New("token is not valid UTF-8")
	case strings.ContainsFunc(token, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }):
		return "", errors.New("token holds space, control or invisible characters inside; give the token alone, without \"Bearer\"")
	}
	return token, nil
}

func visibleASCII(text string) bool {
	for i := range len(text) {
		if text[i] <= ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// Format shows no value under any verb.
func (t Token) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("[token]")) }

// LogValue shows no value to package slog.
func (t Token) LogValue() slog.Value { return slog.StringValue("[token]") }

// MarshalJSON shows no value either. It is for printing, and cannot be read back.
func (t Token) MarshalJSON() ([]byte, error) { return []byte(`"[token]"`), nil }
