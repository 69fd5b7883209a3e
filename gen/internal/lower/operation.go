package lower

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"
)

// Statuses returns the documented statuses that are numbers.
func (op *Operation) Statuses() []int {
	var out []int
	if op.Spec.Responses == nil {
		return nil
	}
	for status := range op.Spec.Responses.Map() {
		if n, err := strconv.Atoi(status); err == nil {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// Answer returns the first successful response with JSON: its status, such as 2XX, and its description in the document, or
// nil.
func (op *Operation) Answer() (status string, media *openapi3.MediaType) {
	if len(op.results) == 0 {
		return "", nil
	}
	return op.results[0].status, op.results[0].media
}

// Reads reports whether a response with that status is decoded into the operation's result.
func (op *Operation) Reads(status string) bool {
	return slices.ContainsFunc(op.results, func(r result) bool { return r.status == status })
}

// Succeeds reports whether a response with that status is a success: 2XX, or default if there is no other.
func (op *Operation) Succeeds(status string) bool {
	return slices.Contains(success(op.Spec.Responses.Map()), status)
}

// Descriptor returns the name that its descriptor is called after: variants share one.
func (op *Operation) Descriptor() string {
	if op.of != nil {
		return op.of.Name
	}
	return op.Name
}

// Idempotent reports whether repeating the operation changes nothing: by x-idempotent, otherwise by the method.
func (op *Operation) Idempotent() bool {
	if v, ok := op.Spec.Extensions["x-idempotent"].(bool); ok {
		return v
	}
	switch op.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace, http.MethodPut, http.MethodDelete:
		return true
	}
	return false
}

// NullSuccess reports whether a success may be null.
func (op *Operation) NullSuccess() bool {
	return slices.ContainsFunc(op.results, func(r result) bool {
		s := r.schema.schema()
		return s != nil && (s.Nullable || s.Type.Includes("null"))
	})
}

// Scopes returns the scopes that a token needs: x-scopes, otherwise those in the security of the operation.
func (op *Operation) Scopes() []string {
	return op.textsOr("x-scopes", op.scopes)
}

// TokenTypes returns the kinds of token that the operation accepts: x-token-types, otherwise those in its security.
func (op *Operation) TokenTypes() []string {
	return op.textsOr("x-token-types", op.tokenKinds)
}

// AuthMethods returns the kinds of credentials that the operation accepts, x-auth-methods; nil if it names both methods of
// the service.
func (op *Operation) AuthMethods() []string {
	all := op.Texts("x-auth-methods")
	if slices.Contains(all, "OAuth Access Token") && slices.Contains(all, "Private Integration Token") {
		return nil
	}
	return all
}

// textsOr returns the list of strings in an extension of the operation, or another list if it has no such extension.
func (op *Operation) textsOr(key string, other []string) []string {
	if _, ok := op.Spec.Extensions[key]; !ok {
		return other
	}
	return op.Texts(key)
}

// Texts returns a list of strings in an extension of the operation.
func (op *Operation) Texts(key string) []string {
	list, _ := op.Spec.Extensions[key].([]any)
	var out []string
	for _, v := range list {
		out = append(out, ValueText(v))
	}
	return out
}

// ClientDefault returns what a client sends for a parameter unless an option sets another value.
func (p *Field) ClientDefault() string {
	if values := EnumValues(p.Schema); len(values) > 0 {
		return values[0]
	}
	if p.Schema.Default != nil {
		return ValueText(p.Schema.Default)
	}
	return ""
}
