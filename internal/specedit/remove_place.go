package specedit

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
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
			return fmt.Errorf("%s:%d: the parameters are written on one line; remove it by hand", d.File(), at.item.Line)
		}
		if len(at.holder.Content) == 1 { // it cannot be empty
			return d.Remove(at.parent, "parameters")
		}
		d.DeleteLines(d.Item(at.holder, at.item))
		return nil
	case at.key.Key != nil:
		if at.whole != nil {
			if err := d.dropRequired(e.Operation, e.Place); err != nil {
				return err
			}
			if at, err = d.locate(e.Operation, e.Place); err != nil {
				return err
			}
		}
		if properties, _ := yamltext.Find(at.parent, "properties"); len(at.holder.Content) == 2 && properties.Value == at.holder && len(at.parent.Content) > 2 {
			return d.Remove(at.parent, "properties") // the mapping is removed with its last property
		}
		return d.Remove(at.holder, at.key.Key.Value)
	}
	return fmt.Errorf("%s cannot be removed; change it by hand", e.Place)
}

// dropRequired removes the name of a property, which need not exist, from the required lists of the parts of a schema.
func (d *draft) dropRequired(operation string, place facts.Place) error {
	steps, err := place.Steps()
	if err != nil {
		return err
	}
	name := steps[len(steps)-1].Name
	for range oas.MaxDepth {
		at, err := d.locate(operation, place)
		if err != nil && at.whole == nil {
			return err
		}
		parts := d.parts(at.whole)
		i := slices.IndexFunc(parts, func(part *yaml.Node) bool { return slices.Contains(requiredOf(part), name) })
		if i < 0 {
			return nil
		}
		kept := slices.DeleteFunc(requiredOf(parts[i]), func(n string) bool { return n == name })
		if err := d.SetTexts(parts[i], "required", kept); err != nil {
			return err
		}
		if err := d.Reload(); err != nil { // lines have moved
			return err
		}
	}
	return fmt.Errorf("%s is required in too many parts of its schema; change it by hand", place)
}

// setRequired makes a property required or optional.
func (d *draft) setRequired(operation string, place facts.Place, required bool) error {
	at, err := d.locate(operation, place)
	switch {
	case err != nil:
		return err
	case at.key.Key == nil:
		return fmt.Errorf("whether %s is required must be changed by hand", place)
	case !required:
		return d.dropRequired(operation, place)
	}
	return d.SetTexts(at.parent, "required", append(requiredOf(at.parent), at.key.Key.Value))
}

// requiredOf returns the properties that a schema requires.
func requiredOf(schema *yaml.Node) []string {
	var names []string
	if list, ok := yamltext.Find(schema, "required"); ok {
		for _, item := range list.Value.Content {
			names = append(names, item.Value)
		}
	}
	return names
}
