package api

import "github.com/highlevel-go/snapshots/api/rest"

// Error is an error response of the service, or a success that cannot be read. Use errors.As to get it, and errors.Is with
// the variables of this package to find out what it means:
//
//	if refused, ok := errors.AsType[*api.Error](err); ok && !errors.Is(err, api.ErrRateLimited) {
//		fmt.Println(refused.Status, refused.Messages, refused.TraceID)
//	}
//
// Its fields, which never contain the token:
//   - Operation *rest.Operation: the operation that was called
//   - Status int: the HTTP status; 2xx only if the response cannot be read
//   - Code string: the service's own code, often the status as text
//   - Messages []string: the messages of the service, one for each problem
//   - TraceID string: identifies the request for the service's support; often empty
//   - Rate [Rate]: the budget of requests at that time
//   - RetryAfter time.Duration: the wait that the service asks for, or 0
//   - Header http.Header and Body []byte: of the response; the first 16 KiB of the body
//   - Truncated bool: whether the body was longer than that
//   - Attempts int: how often the request was sent
//
// Error and Format print it, and LogValue does for package slog; Is and Unwrap are for package errors. Effect is [EffectOf]
// of it. Redact removes a secret of the program from all of it.
type Error = rest.Error

// RequestError reports that a request is invalid and was not sent. Use errors.As to get it; it is an [ErrInvalidRequest]:
//
//	if bad, ok := errors.AsType[*api.RequestError](err); ok {
//		for _, p := range bad.Problems {
//			fmt.Println(p.Field, p.Text)
//		}
//	}
//
// Its fields:
//   - Operation *rest.Operation: the operation; nil if Validate was called without a call
//   - Problems [][Problem]: everything that is invalid, in the order of the fields
//
// Error lists the problems. Is is for package errors, and Effect is [EffectNone].
type RequestError = rest.RequestError

// Problem is one problem in a [RequestError]. String returns for example "CompanyID (query companyId) is required". Its
// fields:
//   - Field string: the field of the request struct, such as "CompanyID"
//   - Name string: its name on the wire, such as "companyId"
//   - In string: path, query, header or body
//   - Text string: what is wrong, such as "is required"
//
// A form can show each problem beside its field:
//
//	for _, p := range bad.Problems {
//		form[p.Field] = p.Text
//	}
type Problem = rest.Problem

// DailyLimitError reports that a request was not sent because the daily limit has been reached. Use errors.As to get it; it
// is an [ErrDailyLimit] and an [ErrRateLimited]:
//
//	if spent, ok := errors.AsType[*api.DailyLimitError](err); ok {
//		time.Sleep(spent.Reset)
//	}
//
// Reset is a time.Duration: the time until the limit is reset, as reported by the service. Error returns it as text; Is is
// for package errors, and Effect is [EffectNone].
type DailyLimitError = rest.DailyLimitError

// PausedError reports that a request was not sent because the service asked for a pause of more than a minute. Use errors.As
// to get it; it is an [ErrRateLimited]:
//
//	if paused, ok := errors.AsType[*api.PausedError](err); ok {
//		time.Sleep(paused.Left)
//	}
//
// Left is a time.Duration: the rest of the pause. Error returns it as text; Is is for package errors, and Effect is
// [EffectNone].
type PausedError = rest.PausedError

// Effect is what is known about a failed call: [EffectNone], [EffectUnknown] or [EffectDone], in order of how much may have
// happened. String returns "not done", "perhaps done" or "done". Work that must not be done twice can be repeated only after
// the first:
//
//	if api.EffectOf(err) == api.EffectNone {
//		again = append(again, snapshotID)
//	}
type Effect = rest.Effect

// The effects of a call, in order of how much may have happened. Package rest describes each.
const (
	EffectNone    = rest.EffectNone    // not done: it is safe to repeat the call
	EffectUnknown = rest.EffectUnknown // may have been done: no response, or a 5xx
	EffectDone    = rest.EffectDone    // done; if there is an error, the response cannot be read
)

// EffectOf returns the effect of a call that ended with err, over all its attempts; for nil it is [EffectDone]. For an error
// of another module it is [EffectUnknown].
func EffectOf(err error) Effect { return rest.EffectOf(err) }

// Kinds of errors, for errors.Is. An error can be several of them. Package rest describes each.
var (
	ErrInvalidRequest = rest.ErrInvalidRequest // invalid; not sent

	ErrUnauthorized        = rest.ErrUnauthorized        // any 401
	ErrInvalidToken        = rest.ErrInvalidToken        // the token itself was refused
	ErrInvalidJWT          = rest.ErrInvalidJWT          // the service cannot read the token
	ErrInvalidAccessToken  = rest.ErrInvalidAccessToken  // the OAuth token has expired or was revoked
	ErrInvalidPrivateToken = rest.ErrInvalidPrivateToken // the Private Integration Token is invalid, or was replaced
	ErrMissingScope        = rest.ErrMissingScope        // the token lacks a scope that the operation needs
	ErrBadVersion          = rest.ErrBadVersion          // the Version header, or what it names, was refused
	ErrVersionMissing      = rest.ErrVersionMissing      // the service found no Version header
	ErrVersionUnknown      = rest.ErrVersionUnknown      // the service does not know the version
	ErrTokenSource         = rest.ErrTokenSource         // the token source returned no token; nothing was sent
	ErrTokenType           = rest.ErrTokenType           // a sub-account's token where an agency's is needed
	ErrLocationAccess      = rest.ErrLocationAccess      // the token has no access to that sub-account

	ErrForbidden   = rest.ErrForbidden   // any 403
	ErrBlocked     = rest.ErrBlocked     // blocked by the CDN
	ErrNotFound    = rest.ErrNotFound    // not found, or not yet
	ErrNoRoute     = rest.ErrNoRoute     // the service does not know the path
	ErrInvalid     = rest.ErrInvalid     // any 400 or 422
	ErrRateLimited = rest.ErrRateLimited // any 429
	ErrDailyLimit  = rest.ErrDailyLimit  // the daily limit has been reached
	ErrServer      = rest.ErrServer      // any 5xx
	ErrRedirect    = rest.ErrRedirect    // any 3xx; redirects are not followed

	ErrNoAnswer       = rest.ErrNoAnswer       // no connection, connection lost, timeout
	ErrUndecodable    = rest.ErrUndecodable    // a success that cannot be read
	ErrTooLarge       = rest.ErrTooLarge       // a response that exceeds the limits of size or depth
	ErrRepeatedCursor = rest.ErrRepeatedCursor // the service repeats a page
)
