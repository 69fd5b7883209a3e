package settings_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/settings"
)

const file = `profile: agency
profiles:
  agency: {company: company-of-file, version: v3, token_file: token}
  other: {company: company-of-other}
`

func find(t *testing.T, text string, given settings.Settings, env map[string]string) (settings.Settings, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, settings.File), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return settings.Find(given, func(name string) string {
		if name == settings.EnvConfig {
			return dir
		}
		return env[name]
	})
}

func TestFlagsOverrideTheEnvironmentAndThatOverridesTheProfile(t *testing.T) {
	env := map[string]string{settings.EnvCompany: "company-of-env"}
	for _, c := range []struct {
		given         settings.Settings
		env           map[string]string
		company, from string
	}{
		{settings.Settings{Company: "company-of-flag"}, env, "company-of-flag", "--company"},
		{settings.Settings{}, env, "company-of-env", settings.EnvCompany},
		{settings.Settings{}, nil, "company-of-file", "profiles.yaml, profile agency"},
		{settings.Settings{Profile: "other"}, nil, "company-of-other", "profiles.yaml, profile other"},
		{settings.Settings{}, map[string]string{settings.EnvProfile: "other"}, "company-of-other", "profile other"},
		{settings.Settings{Profile: "unknown"}, nil, "", ""},
	} {
		s, err := find(t, file, c.given, c.env)
		if err != nil || s.Company != c.company || !strings.HasSuffix(s.From("company"), c.from) {
			t.Errorf("%+v: company %q from %q, %v", c, s.Company, s.From("company"), err)
		}
	}
}

func TestTokenFileOfAProfileIsBesideTheFileOfProfiles(t *testing.T) {
	s, err := find(t, file, settings.Settings{}, nil)
	if err != nil || s.TokenFile != filepath.Join(s.Dir, "token") || s.Version != "v3" || s.Profile != "agency" {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestWithoutSettingsTheProfileIsTheDefault(t *testing.T) {
	if s, err := find(t, "", settings.Settings{}, nil); err != nil || s.Profile != settings.DefaultProfile || s.Company != "" {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestErrorsOfTheFileOfProfilesNameIt(t *testing.T) {
	for text, want := range map[string]string{
		"profiles:\n  a:\n    compnay: x\n": "compnay",
		"profiles:\n  a:\n    token: x\n":   "no token",
		"profiles: [1":                      "yaml",
		"profile: ../up\n":                  "cannot name a profile",
	} {
		if _, err := find(t, text, settings.Settings{}, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
