package lower

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

// results returns the successful responses with JSON, by status; an operation that returns only something else is a stream.
// Error responses are read by package rest.
func (l *lowering) results(op *Operation) []result {
	if op.Spec.Responses == nil || op.Method == http.MethodHead { // a response to HEAD has no body
		return nil
	}
	var out []result
	var named, other []string // media types
	var otherAt []oas.Place
	var empty []int
	all := op.Spec.Responses.Map()
	for _, status := range success(all) {
		response := all[status].Value
		if response == nil || len(response.Content) == 0 {
			if code, err := strconv.Atoi(status); err == nil && code != http.StatusNoContent { // which never has content
				empty = append(empty, code)
			}
			continue
		}
		at := l.follow(op.At.At("responses", status), all[status].Ref).At("content")
		order := inOrder(response.Content, l.Keys(at))
		i := slices.IndexFunc(order, func(media string) bool { return isJSON(media) && !l.isBinary(media, response.Content[media]) })
		if i < 0 {
			other, otherAt = append(other, order...), append(otherAt, at)
			continue
		}
		content := response.Content[order[i]]
		byHand, _ := response.Extensions["x-go-answer"].(string)
		out = append(out, result{status, schemaOf(content, at.At(order[i], "schema")), content, byHand})
		named = append(named, order[i])
	}
	accept := func(types []string) string {
		return strings.Join(slices.Compact(slices.Sorted(slices.Values(types))), ", ")
	}
	switch {
	case len(out) > 0:
		op.Empty = empty
		if !slices.ContainsFunc(named, coversJSON) { // such as application/vnd.api+json alone
			op.Accept = accept(named)
		}
		for _, at := range otherAt {
			l.Note(at, "this response is not JSON, as others of the operation are; a call that gets this response fails")
		}
	case len(other) > 0:
		op.Stream, op.Accept = true, accept(other)
		if strings.ContainsFunc(op.Accept, unicode.IsControl) {
			l.Add(otherAt[0], "a media type of this response contains a control character")
		}
	}
	return out
}

// success returns the success statuses in ascending order: 200, 201, 2XX; default only if there is no other.
func success(all map[string]*openapi3.ResponseRef) []string {
	var out []string
	for status := range all {
		if strings.HasPrefix(status, "2") {
			out = append(out, status)
		}
	}
	slices.Sort(out)
	if len(out) == 0 && all["default"] != nil {
		out = []string{"default"}
	}
	return out
}
