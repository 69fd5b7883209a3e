package tokens

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
)

// Credential is what a login stores for a profile: a token that does not change, or an app that refreshes one. The token of
// an app is stored separately; see [OAuthStore].
type Credential struct {
	Token        string // a private integration token; empty for an app
	ClientID     string
	ClientSecret string
	Company      string // the agency; empty if unknown
}

// stored is a Credential as stored, with its secrets.
type stored struct {
	Token        string `json:"token,omitempty"`
	ClientID     string `json:"client_id,omitempty"`
	ClientSecret string `json:"client_secret,omitempty"`
	Company      string `json:"company,omitempty"`
}

// String returns the kind of the credential, without a secret.
func (c Credential) String() string {
	if c.ClientID == "" {
		return "token"
	}
	return "oauth app " + c.ClientID
}

// Format writes String for every verb.
func (c Credential) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(c.String())) }

// LogValue implements [slog.LogValuer] with String.
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

// Load returns the credential of a profile and its store, the first that has one. If none has, the error is [ErrNothing] and
// names the stores that could not be read.
func Load(stores []SecretStore, profile string) (Credential, SecretStore, error) {
	nothing := ErrNothing
	for _, p := range stores {
		secret, err := p.Get(profile)
		if errors.Is(err, ErrNothing) {
			continue
		}
		if err != nil {
			nothing = fmt.Errorf("%w (%s cannot be read: %w)", nothing, p, err)
			continue
		}
		var s stored
		if json.Unmarshal(secret, &s) != nil || s.Token == "" && s.ClientID == "" { // the error may contain the secret
			return Credential{}, p, fmt.Errorf("what %s has for profile %s is not a credential; log in again", p, profile)
		}
		return Credential(s), p, nil
	}
	return Credential{}, nil, nothing
}

// Remove removes the login of a profile from a store, and reports whether there was one.
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

// oauthName is the name of the refreshed token of a profile. No profile has this name, since names of profiles contain no
// plus sign.
func oauthName(profile string) string { return profile + "+oauth" }
