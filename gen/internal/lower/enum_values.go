package lower

import (
	"fmt"
	"math"

	"github.com/getkin/kin-openapi/openapi3"
)

// EnumType is "string" or "integer" when a schema is an enum of that; anything else is not made an enum type.
func EnumType(s *openapi3.Schema) (string, bool) {
	if s == nil || len(s.Enum) == 0 {
		return "", false
	}
	types := typesOf(s)
	got := ""
	for _, v := range s.Enum {
		t := ""
		switch v := v.(type) {
		case nil:
			continue
		case string:
			t = "string"
		case float64:
			if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
				t = "integer"
			}
		case int, int64, uint64:
			t = "integer"
		}
		if t == "" || got != "" && got != t {
			return "", false
		}
		got = t
	}
	ok := got != "" && (len(types) == 0 || types[0] == got || types[0] == "number" && got == "integer")
	return got, ok
}

// EnumValues are the values of an enum, without null and without doubles, as they are written.
func EnumValues(s *openapi3.Schema) []string {
	if _, ok := EnumType(s); !ok {
		return nil
	}
	var out []string
	seen := map[string]bool{}
	for _, v := range s.Enum {
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
