package rest

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"
)

// The levels of a token, as in [Operation.TokenTypes].
const (
	AgencyToken     = "Agency Token"
	SubAccountToken = "Sub-Account Token"
)

// The kinds of a token, as in [Operation.AuthMethods].
const (
	OAuthAccessToken        = "OAuth Access Token"
	PrivateIntegrationToken = "Private Integration Token"
)

// TokenInfo is what is known about a token. A zero field is not known. It contains no secret.
type TokenInfo struct {
	Kind       string    // [OAuthAccessToken] or [PrivateIntegrationToken]
	Type       string    // its level: [AgencyToken], [SubAccountToken], or another that its source names
	CompanyID  string    // the agency
	LocationID string    // the sub-account
	Scopes     []string  // the scopes that it has
	Expires    time.Time // when it expires; not known for a private integration token
}

// Info returns what is known about the token without sending a request: what its source says, then what the token itself
// contains if it is a JWT, and its prefix. The signature of a JWT is not verified, so use this to explain and to refuse
// early, never to grant anything.
func (t Token) Info() TokenInfo {
	info := TokenInfo{Type: t.Type, CompanyID: t.CompanyID, LocationID: t.LocationID, Scopes: splitScopes(t.Scopes), Expires: t.Expires}
	if strings.HasPrefix(t.Value, "pit-") {
		info.Kind = PrivateIntegrationToken
		return info
	}
	claims, ok := readClaims(t.Value)
	if !ok {
		return info
	}
	info.Kind = OAuthAccessToken
	class, classID := claims.text("authClass"), claims.text("authClassId")
	switch {
	case strings.EqualFold(class, "Company"):
		info.Type = cmp.Or(info.Type, AgencyToken)
		info.CompanyID = cmp.Or(info.CompanyID, classID)
	case strings.EqualFold(class, "Location"):
		info.Type = cmp.Or(info.Type, SubAccountToken)
		info.LocationID = cmp.Or(info.LocationID, classID)
	}
	info.CompanyID = cmp.Or(info.CompanyID, claims.text("companyId"))
	info.LocationID = cmp.Or(info.LocationID, claims.text("locationId"))
	if len(info.Scopes) == 0 {
		info.Scopes = claims.scopes()
	}
	if end, ok := claims["exp"].(float64); ok && info.Expires.IsZero() && end > 0 && end < 1<<40 {
		info.Expires = time.Unix(int64(end), 0).UTC()
	}
	return info
}

// TokenInfo returns what is known about the token that the next call would send. It asks the client's [TokenSource], which
// may refresh an expired token, but not the service.
func (c *Client) TokenInfo(ctx context.Context) (TokenInfo, error) {
	switch {
	case ctx == nil:
		return TokenInfo{}, fmt.Errorf("token info: %w: the context is nil", ErrInvalidRequest)
	case c == nil || c.call == nil:
		return TokenInfo{}, fmt.Errorf("token info: %w", errNotMade)
	case c.conf.source == nil:
		return TokenInfo{}, fmt.Errorf("token info: %w: the client has no token", ErrInvalidRequest)
	}
	t, err := c.conf.source.Token(ctx, "")
	if err != nil {
		return TokenInfo{}, fmt.Errorf("token info: %w", RedactError(err, t.Value))
	}
	t.Value = strings.TrimSpace(t.Value)
	return t.Info(), nil
}

// claims is the payload of a JWT.
type claims map[string]any

// readClaims reads the payload of a JWT of the service. ok is false for any other token.
func readClaims(token string) (c claims, ok bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 || len(parts[1]) > 64<<10 {
		return nil, false
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil || json.Unmarshal(payload, &c) != nil || c == nil {
		return nil, false
	}
	return c, true
}

func (c claims) text(name string) string {
	text, _ := c[name].(string)
	return text
}

// scopes returns the scopes of the grant, or nil if the token does not name any.
func (c claims) scopes() []string {
	var all []string
	grant, _ := c["oauthMeta"].(map[string]any)
	for _, value := range []any{grant["scopes"], grant["scope"], c["scopes"], c["scope"]} {
		switch value := value.(type) {
		case string:
			all = append(all, value)
		case []any:
			for _, one := range value {
				if text, ok := one.(string); ok {
					all = append(all, text)
				}
			}
		}
	}
	return splitScopes(all)
}

// splitScopes returns each scope once, also if one string contains several: a scope that is not found here would make the
// client refuse a call that the token is valid for.
func splitScopes(texts []string) []string {
	return unique(strings.FieldsFunc(strings.Join(texts, " "), isScopeSeparator))
}

// isScopeSeparator reports whether a rune separates scopes: a space, as in OAuth, or a comma, which some use.
func isScopeSeparator(r rune) bool { return r == ',' || unicode.IsSpace(r) }
