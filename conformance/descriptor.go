package conformance

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"
)

// descriptor compares the generated descriptor with the spec.
func (b *binding) descriptor(t *testing.T) {
	t.Helper()
	differs := func(what string, got, want any) {
		t.Errorf("descriptor of %s%s: %s is %v, and the spec says %v", b.id, lineOf(b.op.Origin), what, got, want)
	}
	if b.rest.Method != b.method {
		differs("method", b.rest.Method, b.method)
	}
	if b.rest.Path != b.path {
		differs("path", b.rest.Path, b.path)
	}
	if want, _ := b.named(); !slices.Equal(b.rest.Statuses, want) {
		differs("statuses", b.rest.Statuses, want)
	}
	if want := b.idempotent(); b.rest.Idempotent != want {
		differs("idempotent", b.rest.Idempotent, want)
	}
	if want := b.scopes(); !slices.Equal(b.rest.Scopes, want) {
		differs("scopes", b.rest.Scopes, want)
	}
	if want := texts(b.op.Extensions["x-token-types"]); (want != nil || len(b.security()) == 0) && !slices.Equal(b.rest.TokenTypes, want) {
		differs("token types", b.rest.TokenTypes, want)
	}
	if want := texts(b.op.Extensions["x-required-in-success"]); !slices.Equal(b.rest.RequiredInSuccess, want) {
		differs("what a success must have", b.rest.RequiredInSuccess, want)
	}
	if d := b.op.ExternalDocs; d != nil && b.rest.DocsURL != d.URL {
		differs("documentation", b.rest.DocsURL, d.URL)
	}
}

// scopes returns those of x-scopes or, without that, the scopes that every alternative of the security requires.
func (b *binding) scopes() []string {
	if want := texts(b.op.Extensions["x-scopes"]); want != nil {
		return want
	}
	count, requirements := map[string]int{}, b.security()
	for _, requirement := range requirements {
		of := map[string]bool{}
		for _, scopes := range requirement {
			for _, scope := range scopes {
				of[scope] = true
			}
		}
		for scope := range of {
			count[scope]++
		}
	}
	maps.DeleteFunc(count, func(_ string, n int) bool { return n < len(requirements) })
	return slices.Sorted(maps.Keys(count))
}

func (b *binding) idempotent() bool {
	if says, ok := b.op.Extensions["x-idempotent"].(bool); ok {
		return says
	}
	return b.method != http.MethodPost && b.method != http.MethodPatch
}

func texts(value any) []string {
	list, _ := value.([]any)
	var out []string
	for _, item := range list {
		out = append(out, fmt.Sprint(item))
	}
	return out
}
