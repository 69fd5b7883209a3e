package operations

import (
	"crypto/tls"
	"errors"
	"mime"

	"github.com/highlevel-go/snapshots/api"
)

// Advice returns what to do about an error in reaching the service, whatever the operation; "" if there is no advice.
func Advice(err error) string {
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	switch {
	case certificate:
		return "the certificate is not that of the service: look for a network that asks to log in first, a proxy, a wrong clock, or a wrong --base-url"
	case isPage(err):
		return "a page came instead of an answer of the service: look for a network that asks to log in first, a proxy, or a wrong --base-url"
	case errors.Is(err, api.ErrBadVersion):
		return "give a version that the service has with --api-version"
	case errors.Is(err, api.ErrBlocked):
		return "look for a proxy that changes the User-Agent"
	}
	return ""
}

// isPage reports whether a successful response came not from the service but is a page for people.
func isPage(err error) bool {
	answer, ok := errors.AsType[*api.Error](err)
	if !ok || !errors.Is(err, api.ErrUndecodable) {
		return false
	}
	kind, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	return kind == "text/html"
}
