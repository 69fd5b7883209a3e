package oauth

import (
	"errors"
	"net/http"
	"regexp"
	"slices"

	"github.com/highlevel-go/snapshots/api/rest"
)

// temporaryError is an error that may pass by itself; see [rest.TokenSource].
type temporaryError struct{ error }

func (e *temporaryError) Unwrap() error { return e.error }

// Temporary returns true.
func (e *temporaryError) Temporary() bool { return true }

// misconfigured matches the codes of RFC 6749, section 5.2, with which a service refuses the app or its request.
var misconfigured = regexp.MustCompile(`(?i)^\s*(invalid_client|unauthorized_client|unsupported_grant_type|invalid_request|invalid_scope)\s*$`)

// lasting are refusals that asking again does not change.
var lasting = []error{
	rest.ErrInvalidRequest, rest.ErrMissingScope, rest.ErrTokenType, rest.ErrLocationAccess, rest.ErrInvalidToken, rest.ErrBadVersion,
	rest.ErrNoRoute, rest.ErrNotFound, rest.ErrRedirect,
}

// mayPass reports whether a request for a token that failed may work later without anybody doing anything: a gateway answered in
// place of the service, a location is paused, or it is not known what is wrong.
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
