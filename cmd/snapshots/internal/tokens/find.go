package tokens

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/settings"
)

// ErrNoToken is the error of a command that needs a token when there is none.
var ErrNoToken = errors.New("there is no token")

// Found is the token for a command.
type Found struct {
	Option  rest.Option // passes it to a client
	From    string      // "HIGHLEVEL_TOKEN"
	Company string      // the agency, as the token or its login names it; empty if unknown
	Note    string      // what a person should know about the choice; often empty
}

// Find returns the token: from the file that a flag names, from the environment, from the file that the environment or the
// profile names, or from the login of the profile. options are for requests to the token endpoint.
func Find(s settings.Settings, getenv func(string) string, stdin io.Reader, options ...rest.Option) (Found, error) {
	env, from := getenv(settings.EnvToken), s.From("token-file")
	switch {
	case from == "--token-file":
		return fromFile(s.TokenFile, stdin)
	case env != "":
		found, err := fixed(env, settings.EnvToken)
		if s.From("profile") == "--profile" {
			found.Note = fmt.Sprintf("%s is set, so the token is not that of profile %s", settings.EnvToken, s.Profile)
		}
		return found, err
	case from != "":
		return fromFile(s.TokenFile, stdin)
	}
	c, store, err := Load(SecretStores(s.Dir), s.Profile)
	if errors.Is(err, ErrNothing) {
		return Found{}, fmt.Errorf("%w for profile %s: set %s, name a file with --token-file (- is standard input), or run snapshots auth login; --sandbox needs none%s",
			ErrNoToken, s.Profile, settings.EnvToken, strings.TrimPrefix(err.Error(), ErrNothing.Error()))
	}
	if err != nil {
		return Found{}, fmt.Errorf("%w: %w", ErrNoToken, err)
	}
	from = fmt.Sprintf("%s, profile %s", store, s.Profile)
	if c.Token != "" {
		found, err := fixed(c.Token, from)
		found.Company = c.Company
		return found, err
	}
	source, err := oauth.Config{ClientID: c.ClientID, ClientSecret: c.ClientSecret, BaseURL: s.BaseURL, Options: options}.Source(OAuthStore(store, s.Profile, s.Dir))
	if err != nil {
		return Found{}, err
	}
	return Found{Option: rest.WithTokenSource(source), From: from, Company: c.Company}, nil
}

// fromFile reads a token from a file, or from standard input if its name is "-".
func fromFile(path string, stdin io.Reader) (Found, error) {
	from := path
	if path == "-" {
		from = "standard input"
	} else {
		file, err := os.Open(path)
		if err != nil {
			return Found{}, fmt.Errorf("%w: %w", ErrNoToken, err)
		}
		defer file.Close()
		stdin = file
	}
	token, err := Read(stdin)
	if err != nil {
		return Found{}, fmt.Errorf("%w: %s %w", ErrNoToken, from, err)
	}
	return fixed(token, from)
}

// maxToken is the largest number of bytes read from a file or from standard input.
const maxToken = 64 << 10

// Read reads a token and trims surrounding space and line ends. The error contains nothing of what was read.
func Read(r io.Reader) (string, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxToken+1))
	if err != nil {
		return "", fmt.Errorf("cannot be read: %w", err)
	}
	token := strings.TrimSpace(strings.TrimPrefix(string(data), "\ufeff"))
	switch {
	case token == "":
		return "", errors.New("is empty")
	case len(token) > maxToken:
		return "", errors.New("is too long for a token")
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return "", errors.New("does not hold a token: it has spaces, several lines, or characters that no token has")
	}
	return token, nil
}

// fixed returns a token that does not change.
func fixed(text, from string) (Found, error) {
	value, err := Read(strings.NewReader(text))
	if err != nil {
		return Found{}, fmt.Errorf("%w: %s %w", ErrNoToken, from, err)
	}
	return Found{Option: rest.WithToken(value), From: from, Company: rest.Token{Value: value}.Info().CompanyID}, nil
}
