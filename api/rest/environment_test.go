package rest

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

// setEnvironment sets the variables, and all others to "".
func setEnvironment(t *testing.T, set map[string]string) {
	t.Helper()
	for _, name := range []string{EnvToken, EnvTokenFile, EnvCompany, EnvVersion, EnvBaseURL} {
		t.Setenv(name, set[name])
	}
}

// sentBy creates a client as generated code does, and returns the token and the URL of one of its requests.
func sentBy(t *testing.T, opts ...Option) (client *Client, authorization, address string) {
	t.Helper()
	s := &scripted{replies: []reply{right}}
	defaults := []Option{WithBaseURL("https://default.test"), WithDefault("Version", "2021-07-28"), s.option()}
	client, err := New(append(defaults, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	if err := Send(t.Context(), client, NewRequest(opGet)); err != nil {
		t.Fatal(err)
	}
	return client, s.sent[0].Header.Get("Authorization"), s.sent[0].URL.Host
}

func TestEnvironmentGivesWhatIsSet(t *testing.T) {
	leak.Check(t)
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("\ufeffof-file\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		set                             map[string]string
		token, company, version, server string
	}{
		{map[string]string{EnvToken: " of-variable\n"}, "Bearer of-variable", "", "2021-07-28", "default.test"},
		{map[string]string{EnvTokenFile: file}, "Bearer of-file", "", "2021-07-28", "default.test"},
		{map[string]string{EnvToken: "of-variable", EnvTokenFile: file}, "Bearer of-variable", "", "2021-07-28", "default.test"},
		{map[string]string{EnvToken: "t", EnvCompany: "agency", EnvVersion: "v3", EnvBaseURL: "http://127.0.0.1:1"}, "Bearer t", "agency", "v3", "127.0.0.1:1"},
	} {
		setEnvironment(t, c.set)
		client, token, server := sentBy(t, WithEnvironment())
		if token != c.token || server != c.server || client.Default("companyId") != c.company || client.Default("Version") != c.version {
			t.Errorf("%v: %q to %s, company %q, version %q", c.set, token, server, client.Default("companyId"), client.Default("Version"))
		}
	}
}

func TestOptionAfterTheEnvironmentWins(t *testing.T) {
	leak.Check(t)
	setEnvironment(t, map[string]string{EnvToken: "of-variable", EnvCompany: "agency"})
	client, token, _ := sentBy(t, WithEnvironment(), WithToken("given"), WithDefault("companyId", "given"))
	if token != "Bearer given" || client.Default("companyId") != "given" {
		t.Errorf("an option after it: %q, company %q", token, client.Default("companyId"))
	}
	client, token, _ = sentBy(t, WithToken("given"), WithDefault("companyId", "given"), WithEnvironment())
	if token != "Bearer of-variable" || client.Default("companyId") != "agency" {
		t.Errorf("an option before it: %q, company %q", token, client.Default("companyId"))
	}
	setEnvironment(t, nil)
	for _, opts := range [][]Option{{WithEnvironment(), WithToken("given")}, {WithToken("given"), WithEnvironment()}} {
		if _, token, _ := sentBy(t, opts...); token != "Bearer given" {
			t.Errorf("without a variable the token is %q", token)
		}
	}
}

func TestErrorOfTheEnvironmentNamesTheVariableWithoutItsValue(t *testing.T) {
	leak.Check(t)
	const secret = "pit-secret"
	dir := t.TempDir()
	for name, text := range map[string]string{"empty": "\ufeff \n", "long": strings.Repeat("x", maxTokenFile+1), "two": secret + "\n" + secret, secret: ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		set  map[string]string
		want []string
	}{
		{nil, []string{EnvToken, EnvTokenFile, "not set"}},
		{map[string]string{EnvCompany: secret}, []string{EnvToken, EnvTokenFile, "not set"}},
		{map[string]string{EnvToken: " \n"}, []string{EnvToken + ":", "empty"}},
		{map[string]string{EnvToken: "Bearer " + secret}, []string{EnvToken + ":", "space"}},
		{map[string]string{EnvTokenFile: secret}, []string{EnvTokenFile + ":", "cannot be read"}},
		{map[string]string{EnvTokenFile: dir}, []string{EnvTokenFile + ":", "cannot be read"}},
		{map[string]string{EnvTokenFile: "-"}, []string{EnvTokenFile, "standard input"}},
		{map[string]string{EnvTokenFile: filepath.Join(dir, "empty")}, []string{EnvTokenFile + ":", "empty"}},
		{map[string]string{EnvTokenFile: filepath.Join(dir, secret)}, []string{EnvTokenFile + ":", "empty"}},
		{map[string]string{EnvTokenFile: filepath.Join(dir, "long")}, []string{EnvTokenFile + ":", "too long"}},
		{map[string]string{EnvTokenFile: filepath.Join(dir, "two")}, []string{EnvTokenFile + ":", "space"}},
		{map[string]string{EnvToken: "t", EnvCompany: secret + "\x1b"}, []string{EnvCompany + ":", "control character"}},
		{map[string]string{EnvToken: "t", EnvVersion: secret + "\n"}, []string{EnvVersion + ":", "control character"}},
		{map[string]string{EnvToken: "t", EnvBaseURL: secret}, []string{EnvBaseURL + ":", "scheme"}},
		{map[string]string{EnvToken: "t", EnvBaseURL: "https://user:" + secret + "@x.test"}, []string{EnvBaseURL + ":", "password"}},
	} {
		setEnvironment(t, c.set)
		_, err := New(WithBaseURL("https://default.test"), WithEnvironment())
		if err == nil {
			t.Errorf("%q makes a client", c.set)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q: %v, without %q", c.set, err, want)
			}
		}
		if strings.Contains(err.Error(), secret) {
			t.Errorf("%q: the error shows the value: %v", c.set, err)
		}
	}
}

func TestMissingAgencyNamesTheVariableThatWouldHaveGivenIt(t *testing.T) {
	leak.Check(t)
	setEnvironment(t, map[string]string{EnvToken: "t"})
	call := func(opts ...Option) error {
		client, err := New(append([]Option{WithBaseURL("https://default.test")}, opts...)...)
		if err != nil {
			t.Fatal(err)
		}
		var p Problems
		p.Required(false, "CompanyID", "query", "companyId")
		r := NewRequest(opGet)
		r.AddError(p.Err())
		return Send(t.Context(), client, r)
	}
	if err := call(WithEnvironment()); !errors.Is(err, ErrInvalidRequest) || !strings.HasSuffix(err.Error(), "is required, and HIGHLEVEL_COMPANY is not set") {
		t.Error(err)
	}
	if err := call(WithToken("t")); err == nil || strings.Contains(err.Error(), EnvCompany) {
		t.Errorf("the environment was not asked for: %v", err)
	}
}
