package conformance

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api/rest"
)

// credentials returns the options that give a client a key for each security scheme of the spec other than the token's.
func (s *suite) credentials() []rest.Option {
	var out []rest.Option
	for _, name := range slices.Sorted(maps.Keys(s.schemes())) {
		switch scheme := s.schemes()[name].Value; {
		case scheme.Type == "apiKey":
			out = append(out, rest.WithKey(name, token))
		case scheme.Type == "http" && strings.EqualFold(scheme.Scheme, "basic"):
			out = append(out, rest.WithBasicAuth(name, "conformance", token))
		}
	}
	return out
}

func (s *suite) schemes() openapi3.SecuritySchemes {
	if s.doc.Components == nil {
		return nil
	}
	return s.doc.Components.SecuritySchemes
}

// sendsToken reports whether requests of the operation carry the client's token: if its first alternative for which the
// client has all credentials requires it, or if the operation requires nothing.
func (b *binding) sendsToken() bool {
	for _, alternative := range b.rest.Security {
		if len(alternative) > 0 {
			return slices.ContainsFunc(alternative, func(s rest.Security) bool { return s.In == "bearer" })
		}
	}
	return true
}

// needsCredentials reports whether a request of the operation without credentials is wrong.
func (b *binding) needsCredentials() bool {
	requirements := b.security()
	return len(requirements) > 0 && !slices.ContainsFunc(requirements, func(r openapi3.SecurityRequirement) bool { return len(r) == 0 })
}

// withoutCredentials removes all credentials from a request.
func (s *suite) withoutCredentials(header http.Header, u *url.URL) {
	for _, name := range []string{"Authorization", "Cookie"} {
		header.Del(name)
	}
	query := u.Query()
	for _, scheme := range s.schemes() {
		switch scheme.Value.In {
		case "header":
			header.Del(scheme.Value.Name)
		case "query":
			query.Del(scheme.Value.Name)
		}
	}
	if len(query) < len(u.Query()) {
		u.RawQuery = query.Encode()
	}
}
