package main

import (
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/internal/oas"
)

var pathParameter = regexp.MustCompile(`\{([^{}]*)\}`)

// parameters gathers those of the path and of the operation; the latter win.
func (l *lowering) parameters(op *operation, item *openapi3.PathItem, at oas.Place) {
	add := func(refs openapi3.Parameters, at oas.Place) {
		for i, ref := range refs {
			p := l.parameter(ref, at.Index(i))
			if p == nil {
				continue
			}
			same := func(q *fieldInfo) bool { return q.in == p.in && q.wire == p.wire }
			if j := slices.IndexFunc(op.params, same); j >= 0 {
				op.params[j] = p
			} else {
				op.params = append(op.params, p)
			}
		}
	}
	add(item.Parameters, at.At("parameters"))
	add(op.op.Parameters, op.at.At("parameters"))

	inPath := map[string]bool{}
	for _, m := range pathParameter.FindAllStringSubmatch(op.path, -1) {
		inPath[m[1]] = true
		if !slices.ContainsFunc(op.params, func(p *fieldInfo) bool { return p.in == "path" && p.wire == m[1] }) {
			l.undescribed(op, m[1])
		}
	}
	for _, p := range op.params {
		if p.in == "path" && !inPath[p.wire] {
			l.Add(p.at, "path parameter %q does not stand in the path %s", p.wire, op.path)
		}
	}
	slices.SortStableFunc(op.params, func(a, b *fieldInfo) int { return rank(a.in) - rank(b.in) })
}

// undescribed makes up for a path parameter that the document forgot, which published ones do: nothing else than one text
// can stand there. The note says so.
func (l *lowering) undescribed(op *operation, name string) {
	if name == "" {
		l.Add(op.at, "the path %s has a parameter without a name", op.path)
		return
	}
	l.Note(op.at, "the path %s has {%s}, which no parameter describes; it is taken for a text", op.path, name)
	schema := &openapi3.Schema{Type: typed("string")}
	op.params = append(op.params, &fieldInfo{
		wire: name, in: "path", required: true, shape: shapeString, schema: schema, outer: schema, ext: map[string]any{}, at: op.at,
		param:       &openapi3.Parameter{Name: name, In: "path", Required: true, Schema: &openapi3.SchemaRef{Value: schema}},
		description: "The " + name + " in the path.",
	})
}

// rank orders the fields of a request as the request is written.
func rank(in string) int { return slices.Index([]string{"path", "query", "header", "cookie"}, in) }

// engineHeaders are set by the engine; as parameters they mean nothing, as the specification of OpenAPI says of the first three.
var engineHeaders = []string{"accept", "content-type", "authorization", "host", "content-length", "transfer-encoding", "connection", "user-agent"}

func (l *lowering) parameter(ref *openapi3.ParameterRef, at oas.Place) *fieldInfo {
	if ref.Ref != "" {
		if target, err := l.Resolve(at.File, ref.Ref); err == nil {
			at = target
		}
	}
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
	schema := node{p.Schema, at.At("schema")}
	if p.Schema == nil {
		schema.ref = &openapi3.SchemaRef{Value: &openapi3.Schema{Type: typed("string")}}
		for _, media := range inOrder(p.Content, l.Keys(at.At("content"))) {
			if isJSON(media) && p.Content[media].Schema != nil {
				schema = node{p.Content[media].Schema, at.At("content", media, "schema")}
				break
			}
		}
	}
	info := l.describe(schema, p.Name)
	for k, v := range p.Extensions {
		info.ext[k] = v
	}
	for k, v := range ref.Extensions {
		info.ext[k] = v
	}
	info.curated, _ = p.Extensions["x-go-name"].(string)
	info.in, info.param, info.required = p.In, p, p.Required || p.In == "path"
	if p.Description != "" {
		info.description = p.Description
	}
	info.at = at
	info.outer = schema.ref.Value
	return info
}
