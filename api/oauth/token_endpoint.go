package oauth

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/highlevel-go/snapshots/api/oauth/internal/endpoints"
	"github.com/highlevel-go/snapshots/api/rest"
)

// Exchange exchanges an authorization code for the first token. A code can be used once, so the request is not repeated if
// its outcome is not known. For a code that the service does not accept, it returns [ErrAuthorizeAgain].
//
// Documentation: https://marketplace.gohighlevel.com/docs/ghl/oauth/get-access-token
func (c Config) Exchange(ctx context.Context, code string) (*Token, error) {
	if code == "" {
		return nil, errors.New("exchange: the code is empty")
	}
	token, err := c.requestToken(ctx, endpoints.TokenRequest{
		GrantType: endpoints.TokenFormGrantTypeAuthorizationCode, Code: code, RedirectURI: c.RedirectURL,
		UserType: cmp.Or(c.UserType, Company),
	})
	if err != nil {
		return nil, fmt.Errorf("exchange: %w", err)
	}
	return token, nil
}

// refresh exchanges a refresh token for the next token. The service returns the same token again for 30 seconds, so the
// request can be repeated if the response is lost.
func (c Config) refresh(ctx context.Context, old Token) (*Token, error) {
	ctx, cancel := context.WithTimeout(ctx, 25*time.Second)
	defer cancel()
	next, err := c.requestToken(ctx, endpoints.TokenRequest{
		GrantType: endpoints.TokenFormGrantTypeRefreshToken, RefreshToken: old.RefreshToken,
		UserType: cmp.Or(old.UserType, c.UserType, Company),
	}, rest.CallIdempotent(true))
	if err != nil {
		return nil, err
	}
	next.inherit(old)
	return next, nil
}

// requestToken sends a form to the token endpoint.
func (c Config) requestToken(ctx context.Context, req endpoints.TokenRequest, opts ...rest.CallOption) (*Token, error) {
	if c.ClientID == "" || c.ClientSecret == "" {
		return nil, fmt.Errorf("%s: ClientID and ClientSecret are needed", OperationToken)
	}
	req.ClientID, req.ClientSecret = c.ClientID, c.ClientSecret
	client, err := endpoints.New(append([]rest.Option{
		rest.WithBaseURL(cmp.Or(c.BaseURL, DefaultBaseURL)), rest.WithBudget(nil), rest.WithTimeout(10 * time.Second),
		rest.WithRetry(rest.Retry{Attempts: 3, MaxPause: 10 * time.Second}),
	}, c.Options...)...)
	if err != nil {
		return nil, err
	}
	token, err := readToken(OperationToken, func() (*endpoints.TokenAnswer, error) { return client.Token(ctx, req, opts...) })
	if err != nil {
		refused, answered := errors.AsType[*rest.Error](err)
		// Before secrets are redacted, since a short one may occur in any word.
		used, passes := answered && grantRefused(refused), mayPass(err)
		err = redactAnswer(err, req.ClientSecret, req.Code, req.RefreshToken)
		switch {
		case used:
			err = fmt.Errorf("%w: %w", ErrAuthorizeAgain, err)
		case passes:
			err = &temporaryError{err}
		}
		return nil, err
	}
	return token, nil
}

// readToken returns the token in the response of call.
func readToken(op *rest.Operation, call func() (*endpoints.TokenAnswer, error)) (*Token, error) {
	asked := time.Now()
	answer, err := call()
	if err != nil {
		return nil, err
	}
	var token Token
	if err := json.Unmarshal(answer.JSON, &token); err != nil {
		return nil, fmt.Errorf("%s: %w", op, err)
	}
	if token.AccessToken == "" {
		return nil, &temporaryError{fmt.Errorf("%s: the service answered with success, but without an access token", op)}
	}
	token.begin(asked)
	return &token, nil
}

// redactAnswer removes secrets from an error. The body of a success that could not be read is removed entirely, since it may
// contain a new token.
func redactAnswer(err error, secrets ...string) error {
	if e, ok := errors.AsType[*rest.Error](err); ok && e.Status >= 200 && e.Status <= 299 {
		e.Body, e.Truncated = nil, len(e.Body) > 0
	}
	return rest.RedactError(err, secrets...)
}
