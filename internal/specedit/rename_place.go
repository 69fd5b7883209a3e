package specedit

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/specedit/yamltext"
)

// inPath returns a path parameter as it appears in the path before and after an edit that renames it; "" for any other edit.
func inPath(e drift.Edit) (was, is string) {
	steps, err := e.Place.Steps()
	if err != nil || e.Rename == "" || len(steps) != 2 || !strings.HasPrefix(string(e.Place), "path.") {
		return "", ""
	}
	return "{" + steps[1].Name + "}", "{" + e.Rename + "}"
}

func (d *draft) renamePlace(e drift.Edit) error {
	at, err := d.locate(e.Operation, e.Place)
	if was, is := inPath(e); was != "" {
		op, missing := d.operation(e.Operation)
		if missing != nil {
			return missing
		}
		if strings.Contains(op.Path.Value, was) {
			if err := d.Replace(op.Path, strings.ReplaceAll(op.Path.Value, was, is)); err != nil {
				return err
			}
			if _, there := d.locate(e.Operation, e.Place.Renamed(e.Rename)); there == nil {
				return nil // the parameter is shared, and already has its new name
			}
		}
	}
	if err != nil {
		return err
	}
	switch {
	case e.Place == facts.OperationPlace:
		id, ok := yamltext.Find(at.node, "operationId")
		if !ok {
			return fmt.Errorf("%s:%d: the operation has no operationId; write it by hand", d.File(), at.node.Line)
		}
		return d.Replace(id.Value, yamltext.Quote(e.Rename))
	case at.item != nil: // a parameter: its name is a value
		return d.Replace(at.key.Value, yamltext.Quote(e.Rename))
	case at.key.Key != nil:
		for _, part := range d.parts(at.whole) {
			required, ok := yamltext.Find(part, "required")
			if !ok || required.Value.Kind != yaml.SequenceNode {
				continue
			}
			for _, item := range required.Value.Content {
				if item.Value == at.key.Key.Value {
					if err := d.Replace(item, yamltext.Quote(e.Rename)); err != nil {
						return err
					}
					break
				}
			}
		}
		return d.Replace(at.key.Key, yamltext.Quote(e.Rename))
	}
	return fmt.Errorf("%s cannot be renamed; change it by hand", e.Place)
}
