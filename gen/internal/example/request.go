package example

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/gen/internal/lower"
	"github.com/highlevel-go/snapshots/gen/internal/model"
)

const (
	maxOptional = 3  // optional fields of a request, unless the document shows a whole body
	maxLines    = 36 // of a request
)

// request returns the request of a call as a literal of Go: what is required, and some of the rest.
func (m *Maker) request(o *model.Operation) (string, bool) {
	for _, optional := range []int{maxOptional, 0} {
		left := optional
		code, ok := m.fields(o.Fields, bodySchema(o), func(f *model.Field) shown {
			switch out := m.sent(o, f); {
			case f.Required && out.size == 0 && f.Base == "string" && m.named[f.Wire] != "": // as shown elsewhere in the document
				return shown{m.named[f.Wire], 1, true}
			case f.Required:
				return out
			case !out.example || left == 0 || o.Pages != nil && f.Name == o.Pages.Cursor || f.Extensions["x-from-client"] != nil:
				return shown{}
			default:
				left--
				return out
			}
		})
		if !ok {
			return "", false
		}
		if strings.Count(code, "\n") <= maxLines {
			return m.pkg + "." + o.Request + code, true
		}
	}
	return "", false
}

// sent returns what the document shows for a field of a request.
func (m *Maker) sent(o *model.Operation, f *model.Field) shown {
	if p := f.Parameter; p != nil {
		media := &openapi3.MediaType{Example: p.Example, Examples: p.Examples, Schema: p.Schema}
		if p.Schema == nil {
			media.Schema = &openapi3.SchemaRef{Value: f.Outer}
		}
		return m.ofMedia(media)
	}
	media := o.Body.Source
	if f.WholeBody {
		return m.ofMedia(media)
	}
	whole := &openapi3.MediaType{Example: media.Example, Examples: media.Examples}
	if body, ok := m.ofMedia(whole).value.(map[string]any); ok {
		return valueOf(body, f)
	}
	if out := m.of(&openapi3.SchemaRef{Value: f.Outer}); out.size > 0 {
		return out
	}
	return m.of(&openapi3.SchemaRef{Value: f.Schema})
}

// chosen is a field of a literal, its value, and the code for that value.
type chosen struct {
	field *model.Field
	value any
	code  string
}

// bodySchema returns the schema of a body whose properties are fields of the request, or nil.
func bodySchema(o *model.Operation) *openapi3.Schema {
	if o.Body == nil || o.Body.Source.Schema == nil || slices.ContainsFunc(o.Fields, func(f *model.Field) bool { return f.WholeBody }) {
		return nil
	}
	return o.Body.Source.Schema.Value
}

// fields writes the fields of a struct literal. It returns false if a required field has no value, or if the schema does not
// allow the number of properties.
func (m *Maker) fields(fields []*model.Field, s *openapi3.Schema, value func(*model.Field) shown) (string, bool) {
	var all []chosen
	for _, f := range fields {
		if f.Schema.ReadOnly || f.Outer.ReadOnly {
			continue
		}
		v := value(f)
		if v.size == 0 && f.Required && f.Base == "bool" { // it has only two values
			v = shown{true, 1, false}
		}
		code, ok := "", false
		if v.size > 0 {
			code, ok = m.field(f, v.value)
		}
		switch {
		case ok:
			all = append(all, chosen{f, v.value, code})
		case f.Required && !f.MayBeNull:
			return "", false
		}
	}
	all, ok := related(fields, all)
	properties := 0
	for _, c := range all {
		if c.field.In == "body" || c.field.In == "" {
			properties++
		}
	}
	ok = ok && demandedSize(s, properties)
	if len(all) == 0 {
		return "{}", ok
	}
	if len(all) == 1 && !strings.Contains(all[0].code, "\n") {
		return "{" + all[0].field.Name + ": " + all[0].code + "}", ok
	}
	var b strings.Builder
	for _, c := range all {
		b.WriteString(c.field.Name + ": " + c.code + ",\n")
	}
	return "{\n" + b.String() + "}", ok
}

// related removes the fields that must be empty because of others. It returns false if a field that others require has no
// value.
func related(fields []*model.Field, all []chosen) ([]chosen, bool) {
	byField := map[*model.Field]chosen{}
	for _, c := range all {
		byField[c.field] = c
	}
	for _, f := range fields {
		_, given := byField[f]
		needed := false
		for _, c := range f.RequiredWhen {
			needed = needed || isOneOf(byField[c.Other].value, c.Values)
		}
		if needed && !given {
			return nil, false
		}
		if f.OnlyWhen && !needed {
			delete(byField, f)
		}
		if f.NotAfter != nil && isAfter(byField[f].value, byField[f.NotAfter].value) {
			if f.Required {
				return nil, false
			}
			delete(byField, f)
		}
	}
	var out []chosen
	for _, c := range all {
		if _, left := byField[c.field]; left {
			out = append(out, c)
		}
	}
	return out, true
}

func isOneOf(v any, values []string) bool {
	for _, value := range values {
		if v != nil && lower.ValueText(v) == value {
			return true
		}
	}
	return false
}

func isAfter(a, b any) bool {
	first, _ := a.(string)
	second, _ := b.(string)
	t, ok := moment(first)
	u, also := moment(second)
	return ok && also && t.After(u)
}
