package oauth

import (
	"cmp"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// The levels of a token, as the service names them.
const (
	Company  = "Company"  // an agency
	Location = "Location" // a sub-account
)

// Token is what the service grants. No way of printing, logging or encoding it shows a secret, except [Token.Encode].
type Token struct {
	AccessToken  string    `json:"access_token,omitzero"`  // what a call is authenticated by
	RefreshToken string    `json:"refresh_token,omitzero"` // serves once
	Expires      time.Time `json:"expires,omitzero"`       // of the access token; zero when it was not said
	Issued       time.Time `json:"issued,omitzero"`        // when it was asked for; zero when that is not known
	Scope        string    `json:"scope,omitzero"`         // separated by spaces; empty when it was not said
	UserType     string    `json:"user_type,omitzero"`     // Company or Location; it, not CompanyID, tells the level
	CompanyID    string    `json:"company_id,omitzero"`    // the agency
	LocationID   string    `json:"location_id,omitzero"`   // the sub-account; empty for an agency's token
	UserID       string    `json:"user_id,omitzero"`       // who authorized

	lifetime time.Duration // as the service said it
}

// Info returns what is known about the token: its level, its scopes and its end. It asks nobody. What the token does not
// say is read from the access token where that is a JWT; see [rest.TokenInfo].
func (t Token) Info() rest.TokenInfo { return t.wire().Info() }

// wire returns the access token as a request carries it.
func (t Token) wire() rest.Token {
	return rest.Token{
		Value: t.AccessToken, Type: t.level(), Scopes: strings.Fields(t.Scope),
		CompanyID: t.CompanyID, LocationID: t.LocationID, Expires: t.Expires,
	}
}

// level returns the token's level in the words of an operation's documentation.
func (t Token) level() string {
	switch {
	case strings.EqualFold(t.UserType, Company):
		return rest.AgencyToken
	case strings.EqualFold(t.UserType, Location):
		return rest.SubAccountToken
	default:
		return ""
	}
}

// begin turns the lifetime into a moment, counted from when the token was asked for.
func (t *Token) begin(asked time.Time) {
	if t.lifetime > 0 {
		t.Issued = asked.UTC().Truncate(time.Second)
		t.Expires = asked.Add(t.lifetime).UTC().Truncate(time.Second)
	}
}

// inherit fills in what the answer to a refresh leaves out, since the grant is still the same.
func (t *Token) inherit(old Token) {
	t.RefreshToken = cmp.Or(t.RefreshToken, old.RefreshToken)
	t.Scope = cmp.Or(t.Scope, old.Scope)
	t.UserType = cmp.Or(t.UserType, old.UserType)
	t.CompanyID = cmp.Or(t.CompanyID, old.CompanyID)
	t.LocationID = cmp.Or(t.LocationID, old.LocationID)
	t.UserID = cmp.Or(t.UserID, old.UserID)
}

// equal reports whether two tokens came with the same answer.
func (t Token) equal(o Token) bool {
	return t.AccessToken == o.AccessToken && t.RefreshToken == o.RefreshToken
}

// String returns what kind of token it is, without a secret.
func (t Token) String() string {
	return fmt.Sprintf("token of %s %s", cmp.Or(t.UserType, "unknown type"), cmp.Or(t.LocationID, t.CompanyID))
}

// Format writes String under every verb.
func (t Token) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(t.String())) }

// LogValue returns String for package slog.
func (t Token) LogValue() slog.Value { return slog.StringValue(t.String()) }

// MarshalJSON returns String as JSON, since what is encoded is often logged. It cannot be read back; a store calls
// [Token.Encode].
func (t Token) MarshalJSON() ([]byte, error) { return json.Marshal(t.String()) }
