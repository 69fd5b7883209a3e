package lower

import (
	"fmt"
	"math"
	"regexp"

	"github.com/getkin/kin-openapi/openapi3"
)

// EnumType returns "string" or "integer" if a schema is an enum of that type; no other enum becomes an enum type.
func EnumType(s *openapi3.Schema) (string, bool) {
	got := ""
	for _, v := range enumOf(s) {
		t := typeName(v)
		switch {
		case t == "null":
			continue
		case t != "string" && t != "integer", got != "" && got != t:
			return "", false
		}
		if f, ok := v.(float64); ok && math.Abs(f) >= 1<<53 {
			return "", false
		}
		got = t
	}
	if got == "" {
		return "", false
	}
	types := typesOf(s)
	return got, len(types) == 0 || types[0] == got || types[0] == "number" && got == "integer"
}

// enumOf returns the values of an enum. A const is an enum of one value.
func enumOf(s *openapi3.Schema) []any {
	switch {
	case s == nil:
		return nil
	case len(s.Enum) == 0 && s.Const != nil:
		return []any{s.Const}
	}
	return s.Enum
}

// typeName returns the type of a value in JSON Schema.
func typeName(v any) string {
	switch v := v.(type) {
	case string:
		return "string"
	case bool:
		return "boolean"
	case float64:
		if v == math.Trunc(v) {
			return "integer"
		}
		return "number"
	case int, int64, uint64:
		return "integer"
	case []any:
		return "list"
	case map[string]any:
		return "object"
	}
	return "null"
}

// EnumValues returns the values of an enum, without null and duplicates, as they are written.
func EnumValues(s *openapi3.Schema) []string {
	if _, ok := EnumType(s); !ok {
		return nil
	}
	var out []string
	seen := map[string]bool{}
	for _, v := range enumOf(s) {
		text := ValueText(v)
		if v == nil || seen[text] {
			continue
		}
		seen[text] = true
		out = append(out, text)
	}
	return out
}

func ValueText(v any) string {
	if f, ok := v.(float64); ok && f == math.Trunc(f) {
		return fmt.Sprintf("%.0f", f)
	}
	return fmt.Sprint(v)
}

func typesOf(s *openapi3.Schema) []string {
	var out []string
	for _, t := range s.Type.Slice() {
		if t != "null" {
			out = append(out, t)
		}
	}
	return out
}

// CheckedPattern reports whether a schema has a pattern that Go can check. A pattern that RE2 does not support is left to
// the service.
func CheckedPattern(s *openapi3.Schema) bool {
	_, err := regexp.Compile(s.Pattern)
	return s.Pattern != "" && err == nil
}
