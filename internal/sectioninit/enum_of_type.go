package sectioninit

import (
	"encoding/json"
	"slices"

	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// ofType returns an enum without the values that are not of a type.
func ofType(enum, kind string) string {
	if !slices.Contains([]string{"number", "integer", "boolean", "array", "object"}, kind) { // every value can be a string
		return enum
	}
	schema := oas.Mapping("type", oas.String(kind))
	values := facts.Texts(enum)
	right := slices.DeleteFunc(slices.Clone(values), func(value string) bool {
		var read any
		return json.Unmarshal([]byte(value), &read) != nil || oas.ValueProblem(schema, read) != ""
	})
	switch {
	case len(right) == len(values):
		return enum
	case len(right) == 0:
		return ""
	}
	return facts.CompactJSON(right)
}

// maxReason is the maximum length of the reason why a schema does not allow a value: the library quotes an enum of a
// thousand values.
const maxReason = 160

func shortened(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
