// Package settings reads the settings of a command: from flags, then from the environment, then from a profile.
package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/highlevel-go/snapshots/api/rest"
	"go.yaml.in/yaml/v3"
)

// The environment variables. A Go client reads those of package rest, too; see [rest.WithEnvironment]. Variables that
// contain a secret are read where the secret is needed.
const (
	EnvToken        = rest.EnvToken
	EnvTokenFile    = rest.EnvTokenFile
	EnvCompany      = rest.EnvCompany
	EnvVersion      = rest.EnvVersion
	EnvBaseURL      = rest.EnvBaseURL
	EnvProfile      = "HIGHLEVEL_PROFILE"
	EnvConfig       = "HIGHLEVEL_CONFIG" // the directory of profiles and stored tokens
	EnvClientID     = "HIGHLEVEL_CLIENT_ID"
	EnvClientSecret = "HIGHLEVEL_CLIENT_SECRET"
	EnvRedirectURL  = "HIGHLEVEL_REDIRECT_URL"
)

// DefaultProfile is the name of the default profile.
const DefaultProfile = "default"

// File is the name of the file of profiles, in the directory of [Settings.Dir].
const File = "profiles.yaml"

// Settings are the settings of a command. An empty field is not set. A profile in the file has the fields with a name in
// YAML, and never a token.
type Settings struct {
	Profile     string `yaml:"-"`
	Company     string `yaml:"company"` // id of the agency
	Version     string `yaml:"version"` // of the API
	BaseURL     string `yaml:"base_url"`
	TokenFile   string `yaml:"token_file"`
	ClientID    string `yaml:"client_id"`    // of an OAuth app
	RedirectURL string `yaml:"redirect_url"` // of an OAuth app

	Dir string `yaml:"-"` // where profiles and stored tokens are; empty where the system has no place for settings

	from map[string]string
}

// From returns where a setting comes from, such as "--company", "HIGHLEVEL_COMPANY" or a file; "" if it is not set. The name
// is that of the flag: "company".
func (s Settings) From(name string) string { return s.from[name] }

// profiles is the content of the file.
type profiles struct {
	Profile  string              `yaml:"profile"` // the default profile
	Profiles map[string]Settings `yaml:"profiles"`
}

// Find combines the settings. given has those of flags.
func Find(given Settings, getenv func(string) string) (Settings, error) {
	s := Settings{from: map[string]string{}, Dir: getenv(EnvConfig)}
	if s.Dir == "" {
		if dir, err := os.UserConfigDir(); err == nil { // a container often has none, and needs none
			s.Dir = filepath.Join(dir, "highlevel")
		}
	}
	path := s.InDir(File)
	file, err := readProfiles(path)
	if err != nil {
		return Settings{}, err
	}
	first := func(name, flag, env, in, inFile string) string {
		for _, source := range [][2]string{{"--" + name, flag}, {env, getenv(env)}, {in, inFile}} {
			if source[1] != "" {
				s.from[name] = source[0]
				return source[1]
			}
		}
		return ""
	}
	s.Profile = first("profile", given.Profile, EnvProfile, path, file.Profile)
	if s.Profile == "" {
		s.Profile = DefaultProfile
	}
	if !profileName.MatchString(s.Profile) {
		return Settings{}, fmt.Errorf("%q cannot name a profile: a name has letters, digits, dots, hyphens and underscores, up to 64", s.Profile)
	}
	p, in := file.Profiles[s.Profile], path+", profile "+s.Profile
	s.Company = first("company", given.Company, EnvCompany, in, p.Company)
	s.Version = first("api-version", given.Version, EnvVersion, in, p.Version)
	s.BaseURL = first("base-url", given.BaseURL, EnvBaseURL, in, p.BaseURL)
	s.TokenFile = first("token-file", given.TokenFile, EnvTokenFile, in, s.InDir(p.TokenFile))
	s.ClientID = first("client-id", given.ClientID, EnvClientID, in, p.ClientID)
	s.RedirectURL = first("redirect-url", given.RedirectURL, EnvRedirectURL, in, p.RedirectURL)
	return s, nil
}

var profileName = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$`)

// InDir returns a path in the directory of settings, or "" if there is no such directory.
func (s Settings) InDir(path string) string {
	switch {
	case path == "", filepath.IsAbs(path):
		return path
	case s.Dir == "":
		return ""
	}
	return filepath.Join(s.Dir, path)
}

// readProfiles reads the file. A missing file is empty. An unknown name is an error, because a misspelled setting would be
// ignored.
func readProfiles(path string) (profiles, error) {
	if path == "" {
		return profiles{}, nil
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return profiles{}, nil
	}
	if err != nil {
		return profiles{}, err
	}
	var file profiles
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil && !errors.Is(err, io.EOF) {
		return profiles{}, fmt.Errorf("%s: %w; a profile has company, version, base_url, token_file, client_id and redirect_url, and no token", path, err)
	}
	return file, nil
}
