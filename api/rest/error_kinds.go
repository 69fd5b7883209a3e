package rest

import (
	"errors"
	"net/http"
	"slices"
	"strings"
)

// The kinds of an error, for errors.Is. An error can be of several kinds: a missing scope is also ErrUnauthorized, because the
// service responds to it with 401.
var (
	// ErrInvalidRequest: the request was refused before it was sent.
	ErrInvalidRequest = errors.New("invalid request")

	// ErrUnauthorized: any 401.
	ErrUnauthorized = errors.New("unauthorized")
	// ErrInvalidToken: the token itself was refused; the only 401 that a new token can fix.
	ErrInvalidToken = errors.New("invalid token")
	// ErrInvalidJWT: the token is not a JWT that the service can read.
	ErrInvalidJWT = errors.New("invalid JWT")
	// ErrInvalidAccessToken: the OAuth access token has expired or was revoked.
	ErrInvalidAccessToken = errors.New("invalid access token")
	// ErrInvalidPrivateToken: the Private Integration Token is invalid, or was replaced.
	ErrInvalidPrivateToken = errors.New("invalid private integration token")
	// ErrMissingScope: the token is valid, but does not have the scope that the operation needs.
	ErrMissingScope = errors.New("missing scope")
	// ErrBadVersion: the Version header, or the version in it, was refused.
	ErrBadVersion = errors.New("bad version header")
	// ErrVersionMissing: the service found no Version header.
	ErrVersionMissing = errors.New("version header missing")
	// ErrVersionUnknown: the service does not know the version that the header names.
	ErrVersionUnknown = errors.New("version unknown")
	// ErrTokenSource: the token source returned no token that can be sent, so nothing was sent. The cause is wrapped.
	ErrTokenSource = errors.New("token source")
	// ErrTokenType: the operation does not accept the level of the token (agency or sub-account).
	ErrTokenType = errors.New("wrong type of token")
	// ErrLocationAccess: the token has no access to the sub-account.
	ErrLocationAccess = errors.New("no access to the location")

	// ErrForbidden: any 403.
	ErrForbidden = errors.New("forbidden")
	// ErrBlocked: the CDN in front of the service refused the request.
	ErrBlocked = errors.New("blocked by the CDN")
	// ErrNotFound: any 404, and a 400 whose message says that something was not found.
	ErrNotFound = errors.New("not found")
	// ErrNoRoute: the service does not know the path, as opposed to the resource at it.
	ErrNoRoute = errors.New("no such path")
	// ErrInvalid: any 400 or 422.
	ErrInvalid = errors.New("refused as invalid")
	// ErrRateLimited: any 429, and a request that was not sent because it would get one.
	ErrRateLimited = errors.New("rate limited")
	// ErrDailyLimit: the daily limit is used up. Waiting for seconds does not help, so nothing is sent again.
	ErrDailyLimit = errors.New("daily limit reached")
	// ErrServer: any 5xx.
	ErrServer = errors.New("server error")
	// ErrRedirect: any 3xx; the client follows none.
	ErrRedirect = errors.New("redirect not followed")

	// ErrNoAnswer: no response arrived: no connection, cut off, timed out. The cause is wrapped.
	ErrNoAnswer = errors.New("no answer")
	// ErrUndecodable: the service reported success, but its response cannot be decoded. The request may have been executed.
	ErrUndecodable = errors.New("undecodable answer")
	// ErrTooLarge: the response is larger, or nested deeper, than the client accepts.
	ErrTooLarge = errors.New("answer too large")
)

// reason is the meaning of a message of the service, and what to do about it.
type reason struct {
	status int    // 0 for any
	text   string // lower case, anywhere in the message; {method} stands for the method of a request
	is     []error
	advice string
}

// reasons are the known messages; the first match is used. An unknown message is still classified by its status.
var reasons = []reason{
	{401, "not authorized for this scope", []error{ErrMissingScope},
		"give the token that scope and, with OAuth, authorize again; a new token of the same grant has the same scopes"},
	{401, "version header was not found", []error{ErrBadVersion, ErrVersionMissing},
		"the client sends this header itself: something on the way has dropped it, or its default was taken away"},
	{401, "version header is invalid", []error{ErrBadVersion, ErrVersionUnknown},
		"the service does not know the version that the client was told to send"},
	{401, "invalid private integration token", []error{ErrInvalidToken, ErrInvalidPrivateToken},
		"look whether the token was copied whole, and whether it was rotated or deleted"},
	{401, "invalid jwt", []error{ErrInvalidToken, ErrInvalidJWT},
		"this is not a token that the service can read; look at what is passed as the token"},
	{401, "access token is invalid", []error{ErrInvalidToken, ErrInvalidAccessToken},
		"the token has ended or was revoked; refresh it or authorize again"},
	{401, "location is not accessible from this token", []error{ErrLocationAccess},
		"use a token of the agency that the sub-account belongs to"},
	{401, "user type is not yet supported", []error{ErrTokenType},
		"the operation does not take this level of token; the snapshots operations need an agency's"},
	{403, "does not have access to this location", []error{ErrLocationAccess},
		"use a token of the agency that the sub-account belongs to"},
	{0, "error code: 10", []error{ErrBlocked},
		"the CDN, not the service, turned the request away; 1010 is about the User-Agent"},
	{400, "not available in api version", []error{ErrBadVersion},
		"the version that the client was told to send has no such operation"},
	{404, "cannot {method} /", []error{ErrNoRoute},
		"the path is not one of the service's under this version; look at the base URL and the version"},
	{400, "not found", []error{ErrNotFound}, ""},
}

// classification contains the sentinels of a refusal, and at most one sentence of advice.
type classification struct {
	is     []error
	advice string
}

// classify classifies a refusal by its status and messages.
func classify(status int, messages []string, rate Rate) classification {
	var j classification
	switch {
	case status == http.StatusUnauthorized:
		j.is = append(j.is, ErrUnauthorized)
	case status == http.StatusForbidden:
		j.is = append(j.is, ErrForbidden)
	case status == http.StatusNotFound:
		j.is = append(j.is, ErrNotFound)
	case status == http.StatusBadRequest, status == http.StatusUnprocessableEntity:
		j.is = append(j.is, ErrInvalid)
	case status == http.StatusTooManyRequests:
		j.is = append(j.is, ErrRateLimited)
		if rate.HasDaily && rate.DailyRemaining == 0 {
			j.is = append(j.is, ErrDailyLimit)
			j.advice = "the requests of the day are spent; waiting for the next interval does not help"
		}
	case status >= 500:
		j.is = append(j.is, ErrServer)
	case status >= 300 && status < 400:
		j.is = append(j.is, ErrRedirect)
		j.advice = "the client does not take its token to another address; look at the base URL"
	}
	said := strings.ToLower(strings.Join(messages, "\n"))
	for _, r := range reasons {
		if (r.status == 0 || r.status == status) && r.saidIn(said) {
			j.is = append(j.is, r.is...)
			j.advice = r.advice
			break
		}
	}
	return j
}

func (r reason) saidIn(text string) bool {
	if !strings.Contains(r.text, "{method}") {
		return strings.Contains(text, r.text)
	}
	return slices.ContainsFunc(methods, func(method string) bool {
		return strings.Contains(text, strings.Replace(r.text, "{method}", method, 1))
	})
}

var methods = []string{"get", "post", "put", "patch", "delete", "head", "options"}
