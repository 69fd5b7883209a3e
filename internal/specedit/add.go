package specedit

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/highlevel-go/snapshots/internal/drift"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// addPlace puts in what the documentation has and the spec lacks, as the facts say it.
func (t *text) addPlace(e drift.Edit, source *facts.Operation) error {
	if source == nil {
		return fmt.Errorf("nothing is known about %s; write it by hand", e.Place)
	}
	fragment, err := facts.Fragment(source, e.Place)
	if err != nil {
		return err
	}
	steps, _ := e.Place.Steps()
	last := steps[len(steps)-1]
	at, err := t.locate(e.Operation, e.Place)
	if err == nil {
		return fmt.Errorf("%s is there already; change it by hand", e.Place)
	}
	if last.Kind == facts.StepProperty && at.parent != nil && (at.holder == nil || len(at.holder.Content) == 0) && !isFlow(at.parent) && !e.Place.IsParam() && !isResponse(e.Place) {
		return t.addFirstProperty(at, e, fragment, source)
	}
	if at.holder == nil || isFlow(at.holder) || len(at.holder.Content) == 0 {
		return fmt.Errorf("there is no list or mapping that %s could be added to; write it by hand", e.Place)
	}
	indent := at.holder.Column - 1
	if at.holder.Kind == yaml.SequenceNode {
		lines, err := encode(&yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: []*yaml.Node{fragment}}, indent)
		if err != nil {
			return err
		}
		item := at.holder.Content[len(at.holder.Content)-1]
		t.insertLines(t.blockEnd(item.Line, indent, false), lines)
		return nil
	}
	key := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: last.Name}
	lines, err := encode(&yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{key, fragment}}, indent)
	if err != nil {
		return err
	}
	t.insertLines(t.lastOf(at.holder), lines)
	if source.Value(e.Place, facts.Required) != "" && (at.parent != nil && steps[0].Name != "response" || len(steps) > 2) {
		return t.requireAdded(e)
	}
	return nil
}

// requireAdded makes what was just put in a required one. The text is parsed anew, because its lines have moved.
func (t *text) requireAdded(e drift.Edit) error {
	again, err := parse(t.file, t.bytes())
	if err != nil {
		return err
	}
	if err := again.require(e, true); err != nil {
		return err
	}
	t.lines = again.lines
	return nil
}

// addFirstProperty puts in the properties of a schema that has none.
func (t *text) addFirstProperty(at target, e drift.Edit, fragment *yaml.Node, source *facts.Operation) error {
	if at.holder != nil {
		if err := t.remove(at.parent, "properties"); err != nil {
			return err
		}
		again, err := parse(t.file, t.bytes())
		if err != nil {
			return err
		}
		t.lines, t.root = again.lines, again.root
		if at, err = t.locate(e.Operation, e.Place); err == nil || at.parent == nil {
			return fmt.Errorf("%s cannot be added; write it by hand", e.Place)
		}
	}
	steps, _ := e.Place.Steps()
	name := steps[len(steps)-1].Name
	word := func(value string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value} }
	properties := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{word(name), fragment}}
	lines, err := encode(&yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{word("properties"), properties}}, at.parent.Content[0].Column-1)
	if err != nil {
		return err
	}
	t.insertLines(t.lastOf(at.parent), lines)
	if source.Value(e.Place, facts.Required) == "" {
		return nil
	}
	return t.requireAdded(e)
}

// encode writes a node as lines with an indentation.
func encode(node *yaml.Node, indent int) ([]string, error) {
	data, err := facts.EncodeYAML(node)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")
	for i := range lines {
		lines[i] = strings.Repeat(" ", indent) + lines[i]
	}
	return lines, nil
}
