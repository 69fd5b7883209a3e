package tokens_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/settings"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/tokens"
	"github.com/zalando/go-keyring"
)

// stores returns the stores, the keyring of them being one in memory.
func stores(t *testing.T) []tokens.SecretStore {
	t.Helper()
	keyring.MockInit()
	return tokens.SecretStores(t.TempDir())
}

func TestCredentialsAreStoredAndRemoved(t *testing.T) {
	for i, p := range stores(t) {
		all := []tokens.SecretStore{p}
		if _, _, err := tokens.Load(all, "main"); !errors.Is(err, tokens.ErrNothing) {
			t.Errorf("%s: %v", p, err)
		}
		want := tokens.Credential{ClientID: "app", ClientSecret: "secret", Company: fmt.Sprint("company-", i)}
		if err := tokens.Save(p, "main", want); err != nil {
			t.Fatal(err)
		}
		got, from, err := tokens.Load(all, "main")
		if err != nil || got != want || from != p {
			t.Errorf("%s: %v from %v, %v", p, got, from, err)
		}
		if had, err := tokens.Remove(p, "main"); !had || err != nil {
			t.Errorf("%s: %v, %v", p, had, err)
		}
		if had, err := tokens.Remove(p, "main"); had || err != nil {
			t.Errorf("%s: %v, %v", p, had, err)
		}
	}
}

func TestStoreThatCannotBeReadIsSkipped(t *testing.T) {
	keyring.MockInitWithError(errors.New("locked"))
	all := tokens.SecretStores(t.TempDir())
	if _, _, err := tokens.Load(all, "main"); !errors.Is(err, tokens.ErrNothing) || !strings.Contains(err.Error(), "locked") {
		t.Error(err)
	}
	if err := tokens.Save(all[1], "main", tokens.Credential{Token: "t"}); err != nil {
		t.Fatal(err)
	}
	if c, from, err := tokens.Load(all, "main"); err != nil || c.Token != "t" || from != all[1] {
		t.Errorf("%v from %v, %v", c, from, err)
	}
}

func TestFilesAreForTheirOwnerOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes are those of Unix")
	}
	dir := t.TempDir()
	if err := tokens.Save(tokens.Files(dir), "main", tokens.Credential{Token: "t"}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "credentials", "main.json"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestCredentialIsNeverPrintedWithItsSecrets(t *testing.T) {
	c := tokens.Credential{Token: "secret-1", ClientID: "app", ClientSecret: "secret-2"}
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{fmt.Sprintf("%v %+v %#v %s %q", c, c, c, c, c), string(data), c.LogValue().String()} {
		if strings.Contains(text, "secret-") {
			t.Error(text)
		}
	}
}

// A token is replaced only where the stored one is the old one, so that of two processes one learns that it was second.
func TestStoreReplacesOnlyTheTokenItIsGiven(t *testing.T) {
	ctx := context.Background()
	for _, p := range stores(t) {
		store := tokens.OAuthStore(p, "main", t.TempDir())
		if _, err := store.Load(ctx); !errors.Is(err, oauth.ErrNoToken) {
			t.Errorf("%s: %v", p, err)
		}
		first, second := oauth.Token{AccessToken: "a1", RefreshToken: "r1"}, oauth.Token{AccessToken: "a2", RefreshToken: "r2"}
		if err := store.Swap(ctx, oauth.Token{}, first); err != nil {
			t.Fatal(err)
		}
		if err := store.Swap(ctx, first, second); err != nil {
			t.Fatal(err)
		}
		if err := store.Swap(ctx, first, oauth.Token{AccessToken: "a3"}); !errors.Is(err, oauth.ErrChanged) {
			t.Errorf("%s: %v", p, err)
		}
		if got, err := store.Load(ctx); err != nil || got.AccessToken != "a2" || got.RefreshToken != "r2" {
			t.Errorf("%s: %v, %v", p, got, err)
		}
	}
}

func TestStoreIsLockedUntilItsContextEnds(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	unlock, err := tokens.OAuthStore(tokens.Keyring(), "main", dir).Lock(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := tokens.OAuthStore(tokens.Keyring(), "main", dir).Lock(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	unlock()
	again, err := tokens.OAuthStore(tokens.Keyring(), "main", dir).Lock(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	again()
}

func TestSourcesOfTheTokenHaveAnOrder(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("\ufefft-of-file\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := tokens.Save(tokens.Keyring(), "default", tokens.Credential{Token: "t", Company: "company-of-keyring"}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		flag string
		env  map[string]string
		from string
	}{
		{"", nil, "the keyring, profile default"},
		{"", map[string]string{settings.EnvTokenFile: file}, file},
		{"", map[string]string{settings.EnvTokenFile: file, settings.EnvToken: "t"}, settings.EnvToken},
		{file, map[string]string{settings.EnvToken: "t"}, file},
		{"-", nil, "standard input"},
	} {
		env := func(name string) string {
			if name == settings.EnvConfig {
				return dir
			}
			return c.env[name]
		}
		s, err := settings.Find(settings.Settings{TokenFile: c.flag}, env)
		if err != nil {
			t.Fatal(err)
		}
		found, err := tokens.Find(s, env, strings.NewReader("t-of-stdin\n"))
		if err != nil || found.From != c.from {
			t.Errorf("%+v: from %q, %v", c, found.From, err)
		}
	}
}
