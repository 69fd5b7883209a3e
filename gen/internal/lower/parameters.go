package lower

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/prose"
	"github.com/highlevel-go/snapshots/internal/oas"
)

var pathParameter = regexp.MustCompile(`\{([^{}]*)\}`)

// parameters collects the parameters of the path and of the operation; those of the operation override the others.
func (l *lowering) parameters(op *Operation, item *openapi3.PathItem, at oas.Place) {
	add := func(refs openapi3.Parameters, at oas.Place) {
		first := len(op.Parameters)
		for i, ref := range refs {
			p := l.parameter(ref, at.Index(i))
			if p == nil {
				continue
			}
			same := func(q *Field) bool { return oas.ParameterKey(q.In, q.Wire) == oas.ParameterKey(p.In, p.Wire) }
			if j := slices.IndexFunc(op.Parameters, same); j >= 0 {
				if j >= first {
					l.Note(p.At, "%s parameter %q is described twice; the second description counts", p.In, p.Wire)
				}
				op.Parameters[j] = p
			} else {
				op.Parameters = append(op.Parameters, p)
			}
		}
	}
	add(item.Parameters, at.At("parameters"))
	add(op.Spec.Parameters, op.At.At("parameters"))

	inPath := map[string]bool{}
	for _, m := range pathParameter.FindAllStringSubmatch(op.Path, -1) {
		inPath[m[1]] = true
		if !slices.ContainsFunc(op.Parameters, func(p *Field) bool { return p.In == "path" && p.Wire == m[1] }) {
			l.undescribed(op, m[1])
		}
	}
	for _, p := range op.Parameters {
		if p.In == "path" && !inPath[p.Wire] {
			l.Add(p.At, "path parameter %q is not in the path %s", p.Wire, op.Path)
		}
	}
	slices.SortStableFunc(op.Parameters, func(a, b *Field) int { return rank(a.In) - rank(b.In) })
}

// undescribed adds a path parameter that the document does not describe, as happens in published documents. It is a plain
// string.
func (l *lowering) undescribed(op *Operation, name string) {
	if name == "" {
		l.Add(op.At, "the path %s has a parameter without a name", op.Path)
		return
	}
	l.Note(op.At, "the path %s has {%s}, which no parameter describes; it becomes a text", op.Path, name)
	op.Parameters = append(op.Parameters, l.parameter(&openapi3.ParameterRef{Value: &openapi3.Parameter{
		Name: name, In: "path", Required: true, Description: "The " + name + " in the path.",
		Schema: &openapi3.SchemaRef{Value: &openapi3.Schema{Type: typed("string")}},
	}}, op.At))
}

// rank orders the fields of a request as they are sent.
func rank(in string) int { return slices.Index([]string{"path", "query", "header", "cookie"}, in) }

// engineHeaders are set by package rest. As parameters they are ignored, as the OpenAPI specification requires for the first
// three.
var engineHeaders = []string{"accept", "content-type", "authorization", "host", "content-length", "transfer-encoding", "connection", "user-agent"}

func (l *lowering) parameter(ref *openapi3.ParameterRef, at oas.Place) *Field {
	at = l.follow(at, ref.Ref)
	p := ref.Value
	switch {
	case p == nil || p.Name == "":
		l.Add(at, "the parameter has no name")
		return nil
	case rank(p.In) < 0:
		l.Add(at, "parameter %q is in %q, which is not path, query, header or cookie", p.Name, p.In)
		return nil
	case p.In == "header" && slices.Contains(engineHeaders, strings.ToLower(p.Name)):
		return nil
	}
	if (p.In == "header" || p.In == "cookie") && !isToken(p.Name) {
		l.Add(at, "%s %q cannot be sent: HTTP does not allow such a name", p.In, p.Name)
		return nil
	}
	schema, inJSON := node{p.Schema, at.At("schema")}, false
	if p.Schema == nil {
		schema, inJSON = l.contentOf(p, at)
	}
	info := l.describe(schema, p.Name)
	info.InJSON = inJSON
	maps.Copy(info.Extensions, p.Extensions)
	maps.Copy(info.Extensions, ref.Extensions)
	info.Curated, _ = p.Extensions["x-go-name"].(string)
	info.In, info.Parameter, info.Required, info.At = p.In, p, p.Required || p.In == "path", at
	info.Description = cmp.Or(unlessName(p.Description, p.Name), info.Description)
	if p.AllowEmptyValue && !info.AllowsEmpty() {
		l.Note(at.At("allowEmptyValue"), "parameter %q is %s; it is left out or has a value", p.Name, prose.Article(string(info.Shape)))
	}
	if p.Schema != nil && info.Extensions["x-comma-separated"] != true {
		l.checkStyle(info)
	}
	return info
}

// contentOf returns the schema of a parameter that has content instead of a schema, and whether it is sent as JSON. With any
// other media type it is a string.
func (l *lowering) contentOf(p *openapi3.Parameter, at oas.Place) (node, bool) {
	for _, media := range inOrder(p.Content, l.Keys(at.At("content"))) {
		if isJSON(media) {
			return schemaOf(p.Content[media], at.At("content", media, "schema")), true
		}
	}
	return node{&openapi3.SchemaRef{Value: &openapi3.Schema{Type: typed("string")}}, at.At("schema")}, false
}

// isToken reports whether text is an HTTP token, like the names of headers and cookies.
func isToken(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
	})
}
