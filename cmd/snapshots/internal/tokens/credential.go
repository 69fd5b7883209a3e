package tokens

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
)

// Credential is what a login has stored for a profile: a token that does not change, or the app that renews one. The token that
// an app renews is stored apart from it; see [OAuthStore].
type Credential struct {
	Token        string // a private integration token; empty for an app
	ClientID     string
	ClientSecret string
	Company      string // the agency; empty when it is not known
}

// stored is the form of a Credential in a store, with its secrets.
type stored struct {
	Token        string `json:"token,omitempty"`
	ClientID     string `json:"client_id,omitempty"`
	ClientSecret string `json:"client_secret,omitempty"`
	Company      string `json:"company,omitempty"`
}

// String returns what kind of credential it is, without a secret.
func (c Credential) String() string {
	if c.ClientID == "" {
		return "token"
	}
	return "oauth app " + c.ClientID
}

// Format writes String under every verb.
func (c Credential) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(c.String())) }

// LogValue returns String for package slog.
func (c Credential) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalJSON returns String as JSON.
func (c Credential) MarshalJSON() ([]byte, error) { return json.Marshal(c.String()) }

// ErrStore is the error of a token or credential that cannot be stored.
var ErrStore = errors.New("the login cannot be stored")

// Save stores the credential of a profile.
func Save(p SecretStore, profile string, c Credential) error {
	secret, err := json.Marshal(stored(c))
	if err != nil {
		return err
	}
	if err := p.Set(profile, secret); err != nil {
		return fmt.Errorf("%w: profile %s in %s: %w", ErrStore, profile, p, err)
	}
	return nil
}

// Load returns the credential of a profile and the store that it is in: the first that has it. The error is [ErrNothing] when
// none has; it names the stores that could not be looked at.
func Load(stores []SecretStore, profile string) (Credential, SecretStore, error) {
	nothing := ErrNothing
	for _, p := range stores {
		secret, err := p.Get(profile)
		if errors.Is(err, ErrNothing) {
			continue
		}
		if err != nil {
			nothing = fmt.Errorf("%w (%s cannot be looked at: %w)", nothing, p, err)
			continue
		}
		var s stored
		if json.Unmarshal(secret, &s) != nil || s.Token == "" && s.ClientID == "" { // the error may repeat what is there
			return Credential{}, p, fmt.Errorf("what %s has for profile %s is not a credential; log in again", p, profile)
		}
		return Credential(s), p, nil
	}
	return Credential{}, nil, nothing
}

// Remove removes what a login has stored for a profile from a store, and reports whether there was anything.
func Remove(p SecretStore, profile string) (bool, error) {
	had := false
	for _, name := range []string{profile, oauthName(profile)} {
		err := p.Delete(name)
		if err != nil && !errors.Is(err, ErrNothing) {
			return had, fmt.Errorf("%s: %w", p, err)
		}
		had = had || err == nil
	}
	return had, nil
}

// oauthName is the name that the renewed token of a profile is stored by. No profile has it, since a plus sign is not part of
// the name of one.
func oauthName(profile string) string { return profile + "+oauth" }
