package api

import "github.com/highlevel-go/snapshots/api/rest"

// Error is an answer of the service that is a refusal, or a success that cannot be read. Get at it with errors.As, and at what it is
// with errors.Is and the variables of this package:
//
//	if refused, ok := errors.AsType[*api.Error](err); ok && !errors.Is(err, api.ErrRateLimited) {
//		fmt.Println(refused.Status, refused.Messages, refused.TraceID)
//	}
//
// Its fields hold no token:
//   - Operation *rest.Operation: what was called
//   - Status int: the HTTP status; 2xx only where the answer cannot be read
//   - Code string: the service's own code, often the status in words
//   - Messages []string: what the service says, one text for each fault
//   - TraceID string: names the request to the service's support; often empty
//   - Rate [Rate]: the budget of requests at that moment
//   - RetryAfter time.Duration: the wait that the service asks for; 0 when it asks for none
//   - Header http.Header and Body []byte: of the answer, the body's first 16 KiB
//   - Truncated bool: there was more than Body
//   - Attempts int: how often the request was sent
//
// Error and Format print it, and LogValue does for package slog; Is and Unwrap serve package errors. Effect is [EffectOf] of it. Redact removes
// a secret of the program from all of it.
type Error = rest.Error

// RequestError reports that a request was refused before it was sent. Get at it with errors.As; it is an [ErrInvalidRequest]:
//
//	if bad, ok := errors.AsType[*api.RequestError](err); ok {
//		for _, p := range bad.Problems {
//			fmt.Println(p.Field, p.Text)
//		}
//	}
//
// Its fields:
//   - Operation *rest.Operation: what was to be called; nil when Validate was called without a call
//   - Problems [][Problem]: every fault of the request, in the order of its fields
//
// Error lists the faults. Is serves package errors, and Effect is [EffectNone].
type RequestError = rest.RequestError

// Problem is one fault in a [RequestError]. String reads "CompanyID (query companyId) is required". Its fields:
//   - Field string: the field of the request struct, such as "CompanyID"
//   - Name string: its name on the wire, such as "companyId"
//   - In string: path, query, header or body
//   - Text string: what is wrong, such as "is required"
//
// A form can show each fault beside its field:
//
//	for _, p := range bad.Problems {
//		form[p.Field] = p.Text
//	}
type Problem = rest.Problem

// DailyLimitError reports that a request was not sent because the requests of the day are spent. Get at it with errors.As; it is an
// [ErrDailyLimit] and an [ErrRateLimited]:
//
//	if spent, ok := errors.AsType[*api.DailyLimitError](err); ok {
//		time.Sleep(spent.Reset)
//	}
//
// Reset is a time.Duration: how long until there are new requests, as the service said. Error says it in words; Is serves package errors, and
// Effect is [EffectNone].
type DailyLimitError = rest.DailyLimitError

// PausedError reports that a request was not sent because the service has asked for a pause of more than a minute. Get at it with
// errors.As; it is an [ErrRateLimited]:
//
//	if paused, ok := errors.AsType[*api.PausedError](err); ok {
//		time.Sleep(paused.Left)
//	}
//
// Left is a time.Duration: what is left of the pause. Error says it in words; Is serves package errors, and Effect is [EffectNone].
type PausedError = rest.PausedError

// Effect tells what is known of a call that failed: [EffectNone], [EffectUnknown] or [EffectDone], which are ordered by how much may have
// happened. String returns "not done", "perhaps done" or "done". Work that must not be done twice is done again only after the first:
//
//	if api.EffectOf(err) == api.EffectNone {
//		again = append(again, snapshotID)
//	}
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
