package sectioninit

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// fixtures returns the responses that the documentation prints, if they match their schemas and the schemas name every
// property. The conformance suite sends them to the client, and generates all other responses from the schemas.
func fixtures(operations []*facts.Operation) []File {
	var out []File
	for _, op := range operations {
		if strings.ContainsAny(op.ID, `/\:*?"<>| []`) || strings.HasPrefix(op.ID, ".") {
			continue // it cannot be the name of a folder
		}
		for _, f := range op.Facts {
			steps, err := f.Place.Steps()
			if f.Aspect != facts.Sample || err != nil || len(steps) != 2 || steps[0].Name != "response" || !isStatus(steps[1].Name) {
				continue
			}
			if data, ok := fixture(op, f); ok {
				out = append(out, File{Path: filepath.Join(op.ID, steps[1].Name+".json"), Data: data})
			}
		}
	}
	return out
}

func isStatus(name string) bool {
	return len(name) == 3 && strings.Trim(name, "0123456789") == ""
}

func fixture(op *facts.Operation, f facts.Fact) ([]byte, bool) {
	response, err := facts.Fragment(op, f.Place)
	if err != nil {
		return nil, false
	}
	media := oas.Child(oas.Child(response, "content"), "application/json")
	schema, example := oas.Child(media, "schema"), oas.Child(media, "example")
	if schema == nil || example == nil {
		return nil, false
	}
	value := oas.Value(example)
	if _, isText := value.(string); isText || !describes(schema, value) || oas.ValueProblem(schema, value) != "" {
		return nil, false
	}
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(facts.CompactJSON(value)), "", "  "); err != nil {
		return nil, false
	}
	out.WriteByte('\n')
	return out.Bytes(), true
}

// describes reports whether a schema names every property of a value. One with choices or with properties of any name does not.
func describes(schema *yaml.Node, value any) bool {
	for _, key := range []string{"oneOf", "anyOf", "allOf", "not", "additionalProperties", "patternProperties"} {
		if oas.Child(schema, key) != nil {
			return false
		}
	}
	switch v := value.(type) {
	case map[string]any:
		properties := oas.Child(schema, "properties")
		for name, inner := range v {
			if property := oas.Child(properties, name); property == nil || !describes(property, inner) {
				return false
			}
		}
	case []any:
		items := oas.Child(schema, "items")
		for _, inner := range v {
			if items == nil || !describes(items, inner) {
				return false
			}
		}
	}
	return true
}
