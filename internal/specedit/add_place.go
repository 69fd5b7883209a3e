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

// addPlace adds a place of the documentation that the spec lacks.
func (d *draft) addPlace(e drift.Edit, source *facts.Operation) error {
	if source == nil {
		return fmt.Errorf("nothing is known about %s; write it by hand", e.Place)
	}
	if e.Bare {
		own := *source
		own.Facts = slices.DeleteFunc(slices.Clone(source.Facts), func(f facts.Fact) bool { return f.Place != e.Place })
		source = &own
	}
	fragment, err := d.fragment(source, e.Place)
	if err != nil {
		return err
	}
	return d.insert(e.Operation, e.Place, fragment, "", source.Value(e.Place, facts.Required) != "")
}

// insert adds a parameter, a response or a property, with a comment after its name. required is for a property.
func (d *draft) insert(operation string, place facts.Place, node *yaml.Node, comment string, required bool) error {
	at, err := d.locate(operation, place)
	if err == nil {
		return fmt.Errorf("the spec has %s already; change it by hand", place)
	}
	steps, err := place.Steps()
	if err != nil {
		return err
	}
	last := steps[len(steps)-1]
	key := oas.String(last.Name)
	key.LineComment = comment
	switch {
	case place.IsParam() && len(steps) == 2:
		return d.insertParameter(at, node)
	case last.Kind != facts.StepProperty || place.IsParam() || at.parent == nil, isResponse(place) && at.holder == nil:
		return fmt.Errorf("the spec has nothing that %s could be added to; write it by hand", place)
	case isResponse(place):
		return d.insertEntry(at.holder, key, node)
	}
	if at.holder != nil && len(at.holder.Content) == 0 && !yamltext.IsFlow(at.parent) { // {} instead of a block
		if err := d.Remove(at.parent, "properties"); err != nil {
			return err
		}
		if err := d.Reload(); err != nil {
			return err
		}
		at, _ = d.locate(operation, place)
	}
	if at.holder == nil {
		err = d.insertEntry(at.parent, oas.String("properties"), mapping(key, node))
	} else {
		err = d.insertEntry(at.holder, key, node)
	}
	if err != nil || !required {
		return err
	}
	if err := d.Reload(); err != nil { // lines have moved
		return err
	}
	return d.setRequired(operation, place, true)
}

func (d *draft) insertParameter(at target, node *yaml.Node) error {
	list := at.holder
	item := oas.List(node)
	switch {
	case list == nil:
		return d.insertEntry(at.parent, oas.String("parameters"), item)
	case list.Kind != yaml.SequenceNode || yamltext.IsFlow(list) || len(list.Content) == 0:
		return fmt.Errorf("%s:%d: the parameters are not a list with a line for each; write it by hand", d.File(), list.Line)
	}
	lines, err := yamltext.Encode(item, list.Column-1)
	if err != nil {
		return err
	}
	d.InsertLines(d.BlockEnd(list.Content[len(list.Content)-1].Line, list.Column-1, false), lines)
	return nil
}

// insertEntry adds a key after the last one of a mapping, in the style of the mapping.
func (d *draft) insertEntry(holder, key, node *yaml.Node) error {
	switch {
	case holder.Kind != yaml.MappingNode:
		return fmt.Errorf("%s:%d: this is no mapping that %s could be added to; write it by hand", d.File(), holder.Line, key.Value)
	case yamltext.IsFlow(holder) || len(holder.Content) == 0:
		text := oneLine(node)
		if strings.Contains(text, "\n") {
			return fmt.Errorf("%s:%d: %s does not fit on the line; write it by hand", d.File(), holder.Line, key.Value)
		}
		return d.Set(holder, yamltext.Quote(key.Value), text)
	}
	lines, err := yamltext.Encode(mapping(key, node), holder.Content[0].Column-1)
	if err != nil {
		return err
	}
	d.InsertLines(d.LastLine(holder), lines)
	return nil
}

func mapping(key, value *yaml.Node) *yaml.Node {
	node := oas.Mapping()
	node.Content = []*yaml.Node{key, value}
	return node
}

// oneLine encodes a node on one line, or on several if a string in it has several.
func oneLine(node *yaml.Node) string {
	data, err := yaml.Marshal(flat(node))
	if err != nil {
		return "\n"
	}
	return strings.TrimSpace(string(data))
}

// flat returns a copy of a node that is encoded on one line.
func flat(node *yaml.Node) *yaml.Node {
	out := *node
	out.Style |= yaml.FlowStyle
	out.HeadComment, out.LineComment, out.FootComment = "", "", ""
	out.Content = nil
	for _, inner := range node.Content {
		out.Content = append(out.Content, flat(inner))
	}
	return &out
}
