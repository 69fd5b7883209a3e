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

// Token is a token that the service granted. No way of printing, logging or encoding it shows a secret, except
// [Token.Encode].
type Token struct {
	AccessToken  string    `json:"access_token,omitzero"`  // authenticates calls
	RefreshToken string    `json:"refresh_token,omitzero"` // can be used once
	Expires      time.Time `json:"expires,omitzero"`       // of the access token; zero if not known
	Issued       time.Time `json:"issued,omitzero"`        // the time of the request; zero if not known
	Scope        string    `json:"scope,omitzero"`         // separated by spaces; empty if not known
	UserType     string    `json:"user_type,omitzero"`     // Company or Location: the level, whatever CompanyID is
	CompanyID    string    `json:"company_id,omitzero"`    // the agency
	LocationID   string    `json:"location_id,omitzero"`   // the sub-account; empty for the token of an agency
	UserID       string    `json:"user_id,omitzero"`       // who authorized

	lifetime time.Duration // as received
}

// Info returns what is known about the token: its level, scopes and expiry, without sending a request. What the token does
// not say is read from the access token if that is a JWT; see [rest.TokenInfo].
func (t Token) Info() rest.TokenInfo { return t.wire().Info() }

// wire returns the access token as it is sent with a request.
func (t Token) wire() rest.Token {
	return rest.Token{
		Value: t.AccessToken, Type: t.level(), Scopes: strings.Fields(t.Scope),
		CompanyID: t.CompanyID, LocationID: t.LocationID, Expires: t.Expires,
	}
}

// level returns the level of the token as the documentation of operations names it.
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

// begin computes the expiry from the lifetime, counted from the time of the request.
func (t *Token) begin(asked time.Time) {
	if t.lifetime > 0 {
		t.Issued = asked.UTC().Truncate(time.Second)
		t.Expires = asked.Add(t.lifetime).UTC().Truncate(time.Second)
	}
}

// inherit fills in what the response to a refresh omits, since the grant is still the same.
func (t *Token) inherit(old Token) {
	t.RefreshToken = cmp.Or(t.RefreshToken, old.RefreshToken)
	t.Scope = cmp.Or(t.Scope, old.Scope)
	t.UserType = cmp.Or(t.UserType, old.UserType)
	t.CompanyID = cmp.Or(t.CompanyID, old.CompanyID)
	t.LocationID = cmp.Or(t.LocationID, old.LocationID)
	t.UserID = cmp.Or(t.UserID, old.UserID)
}

// equal reports whether two tokens came with the same response.
func (t Token) equal(o Token) bool {
	return t.AccessToken == o.AccessToken && t.RefreshToken == o.RefreshToken
}

// String returns the kind of the token, without a secret.
func (t Token) String() string {
	return fmt.Sprintf("token of %s %s", cmp.Or(t.UserType, "unknown type"), cmp.Or(t.LocationID, t.CompanyID))
}

// Format prints String for every verb.
func (t Token) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(t.String())) }

// LogValue returns String for package slog.
func (t Token) LogValue() slog.Value { return slog.StringValue(t.String()) }

// MarshalJSON returns String as JSON, since encoded values are often logged. It cannot be decoded again; a store calls
// [Token.Encode].
func (t Token) MarshalJSON() ([]byte, error) { return json.Marshal(t.String()) }
