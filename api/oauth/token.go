package oauth

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// Token is what the service grants. It prints nothing of its secrets, but its JSON holds them, since stores write that.
type Token struct {
	AccessToken  string    `json:"access_token,omitzero"`  // what a call proves itself with
	RefreshToken string    `json:"refresh_token,omitzero"` // serves once
	Expires      time.Time `json:"expires,omitzero"`       // of the access token; zero when it was not said
	Issued       time.Time `json:"issued,omitzero"`        // when it was asked for; zero when that is not known
	Scope        string    `json:"scope,omitzero"`         // separated by spaces
	UserType     string    `json:"user_type,omitzero"`     // Company or Location; it, not CompanyID, tells the level
	CompanyID    string    `json:"company_id,omitzero"`    // the agency
	LocationID   string    `json:"location_id,omitzero"`   // the sub-account; empty for an agency's token
	UserID       string    `json:"user_id,omitzero"`       // who authorized

	lifetime time.Duration // as the service said it
}

// UnmarshalJSON reads the service's answer, whose names have been spelled in two ways, and what a store wrote.
func (t *Token) UnmarshalJSON(data []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	values := map[string]json.RawMessage{}
	for name, value := range fields {
		values[strings.ToLower(strings.ReplaceAll(name, "_", ""))] = value
	}
	text := func(name string) string {
		var s string
		_ = json.Unmarshal(values[name], &s) // another type counts as absent
		return s
	}
	*t = Token{
		AccessToken: text("accesstoken"), RefreshToken: text("refreshtoken"), Scope: text("scope"),
		UserType: text("usertype"), CompanyID: text("companyid"), LocationID: text("locationid"), UserID: text("userid"),
	}
	var seconds float64
	if json.Unmarshal(values["expiresin"], &seconds) != nil {
		var number json.Number
		if json.Unmarshal(values["expiresin"], &number) == nil {
			seconds, _ = number.Float64()
		}
	}
	if seconds > 0 && seconds < 1e9 {
		t.lifetime = time.Duration(seconds * float64(time.Second))
	}
	_ = json.Unmarshal(values["expires"], &t.Expires)
	_ = json.Unmarshal(values["issued"], &t.Issued)
	return nil
}

// begin turns the lifetime into a moment, counted from when the token was asked for.
func (t *Token) begin(asked time.Time) {
	if t.lifetime > 0 {
		t.Issued = asked.UTC().Truncate(time.Second)
		t.Expires = asked.Add(t.lifetime).UTC().Truncate(time.Second)
	}
}

// fresh says whether the token need not be replaced yet: it is replaced five minutes before its end, but no earlier than
// in the last tenth of its life, so that one that lives for minutes is not replaced with every call.
func (t Token) fresh() bool {
	early := 5 * time.Minute
	if life := t.Expires.Sub(t.Issued); !t.Issued.IsZero() && life > 0 {
		early = min(early, life/10)
	}
	return t.left(early)
}

// left says whether the token is good for d more. One that does not say when it ends is.
func (t Token) left(d time.Duration) bool {
	return t.AccessToken != "" && (t.Expires.IsZero() || time.Until(t.Expires) > d)
}

// same says whether two tokens are of the same turn.
func (t Token) same(o Token) bool {
	return t.AccessToken == o.AccessToken && t.RefreshToken == o.RefreshToken
}

// level is the token's level in the words of an operation's documentation.
func (t Token) level() string {
	switch t.UserType {
	case Company:
		return "Agency Token"
	case Location:
		return "Sub-Account Token"
	default:
		return ""
	}
}

// Format shows no secret under any verb.
func (t Token) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "token of %s %s", or(t.UserType, "unknown type"), or(t.LocationID, t.CompanyID))
}

// LogValue shows no secret to package slog.
func (t Token) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(t)) }
