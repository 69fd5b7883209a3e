package oauth

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"slices"

	"github.com/highlevel-go/snapshots/api/rest"
)

// ErrAuthorizeAgain reports that a grant was used up or revoked: only a person can give a new one.
var ErrAuthorizeAgain = errors.New("authorize again")

var (
	// invalidGrant matches the code of RFC 6749, section 5.2, and the texts that the service is known to send for it.
	invalidGrant = regexp.MustCompile(`(?i)^\s*invalid[ _]grant\s*($|[:;.,!(-])|^\W*((the|this|your) )?(refresh token|authorization code) is invalid\b`)
	// inactive matches messages about a paused location or agency, whose grant is valid again once it is active.
	inactive = regexp.MustCompile(`(?i)\b(location|sub-?account|company|agency|account)\b.*\b(not active|inactive|paused|suspended)\b`)
)

// grantRefused reports whether the service itself no longer accepts the grant. A response of a gateway does not count, and
// neither does one about the app, the form of the request or a paused account, which a new grant would not change. An
// unknown error does not count either.
func grantRefused(e *rest.Error) bool {
	if e.Status >= 300 && e.Status < 400 || e.Status >= 500 ||
		e.Status == http.StatusTooManyRequests || e.Status == http.StatusRequestTimeout {
		return false
	}
	said, ok := textsOf(e)
	return ok && slices.ContainsFunc(said, invalidGrant.MatchString) && !slices.ContainsFunc(said, inactive.MatchString)
}

// textsOf lists the strings in the JSON of an error. ok is false for a body that is not JSON: RFC 6749 requires JSON, so
// such a body comes from something in front of the service, whatever it says.
func textsOf(e *rest.Error) (all []string, ok bool) {
	var body any
	if json.Unmarshal(bytes.TrimPrefix(e.Body, []byte("\xef\xbb\xbf")), &body) != nil {
		return nil, false
	}
	return texts(body), true
}

// texts lists the strings in a JSON value. Code and message are in different places, depending on what reports the error.
func texts(v any) []string {
	var all []string
	switch v := v.(type) {
	case string:
		all = append(all, v)
	case []any:
		for _, item := range v {
			all = append(all, texts(item)...)
		}
	case map[string]any:
		for _, item := range v {
			all = append(all, texts(item)...)
		}
	}
	return all
}
