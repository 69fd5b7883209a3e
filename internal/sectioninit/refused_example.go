package sectioninit

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// ofType returns an enum without the values that are not of a type.
func ofType(enum, kind string) string {
	if !slices.Contains([]string{"number", "integer", "boolean", "array", "object"}, kind) { // every value can be a string
		return enum
	}
	schema := openapi3.Schema{Type: &openapi3.Types{kind}}
	values := facts.Texts(enum)
	right := slices.DeleteFunc(slices.Clone(values), func(value string) bool {
		var read any
		return json.Unmarshal([]byte(value), &read) != nil || validate(&schema, read) != ""
	})
	switch {
	case len(right) == len(values):
		return enum
	case len(right) == 0:
		return ""
	}
	return facts.CompactJSON(right)
}

// exampleProblem returns why the example, examples or default of a place does not match its schema; "" if it does.
func exampleProblem(op *facts.Operation, f facts.Fact) string {
	node, err := facts.Fragment(op, f.Place)
	if err != nil {
		return ""
	}
	holder, schema := schemaIn(node)
	shown := []*yaml.Node{cmp.Or(oas.Child(holder, string(f.Aspect)), oas.Child(schema, string(f.Aspect)))}
	if f.Aspect == facts.Examples {
		for _, example := range oas.Pairs(shown[0]) {
			shown = append(shown, oas.Child(example, "value"))
		}
		shown = shown[1:]
	}
	for _, example := range shown {
		if why := valueProblem(schema, oas.Value(example)); example != nil && why != "" {
			return why
		}
	}
	return ""
}

// schemaIn returns the schema in the node of a place, and the node that its example is in: a media type, a parameter, or the schema itself.
func schemaIn(node *yaml.Node) (holder, schema *yaml.Node) {
	holder = node
	if media := oas.Child(node, "content"); len(content(media)) > 1 {
		holder = media.Content[1]
	}
	return holder, cmp.Or(oas.Child(holder, "schema"), holder)
}

// valueProblem returns why a schema does not allow a value; "" if it does, or if the schema cannot be read alone.
func valueProblem(node *yaml.Node, value any) string {
	data, err := facts.EncodeJSON(node)
	if err != nil {
		return ""
	}
	var schema openapi3.Schema
	if err := schema.UnmarshalJSON(data); err != nil {
		return ""
	}
	var plain any // with numbers as float64, as the library needs them
	if err := json.Unmarshal([]byte(facts.CompactJSON(value)), &plain); err != nil {
		return ""
	}
	return validate(&schema, plain)
}

func validate(schema *openapi3.Schema, value any) (why string) {
	defer func() {
		if recover() != nil { // the library panics on some schemas
			why = ""
		}
	}()
	if err := schema.VisitJSON(value); err != nil {
		text, _, _ := strings.Cut(err.Error(), "\n")
		return shortened(strings.TrimSuffix(text, ":"), maxReason)
	}
	return ""
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
