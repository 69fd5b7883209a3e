package oas

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// tolerate changes a model so that the validator accepts the faults of published documents with one obvious meaning.
func tolerate(model *openapi3.T) {
	for path, item := range model.Paths.Map() {
		require(item.Parameters)
		for _, op := range item.Operations() {
			require(op.Parameters)
			for _, found := range placeholder.FindAllStringSubmatch(path, -1) {
				if !describes(item.Parameters, found[1]) && !describes(op.Parameters, found[1]) { // it is a string
					op.AddParameter(openapi3.NewPathParameter(found[1]).WithSchema(openapi3.NewStringSchema()))
				}
			}
		}
	}
	if model.Components != nil {
		for _, ref := range model.Components.SecuritySchemes {
			if scheme := ref.Value; scheme != nil && scheme.Type != "apiKey" {
				scheme.In, scheme.Name = "", ""                // only an apiKey has them
				scheme.Scheme = strings.ToLower(scheme.Scheme) // RFC 9110: case-insensitive
			}
		}
	}
	later := model.IsOpenAPI31OrLater()
	eachSchema(reflect.ValueOf(model), map[any]bool{}, func(s *openapi3.Schema) {
		if s.Type.Is(openapi3.TypeArray) && s.Items == nil { // a list of anything
			s.Items = &openapi3.SchemaRef{Value: &openapi3.Schema{}}
		}
		if later || !s.Type.Includes(openapi3.TypeNull) {
			return
		}
		kinds := slices.DeleteFunc(slices.Clone(*s.Type), func(kind string) bool { return kind == openapi3.TypeNull })
		switch s.Nullable = true; len(kinds) { // as in OpenAPI 3.1
		case 0:
			s.Type, s.Enum = nil, []any{nil}
		case 1:
			s.Type = (*openapi3.Types)(&kinds)
		}
	})
}

// layers splits a model into several, none of which has two paths that differ only in the names of their parameters.
func layers(model *openapi3.T) []*openapi3.T {
	var out []*openapi3.T
	count := map[string]int{}
	for _, path := range slices.Sorted(maps.Keys(model.Paths.Map())) {
		shape := placeholder.ReplaceAllString(path, "{}")
		n := count[shape]
		count[shape]++
		if n == len(out) {
			layer := *model
			layer.Paths = openapi3.NewPaths()
			out = append(out, &layer)
		}
		out[n].Paths.Set(path, model.Paths.Value(path))
	}
	if out == nil {
		return []*openapi3.T{model}
	}
	return out
}

// require makes path parameters required, since a path needs all of them.
func require(parameters openapi3.Parameters) {
	for _, p := range parameters {
		if p.Value != nil && p.Value.In == openapi3.ParameterInPath {
			p.Value.Required = true
		}
	}
}

func describes(parameters openapi3.Parameters, name string) bool {
	return slices.ContainsFunc(parameters, func(p *openapi3.ParameterRef) bool {
		return p.Value != nil && p.Value.In == openapi3.ParameterInPath && p.Value.Name == name
	})
}

// eachSchema visits every schema of a model once.
func eachSchema(v reflect.Value, seen map[any]bool, visit func(*openapi3.Schema)) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() || seen[v.UnsafePointer()] {
			return
		}
		seen[v.UnsafePointer()] = true
		if v.Type() == reflect.TypeFor[*openapi3.Schema]() {
			visit((*openapi3.Schema)(v.UnsafePointer()))
		}
		eachSchema(v.Elem(), seen, visit)
	case reflect.Interface:
		eachSchema(v.Elem(), seen, visit)
	case reflect.Struct:
		for _, field := range v.Fields() {
			eachSchema(field, seen, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachSchema(v.Index(i), seen, visit)
		}
	case reflect.Map:
		for _, value := range v.Seq2() {
			eachSchema(value, seen, visit)
		}
	}
}
