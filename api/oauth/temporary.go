package oauth

import (
	"errors"
	"net/http"
	"regexp"
	"slices"

	"github.com/highlevel-go/snapshots/api/rest"
)

// temporaryError is an error that may be temporary; see [rest.TokenSource].
type temporaryError struct{ error }

func (e *temporaryError) Unwrap() error { return e.error }

// Temporary returns true.
func (e *temporaryError) Temporary() bool { return true }

// misconfigured matches the codes of RFC 6749, section 5.2, with which a service refuses the app or its request.
var misconfigured = regexp.MustCompile(`(?i)^\s*(invalid_client|unauthorized_client|unsupported_grant_type|invalid_request|invalid_scope)\s*$`)

// lasting are errors that do not go away by trying again.
var lasting = []error{
	rest.ErrInvalidRequest, rest.ErrMissingScope, rest.ErrTokenType, rest.ErrLocationAccess, rest.ErrInvalidToken, rest.ErrBadVersion,
	rest.ErrNoRoute, rest.ErrNotFound, rest.ErrRedirect,
}

// mayPass reports whether a failed request for a token may succeed later: a gateway responded instead of the service, a
// location is paused, or the cause is not known.
func mayPass(err error) bool {
	e, answered := errors.AsType[*rest.Error](err)
	if !answered {
		return errors.Is(err, rest.ErrNoAnswer)
	}
	if e.Status >= 500 || e.Status == http.StatusTooManyRequests || e.Status == http.StatusRequestTimeout {
		return true
	}
	said, ours := textsOf(e)
	switch {
	case errors.Is(err, ErrAuthorizeAgain) || errors.Is(err, ErrNoToken) || grantRefused(e):
		return false
	case !ours || slices.ContainsFunc(said, inactive.MatchString):
		return true
	}
	return e.Status != http.StatusUnprocessableEntity && !slices.ContainsFunc(said, misconfigured.MatchString) &&
		!slices.ContainsFunc(lasting, func(kind error) bool { return errors.Is(err, kind) })
}
