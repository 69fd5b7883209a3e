package specedit

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/oas"
	"github.com/highlevel-go/snapshots/internal/specedit/yamltext"
)

// isWholeOperation reports whether an edit adds or removes an operation.
func isWholeOperation(e drift.Edit) bool {
	return e.Place == facts.OperationPlace && e.Aspect == facts.Present && e.Rename == ""
}

// addOperation adds an operation that the spec lacks, to its path, or with a new path after the others.
func (d *draft) addOperation(id string, source *facts.Operation) error {
	if source == nil {
		return fmt.Errorf("nothing is known about the operation %s; write it by hand", id)
	}
	node, err := d.fragment(source, facts.OperationPlace)
	if err != nil {
		return err
	}
	if err := d.dropDefaults(node, source); err != nil {
		return err
	}
	method, path := strings.ToLower(source.Value(facts.OperationPlace, facts.Method)), source.Value(facts.OperationPlace, facts.Path)
	paths, ok := yamltext.Find(d.Root(), "paths")
	if !ok {
		return fmt.Errorf("%s has no paths; write the operation by hand", d.File())
	}
	if item, ok := yamltext.Find(paths.Value, path); ok {
		return d.insertEntry(item.Value, oas.String(method), node)
	}
	return d.insertEntry(paths.Value, oas.String(path), oas.Mapping(method, node))
}

// dropDefaults removes the server and the security of an operation if they are those of the document.
func (d *draft) dropDefaults(node *yaml.Node, source *facts.Operation) error {
	isDefault := func(key string, place facts.Place, aspect facts.Aspect) bool {
		if _, ok := yamltext.Find(d.Root(), key); !ok {
			return false
		}
		return slices.ContainsFunc(d.facts.Operations, func(op *facts.Operation) bool {
			return op.Value(place, aspect) == source.Value(place, aspect)
		})
	}
	if isDefault("servers", facts.OperationPlace, facts.Server) {
		oas.Delete(node, "servers")
	}
	switch scheme := source.Value(facts.AuthPlace, facts.Scheme); {
	case isDefault("security", facts.AuthPlace, facts.Scheme):
		oas.Delete(node, "security")
	case scheme != "":
		return fmt.Errorf("%s has no security scheme %s that all operations share; write the operation by hand", d.File(), scheme)
	}
	return nil
}

// removeOperation removes an operation, and its path if that has no other operation.
func (d *draft) removeOperation(id string) error {
	op, err := d.operation(id)
	if err != nil {
		return err
	}
	paths, _ := yamltext.Find(d.Root(), "paths")
	item, ok := yamltext.Find(paths.Value, op.Path.Value)
	if _, here := yamltext.Find(item.Value, op.Method.Value); !ok || !here {
		return fmt.Errorf("the operation %s is not written in its path; remove it by hand", id)
	}
	for key := range oas.Pairs(op.Item) {
		if oas.IsMethod(key.Value) && key != op.Method {
			return d.Remove(item.Value, op.Method.Value)
		}
	}
	return d.Remove(paths.Value, op.Path.Value)
}
