package conformance

import (
	"reflect"
	"strings"
	"unicode"
)

// fieldFor finds the field of a wire name: by x-go-name, otherwise by the letters and digits alone. If the generator has
// used that name for something else, the field is also named for its place (QueryValidate), and in a model ends in Field,
// Field2 and so on.
func fieldFor(in reflect.Type, place, wire string, extensions map[string]any) (reflect.StructField, bool) {
	if name, ok := extensions["x-go-name"].(string); ok {
		return in.FieldByName(name)
	}
	var found []reflect.StructField
	for _, name := range []string{bare(wire), bare(place + wire), bare(wire + "field")} {
		for i := range in.NumField() {
			f := in.Field(i)
			if have := bare(f.Name); f.IsExported() && (have == name || name == bare(wire+"field") && strings.TrimRight(have, "0123456789") == name) {
				found = append(found, f)
			}
		}
	}
	if len(found) == 0 {
		return reflect.StructField{}, false
	}
	for _, f := range found { // several differ in case, or in other characters than letters
		if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); len(found) > 1 && tag == wire {
			return f, true
		}
	}
	return found[0], true
}

// bare returns the letters and digits of a name, in one case.
func bare(name string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			return -1
		}
		return r
	}, name))
}

// hasFields reports whether a struct has the fields of a schema. A union has none: it stores its JSON in one unexported
// field.
func hasFields(t reflect.Type) bool {
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() && strings.Contains(string(f.Tag), "json:") {
			return true
		}
	}
	return false
}
