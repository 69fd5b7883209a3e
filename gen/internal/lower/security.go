package lower

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// Security is one scheme that an operation authenticates with.
type Security struct {
	Scheme string
	In     string // bearer, basic, or where an API key goes: header, query, cookie
	Name   string
}

// tokenKinds maps the security schemes in the publisher's documents to the kinds of tokens, as descriptors name them.
var tokenKinds = map[string]string{
	"Agency-Access": "Agency Token", "Agency-Access-Only": "Agency Token", "Location-Access": "Sub-Account Token", "Location-Access-Only": "Sub-Account Token",
}

// security reads how an operation authenticates: the alternatives, and the scopes that each of them needs. If only the token
// is needed, there are no alternatives to choose from.
func (l *lowering) security(op *Operation) {
	requirements, at := l.OpenAPI.Security, oas.Place{File: l.File(), Pointer: "/security"}
	if op.Spec.Security != nil {
		requirements, at = *op.Spec.Security, op.At.At("security")
	}
	if requirements == nil {
		return
	}
	plain, kinds := len(requirements) > 0, []string{}
	var scopes []string
	for i, requirement := range requirements {
		alternative, known, needed := []Security{}, true, []string{}
		for _, name := range slices.Sorted(maps.Keys(requirement)) {
			scheme, why := l.scheme(name)
			switch {
			case why != "":
				l.Note(at.Index(i), "the security scheme %q %s", name, why)
				known = false
			case (scheme.In == "header" || scheme.In == "cookie") && !isToken(scheme.Name):
				l.Add(at.Index(i), "%s %q of a security scheme cannot be sent: HTTP does not allow such a name", scheme.In, scheme.Name)
			case scheme.In != "":
				alternative = append(alternative, scheme)
			}
			plain = plain && scheme.In == "bearer"
			needed = append(needed, requirement[name]...)
			kinds = append(kinds, tokenKinds[name])
		}
		plain = plain && len(requirement) > 0
		if authorizations(alternative) > 1 {
			l.Note(at.Index(i), "a request has one header Authorization, and this alternative needs %d; it cannot be sent", authorizations(alternative))
			known = false
		}
		if i > 0 { // keep what every alternative needs
			needed = slices.DeleteFunc(needed, func(scope string) bool { return !slices.Contains(scopes, scope) })
		}
		scopes = needed
		if known {
			op.Security = append(op.Security, alternative)
		}
	}
	switch {
	case plain:
		op.Security = nil
	case len(requirements) == 0:
		op.Security = [][]Security{{}} // no credentials at all
	}
	op.scopes = slices.Compact(slices.Sorted(slices.Values(scopes)))
	if slices.Sort(kinds); len(kinds) > 0 && kinds[0] != "" { // otherwise one of them is a kind that has no name
		op.tokenKinds = slices.Compact(kinds)
	}
}

// authorizations counts the schemes that use the header Authorization.
func authorizations(alternative []Security) int {
	n := 0
	for _, s := range alternative {
		if s.In == "bearer" || s.In == "basic" || s.In == "header" && strings.EqualFold(s.Name, "Authorization") {
			n++
		}
	}
	return n
}

// scheme returns a security scheme by its name, or the reason why the client cannot authenticate with it.
func (l *lowering) scheme(name string) (Security, string) {
	var s *openapi3.SecurityScheme
	if c := l.OpenAPI.Components; c != nil && c.SecuritySchemes[name] != nil {
		s = c.SecuritySchemes[name].Value
	}
	switch {
	case s == nil:
		return Security{In: "bearer"}, "is not one of the components; the client sends its token"
	case s.Type == "apiKey" && rank(s.In) > 0 && s.Name != "":
		return Security{name, s.In, s.Name}, ""
	case s.Type == "http" && strings.EqualFold(s.Scheme, "basic"):
		return Security{name, "basic", ""}, ""
	case s.Type == "http" && strings.EqualFold(s.Scheme, "bearer"), s.Type == "oauth2", s.Type == "openIdConnect":
		return Security{name, "bearer", ""}, ""
	case s.Type == "mutualTLS":
		return Security{}, "" // handled by the transport
	}
	return Security{}, "cannot be sent; package rest knows bearer, basic and API keys"
}
