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

// Token is a token with what its source knows about it. Fields other than Value are zero if not known; see [Token.Info]. No
// form of printing it shows its value.
type Token struct {
	Value string // travels after "Bearer"
	Type  string // its level, in the words of [Operation.TokenTypes]

	CompanyID  string    // the agency
	LocationID string    // the sub-account
	Scopes     []string  // the scopes that it has
	Expires    time.Time // when it expires

	others []string // other secrets that the call sends
}

// secrets returns the values of a call that must be redacted.
func (t Token) secrets() []string {
	if t.Value == "" {
		return t.others
	}
	return append([]string{t.Value}, t.others...)
}

// TokenSource supplies the token of each attempt. It must be safe for concurrent use.
//
// refused is empty, or the value that the service has just refused. A source that can refresh its token then does so, unless
// it already has a newer one; any other source returns the same token again, and the call fails with the response of the
// service. A call asks with a refused token at most once.
//
// An error that may be temporary, such as that of a gateway in front of a token endpoint, has a method Temporary() bool that
// returns true. A caller that waits for something then continues to wait.
type TokenSource interface {
	Token(ctx context.Context, refused string) (Token, error)
}

// TokenFunc makes a [TokenSource] from a function that returns the current token, such as the Token method of an oauth2
// library. The function is responsible for refreshing the token.
type TokenFunc func(ctx context.Context) (string, error)

// Token calls f.
func (f TokenFunc) Token(ctx context.Context, _ string) (Token, error) {
	value, err := f(ctx)
	return Token{Value: value}, err
}

// WithToken sets a fixed token, such as a Private Integration Token. Spaces and line ends around it are removed, since they
// often come from a file or a form.
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

// WithTokenSource gets tokens from source, such as OAuth. Clients with the same source share one budget of requests per
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

// anonymous numbers token sources without an identity; process distinguishes them from those of other processes that share a
// budget.
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

// fixedToken stores its token in a function, so that no printing verb shows it.
type fixedToken func() string

func (f fixedToken) Token(context.Context, string) (Token, error) { return Token{Value: f()}, nil }

func cleanToken(token string) (string, error) {
	token = strings.TrimSpace(token)
	switch {
	case token == "":
		return "", errors.New("token is empty")
	case visibleASCII(token): // the usual case, which is checked first because every attempt gets here
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

// Format prints no value for any verb.
func (t Token) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("[token]")) }

// LogValue returns no value for package slog.
func (t Token) LogValue() slog.Value { return slog.StringValue("[token]") }

// MarshalJSON returns no value either. It is for printing, and cannot be decoded again.
func (t Token) MarshalJSON() ([]byte, error) { return []byte(`"[token]"`), nil }
