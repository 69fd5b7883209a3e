package conformance

import (
	"reflect"
	"strings"
)

// fieldFor finds the field of a wire name: by x-go-name, else by the letters and digits alone.
func fieldFor(in reflect.Type, wire string, extensions map[string]any) (reflect.StructField, bool) {
	if name, ok := extensions["x-go-name"].(string); ok {
		return in.FieldByName(name)
	}
	for i := range in.NumField() {
		if f := in.Field(i); f.IsExported() && bare(f.Name) == bare(wire) {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

func bare(name string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == '.' || r == '$' || r == ' ' {
			return -1
		}
		return r
	}, name))
}

// hasFields tells a struct of the spec's properties from a union, which keeps its JSON in one hidden field.
func hasFields(t reflect.Type) bool {
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() && strings.Contains(string(f.Tag), "json:") {
			return true
		}
	}
	return false
}
