package lower

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/prose"
)

// results are the successes with content, by status. Error responses are read by package rest.
func (l *lowering) results(op *Operation) []result {
	if op.Spec.Responses == nil {
		return nil
	}
	var out []result
	all := op.Spec.Responses.Map()
	for _, status := range success(all) {
		ref := all[status]
		if ref.Value == nil || len(ref.Value.Content) == 0 {
			continue
		}
		at := l.follow(op.At.At("responses", status), ref.Ref).At("content")
		order := inOrder(ref.Value.Content, l.Keys(at))
		i := slices.IndexFunc(order, isJSON)
		if i < 0 {
			l.Add(at, "the answer %s is %s; only JSON can be decoded", status, prose.List(order, "or"))
			continue
		}
		schema := node{ref.Value.Content[order[i]].Schema, at.At(order[i], "schema")}
		if schema.ref == nil {
			schema.ref = &openapi3.SchemaRef{Value: &openapi3.Schema{}}
		}
		out = append(out, result{status, schema})
	}
	return out
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
