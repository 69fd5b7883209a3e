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

// results are the successes with JSON, by status; an operation without any that answers with something else is a stream. Error responses are read by package rest.
func (l *lowering) results(op *Operation) []result {
	if op.Spec.Responses == nil || op.Method == http.MethodHead { // of which an answer is a header alone
		return nil
	}
	var out []result
	var named, other []string
	var otherAt []oas.Place
	all := op.Spec.Responses.Map()
	for _, status := range success(all) {
		ref := all[status]
		if ref.Value == nil || len(ref.Value.Content) == 0 {
			if code, err := strconv.Atoi(status); err == nil && code != http.StatusNoContent { // that one has none by itself
				op.Empty = append(op.Empty, code)
			}
			continue
		}
		at := l.follow(op.At.At("responses", status), ref.Ref).At("content")
		order := inOrder(ref.Value.Content, l.Keys(at))
		i := slices.IndexFunc(order, func(media string) bool { return isJSON(media) && !l.isBinary(media, ref.Value.Content[media]) })
		if i < 0 {
			other = append(other, order...)
			otherAt = append(otherAt, at)
			continue
		}
		schema := node{ref.Value.Content[order[i]].Schema, at.At(order[i], "schema")}
		if schema.ref == nil {
			schema.ref = &openapi3.SchemaRef{Value: &openapi3.Schema{}}
		}
		byHand, _ := ref.Value.Extensions["x-go-answer"].(string)
		out, named = append(out, result{status, schema, ref.Value.Content[order[i]], byHand}), append(named, order[i])
	}
	switch {
	case len(out) == 0 && len(other) > 0:
		if strings.ContainsFunc(strings.Join(other, ""), unicode.IsControl) {
			l.Add(otherAt[0], "a media type of this answer holds a control character")
		}
		op.Stream, op.Accept, op.Empty = true, strings.Join(slices.Compact(slices.Sorted(slices.Values(other))), ", "), nil
	case len(out) == 0:
		op.Empty = nil
	default:
		if !slices.ContainsFunc(named, coversJSON) { // such as application/vnd.api+json alone
			op.Accept = strings.Join(slices.Compact(slices.Sorted(slices.Values(named))), ", ")
		}
		for _, at := range otherAt {
			l.Note(at, "this answer is not JSON, as others of the operation are; where the service gives it, the call fails")
		}
	}
	return out
}

// coversJSON reports whether application/json is of a media type or range.
func coversJSON(media string) bool {
	media = baseMedia(media)
	return media == "application/json" || media == "*/*" || media == "application/*"
}

// success are the statuses of success, ascending: 200, 201, 2XX; default only when there is no other.
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
