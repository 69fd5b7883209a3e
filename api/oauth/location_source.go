package oauth

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// LocationSource is a [rest.TokenSource] for the token of one sub-account. It obtains the token with [Client.LocationToken]
// when the first call needs it, and another one before it expires or when the service refuses it. Nothing is stored, since a
// lost token can be obtained again. It is safe for concurrent use.
type LocationSource struct {
	client  *Client
	request LocationTokenRequest
	renewal
}

// LocationSource returns a source for the token of the sub-account in req, for rest.WithTokenSource. The first token is
// requested when a call needs one, by one request at a time.
func (c *Client) LocationSource(req LocationTokenRequest) (*LocationSource, error) {
	if c.restClient() == nil {
		return nil, fmt.Errorf("location source: %w: the client is nil or was not made with NewClient", rest.ErrInvalidRequest)
	}
	req.CompanyID = cmp.Or(req.CompanyID, c.restClient().Default("companyId"))
	if err := req.Validate(); err != nil {
		return nil, fmt.Errorf("location source: %w", err)
	}
	return &LocationSource{client: c, request: req}, nil
}

// Token returns an access token of the sub-account that is not about to expire, and is not the refused one. All callers
// share one request for it. While the old one is valid, an error of the request is not returned.
func (s *LocationSource) Token(ctx context.Context, refused string) (rest.Token, error) {
	t, err := s.token(ctx, refused, s.renew)
	return t.wire(), err
}

// Info returns what is known about the token that the next call would send: its level, scopes and expiry.
func (s *LocationSource) Info(ctx context.Context) (rest.TokenInfo, error) {
	t, err := s.Token(ctx, "")
	return t.Info(), err
}

func (s *LocationSource) renew(ctx context.Context, refused string) (Token, error) {
	next, err := s.client.LocationToken(ctx, s.request)
	if err == nil {
		return *next, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed = time.Now()
	if s.current.validFor(0) && s.current.AccessToken != refused {
		return s.current, nil // it is still valid, and a later call tries again
	}
	return Token{}, err
}

// Identity identifies the sub-account, whose requests the service counts.
func (s *LocationSource) Identity() string {
	return s.client.restClient().Identity() + " location " + s.request.LocationID
}

// String returns the id of the sub-account, without a secret.
func (s *LocationSource) String() string {
	if s == nil {
		return "no token source"
	}
	return "token source of location " + s.request.LocationID
}

// Format prints String for every verb.
func (s *LocationSource) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(s.String())) }

// LogValue returns String for package slog.
func (s *LocationSource) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalJSON returns String as JSON, since encoded values are often logged.
func (s *LocationSource) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

var _ rest.TokenSource = (*LocationSource)(nil)
