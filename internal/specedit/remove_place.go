package specedit

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/specedit/yamltext"
)

func (d *draft) removePlace(e drift.Edit) error {
	at, err := d.locate(e.Operation, e.Place)
	if err != nil {
		return err
	}
	switch {
	case at.item != nil:
		if yamltext.IsFlow(at.holder) {
			return fmt.Errorf("%s:%d: the parameters stand on one line; remove it by hand", d.File(), at.item.Line)
		}
		if len(at.holder.Content) == 1 { // an empty list would be no list
			return d.Remove(at.parent, "parameters")
		}
		d.DeleteLines(at.item.Line, d.BlockEnd(at.item.Line, at.holder.Column-1, false))
		return nil
	case at.key.Key != nil:
		name := at.key.Key.Value
		holder, key := at.holder, name
		if properties, _ := yamltext.Find(at.parent, "properties"); len(at.holder.Content) == 2 && properties.Value == at.holder && len(at.parent.Content) > 2 {
			holder, key = at.parent, "properties" // the last one goes with its mapping
		}
		// From the bottom up, so that positions stay true.
		required, _ := yamltext.Find(at.parent, "required")
		isList := required.Value != nil && required.Value.Kind == yaml.SequenceNode
		if isList && strings.Contains(string(e.Place), ".") && required.Key.Line > at.key.Key.Line {
			if err := d.dropRequired(at.parent, name); err != nil {
				return err
			}
			return d.Remove(holder, key)
		}
		if err := d.Remove(holder, key); err != nil {
			return err
		}
		if isList {
			return d.dropRequired(at.parent, name)
		}
		return nil
	}
	return fmt.Errorf("%s cannot be removed; change it by hand", e.Place)
}

// dropRequired takes a name out of the list of what a schema requires.
func (d *draft) dropRequired(schema *yaml.Node, name string) error {
	names := requiredOf(schema)
	kept := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == name })
	if len(kept) == len(names) {
		return nil
	}
	return d.SetTexts(schema, "required", kept)
}

// setRequired makes a property required, or no longer.
func (d *draft) setRequired(operation string, place facts.Place, required bool) error {
	at, err := d.locate(operation, place)
	if err != nil {
		return err
	}
	name := at.key.Key.Value
	names := slices.DeleteFunc(requiredOf(at.parent), func(n string) bool { return n == name })
	if required {
		names = append(names, name)
	}
	return d.SetTexts(at.parent, "required", names)
}

// requiredOf lists what a schema requires.
func requiredOf(schema *yaml.Node) []string {
	var names []string
	if list, ok := yamltext.Find(schema, "required"); ok {
		for _, item := range list.Value.Content {
			names = append(names, item.Value)
		}
	}
	return names
}
