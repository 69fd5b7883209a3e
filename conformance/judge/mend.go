package judge

import (
	"encoding/json"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// mend takes out of a document what contradicts the rest of it and changes no message; see [Load].
func mend(doc *openapi3.T) {
	m := mender{seen: map[*openapi3.Schema]bool{}}
	if c := doc.Components; c != nil {
		for _, ref := range c.SecuritySchemes {
			if ref.Value != nil && ref.Value.Type != "apiKey" {
				ref.Value.In, ref.Value.Name = "", ""
			}
		}
		m.schemas(c.Schemas)
		for _, ref := range c.Parameters {
			m.parameter(ref.Value)
		}
		for _, ref := range c.RequestBodies {
			m.body(ref)
		}
		for _, ref := range c.Responses {
			m.response(ref)
		}
	}
	if doc.Paths == nil {
		return
	}
	for path, item := range doc.Paths.Map() {
		m.parameters(item.Parameters)
		for _, op := range item.Operations() {
			describe(path, item, op)
			m.parameters(op.Parameters)
			m.body(op.RequestBody)
			if op.Responses != nil {
				for _, ref := range op.Responses.Map() {
					m.response(ref)
				}
			}
		}
	}
}

// describe adds the parameters of a path that nothing describes: they are texts.
func describe(path string, item *openapi3.PathItem, op *openapi3.Operation) {
	for _, found := range pathValue.FindAllStringSubmatch(path, -1) {
		name := found[1]
		if op.Parameters.GetByInAndName("path", name) == nil && item.Parameters.GetByInAndName("path", name) == nil {
			p := openapi3.NewPathParameter(name).WithSchema(openapi3.NewStringSchema())
			op.Parameters = append(op.Parameters, &openapi3.ParameterRef{Value: p})
		}
	}
}

type mender struct{ seen map[*openapi3.Schema]bool }

func (m mender) parameters(list openapi3.Parameters) {
	for _, ref := range list {
		m.parameter(ref.Value)
	}
}

func (m mender) parameter(p *openapi3.Parameter) {
	if p == nil {
		return
	}
	m.schema(p.Schema)
	p.Example = fitting(p.Schema, p.Example)
	m.content(p.Content)
}

func (m mender) body(ref *openapi3.RequestBodyRef) {
	if ref != nil && ref.Value != nil {
		m.content(ref.Value.Content)
	}
}

func (m mender) response(ref *openapi3.ResponseRef) {
	if ref == nil || ref.Value == nil {
		return
	}
	m.content(ref.Value.Content)
	for _, h := range ref.Value.Headers {
		if h.Value != nil {
			m.parameter(&h.Value.Parameter)
		}
	}
}

func (m mender) content(content openapi3.Content) {
	for _, media := range content {
		m.schema(media.Schema)
		media.Example = fitting(media.Schema, media.Example)
	}
}

func (m mender) schemas(list openapi3.Schemas) {
	for _, ref := range list {
		m.schema(ref)
	}
}

func (m mender) schema(ref *openapi3.SchemaRef) {
	if ref == nil || ref.Value == nil || m.seen[ref.Value] {
		return
	}
	s := ref.Value
	m.seen[s] = true
	if s.Type.Is("array") && s.Items == nil {
		s.Items = openapi3.NewSchemaRef("", &openapi3.Schema{})
	}
	for _, list := range []openapi3.SchemaRefs{s.AllOf, s.OneOf, s.AnyOf, s.PrefixItems, {s.Items, s.Not, s.AdditionalProperties.Schema}} {
		for _, one := range list {
			m.schema(one)
		}
	}
	m.schemas(s.Properties)
	s.Enum = slices.DeleteFunc(s.Enum, func(value any) bool {
		plain := *s
		plain.Enum = nil
		return value != nil && fitting(&openapi3.SchemaRef{Value: &plain}, value) == nil
	})
	s.Example = fitting(ref, s.Example)
}

// fitting is an example that its schema takes, or none.
func fitting(ref *openapi3.SchemaRef, example any) any {
	if example == nil || ref == nil || ref.Value == nil {
		return example
	}
	text, err := json.Marshal(example)
	var value any
	if err == nil {
		err = json.Unmarshal(text, &value)
	}
	if err != nil || ref.Value.VisitJSON(value) != nil && ref.Value.VisitJSON(value, openapi3.VisitAsRequest()) != nil &&
		ref.Value.VisitJSON(value, openapi3.VisitAsResponse()) != nil {
		return nil
	}
	return example
}

// layers are documents that have all paths of one between them, and no two whose templates differ in names alone: OpenAPI
// forbids those, and where their methods differ they do no harm.
func layers(doc *openapi3.T) []*openapi3.T {
	var out []*openapi3.T
	var taken []map[string]bool
	for _, path := range doc.Paths.InMatchingOrder() {
		shape := pathValue.ReplaceAllString(path, "{}")
		at := 0
		for ; at < len(out) && taken[at][shape]; at++ {
		}
		if at == len(out) {
			layer := *doc
			layer.Paths = openapi3.NewPaths()
			layer.Paths.Extensions = doc.Paths.Extensions
			out, taken = append(out, &layer), append(taken, map[string]bool{})
		}
		taken[at][shape] = true
		out[at].Paths.Set(path, doc.Paths.Value(path))
	}
	if len(out) == 0 {
		return []*openapi3.T{doc}
	}
	return out
}
