package sectioninit

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// unions converts each oneOf whose choices overlap to an anyOf: a oneOf does not allow a value that matches two of its
// choices.
func (c *corrections) unions(op *facts.Operation, version string) {
	for i, f := range op.Facts {
		if f.Aspect != facts.Union || f.Value != "oneOf" {
			continue
		}
		node, err := facts.Fragment(op, f.Place)
		if err != nil {
			continue
		}
		if _, schema := facts.SchemaIn(node); !overlap(content(oas.Child(schema, "oneOf"))) {
			continue
		}
		op.Facts[i].Value = "anyOf"
		c.add(op, difference{version, f.Place, f.Aspect, "oneOf", "anyOf", "the choices of a oneOf allow the same values, so that a message can fit two of them"}, f.Pos)
	}
}

// overlap reports whether a value may match two of the choices.
func overlap(choices []*yaml.Node) bool {
	for i, a := range choices {
		for _, b := range choices[:i] {
			if !areDisjoint(a, b) {
				return true
			}
		}
	}
	return false
}

// areDisjoint reports whether no value can match both schemas, because of their types, their enums, or a property that both
// require.
func areDisjoint(a, b *yaml.Node) bool {
	kindA, kindB := oas.Text(oas.Child(a, "type")), oas.Text(oas.Child(b, "type"))
	numbers := func(kind string) bool { return kind == "number" || kind == "integer" }
	if kindA != "" && kindB != "" && kindA != kindB && !(numbers(kindA) && numbers(kindB)) && !(oas.IsTrue(oas.Child(a, "nullable")) && oas.IsTrue(oas.Child(b, "nullable"))) {
		return true
	}
	valuesA, valuesB := oas.Texts(oas.Child(a, "enum")), oas.Texts(oas.Child(b, "enum"))
	if len(valuesA) > 0 && len(valuesB) > 0 {
		return !slices.ContainsFunc(valuesA, func(value string) bool { return slices.Contains(valuesB, value) })
	}
	if kindA != "object" || kindB != "object" {
		return false
	}
	required := oas.Texts(oas.Child(b, "required"))
	return slices.ContainsFunc(oas.Texts(oas.Child(a, "required")), func(name string) bool {
		inA, inB := oas.Child(oas.Child(a, "properties"), name), oas.Child(oas.Child(b, "properties"), name)
		return slices.Contains(required, name) && inA != nil && inB != nil && areDisjoint(inA, inB)
	})
}
