package api

import "github.com/highlevel-go/snapshots/api/rest"

// Error is a refusal of the service, or a success that cannot be read; get at it with errors.As.
type Error = rest.Error

// RequestError lists what is wrong with a request that was not sent; get at it with errors.As.
type RequestError = rest.RequestError

// DailyLimitError reports that a request was not sent because the requests of the day are spent; get at it with errors.As.
type DailyLimitError = rest.DailyLimitError

// PausedError reports that a request was not sent because the service has asked for a pause of more than a minute; get at it
// with errors.As.
type PausedError = rest.PausedError

// Problem is one fault in a [RequestError].
type Problem = rest.Problem

// Rate is what one answer says about the budget of requests.
type Rate = rest.Rate

// Effect tells what is known of a call that failed: surely not done, perhaps done, or done.
type Effect = rest.Effect

// The effects of a call, by how much may have happened; each is described in package rest.
const (
	EffectNone    = rest.EffectNone    // surely not done: doing it again is safe
	EffectUnknown = rest.EffectUnknown // perhaps done: no answer, a 5xx
	EffectDone    = rest.EffectDone    // done; with an error, the answer cannot be read
)

// EffectOf returns the effect of a call that ended with err, over all its attempts; nil is [EffectDone]. An error that is not
// one of this module's is an [EffectUnknown].
func EffectOf(err error) Effect { return rest.EffectOf(err) }

// What an error is, for errors.Is. An error can be several of them; each is described in package rest.
var (
	ErrInvalidRequest = rest.ErrInvalidRequest // refused before it was sent

	ErrUnauthorized        = rest.ErrUnauthorized        // any 401
	ErrInvalidToken        = rest.ErrInvalidToken        // the token itself was refused
	ErrInvalidJWT          = rest.ErrInvalidJWT          // it is not a token that the service can read
	ErrInvalidAccessToken  = rest.ErrInvalidAccessToken  // the OAuth token has ended or was revoked
	ErrInvalidPrivateToken = rest.ErrInvalidPrivateToken // the Private Integration Token is invalid, or was replaced
	ErrMissingScope        = rest.ErrMissingScope        // the token lacks a scope that the operation needs
	ErrBadVersion          = rest.ErrBadVersion          // the Version header, or what it names, was refused
	ErrVersionMissing      = rest.ErrVersionMissing      // the service found no Version header
	ErrVersionUnknown      = rest.ErrVersionUnknown      // the service does not know the version
	ErrTokenSource         = rest.ErrTokenSource         // the token source gave no token; nothing was sent
	ErrTokenType           = rest.ErrTokenType           // a sub-account's token where an agency's is needed
	ErrLocationAccess      = rest.ErrLocationAccess      // the token does not reach that sub-account

	ErrForbidden   = rest.ErrForbidden   // any 403
	ErrBlocked     = rest.ErrBlocked     // turned away by the CDN
	ErrNotFound    = rest.ErrNotFound    // nothing there, or not yet
	ErrNoRoute     = rest.ErrNoRoute     // the service does not know the path
	ErrInvalid     = rest.ErrInvalid     // any 400 or 422
	ErrRateLimited = rest.ErrRateLimited // any 429
	ErrDailyLimit  = rest.ErrDailyLimit  // the requests of the day are spent
	ErrServer      = rest.ErrServer      // any 5xx
	ErrRedirect    = rest.ErrRedirect    // any 3xx; none is followed

	ErrNoAnswer       = rest.ErrNoAnswer       // no connection, cut off, timed out
	ErrUndecodable    = rest.ErrUndecodable    // a success whose answer cannot be read
	ErrTooLarge       = rest.ErrTooLarge       // an answer larger or deeper than accepted
	ErrRepeatedCursor = rest.ErrRepeatedCursor // a pagination that would go in a circle
)
