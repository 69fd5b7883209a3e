package sandbox

import (
	"maps"
	"slices"
)

// kind is the type of a field in JSON.
type kind string

const (
	aText   kind = "a string"
	aNumber kind = "a number"
	aBool   kind = "a boolean"
	aList   kind = "an array"
)

// shape is the fields of an object by name: each is a kind, or a shape.
type shape map[string]any

// read returns the fields of an object that the shape names, and adds an error for each of another kind. Null counts as absent.
func (sh shape) read(fields map[string]any, faults *[]string) map[string]any {
	return sh.readAt("", fields, faults)
}

func (sh shape) readAt(at string, fields map[string]any, faults *[]string) map[string]any {
	out := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(sh)) {
		value := fields[name]
		if value == nil {
			continue
		}
		switch want := sh[name].(type) {
		case shape:
			inner, ok := value.(map[string]any)
			if !ok {
				*faults = append(*faults, at+name+" must be an object")
				continue
			}
			out[name] = want.readAt(at+name+".", inner, faults)
		case kind:
			if !want.has(value) {
				*faults = append(*faults, at+name+" must be "+string(want))
				continue
			}
			out[name] = value
		}
	}
	return out
}

func (k kind) has(value any) bool {
	switch value.(type) {
	case string:
		return k == aText
	case float64:
		return k == aNumber
	case bool:
		return k == aBool
	case []any:
		return k == aList
	}
	return false
}

// required adds an error for each string that is empty or absent.
func required(fields map[string]any, faults *[]string, names ...string) {
	for _, name := range names {
		if text, isText := fields[name].(string); text == "" && (isText || fields[name] == nil) {
			*faults = append(*faults, name+" should not be empty")
		}
	}
}
