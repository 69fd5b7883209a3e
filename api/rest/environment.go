package rest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// The environment variables that [WithEnvironment] reads. The command snapshots reads them too.
const (
	EnvToken     = "HIGHLEVEL_TOKEN"      // the token itself
	EnvTokenFile = "HIGHLEVEL_TOKEN_FILE" // the file that contains the token, if EnvToken is not set
	EnvCompany   = "HIGHLEVEL_COMPANY"    // id of the agency
	EnvVersion   = "HIGHLEVEL_VERSION"    // of the API
	EnvBaseURL   = "HIGHLEVEL_BASE_URL"   // address of the service
)

// maxTokenFile is the maximum size of a token file, in bytes.
const maxTokenFile = 64 << 10

// errNoTokenSet is the error for an environment without a token, if no other option sets one.
var errNoTokenSet = fmt.Errorf("%s is not set, and neither is %s", EnvToken, EnvTokenFile)

// WithEnvironment reads the token, the agency, the version and the base URL from environment variables, as far as they are
// set; an empty variable counts as not set. Options are applied in order: an option after it overrides the environment, and
// the environment overrides an option before it. If the environment has no token, another option has to set one.
//
// The environment and the file of the token are read when the client is created. No error contains the value of a variable.
func WithEnvironment() Option {
	return func(c *config) error {
		token, from, err := environmentToken()
		if err != nil {
			return err
		}
		for _, v := range []struct {
			name, value string
			option      func(string) Option
		}{
			{from, token, WithToken},
			{EnvCompany, os.Getenv(EnvCompany), func(id string) Option { return WithDefault("companyId", id) }},
			{EnvVersion, os.Getenv(EnvVersion), func(version string) Option { return WithDefault("Version", version) }},
			{EnvBaseURL, os.Getenv(EnvBaseURL), WithBaseURL},
		} {
			if v.value == "" {
				continue
			}
			if err := v.option(v.value)(c); err != nil {
				return fmt.Errorf("%s: %w", v.name, err)
			}
		}
		c.environment = true
		return nil
	}
}

// environmentToken returns the token and the variable that it comes from; the token is empty if no variable is set.
func environmentToken() (token, from string, err error) {
	if token := os.Getenv(EnvToken); token != "" {
		return token, EnvToken, nil
	}
	path := os.Getenv(EnvTokenFile)
	switch path {
	case "":
		return "", "", nil
	case "-":
		return "", "", fmt.Errorf("%s is standard input, which a client does not read; name a file", EnvTokenFile)
	}
	data, err := readAtMost(path, maxTokenFile)
	if failed, ok := errors.AsType[*fs.PathError](err); ok {
		err = failed.Err // without the path, because somebody may have set the token instead
	}
	if err == nil && strings.TrimSpace(data) == "" {
		err = errors.New("it is empty")
	}
	if err != nil {
		return "", "", fmt.Errorf("%s: the file cannot be read: %w", EnvTokenFile, err)
	}
	return data, EnvTokenFile, nil
}

// readAtMost reads a file as text, without a byte order mark.
func readAtMost(path string, most int64) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	switch {
	case err != nil:
		return "", err
	case int64(len(data)) > most:
		return "", errors.New("it is too long for a token")
	}
	return strings.TrimPrefix(string(data), "\ufeff"), nil
}

// nameVariables adds to the problems of a request the variable that would have set a missing value.
func (c *Client) nameVariables(err error) {
	bad, ok := err.(*RequestError)
	if !ok || !c.conf.environment || c.conf.defaults["companyId"] != "" {
		return
	}
	for i, p := range bad.Problems {
		if p.Name == "companyId" && p.Text == missing {
			bad.Problems[i].Text += ", and " + EnvCompany + " is not set"
		}
	}
}
