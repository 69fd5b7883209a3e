package oauth

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

var (
	exchangeCode = rest.Operation{ID: "exchange-code", Name: "ExchangeCode", Method: "POST", Path: "/oauth/token"}
	refreshToken = rest.Operation{ID: "refresh-token", Name: "RefreshToken", Method: "POST", Path: "/oauth/token", Idempotent: true}
)

// Exchange trades the code of a granted access for the first token. The code serves once, so the request is not repeated
// when its outcome is unknown. A code that the service does not accept is an [ErrAuthorizeAgain].
//
// Documentation: https://marketplace.gohighlevel.com/docs/ghl/oauth/get-access-token
func (c Config) Exchange(ctx context.Context, code string) (*Token, error) {
	if code == "" {
		return nil, errors.New("exchange: the code is empty")
	}
	return c.requestToken(ctx, &exchangeCode, url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {c.RedirectURL},
		"user_type": {cmp.Or(c.UserType, Company)},
	})
}

// refresh trades a refresh token for the next token. Repeated within 30 seconds it gets the same answer, so a lost one
// may be asked for again.
func (c Config) refresh(ctx context.Context, old Token) (*Token, error) {
	ctx, cancel := context.WithTimeout(ctx, 25*time.Second)
	defer cancel()
	next, err := c.requestToken(ctx, &refreshToken, url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {old.RefreshToken},
		"user_type": {cmp.Or(old.UserType, c.UserType, Company)},
	})
	if err != nil {
		return nil, err
	}
	next.inherit(old)
	return next, nil
}

// requestToken sends a form to the token endpoint.
func (c Config) requestToken(ctx context.Context, op *rest.Operation, form url.Values) (*Token, error) {
	if c.ClientID == "" || c.ClientSecret == "" {
		return nil, fmt.Errorf("%s: ClientID and ClientSecret are needed", op)
	}
	form.Set("client_id", c.ClientID)
	form.Set("client_secret", c.ClientSecret)
	engine, err := rest.New(append([]rest.Option{
		rest.WithBaseURL(cmp.Or(c.BaseURL, DefaultBaseURL)), rest.WithBudget(nil), rest.WithTimeout(10 * time.Second),
		rest.WithRetry(rest.Retry{Attempts: 3, MaxPause: 10 * time.Second}),
	}, c.Options...)...)
	if err != nil {
		return nil, err
	}
	r := rest.NewRequest(op)
	r.SetForm(form)
	token, err := doToken(ctx, engine, op, r)
	if err != nil {
		refused, answered := errors.AsType[*rest.Error](err)
		// Before secrets are redacted, since a short one may stand in any word.
		used, passes := answered && grantRefused(refused), mayPass(err)
		err = redactAnswer(err, form.Get("client_secret"), form.Get("code"), form.Get("refresh_token"))
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

// doToken sends a request whose answer is a token.
func doToken(ctx context.Context, c *rest.Client, op *rest.Operation, r *rest.Request, opts ...rest.CallOption) (*Token, error) {
	asked := time.Now()
	token, err := rest.Do[Token](ctx, c, r, opts...)
	if err != nil {
		return nil, err
	}
	if token.AccessToken == "" {
		return nil, &temporaryError{fmt.Errorf("%s: the service answered with success, but without an access token", op)}
	}
	token.begin(asked)
	return token, nil
}

// redactAnswer removes secrets from an error. The body of a success that could not be read goes altogether, since a new
// token may be in it.
func redactAnswer(err error, secrets ...string) error {
	if e, ok := errors.AsType[*rest.Error](err); ok && e.Status >= 200 && e.Status <= 299 {
		e.Body, e.Truncated = nil, len(e.Body) > 0
	}
	return rest.RedactError(err, secrets...)
}
